"""The process that watches the inbox and clears what is ready.

`python -m flows.up.worker [--once] [--alone] [--lane=2/3]`

It ends by itself with `--once` only, when nothing is left to do, with the exit code that `tidewaiter clear` would have.
`--alone` says that no other stack uses this store and this Prefect server: then a lane's name is its own, and it takes
up at once what it held when it was killed.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Final

from prefect.exceptions import TerminationSignal

from archive.errors import StoreUnavailable
from flows.figures_source import figures_told
from flows.inbox.events import resting
from flows.inbox.reports import WatchReport
from flows.inbox.rules import Watcher, rules_of
from flows.inbox.sharing import Lane
from flows.inbox.waking import Named
from flows.logs import start_logging, tell
from flows.notices.courier import telling
from flows.prefect_endpoint import protected_server
from flows.runs import clear_up_after_the_killed
from flows.serving import serving
from flows.settings import Settings, load_settings
from flows.up.codes import EXIT_CODES, INTERRUPTED, OUR_ERROR
from flows.watch_inbox import look
from flows.workshop import open_exchange, open_workshop

ONCE, ALONE, LANE = "--once", "--alone", "--lane="
_HOLDER: Final = "up"
_PATIENCE: Final = 30
"""Looks in a row at which, with `--once`, nothing could be done here, before that is taken for a lasting fault."""

Rest = Callable[[WatchReport | None], Named | None]
"""Waits after a look, and tells to what the next one is confined."""


def main(arguments: Sequence[str]) -> int:
    """The exit code, `INTERRUPTED` where the worker is stopped. Raises what keeps it from starting."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # The reading processes are ended with us.
    settings = load_settings()
    start_logging(settings, unless_set="info")
    protected_server(settings)
    watcher = watcher_of(arguments, settings)
    if ALONE in arguments:
        clear_up_after_the_killed(watcher.holder)
    once = ONCE in arguments
    with (
        suppress(KeyboardInterrupt, TerminationSignal),
        open_workshop(settings) as workshop,
        serving(workshop),
        telling(workshop),
        figures_told(settings),
        resting(settings, once=once) as rests,
    ):
        looking = partial(look, workshop, open_exchange(settings))
        return watch(looking, watcher, once=once, rest=rests.rest)
    return INTERRUPTED


def watcher_of(arguments: Sequence[str], settings: Settings) -> Watcher:
    """The watcher of the lane that the arguments name, the first of one where they name none."""
    lane = next((lane_named(told.removeprefix(LANE)) for told in arguments if told.startswith(LANE)), Lane())
    watcher = Watcher(rules_of(settings), lane=lane)
    return replace(watcher, holder=f"{_HOLDER}-{lane.number + 1}") if ALONE in arguments else watcher


def lane_named(told: str) -> Lane:
    """The lane of a name as "2/3"."""
    number, _, of = told.partition("/")
    return Lane(int(number) - 1, int(of))


def watch(looking: Callable[[Watcher], WatchReport], watcher: Watcher, *, once: bool, rest: Rest) -> int:
    """Look after look; with `once` the exit code when nothing is left, or when nothing can be done here."""
    codes, stuck = {0}, 0
    while stuck < _PATIENCE or not once:
        report = _looked(looking, watcher)
        if report is not None:
            codes |= {EXIT_CODES[handled.status or "rejected"] for handled in report.handled}
            if once and report.is_empty:
                return max(codes)
            watcher = replace(watcher, after=report.after)
        stuck = stuck + 1 if report is None or _is_stuck(report) else 0
        if not (report and (report.handled or report.after)):
            watcher = replace(watcher, only=rest(report))
    return OUR_ERROR


def _looked(looking: Callable[[Watcher], WatchReport], watcher: Watcher) -> WatchReport | None:
    """None where the inbox cannot be looked into now; what no waiting mends goes on to whoever started us."""
    try:
        return looking(watcher)
    except StoreUnavailable as error:
        tell("look", level="error", told={"error": type(error).__name__})
        return None


def _is_stuck(report: WatchReport) -> bool:
    """Whether everything there was to do was put off because this place cannot do it."""
    return bool(report.put_off) and not report.handled and all(one.why == "unavailable" for one in report.put_off)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
