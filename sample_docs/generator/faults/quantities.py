"""Faults of quantities, units, weights and packages."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.faults.planting import (
    INVOICE,
    PACKING,
    TRANSPORT,
    invoice_line,
    item_pointers,
    off,
    paper_of,
    told,
)
from sample_docs.generator.truth import Fault, ShipmentTruth


def _quantity_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    paper = paper_of(truth, PACKING)
    row = chance.whole(0, len(paper.lines) - 1)
    right = paper.lines[row]["quantity"]
    wrong = off(right, chance, "0.05", "0.25")
    line = invoice_line(truth, row)
    note = f"invoice {right}, packing list {wrong}"
    lines = {INVOICE: line + 1, PACKING: row + 1}
    fault = Fault("quantity_mismatch", "error", "quantity", (INVOICE, PACKING), note, line + 1, lines)
    changed = truth.with_paper(paper.with_cell(row, "quantity", wrong))
    return told(changed, fault, disputed=(f"/items/{line}/quantity",))


def _unit_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    paper = paper_of(truth, PACKING)
    row = chance.whole(0, len(paper.lines) - 1)
    right = paper.lines[row]["unit"]
    wrong = chance.pick([code for code in ("SET", "PR", "C62") if code != right])
    line = invoice_line(truth, row)
    note = f"invoice {right}, packing list {wrong}"
    lines = {INVOICE: line + 1, PACKING: row + 1}
    fault = Fault("unit_mismatch", "warning", "unit", (INVOICE, PACKING), note, line + 1, lines)
    changed = truth.with_paper(paper.with_cell(row, "unit", wrong))
    return told(changed, fault, disputed=(f"/items/{line}/unit",), acceptable=("quantity_mismatch",))


def _gross_weight_mismatch(truth: ShipmentTruth, chance: Chance, where: str) -> ShipmentTruth:
    """On the transport document, or as the sum that the packing list states."""
    kind = where or chance.pick((TRANSPORT, PACKING))
    paper = paper_of(truth, kind)
    right = paper.text("gross_weight_kg")
    wrong = f"{Decimal(right) * (1 + chance.factor('0.04', '0.16')):.2f}"
    changed = paper.with_field("gross_weight_kg", wrong)
    if kind == TRANSPORT:
        changed = changed.with_cell(0, "gross_weight_kg", wrong)
    documents = (PACKING, TRANSPORT) if kind == TRANSPORT else (PACKING,)
    note = (
        f"packing list {right}, transport document {wrong}"
        if kind == TRANSPORT
        else f"lines add up to {right}, total {wrong}"
    )
    fault = Fault("gross_weight_mismatch", "warning", "gross_weight_kg", documents, note)
    return told(truth.with_paper(changed), fault, disputed=("/gross_mass_kg",))


def _net_weight_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    """The packing list's total is below the sum of its lines."""
    paper = paper_of(truth, PACKING)
    right = paper.text("net_weight_kg")
    wrong = f"{Decimal(right) * (1 - chance.factor('0.03', '0.12')):.2f}"
    note = f"lines add up to {right}, total says {wrong}"
    fault = Fault("net_weight_mismatch", "warning", "net_weight_kg", (PACKING,), note)
    changed = truth.with_paper(paper.with_field("net_weight_kg", wrong))
    return told(changed, fault, disputed=item_pointers(truth, "net_mass_kg"))


def _weight_order(truth: ShipmentTruth, _chance: Chance, _where: str) -> ShipmentTruth:
    """Net and gross total of the packing list changed places."""
    paper = paper_of(truth, PACKING)
    net, gross = paper.text("net_weight_kg"), paper.text("gross_weight_kg")
    changed = paper.with_field("net_weight_kg", gross).with_field("gross_weight_kg", net)
    fault = Fault("weight_order", "error", "net_weight_kg", (PACKING,), "net above gross on the packing list")
    disputed = ("/gross_mass_kg", *item_pointers(truth, "net_mass_kg"))
    acceptable = ("gross_weight_mismatch", "net_weight_mismatch")
    return told(truth.with_paper(changed), fault, disputed=disputed, acceptable=acceptable)


def _package_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    paper = paper_of(truth, TRANSPORT)
    right = paper.text("packages")
    wrong = str(int(right) + chance.whole(1, 5))
    changed = paper.with_field("packages", wrong).with_cell(0, "packages", wrong)
    note = f"packing list {right}, transport document {wrong}"
    fault = Fault("package_mismatch", "warning", "packages", (PACKING, TRANSPORT), note)
    return told(truth.with_paper(changed), fault, disputed=("/packages",))


FAULTS: Final = {
    "quantity_mismatch": _quantity_mismatch,
    "unit_mismatch": _unit_mismatch,
    "gross_weight_mismatch": _gross_weight_mismatch,
    "net_weight_mismatch": _net_weight_mismatch,
    "weight_order": _weight_order,
    "package_mismatch": _package_mismatch,
}
