"""Faults of origin."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.faults.planting import (
    CERTIFICATE,
    INVOICE,
    item_pointers,
    paper_of,
    told,
)
from sample_docs.generator.truth import Fault, Json, ShipmentTruth


def _origin_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    paper = paper_of(truth, CERTIFICATE)
    invoice = paper_of(truth, INVOICE)
    stated = {invoice.text("country_of_origin"), *(row.get("origin", "") for row in invoice.lines)}
    others = [code for code in ("VN", "IN", "TH", "MX", "MY", "BD") if code not in stated]
    wrong = chance.pick(others)
    note = f"invoice {', '.join(sorted(stated - {''}))}, certificate {wrong}"
    fault = Fault("origin_mismatch", "error", "country_of_origin", (INVOICE, CERTIFICATE), note)
    changed = truth.with_paper(paper.with_field("country_of_origin", wrong))
    return told(
        changed, fault, disputed=item_pointers(truth, "origin"), acceptable=("origin_criterion", "certificate_coverage")
    )


def _origin_missing(truth: ShipmentTruth, _chance: Chance, _where: str) -> ShipmentTruth:
    """No paper states it: the certificate is left out, too."""
    paper = paper_of(truth, INVOICE).with_field("country_of_origin", None)
    for line in range(len(paper.lines)):
        paper = paper.with_cell(line, "origin", None)
    fault = Fault("origin_missing", "error", "country_of_origin", (INVOICE,), "no document states the origin")
    changed = truth.without_paper(CERTIFICATE).with_paper(paper)
    items = truth.declaration["items"]
    bare: list[Json] = (
        [{**item, "origin": None} for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    )
    changed = replace(changed, declaration={**truth.declaration, "items": bare})
    return told(changed, fault, disputed=item_pointers(truth, "origin"))


FAULTS: Final = {
    "origin_mismatch": _origin_mismatch,
    "origin_missing": _origin_missing,
}
