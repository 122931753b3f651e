"""Faults of what is not there: papers, pages, values."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.faults.planting import (
    INVOICE,
    PACKING,
    TRANSPORT,
    CannotPlantError,
    item_pointers,
    paper_of,
    told,
)
from sample_docs.generator.truth import Fault, ShipmentTruth
from sample_docs.layouts import BY_NAME


def _document_missing(truth: ShipmentTruth, chance: Chance, where: str) -> ShipmentTruth:
    kind = where or chance.pick((PACKING, TRANSPORT))
    paper_of(truth, kind)
    fault = Fault("document_missing", "error", None, (kind,), f"no {kind.replace('_', ' ')}")
    disputed = item_pointers(truth, "net_mass_kg") if kind == PACKING else ()
    return told(truth.without_paper(kind), fault, disputed=disputed, acceptable=("field_missing",))


def _page_missing(truth: ShipmentTruth, _chance: Chance, _where: str) -> ShipmentTruth:
    paper = paper_of(truth, INVOICE)
    pages = BY_NAME[paper.pool, paper.layout].draw(paper).pages
    if pages < 2:  # noqa: PLR2004 - a paper of one page has none to lose
        raise CannotPlantError(f"the invoice of {truth.id} has one page only")
    fault = Fault("page_missing", "error", None, (INVOICE,), f"page 2 of {pages} is not there")
    acceptable = (
        "certificate_coverage", "description_mismatch", "gross_weight_mismatch", "hs_mismatch", "net_weight_mismatch",
        "origin_mismatch", "package_mismatch", "quantity_mismatch", "total_arithmetic", "value_mismatch",
        "field_missing",
    )  # fmt: skip
    changed = truth.with_paper(replace(paper, lost_page=2))
    disputed = ("/items", "/total_invoice_amount", "/gross_mass_kg", "/packages")
    return told(changed, fault, disputed=disputed, acceptable=acceptable)


_MANDATORY: Final = {
    "number": (("invoice_number",), (), ("certificate_reference", "reference_mismatch")),
    "date": (("invoice_date",), (), ("certificate_reference", "date_order")),
    "currency": ((), ("currency",), ("value_mismatch",)),
    "incoterm": (("incoterm_place", "incoterm_edition"), ("incoterm", "incoterm_place"), ("incoterm_mismatch",)),
}


def _field_missing(truth: ShipmentTruth, chance: Chance, where: str) -> ShipmentTruth:
    """A mandatory value on none of the papers; `where` may name it."""
    name = where or chance.pick(sorted(_MANDATORY))
    others, declared, acceptable = _MANDATORY[name]
    papers = []
    for paper in truth.papers:
        without = paper.with_field(name, None) if paper.type == INVOICE else paper
        for other in others:
            without = without.with_field(other, None)
        extras = {key: text for key, text in without.extras.items() if key not in {"reference", "currency"}}
        papers.append(replace(without, extras=extras))
    fault = Fault("field_missing", "error", name, (INVOICE,), f"no document gives the invoice's {name}")
    declaration = {**truth.declaration, **dict.fromkeys(declared)}
    changed = replace(truth, papers=tuple(papers), declaration=declaration)
    return told(changed, fault, disputed=[f"/{one}" for one in declared], acceptable=(*acceptable, "charges_missing"))


FAULTS: Final = {
    "document_missing": _document_missing,
    "page_missing": _page_missing,
    "field_missing": _field_missing,
}
