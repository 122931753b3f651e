from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from extractors.calibration import calibrated, shipped
from extractors.calibration.columns import odd_ones, standing_of
from extractors.calibration.traits import (
    EVIDENCE,
    Evidence,
    Quality,
    Standing,
    Traits,
    evidence_of,
    kind_of,
    quality_of,
)
from schemas.documents import CommercialInvoice, InvoiceFields, InvoiceLine, Part
from schemas.fields import Alternative, Field
from schemas.geometry import Box
from schemas.pages import Page, Word

SHA = "0" * 64


def value(amount: str = "12.50", **other: Any) -> Field[Decimal]:  # noqa: ANN401 - a field's attributes of any type
    placed = {"confidence": 0.99, "file": "a.pdf", "page": 1, "box": (1.0, 2.0, 3.0, 4.0), "reader": "tesseract"}
    return Field[Decimal](**{"value": Decimal(amount), "witnesses": ("reader:rapidocr",), **placed, **other})


def invoice(total: Field[Decimal], amount: Field[Decimal] | None = None) -> CommercialInvoice:
    return CommercialInvoice(
        parts=(Part(file="a.pdf", sha256=SHA, pages=(1,)),),
        fields=InvoiceFields(total_amount=total),
        lines=(InvoiceLine(amount=amount),),
    )


def page(**other: Any) -> Page:  # noqa: ANN401 - likewise a page's
    return Page("a.pdf", SHA, 1, 595.0, 842.0, **{"text_source": "ocr", **other})


def calibrate(document: CommercialInvoice) -> CommercialInvoice:
    (result,) = calibrated((document,), (page(),), shipped())
    assert isinstance(result, CommercialInvoice)
    return result


def expected(evidence: Evidence, name: str = "commercial_invoice.total_amount", quality: Quality = "good") -> float:
    standing: Standing = "in a table" if ".lines." in name else "in the header"
    return round(shipped().confidence(Traits(name, "amount", evidence, quality, standing)), 5)


def test_a_value_read_by_eye_gets_the_share_of_right_values_of_its_kind() -> None:
    result = calibrate(invoice(value(), value("3.00", confidence=0.5, witnesses=())))
    assert result.fields.total_amount is not None
    assert result.fields.total_amount.confidence == expected("agreed")
    assert result.lines[0].amount is not None
    assert result.lines[0].amount.confidence == expected("disputed", "commercial_invoice.lines.amount")


def test_nothing_but_confidence_changes() -> None:
    document = invoice(value(), value("3.00", confidence=0.5, witnesses=()))
    result = calibrate(document)
    for before, after in ((document.fields, result.fields), (document.lines[0], result.lines[0])):
        assert {name: one.model_copy(update={"confidence": 0}) for name, one in before.present().items()} == {
            name: one.model_copy(update={"confidence": 0}) for name, one in after.present().items()
        }


def test_figures_from_a_file_stay_exact() -> None:
    exact = value(reader="structured", locator="/a/b", confidence=1.0, witnesses=())
    assert calibrate(invoice(exact)).fields.total_amount == exact


def test_other_readings_share_what_the_value_leaves() -> None:
    others = (
        Alternative[Decimal](value=Decimal("12.80"), text="12.80", confidence=0.3),
        Alternative[Decimal](value=Decimal("72.50"), text="72.50", confidence=0.1),
    )
    total = calibrate(invoice(value(alternatives=others, confidence=0.5, witnesses=()))).fields.total_amount
    assert total is not None
    first, second = (one.confidence for one in total.alternatives)
    assert total.confidence + first + second == pytest.approx(1.0, abs=2e-4)
    assert first == pytest.approx(3 * second, rel=0.05)


