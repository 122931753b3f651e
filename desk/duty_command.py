"""`tidewaiter duty`: duty and VAT of a file of cases, with the working of each."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from desk.days import as_day
from desk.printing import plain_table, plain_text
from desk.running import AsJson, gravest, told
from schemas.values import plain

if TYPE_CHECKING:
    from declarations.duty.cases import CaseResult


def duty(
    cases: Annotated[
        Path, typer.Argument(metavar="CASES", help="A JSON list of cases; docs/formats.md has their form.")
    ],
    *,
    tariff: Annotated[
        Path | None,
        typer.Option("--tariff", metavar="FILE", help="The tariff: our CSV form, or the UK Global Tariff. [none]"),
    ] = None,
    as_of: Annotated[
        dt.date | None,
        typer.Option("--as-of", metavar="DATE", parser=as_day, help="Day of acceptance, for rates that depend on it."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compute duty and VAT of cases; what the case and the tariff leave open is refused with its reason."""
    codes: set[int] = set()
    with told(codes):
        from flows.duty_cases import solved_cases  # noqa: PLC0415 - help and wrong options need none of it

        results = solved_cases(cases, tariff, day=as_of)
        if as_json:
            _print_json(results)
        else:
            _print_table(results)
        codes.add(0)
    raise typer.Exit(gravest(codes))


def _print_json(results: Sequence[CaseResult]) -> None:
    shown = [json.loads(one.model_dump_json()) for one in results]
    sys.stdout.buffer.write(json.dumps(shown, ensure_ascii=False, indent=1).encode() + b"\n")
    sys.stdout.flush()


def _print_table(results: Sequence[CaseResult]) -> None:
    table = plain_table("scenario", "duty", "base of VAT", "VAT", "working")
    for one in results:
        amounts = [_amount(amount) for amount in (one.duty, one.vat_base, one.vat)]
        table.add_row(
            plain_text(one.scenario or "?"), *amounts, plain_text("; ".join(one.working or (one.error or "",)))
        )
    console = Console(highlight=False) if Console().is_terminal else Console(highlight=False, width=180)
    console.print(table)


def _amount(amount: Decimal | None) -> str:
    return "-" if amount is None else plain(amount)
