"""A code that a person gives stands in the official list, and the refusal says what does."""

from __future__ import annotations

import pytest

from flows.allowed_codes import refusal
from flows.errors import WrongDecisionError
from flows.settling import DRAFT, corrected
from schemas.findings import Evidence, Finding
from tests.archived import invoice


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("unit", "KGM"), ("unit", "C62"), ("unit", "CT"), ("unit", "XCT"), ("origin", "CN"),
        ("country_of_dispatch", "EU"), ("country_of_origin", "XK"), ("incoterm", "FOB"), ("incoterm", "DDU"),
        ("incoterm_edition", "2020"), ("currency", "JPY"), ("description", "whatever"),
    ],
)  # fmt: skip
def test_a_code_of_the_list_may_be_given_and_so_may_what_has_no_list(field: str, text: str) -> None:
    assert refusal(field, text) is None


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("unit", "kilos", "Did you mean KGM?"),
        ("unit", "QQQ", "Recommendation 20 (C62, CEN, CLT,"),
        ("origin", "China", "ISO 3166-1, such as CN, or EU, XI, XK, XC or XL. Did you mean CN?"),
        ("country_of_destination", "UK", "is no country"),
        ("country_of_origin", "XX", "is no country"),
        ("incoterm", "FOT", "of 2020: CFR, CIF, CIP, CPT, DAP, DDP, DPU, EXW, FAS, FCA, FOB; of 2010:"),
        ("incoterm", "fob", "is no Incoterm"),
        ("incoterm_edition", "2021", "2020, 2010, 2000"),
        ("currency", "EUX", "ISO 4217, such as EUR"),
        ("currency", "eur", "is no currency"),
    ],
)
def test_any_other_is_refused_with_what_is_allowed(field: str, text: str, says: str) -> None:
    assert says in (refusal(field, text) or "")


def test_a_correction_of_a_paper_and_one_of_the_draft_are_both_checked() -> None:
    place = Evidence(file="invoice.pdf", page=1, document="commercial_invoice", field="incoterm")
    missing = Finding(code="field_missing", severity="warning", message="none", evidence=(place,), nature="missing")
    with pytest.raises(WrongDecisionError, match="is no Incoterm"):
        corrected(missing, "FOT", None, [invoice()])
    assert corrected(missing, "FOB", None, [invoice()])[0].value == "FOB"
    drafted = Evidence(document=DRAFT, field="goods origin", value="DE (/items/0/origin)")
    finding = missing.model_copy(update={"evidence": (drafted,)})
    with pytest.raises(WrongDecisionError, match="Did you mean DE"):
        corrected(finding, "Germany", None, [])
    assert corrected(finding, "DE", None, [])[0].locator == "/items/0/origin"
