"""`tidewaiter hints …`: what corrections taught about exporters' papers, and taking it away."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from desk.printing import plain_table, plain_text
from desk.running import AsJson, Out, gravest, records_in, told
from flows.intake import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.learning import KnownHint

app = typer.Typer(no_args_is_help=True, help="What corrections taught about exporters' papers.")

Broker = Annotated[str | None, typer.Option("--broker", metavar="ID", help="Whose hints. [TIDEWAITER_BROKER]")]


@app.command("list")
def listed(
    *,
    exporter: Annotated[
        str | None, typer.Option("--exporter", metavar="TEXT", help="Only of exporters with this in their names.")
    ] = None,
    broker: Broker = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """List the hints in force, the newest first."""
    codes: set[int] = set()
    with told(codes), records_in(out) as records:
        from flows.learning import known_hints  # noqa: PLC0415 - see `records_in`

        found = known_hints(broker or records.settings.broker, records)
        kept = [one for one in found if (exporter or "").casefold() in one.hint.exporter.casefold()]
        if as_json:
            _write_json([{"id": one.hint.id, **one.hint.model_dump(mode="json")} for one in kept])
        else:
            _print(kept)
        codes.add(0)
    raise typer.Exit(gravest(codes))


@app.command()
def remove(
    hint: Annotated[str, typer.Argument(metavar="HINT", help="Its id, as `hints list` shows it.")],
    *,
    by: Annotated[str | None, typer.Option("--by", metavar="ID", help="Who says so; by default who runs this.")] = None,
    broker: Broker = None,
    out: Out = None,
) -> None:
    """Take a hint away, for shipments that come from now on; the journal says who did."""
    codes: set[int] = set()
    with told(codes), records_in(out) as records:
        from flows import learning, steps  # noqa: PLC0415 - see `records_in`

        learning.remove_hint(broker or records.settings.broker, hint, by or steps.user_here(), records)
        typer.echo(readable(f"{hint}: is removed"))
        codes.add(0)
    raise typer.Exit(gravest(codes))


def _print(found: Sequence[KnownHint]) -> None:
    if not found:
        typer.echo("Nothing is learned yet.")
        return
    table = plain_table("Hint", "Exporter", "What", "From")
    for one in found:
        source = one.hint.source
        taught = f"{source.reference} #{source.revision}, {source.by}, {source.at:%Y-%m-%d}"
        table.add_row(one.hint.id, plain_text(one.hint.exporter), plain_text(one.hint.says), plain_text(taught))
    Console(highlight=False).print(table)


def _write_json(told_of: object) -> None:
    json.dump(told_of, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
