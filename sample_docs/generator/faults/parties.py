"""Faults of parties, and of the numbers by which papers name each other."""

from __future__ import annotations

from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.companies import company
from sample_docs.generator.faults.planting import (
    CERTIFICATE,
    INVOICE,
    PACKING,
    TRANSPORT,
    CannotPlantError,
    mistyped,
    paper_of,
    told,
)
from sample_docs.generator.truth import Company, Fault, ShipmentTruth


def _other(mine: Company, chance: Chance) -> Company:
    """Another company of the same country, with no word of the name in common."""
    for _ in range(20):
        other = company(mine.country, chance)
        if not set(other.name.split()[:2]) & set(mine.name.split()):
            return other
    raise CannotPlantError(f"no other company in {mine.country}")


def _exporter_mismatch(truth: ShipmentTruth, chance: Chance, where: str) -> ShipmentTruth:
    kind = where or chance.pick((TRANSPORT, PACKING))
    paper = paper_of(truth, kind)
    other = _other(paper.company("exporter"), chance)
    note = f"{kind} names {other.name}"
    fault = Fault("exporter_mismatch", "warning", "exporter", (INVOICE, kind), note)
    return told(truth.with_paper(paper.with_field("exporter", other)), fault, disputed=("/exporter",))


def _consignee_mismatch(truth: ShipmentTruth, chance: Chance, where: str) -> ShipmentTruth:
    kind = where or chance.pick((TRANSPORT, PACKING))
    paper = paper_of(truth, kind)
    other = _other(paper.company("consignee"), chance)
    note = f"{kind} names {other.name}"
    fault = Fault("consignee_mismatch", "error", "consignee", (INVOICE, kind), note)
    return told(truth.with_paper(paper.with_field("consignee", other)), fault, disputed=("/importer",))


def _renumbered(truth: ShipmentTruth, kind: str, chance: Chance) -> tuple[ShipmentTruth, str]:
    paper = paper_of(truth, kind)
    right = paper.text("invoice_number")
    if not right:
        raise CannotPlantError(f"the {kind} of {truth.id} names no invoice")
    wrong = mistyped(right, chance)
    return truth.with_paper(paper.with_field("invoice_number", wrong)), f"names {wrong}, invoice is {right}"


def _reference_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    changed, note = _renumbered(truth, PACKING, chance)
    fault = Fault("reference_mismatch", "warning", "invoice_number", (INVOICE, PACKING), f"packing list {note}")
    return told(changed, fault)


def _certificate_reference(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    changed, note = _renumbered(truth, CERTIFICATE, chance)
    fault = Fault("certificate_reference", "warning", "invoice_number", (INVOICE, CERTIFICATE), f"certificate {note}")
    return told(changed, fault, acceptable=("reference_mismatch",))


FAULTS: Final = {
    "exporter_mismatch": _exporter_mismatch,
    "consignee_mismatch": _consignee_mismatch,
    "reference_mismatch": _reference_mismatch,
    "certificate_reference": _certificate_reference,
}
