"""`tidewaiter reference …`: the lists that a user loads, and what is in force on a day."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Annotated, get_args

import typer
from rich.console import Console

from desk.days import as_day
from desk.printing import plain_table, plain_text
from desk.running import AsJson, Out, gravest, say, today, told, workshop_in
from schemas.reference import ANY_DAY, ListVersion, LoadedList, ReferenceKind

KINDS: tuple[ReferenceKind, ...] = get_args(ReferenceKind)

app = typer.Typer(no_args_is_help=True, help="Lists that you load: watch lists, tariffs, rates, master data.")


def _kind(text: str) -> ReferenceKind:
    for kind in KINDS:
        if text == kind:
            return kind
    raise typer.BadParameter(f"{text!r} is no kind of list. The kinds are {', '.join(KINDS)}")


Kind = Annotated[ReferenceKind, typer.Argument(metavar="KIND", parser=_kind, help=f"One of {', '.join(KINDS)}.")]
Scope = Annotated[
    str, typer.Option("--scope", metavar="GB", help="The jurisdiction that the list holds for. [everywhere]")
]
AsOf = Annotated[dt.date | None, typer.Option("--as-of", metavar="DATE", parser=as_day, help="The day. [today]")]


@app.command()
def load(
    kind: Kind,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or JSON; docs/lists.md has each kind's columns.")],
    *,
    scope: Scope = "",
    source: Annotated[
        str | None, typer.Option("--source", metavar="TEXT", help="Where the list comes from. [the file's name]")
    ] = None,
    valid_from: Annotated[
        dt.date | None,
        typer.Option(
            "--valid-from", metavar="DATE", parser=as_day, help="First day that it holds for. [today; first list: any]"
        ),
    ] = None,
    out: Out = None,
) -> None:
    """Check a list whole and store it. It replaces the one before it from its first day on."""
    codes: set[int] = set()
    day = valid_from or today()
    # The digest is that of the bytes, which are read once, where they are checked.
    version = ListVersion(
        kind=kind, scope=scope, name=file.name, source=source or file.name, valid_from=day, sha256="0" * 64
    )
    with told(codes), workshop_in(out) as workshop:
        from flows import steps  # noqa: PLC0415 - see `workshop_in`

        loaded, created = workshop.lists.load(file, version, loaded_by=steps.user_here(), dated=valid_from is not None)
        say(_loaded(loaded, created=created))
        codes.add(0)
    raise typer.Exit(gravest(codes))


def _loaded(loaded: LoadedList, *, created: bool) -> str:
    version = loaded.version
    what = f"{version.kind}{' for ' + version.scope if version.scope else ''}: {version.name}"
    if created:
        return f"{what} is loaded and holds {version.since}, until the next list of its kind"
    return f"{what} was loaded before, on {loaded.loaded_at:%Y-%m-%d} by {loaded.loaded_by}; nothing changed"


@app.command("list")
def list_loaded(*, as_of: AsOf = None, out: Out = None, as_json: AsJson = False) -> None:
    """List every list that was ever loaded, and which are in force on a day."""
    codes: set[int] = set()
    day = as_of or today()
    with told(codes), workshop_in(out) as workshop:
        loaded = workshop.lists.archive.loaded()
        in_force = frozenset(workshop.lists.in_force(day))
        if as_json:
            told_json = [{**json.loads(one.model_dump_json()), "in_force": one.version in in_force} for one in loaded]
            _write(json.dumps(told_json, ensure_ascii=False).encode() + b"\n")
        else:
            _print_lists(loaded, in_force, day)
        codes.add(0)
    raise typer.Exit(gravest(codes))


def _print_lists(loaded: tuple[LoadedList, ...], in_force: frozenset[ListVersion], day: dt.date) -> None:
    table = plain_table("kind", "scope", "valid from", f"in force on {day}", "name", "source", "loaded", "by", "digest")
    for one in loaded:
        version = one.version
        table.add_row(
            version.kind,
            plain_text(version.scope),
            "any day" if version.valid_from == ANY_DAY else version.valid_from.isoformat(),
            "yes" if version in in_force else "",
            plain_text(version.name),
            plain_text(version.source),
            f"{one.loaded_at:%Y-%m-%d %H:%M} UTC",
            plain_text(one.loaded_by),
            version.sha256[:12],
        )
    console = Console(highlight=False) if Console().is_terminal else Console(highlight=False, width=180)
    console.print(table if loaded else "No list is loaded.")


@app.command()
def show(kind: Kind, *, scope: Scope = "", as_of: AsOf = None, out: Out = None) -> None:
    """Print the list in force on a day, as it was received; which one it is goes to standard error."""
    codes: set[int] = set()
    with told(codes), workshop_in(out) as workshop:
        version = workshop.lists.one_in_force(kind, scope, as_of or today())
        say(f"{version.name} ({version.source}), {version.since}, SHA-256 {version.sha256}")
        _write(workshop.lists.content(version))
        codes.add(0)
    raise typer.Exit(gravest(codes))


def _write(content: bytes) -> None:
    sys.stdout.buffer.write(content)
    sys.stdout.flush()
