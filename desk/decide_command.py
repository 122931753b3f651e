"""`tidewaiter decide`: settle one finding of a shipment, and judge the shipment anew."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from desk.printing import print_result
from desk.progress import ReadingProgress
from desk.running import STATUS_CODES, AsJson, Out, gravest, messages, told, workshop_in
from schemas.decisions import Role
from schemas.findings import Action

if TYPE_CHECKING:
    from flows.decisions import Clear
    from flows.isolation import OnPage
    from flows.workshop import Workshop

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
    broker: Annotated[
        str | None, typer.Option("--broker", metavar="NAME", help="Whose shipment. [TIDEWAITER_BROKER]")
    ] = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Settle one finding; the shipment is judged anew with it, as a new revision."""
    codes: set[int] = set()
    with (
        told(codes), workshop_in(out, broker=broker) as workshop, ReadingProgress(messages, reference) as progress
    ):  # fmt: skip
        from flows import steps, wishes  # noqa: PLC0415 - see `workshop_in`
        from flows.inbox.answers import decide_and_answer  # noqa: PLC0415 - likewise

        wish = wishes.Wish(action, reason, by or steps.user_here(), role, value, place)
        result = decide_and_answer(reference, finding, wish, workshop, clear=_clear_here(workshop, progress.on_page))
        codes.add(STATUS_CODES[result.status])
        if as_json:
            sys.stdout.buffer.write(f"{result.to_json()}\n".encode())
            sys.stdout.flush()
        else:
            print_result(result, stored_at=workshop.place_of(result))
    raise typer.Exit(gravest(codes))


def _clear_here(workshop: Workshop, on_page: OnPage) -> Clear:
    """A run of the flow where there is a Prefect server to tell, else the plain steps."""
    if os.environ.get("PREFECT_API_URL"):
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")  # Its lines are for whoever watches a worker.
        from flows.decide_shipment import judge_in_a_run  # noqa: PLC0415 - Prefect takes seconds to import
        from flows.prefect_endpoint import protected_server  # noqa: PLC0415 - likewise

        protected_server(workshop.settings)
        return partial(judge_in_a_run, workshop)
    from flows.plain import clear_begun  # noqa: PLC0415 - see `workshop_in`

    return partial(clear_begun, workshop=workshop, on_page=on_page)
