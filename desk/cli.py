"""The command line: `tidewaiter clear PATH…`, `show REFERENCE`, `reference …` for lists, `profile …`, `duty …`.

Results go to standard output and nothing else does; progress and messages go to standard error. Exit codes: 0 all
clear, 10 at least one held, 20 at least one rejected, 2 wrong usage, 70 an error of ours or of the store, 130 stopped
by Ctrl-C. The gravest wins: 70, 2, 20, 10, 0. Shipments finished before an error stay valid.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from collections.abc import Sequence
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated

import typer

from desk import (
    decide_command,
    find_command,
    hints_command,
    journal_commands,
    lodged_command,
    profile_command,
    reference_commands,
    register_commands,
    retention_commands,
    user_commands,
)
from desk.audit_command import audit
from desk.days import as_day
from desk.duty_command import duty
from desk.evidence_command import evidence
from desk.fetch_command import fetch
from desk.init_command import init
from desk.languages_told import tell_missing_languages
from desk.printing import print_result
from desk.progress import ReadingProgress
from desk.replay_command import replay
from desk.running import STATUS_CODES, AsJson, Out, gravest, messages, today, told, workshop_in
from desk.status_command import status
from desk.up_command import up
from desk.web_command import desk
from desk.worker_command import worker
from schemas.results import ShipmentResult

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(reference_commands.app, name="reference")
app.add_typer(profile_command.app, name="profile")
app.add_typer(journal_commands.app, name="journal")
app.add_typer(decide_command.app)
app.add_typer(find_command.app)
app.add_typer(lodged_command.app)
app.add_typer(retention_commands.hold_app)
app.add_typer(retention_commands.app, name="retention")
app.add_typer(register_commands.app, name="register")
app.add_typer(user_commands.app, name="user")
app.add_typer(hints_command.app, name="hints")
app.command()(duty)
app.command()(init)
app.command()(up)
app.command()(desk)
app.command()(worker)
app.command()(status)
app.command()(replay)
app.command()(fetch)
app.command()(evidence)
app.command()(audit)


def main() -> None:
    """The entry point of the command `tidewaiter`."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal that knows no Chinese gets "?"
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # What stops a container cleans up as Ctrl-C does.
    try:
        app()
    except BrokenPipeError:
        # Whoever read our output has seen enough. Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(128 + 13)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it with the option's value
    if wanted:
        sys.stdout.write(f"tidewaiter {installed_version('tidewaiter')}\n")
        raise typer.Exit


def _path(text: str) -> Path:
    """A PATH of an unset variable is empty, and `Path` would take the working folder for the shipment."""
    if not text:
        raise typer.BadParameter("is empty; name a folder of papers, or one file")
    return Path(text)


@app.callback()
def tidewaiter(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Read the papers of a customs shipment, check them against each other, write the reconciled declaration."""


@app.command()
def clear(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", parser=_path, help="A folder of papers, or one file.")],
    *,
    out: Out = None,
    as_of: Annotated[
        dt.date | None,
        typer.Option("--as-of", metavar="DATE", parser=as_day, help="Day to judge the papers at. [today]"),
    ] = None,
    as_json: AsJson = False,
    reference: Annotated[
        str | None, typer.Option("--reference", metavar="REF", help="The shipment's reference. [the path's name]")
    ] = None,
) -> None:
    """Clear shipments: each PATH is one."""
    places = {os.path.realpath(path) for path in paths}
    if len({os.path.basename(place) for place in places}) < len(places):  # noqa: PTH119 - a `Path` fails on a link to itself
        raise typer.BadParameter("two shipments have the same name: clear each by itself, with --reference")
    if reference is not None and len(paths) > 1:
        raise typer.BadParameter("names one shipment; give one PATH with it", param_hint="--reference")
    codes: set[int] = set()
    finished: list[ShipmentResult] = []
    day = as_of or today()
    with told(codes), workshop_in(out) as workshop:
        from flows import plain  # noqa: PLC0415 - see `workshop_in`

        tell_missing_languages()
        for path in paths:
            with told(codes), ReadingProgress(messages, path.name) as progress:
                result = plain.clear(path, workshop, as_of=day, reference=reference, on_page=progress.on_page)
                codes.add(STATUS_CODES[result.status])
                finished.append(result)
                if not as_json:
                    print_result(result, stored_at=workshop.place_of(result))
    if as_json:
        _print_json(finished, several=len(paths) > 1)
    raise typer.Exit(gravest(codes))


@app.command()
def show(
    reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="The shipment's reference.")],
    *,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Show the last stored result of a shipment."""
    codes: set[int] = set()
    with told(codes), workshop_in(out) as workshop:
        from flows import plain  # noqa: PLC0415 - see `workshop_in`

        result = plain.latest(reference, workshop)
        codes.add(STATUS_CODES[result.status])
        if as_json:
            _print_json([result], several=False)
        else:
            print_result(result, stored_at=workshop.place_of(result))
    raise typer.Exit(gravest(codes))


def _print_json(results: Sequence[ShipmentResult], *, several: bool) -> None:
    """One object for one PATH, an array for several; nothing where the one PATH has no result."""
    shown = [result.to_json() for result in results]
    text = "[" + ",\n".join(shown) + "]\n" if several else "".join(f"{one}\n" for one in shown)
    sys.stdout.buffer.write(text.encode())
    sys.stdout.flush()


if __name__ == "__main__":
    main()
