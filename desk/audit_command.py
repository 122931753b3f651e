"""`tidewaiter audit`: the whole archive looked at anew."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from desk.printing import plain_table, plain_text
from desk.running import AsJson, KeptCheckpoints, Out, TrustedKeys, gravest, now, records_in, told

if TYPE_CHECKING:
    from archive.audit.auditing import AuditReport

TROUBLED = 10
_MEBIBYTE = 1024 * 1024


def audit(
    *,
    key: TrustedKeys = None,
    checkpoint: KeptCheckpoints = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Hash every object anew and hold it against the journal; check locks, checkpoints and the register."""
    codes: set[int] = set()
    with told(codes), records_in(out) as records:
        from flows import auditing  # noqa: PLC0415 - see `records_in`

        report = auditing.audit_now(records, auditing.Brought(key or (), checkpoint or ()), now())
        codes.add(TROUBLED if report.troubles else 0)
        if as_json:
            told_json = {**auditing.counts_of(report), "troubles": [asdict(one) for one in report.troubles]}
            sys.stdout.write(json.dumps(told_json, ensure_ascii=False) + "\n")
        else:
            _print(report)
    raise typer.Exit(gravest(codes))


def _print(report: AuditReport) -> None:
    console = Console(highlight=False) if Console().is_terminal else Console(highlight=False, width=140)
    for line in _lines(report):
        console.print(plain_text(line), soft_wrap=True)
    if not report.troubles:
        console.print("Nothing is missing, altered or unrecorded.")
        return
    table = plain_table("trouble", "where", "what")
    for one in report.troubles:
        table.add_row(one.kind.replace("_", " "), plain_text(one.where), plain_text(one.what))
    console.print(table)
    console.print(f"{len(report.troubles)} troubles")


def _lines(report: AuditReport) -> list[str]:
    journal, tally = report.journal, report.tally
    size = f"{tally.size / _MEBIBYTE:.1f} MiB"
    gone = f", {tally.disposed} disposed of by two people" if tally.disposed else ""
    signed = f"{journal.signed} of them under a signed checkpoint" if journal.signed else "none under a trusted key"
    kept = (
        f"{journal.kept} checkpoints from elsewhere compared"
        if journal.kept
        else "no checkpoint from elsewhere to compare with: whoever has the store and the key could have rewritten all"
    )
    return [
        f"{tally.objects} objects ({size}) hashed anew{gone}",
        f"{journal.head.size} entries in the journal, {signed}; {kept}",
    ]
