"""The process that watches the inbox and clears what is ready: `python -m flows.up.worker [--once] [--alone]`.

It ends by itself with `--once` only, when nothing is left to do, with the exit code that `tidewaiter clear` would have.
`--alone` says that no other worker uses this Prefect server: what a killed one held is freed at the start.
"""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from threading import Event
from typing import Final

from flows.figures_source import figures_told
from flows.inbox.reports import WatchReport
from flows.inbox.rules import Watcher, rules_of
from flows.logs import start_logging, tell
from flows.prefect_endpoint import protected_server
from flows.runs import free_every_lane
from flows.serving import serving
from flows.settings import load_settings
from flows.up.codes import EXIT_CODES, OUR_ERROR
from flows.watch_inbox import look
from flows.workshop import open_exchange, open_workshop

ONCE, ALONE = "--once", "--alone"
_HOLDER: Final = "up"
_LOOK_SECONDS: Final = 2.0
_PATIENCE: Final = 5
"""Looks in a row that end nothing, with `--once`, because this place has a fault that no waiting mends."""


def main(arguments: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # The reading processes are ended with us.
    settings = load_settings()
    logging.getLogger().setLevel(logging.WARNING)  # A library sets it to INFO when it is imported.
    start_logging(settings, unless_set="info")
    protected_server(settings)
    if ALONE in arguments:
        free_every_lane()
    with open_workshop(settings) as workshop, serving(workshop), figures_told(settings):
        rules = rules_of(settings)
        watcher = Watcher(rules, holder=_HOLDER) if ALONE in arguments else Watcher(rules)
        looking = partial(look, workshop, open_exchange(settings))
        return watch(looking, watcher, once=ONCE in arguments, rest=lambda: Event().wait(_LOOK_SECONDS))


def watch(
    looking: Callable[[Watcher], WatchReport], watcher: Watcher, *, once: bool, rest: Callable[[], object]
) -> int:
    """Look after look; with `once` the exit code when nothing is left, or when nothing can be done here."""
    codes, idle = {0}, 0
    while True:
        report = looking(watcher)
        codes |= {EXIT_CODES[handled.status or "rejected"] for handled in report.handled}
        watcher = replace(watcher, after=report.after)
        idle = idle + 1 if _is_stuck(report) else 0
        if once and (report.is_empty or idle == _PATIENCE):
            return max(codes) if report.is_empty else OUR_ERROR
        _tell_put_off(report)
        if not (report.handled or report.after):
            rest()


def _is_stuck(report: WatchReport) -> bool:
    """Whether everything there was to do was put off because this place cannot do it."""
    return bool(report.put_off) and not report.handled and all(one.why == "unavailable" for one in report.put_off)


def _tell_put_off(report: WatchReport) -> None:
    for one in report.put_off:
        tell("put_off", level="warning", told={"why": one.why, "error": one.what.partition(":")[0]})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