@pytest.mark.parametrize(
    ("confidence", "witnesses", "evidence"),
    [
        (0.99, ("reader:rapidocr",), "agreed"), (0.9, ("reader:tesseract",), "confirmed"), (0.9, (), "alone"),
        (0.5, ("reader:rapidocr",), "doubted"), (0.8, (), "once"), (0.5, (), "disputed"), (0.4, (), "faint"),
        (0.99, ("check_digit",), "alone"),
    ],
)  # fmt: skip
def test_evidence_is_who_saw_the_words_and_how_sure(
    confidence: float, witnesses: tuple[str, ...], evidence: Evidence
) -> None:
    assert evidence_of(value(confidence=confidence, witnesses=witnesses)) == evidence


def test_a_text_layer_is_printed_evidence() -> None:
    assert evidence_of(value(reader="text_layer", confidence=1.0, witnesses=())) == "printed"


def test_every_field_has_a_kind() -> None:
    kinds = {name: kind_of(name) for name in (*InvoiceFields.model_fields, *InvoiceLine.model_fields)}
    assert (kinds["total_amount"], kinds["hs_code"], kinds["exporter"]) == ("amount", "code", "party")
    assert kinds["description"] == kinds["payment_terms"] == "text"


def words(disputed: int, agreed: int) -> tuple[Word, ...]:
    sure = Word("a", Box(0, 0, 5, 5), 0.99, "tesseract", ("rapidocr",))
    return (*([sure] * agreed), *([replace(sure, confidence=0.5, confirmed_by=(), alternatives=("o",))] * disputed))


def test_the_quality_of_a_page_is_seen_on_the_page_itself() -> None:
    assert quality_of(page(words=words(1, 99))) == "good"
    assert quality_of(page(words=words(4, 96))) == "fair"
    assert quality_of(page(words=words(30, 70))) == "poor"
    turned = (1.0, 0.02, 3.0, -0.02, 1.0, 0.0, 0.0, 0.0, 1.0)
    assert quality_of(page(words=words(1, 99), flat_to_upright=turned)) == "good"
    seen_aslant = (*turned[:6], 1e-5, 0.0, 1.0)
    assert quality_of(page(words=words(1, 99), flat_to_upright=seen_aslant)) == "photo"
    assert quality_of(page(words=words(0, 0), text_source="digital")) == "digital"


def test_the_shipped_table_knows_every_evidence() -> None:
    table = shipped()
    assert set(table.evidence) == set(EVIDENCE)
    assert all(0 < share.confidence < 1 for share in table.evidence.values())


def rows(*amounts: str, hs: tuple[str, ...] = ()) -> CommercialInvoice:
    codes = [Field[str](value=code, confidence=0.99, file="a.pdf", page=1, box=(1.0, 2.0, 3.0, 4.0)) for code in hs]
    lines = tuple(
        InvoiceLine(amount=value(amount), hs_code=codes[at] if codes else None) for at, amount in enumerate(amounts)
    )
    return invoice(value()).model_copy(update={"lines": lines})


def test_a_value_unlike_its_column_is_odd() -> None:
    document = rows("12.50", "8.00", "91", "10.61", hs=("85395290", "85395210", "853952", "85395290"))
    assert odd_ones(document.lines) == {(2, "amount"), (2, "hs_code")}


def test_a_column_without_a_usual_look_has_no_odd_ones() -> None:
    assert odd_ones(rows("12.50", "8").lines) == frozenset()
    assert odd_ones(rows("12.50", "8", "1.5", "2.125").lines) == frozenset()


def test_a_value_stands_in_the_header_a_table_or_one_that_adds_up() -> None:
    document = rows("12.50", "8.00", "91", "10.61")
    adding_up = document.model_copy(update={"complete_by": ("row_numbers", "sums")})
    odd = odd_ones(document.lines)
    assert standing_of(document, "total_amount", None, odd) == "in the header"
    assert standing_of(document, "amount", 0, odd) == "in a table"
    assert standing_of(adding_up, "amount", 0, odd) == "in a table that adds up"
    assert standing_of(adding_up, "amount", 2, odd) == "odd in its column"
