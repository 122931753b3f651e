"""What only the trained model sees is declared when something beside it says the same, and not otherwise."""

from __future__ import annotations

import pytest

from extractors.calibration.applying import calibrated
from extractors.calibration.table import shipped
from extractors.headers.proposals import CONFIDENCE
from schemas.fields import Field
from schemas.pages import Page
from tests.trade_papers import Plain, consistent, document, holding, reconciled, witnesses


def guessed(value: str) -> Plain:
    return {"value": value, "confidence": CONFIDENCE, "proposed": True}


DECLARED = {
    "freight": "/freight",
    "country_of_destination": "/country_of_destination",
    "incoterm": "/incoterm",
    "currency": "/currency",
}


@pytest.mark.parametrize("name", ["freight", "country_of_destination", "incoterm", "currency"])
def test_a_guess_on_a_digital_page_is_not_declared_alone(name: str) -> None:
    papers = consistent()
    assert DECLARED[name] not in reconciled(papers).withheld
    papers["invoice"][name] = guessed(papers["invoice"][name])
    if name == "freight":
        papers["invoice"]["total_amount"] = None  # with it the sum would witness the freight
    result = reconciled(papers)
    assert DECLARED[name] in result.withheld


def test_a_guessed_exporter_is_asked_for_where_no_other_paper_names_it() -> None:
    papers = {"invoice": consistent()["invoice"]}
    papers["invoice"]["exporter"] = guessed("Norwick Looms Pvt. Ltd.")
    asked = [f for f in holding(reconciled(papers)) if any(e.field == "exporter" for e in f.evidence)]
    assert [f.code for f in asked] == ["illegible"]


def test_another_paper_confirms_a_guess() -> None:
    papers = consistent()
    weight = papers["packing"]["gross_weight_kg"]
    papers["packing"]["gross_weight_kg"] = guessed(weight)
    result = reconciled(papers)
    assert any(w.startswith("document:") for w in witnesses(result, 1, "gross_weight_kg"))
    assert "/gross_mass_kg" not in result.withheld


def test_two_guesses_do_not_confirm_each_other() -> None:
    papers = {name: paper for name, paper in consistent().items() if name in {"invoice", "packing"}}
    for paper in papers.values():
        paper["purchase_order"] = guessed("ORD-1")
    result = reconciled(papers)
    assert witnesses(result, 0, "purchase_order") == ()
    papers["invoice"]["purchase_order"] = "ORD-1"
    assert witnesses(reconciled(papers), 1, "purchase_order") == ("document:commercial_invoice",)


def test_calibration_leaves_a_guess_a_guess() -> None:
    papers = consistent()
    papers["invoice"]["freight"] = guessed("210.00")
    paper = document("invoice", papers["invoice"])
    page = Page(paper.file, paper.sha256, 1, 595.0, 842.0)
    (again,) = calibrated([paper], [page], shipped())
    freight = again.fields.get("freight")
    assert freight is not None
    assert freight.confidence == CONFIDENCE
    assert freight.proposed


def test_only_a_guess_says_so_in_the_result() -> None:
    field = Field[str](value="CIF", confidence=0.9, page=1, box=(1.0, 1.0, 2.0, 2.0))
    assert "proposed" not in field.model_dump()
    assert field.model_copy(update={"proposed": True}).model_dump()["proposed"] is True
