from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from pydantic import ValidationError

from schemas.declarations import Declaration, ExchangeRate
from schemas.documents import CommercialInvoice, InvoiceFields, InvoiceLine, Part
from schemas.fields import Field
from schemas.findings import Decision, Finding
from schemas.results import ShipmentResult
from schemas.values import Amount

PART = Part(file="a.pdf", sha256="0" * 64, pages=(1, 2))
PLACED = {"confidence": 0.9, "file": "a.pdf", "page": 1, "box": (1.0, 2.0, 3.0, 4.0)}


def result() -> ShipmentResult:
    weight = Field[Amount].model_validate({"value": Decimal("1E+3"), **PLACED})
    day = Field[dt.date].model_validate({"value": dt.date(2025, 8, 27), **PLACED})
    paper = CommercialInvoice(
        parts=(PART,), fields=InvoiceFields(date=day, packages=weight), lines=(InvoiceLine(quantity=weight),)
    )
    rate = ExchangeRate(from_="EUR", to="GBP", rate=Decimal("0.86"), date=dt.date(2025, 8, 1), source="monthly rate")
    return ShipmentResult(
        broker="local", reference="S1", revision=1, as_of=dt.date(2025, 9, 1), status="held",
        documents=(paper,), declaration=Declaration(exchange_rate=rate),
    )  # fmt: skip


def test_a_result_survives_its_json_form() -> None:
    assert ShipmentResult.model_validate_json(result().to_json()) == result()


def test_amounts_are_plain_strings_and_dates_are_iso() -> None:
    fields = json.loads(result().to_json())["documents"][0]["fields"]
    assert (fields["packages"]["value"], fields["date"]["value"]) == ("1000", "2025-08-27")


def test_what_is_not_on_the_paper_is_absent_and_what_is_not_declared_is_null() -> None:
    told = json.loads(result().to_json())
    assert set(told["documents"][0]["fields"]) == {"date", "packages"}
    assert "locator" not in told["documents"][0]["fields"]["date"]
    assert told["declaration"]["gross_mass_kg"] is None
    assert told["declaration"]["exchange_rate"]["from"] == "EUR"


def test_a_document_names_its_first_part() -> None:
    paper = result().documents[0]
    assert (paper.file, paper.sha256, paper.pages) == ("a.pdf", "0" * 64, (1, 2))


def test_a_field_set_knows_what_it_carries() -> None:
    fields = result().documents[0].fields
    assert list(fields.present()) == ["date", "packages"]
    assert fields.get("packages") is not None
    assert fields.get("no such field") is None


@pytest.mark.parametrize(
    "given",
    [
        {"page": 1, "box": (1.0, 2.0, 3.0, 4.0)},
        {"locator": "Sheet1!C7"},
        {"derived_from": ("/lines/0/amount",)},
        {"witnesses": ("person:anna",)},
    ],
)
def test_a_value_with_a_place_a_derivation_or_a_person_can_be_built(given: dict[str, object]) -> None:
    assert Field[str].model_validate({"value": "x", "confidence": 1.0, **given}).value == "x"


@pytest.mark.parametrize("given", [{}, {"page": 1}, {"box": (1.0, 2.0, 3.0, 4.0)}, {"witnesses": ("arithmetic",)}])
def test_a_value_from_nowhere_cannot_be_built(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="needs a place"):
        Field[str].model_validate({"value": "x", "confidence": 1.0, **given})


def test_only_what_rests_on_ocr_alone_needs_a_witness() -> None:
    read = Field[str].model_validate({"value": "x", **PLACED, "reader": "tesseract"})
    assert read.needs_witness
    assert not read.witnessed("arithmetic", "arithmetic").needs_witness
    assert read.witnessed("a", "b", "a").witnesses == ("a", "b")
    assert not Field[str].model_validate({"value": "x", **PLACED}).needs_witness
    assert read.place is not None
    assert Field[str](value="x", confidence=1.0, locator="/a").place is None


@pytest.mark.parametrize(
    ("severity", "action", "holds"),
    [("info", None, False), ("warning", None, True), ("error", "waive", False), ("warning", "request", True)],
)
def test_a_finding_holds_until_it_is_decided(severity: str, action: str | None, holds: bool) -> None:  # noqa: FBT001
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    decision = Decision.model_validate({"action": action, "by": "anna", "at": at, "reason": "r"}) if action else None
    found = Finding.model_validate({"code": "date_order", "severity": severity, "message": "m", "decision": decision})
    assert found.holds is holds


def test_a_field_set_with_a_field_replaced_is_checked_anew() -> None:
    fields = result().documents[0].fields
    assert isinstance(fields, InvoiceFields)
    changed = fields.replacing(date=None)
    assert list(changed.present()) == ["packages"]
    with pytest.raises(ValidationError):
        fields.replacing(date=fields.packages)
