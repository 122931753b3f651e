"""Faults of money: amounts, totals, and a draft declaration that says otherwise."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.faults.planting import (
    DRAFT,
    INVOICE,
    drafted,
    off,
    paper_of,
    told,
)
from sample_docs.generator.truth import Fault, ShipmentTruth


def _line_arithmetic(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    """One amount is wrong; the totals follow it, so only the line gives it away."""
    paper = paper_of(truth, INVOICE)
    line = chance.whole(0, len(paper.lines) - 1)
    right = paper.lines[line]["amount"]
    wrong = off(right, chance, "0.04", "0.18")
    by = Decimal(wrong) - Decimal(right)
    changed = paper.with_cell(line, "amount", wrong)
    for name in ("subtotal", "total_amount"):
        if name in changed.fields:
            changed = changed.with_field(name, f"{Decimal(changed.text(name)) + by:f}")
    note = f"amount differs from quantity x unit price by {by:f}"
    fault = Fault("line_arithmetic", "warning", "amount", (INVOICE,), note, line + 1, {INVOICE: line + 1})
    disputed = (f"/items/{line}/item_price", "/total_invoice_amount")
    return told(truth.with_paper(changed), fault, disputed=disputed, acceptable=("value_mismatch", "total_arithmetic"))


def _total_arithmetic(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    paper = paper_of(truth, INVOICE)
    right = paper.text("total_amount")
    wrong = off(right, chance, "0.01", "0.08")
    fault = Fault(
        "total_arithmetic", "error", "total_amount", (INVOICE,), f"total differs by {Decimal(wrong) - Decimal(right):f}"
    )
    changed = truth.with_paper(paper.with_field("total_amount", wrong))
    return told(changed, fault, disputed=("/total_invoice_amount",), acceptable=("value_mismatch",))


def _value_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    draft, right = drafted(truth), paper_of(truth, INVOICE).text("total_amount")
    wrong = off(right, chance, "0.05", "0.15")
    note = f"draft {wrong}, invoice {right}"
    fault = Fault("value_mismatch", "error", "total_amount", (INVOICE, DRAFT), note)
    changed = replace(truth, draft={**draft, "total_invoice_amount": wrong})
    return told(changed, fault, disputed=("/total_invoice_amount",))


def _currency_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    draft, right = drafted(truth), paper_of(truth, INVOICE).text("currency")
    wrong = chance.pick([code for code in ("USD", "EUR", "GBP", "CHF") if code != right])
    fault = Fault("currency_mismatch", "error", "currency", (INVOICE, DRAFT), f"draft {wrong}, invoice {right}")
    changed = replace(truth, draft={**draft, "currency": wrong})
    return told(changed, fault, disputed=("/currency",), acceptable=("value_mismatch",))


FAULTS: Final = {
    "line_arithmetic": _line_arithmetic,
    "total_arithmetic": _total_arithmetic,
    "value_mismatch": _value_mismatch,
    "currency_mismatch": _currency_mismatch,
}
