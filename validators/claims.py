"""Invoices that another shipment has claimed: told like those that the register knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from schemas.decisions import FindingDecision
from schemas.shipments import Reconciled
from schemas.values import Party
from validators.deciding import with_decisions
from validators.found import Found
from validators.papers import Cell, Papers, papers_of
from validators.sellers import claimed_by

CODE: Final = "duplicate_invoice"


@dataclass(frozen=True, slots=True)
class NamedInvoice:
    """What an invoice is claimed by: exporter and number as printed."""

    exporter: str
    number: str


def invoices_of(reconciled: Reconciled) -> tuple[NamedInvoice, ...]:
    """The invoices that can be claimed, in the shipment's order, each once."""
    return tuple(_cells(reconciled))


def with_claimed(
    reconciled: Reconciled, holders: Mapping[NamedInvoice, str], decisions: Sequence[FindingDecision] = ()
) -> Reconciled:
    """The same, with a finding for each invoice that another shipment holds; one that was found before stays one."""
    told = {one.value for finding in reconciled.findings if finding.code == CODE for one in finding.evidence}
    found = [
        _found(number, exporter, holders[invoice])
        for invoice, (number, exporter) in _cells(reconciled).items()
        if invoice in holders and number.shown not in told
    ]
    findings = with_decisions([one.finding for one in found], decisions)
    return reconciled.model_copy(update={"findings": (*reconciled.findings, *findings)})


def _cells(reconciled: Reconciled) -> dict[NamedInvoice, tuple[Cell[str], Cell[Party]]]:
    found: dict[NamedInvoice, tuple[Cell[str], Cell[Party]]] = {}
    papers = Papers(tuple(papers_of(reconciled.documents, {twin: twin for twin in reconciled.twins})))
    for invoice in papers.of("commercial_invoice"):
        if known_by := claimed_by(papers, invoice):
            number, exporter = known_by
            found.setdefault(NamedInvoice(exporter.value.name, number.value), known_by)
    return found


def _found(number: Cell[str], exporter: Cell[Party], holder: str) -> Found:
    message = f"{exporter.shown}'s invoice {number.shown} stands in another shipment: {holder}"
    return Found(CODE, message, (number, exporter), "policy")
