"""`tidewaiter register …`: the index of the archive, which can always be made anew."""

from __future__ import annotations

import typer

from desk.running import Out, gravest, records_in, told

app = typer.Typer(no_args_is_help=True, help="The index of the archive.")


@app.callback()
def register() -> None:
    """The index of the archive."""


@app.command()
def rebuild(*, out: Out = None) -> None:
    """Make the register and the journal's index anew, from the archive alone."""
    codes: set[int] = set()
    with told(codes), records_in(out) as records:
        count = records.register.rebuild(records.archive)
        records.journal.index.forget()
        entries = records.journal.catch_up()
        typer.echo(f"{count} revisions and {entries} entries of the journal indexed")
        codes.add(0)
    raise typer.Exit(gravest(codes))
