"""Faults of certificates, dates and delivery terms."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.faults.planting import (
    CERTIFICATE,
    DRAFT,
    INVOICE,
    TRANSPORT,
    CannotPlantError,
    drafted,
    item_pointers,
    paper_of,
    told,
)
from sample_docs.generator.truth import Fault, Json, ShipmentTruth

_WITH_TERM: Final = frozenset(("form_a", "form_d", "form_e", "rcep", "eur1"))
_WITH_CRITERION: Final = frozenset(("form_a", "form_d", "form_e", "rcep"))
_UNKNOWN_TERMS: Final = ("FIS", "CIV", "FOT", "DDX")


def _certificate_expired(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    """Judged so late that the certificate is past every term its form knows."""
    paper = paper_of(truth, CERTIFICATE)
    if paper.form not in _WITH_TERM:
        raise CannotPlantError(f"the certificate of {truth.id} has no term")
    issued = dt.date.fromisoformat(paper.text("date"))
    late = issued + dt.timedelta(days=chance.whole(400, 500))
    note = f"issued {issued}, judged on {late}"
    fault = Fault("certificate_expired", "error", "date", (CERTIFICATE,), note)
    return told(replace(truth, attributes={**truth.attributes, "as_of": late.isoformat()}), fault)


def _certificate_coverage(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    """One of the certificate's rows is left out."""
    paper = paper_of(truth, CERTIFICATE)
    if len(paper.lines) < 2:  # noqa: PLR2004 - a certificate of one row has none to lose
        raise CannotPlantError(f"the certificate of {truth.id} has one row only")
    row = chance.whole(0, len(paper.lines) - 1)
    kept = (*paper.lines[:row], *paper.lines[row + 1 :])
    note = f"row {row + 1} ({paper.lines[row]['description']}) is not on the certificate"
    fault = Fault("certificate_coverage", "warning", None, (INVOICE, CERTIFICATE), note)
    acceptable = ("quantity_mismatch", "gross_weight_mismatch")
    return told(truth.with_paper(replace(paper, lines=kept)), fault, acceptable=acceptable)


def _certificate_missing(truth: ShipmentTruth, _chance: Chance, _where: str) -> ShipmentTruth:
    """The draft claims a preference by a certificate that is not among the papers."""
    paper = paper_of(truth, CERTIFICATE)
    draft = drafted(truth)
    items = draft["items"]
    claim: Json = {"form": paper.form, "certificate_number": paper.text("number")}
    listed = items if isinstance(items, list) else []
    claimed: list[Json] = [{**item, "preference": claim} for item in listed if isinstance(item, dict)]
    note = f"preference by {paper.form} claimed"
    fault = Fault("certificate_missing", "error", None, (CERTIFICATE, DRAFT), note)
    changed = replace(truth.without_paper(CERTIFICATE), draft={**draft, "items": claimed})
    return told(changed, fault, disputed=item_pointers(truth, "preference"))


def _origin_criterion(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    """No criterion, where the form asks for one on every line."""
    paper = paper_of(truth, CERTIFICATE)
    if paper.form not in _WITH_CRITERION:
        raise CannotPlantError(f"the certificate of {truth.id} asks for no criterion")
    row = chance.whole(0, len(paper.lines) - 1)
    changed = paper.with_cell(row, "origin_criterion", chance.pick(("XQ", "ZZ", "OK")))
    lines = {CERTIFICATE: row + 1}
    fault = Fault("origin_criterion", "warning", "origin_criterion", (CERTIFICATE,), "no such criterion", None, lines)
    return told(truth.with_paper(changed), fault)


def _date_order(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    """The transport document is dated long before the invoice."""
    paper = paper_of(truth, TRANSPORT)
    wrong = dt.date.fromisoformat(paper_of(truth, INVOICE).text("date")) - dt.timedelta(days=chance.whole(40, 90))
    changed = paper.with_field("date", wrong.isoformat())
    if "shipped_on_board_date" in changed.fields:
        changed = changed.with_field("shipped_on_board_date", wrong.isoformat())
    fault = Fault("date_order", "warning", "date", (INVOICE, TRANSPORT), f"transport document of {wrong}")
    return told(truth.with_paper(changed), fault, acceptable=("certificate_expired",))


def _incoterm_invalid(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    paper = paper_of(truth, INVOICE)
    wrong = chance.pick(_UNKNOWN_TERMS)
    fault = Fault("incoterm_invalid", "warning", "incoterm", (INVOICE,), f"{wrong} is no term")
    declaration = {**truth.declaration, "incoterm": wrong}
    changed = replace(truth.with_paper(paper.with_field("incoterm", wrong)), declaration=declaration)
    acceptable = ("incoterm_mismatch", "field_missing", "charges_missing")
    return told(changed, fault, disputed=("/incoterm",), acceptable=acceptable)


def _incoterm_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    draft, right = drafted(truth), paper_of(truth, INVOICE).text("incoterm")
    wrong = chance.pick([term for term in ("FCA", "CIP", "DAP", "EXW") if term != right])
    fault = Fault("incoterm_mismatch", "error", "incoterm", (INVOICE, DRAFT), f"draft {wrong}, invoice {right}")
    return told(replace(truth, draft={**draft, "incoterm": wrong}), fault, disputed=("/incoterm",))


FAULTS: Final = {
    "certificate_expired": _certificate_expired,
    "certificate_coverage": _certificate_coverage,
    "certificate_missing": _certificate_missing,
    "origin_criterion": _origin_criterion,
    "date_order": _date_order,
    "incoterm_invalid": _incoterm_invalid,
    "incoterm_mismatch": _incoterm_mismatch,
}
