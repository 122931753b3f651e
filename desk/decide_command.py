"""`tidewaiter decide`: settle one finding of a shipment, and judge the shipment anew."""

from __future__ import annotations

import sys
from typing import Annotated, get_args

import typer

from desk.printing import print_result
from desk.progress import ReadingProgress
from desk.running import STATUS_CODES, AsJson, Out, gravest, messages, told, workshop_in
from schemas.decisions import Role
from schemas.findings import Action

app = typer.Typer(add_completion=False)
_ACTIONS = ", ".join(get_args(Action))


@app.command()
def decide(  # noqa: PLR0913 - one parameter for each option of the command
    reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="The shipment's reference.")],
    finding: Annotated[str, typer.Argument(metavar="FINDING", help="The finding's number in `show`, or its key.")],
    action: Annotated[Action, typer.Argument(metavar="ACTION", help=f"One of {_ACTIONS}.")],
    *,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; of a waiver, its code first.")],
    value: Annotated[str | None, typer.Option("--value", metavar="V", help="The right value, to correct.")] = None,
    place: Annotated[
        int | None, typer.Option("--place", metavar="N", help="Which of the finding's places the value is for.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="ID", help="Who decides; by default who runs this.")] = None,
    role: Annotated[
        Role, typer.Option("--role", metavar="ROLE", help="What you decide as: clerk or supervisor.")
    ] = "clerk",
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Settle one finding; the shipment is judged anew with it, as a new revision."""
    codes: set[int] = set()
    with told(codes), workshop_in(out) as workshop, ReadingProgress(messages, reference) as progress:
        from flows import decisions, steps, wishes  # noqa: PLC0415 - see `workshop_in`

        wish = wishes.Wish(action, reason, by or steps.user_here(), role, value, place)
        result = decisions.decide(reference, finding, wish, workshop, progress.on_page)
        codes.add(STATUS_CODES[result.status])
        if as_json:
            sys.stdout.buffer.write(f"{result.to_json()}\n".encode())
            sys.stdout.flush()
        else:
            print_result(result, stored_at=workshop.place_of(result))
    raise typer.Exit(gravest(codes))
