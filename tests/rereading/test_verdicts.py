"""What the second look says of a value, and what the papers become of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.calibration import shipped
from extractors.reading import Sighting
from extractors.rereading import Verdict, field_of, supported, taken, verdicts
from extractors.rereading.meanings import meaning, number_style
from extractors.rereading.verdicts import Read
from schemas.declarations import FieldRef
from schemas.documents import CommercialInvoice, Document, InvoiceFields, InvoiceLine, Part
from schemas.doubts import Doubt, ExpectedKind
from schemas.fields import Alternative, Field
from schemas.pages import Reader
from schemas.values import Party

PLACE = (10.0, 20.0, 60.0, 30.0)


def field(
    value: object, text: str, *others: tuple[object, str], reader: Reader = "tesseract", sure: float = 0.95
) -> Any:  # noqa: ANN401 - a field of any kind
    left = tuple(Alternative[Any](value=other, text=print_, confidence=0.01) for other, print_ in others)
    return Field[Any](
        value=value, text=text, confidence=sure, file="a.png", page=1, box=PLACE, reader=reader, alternatives=left
    )


def invoice(line: InvoiceLine, **header: Any) -> CommercialInvoice:  # noqa: ANN401 - fields of any kind
    part = Part(file="a.png", sha256="0" * 64, pages=(1,))
    return CommercialInvoice(parts=(part,), fields=InvoiceFields(**header), lines=(line,))


def amount(text: str, *others: tuple[object, str], value: str | None = None) -> CommercialInvoice:
    number = Decimal(value or text.replace(",", ""))
    return invoice(InvoiceLine(amount=field(number, text, *others)), total_amount=field(Decimal("9876.50"), "9,876.50"))


def doubt(name: str = "amount", line: int | None = 0, kind: ExpectedKind = "amount", *possible: str) -> Doubt:
    ref = FieldRef(document=0, field=name, line=line)
    return Doubt(file="a.png", page=1, box=PLACE, ref=ref, kind=kind, possible=possible)


def seen(tesseract: str | list[str], rapidocr: str | list[str]) -> list[Sighting]:
    """What both engines see; a single text on all bitmaps."""
    return [Sighting(0, "tesseract", _on_all(tesseract)), Sighting(0, "rapidocr", _on_all(rapidocr))]


def _on_all(texts: str | list[str]) -> tuple[str, ...]:
    return (texts,) * 3 if isinstance(texts, str) else tuple(texts)


def verdict(paper: Document, about: Doubt, sightings: list[Sighting]) -> Verdict | None:
    return next(iter(verdicts([paper], [about], sightings)), None)


def after(paper: Document, told: Verdict | None) -> Any:  # noqa: ANN401 - a field of any kind
    assert told is not None
    (changed,) = supported([paper], [told], (), shipped())
    return field_of(changed, told.ref)


def test_another_engine_that_sees_the_value_is_its_witness() -> None:
    told = verdict(amount("1,234.56"), doubt(), seen("1,234.56", "1.234.56"))
    assert told is not None
    assert (told.witness, told.instead, told.others) == ("rapidocr", None, ())
    assert after(amount("1,234.56"), told).witnesses == ("reader:rapidocr",)


def test_the_engine_that_read_it_is_no_second_witness() -> None:
    assert verdict(amount("1,234.56"), doubt(), seen("1,234.56", "")) is None
    assert verdict(amount("1,234.56"), doubt(), seen("1,234.56", ["1,234.56", "7,284.00", "1,2"])) is None


def test_a_value_that_its_own_engine_now_sees_differently_has_no_witness() -> None:
    told = verdict(amount("1,234.56"), doubt(), seen(["1,234.56", "1,284.56"], "1,234.56"))
    assert told is None


def test_readings_left_open_that_no_bitmap_shows_are_no_longer_open() -> None:
    paper = amount("1,234.56", (Decimal("1284.56"), "1,284.56"), (Decimal("1934.56"), "1,934.56"))
    told = verdict(paper, doubt(), seen(["1,234.56"] * 5 + ["1,934.56"], "1,234.56"))
    assert [other.value for other in after(paper, told).alternatives] == [Decimal("1934.56")]


def test_both_engines_on_a_value_left_open_offer_it_in_place_of_the_one_in_force() -> None:
    paper = amount("1,284.56", (Decimal("1234.56"), "1,234.56"))
    told = verdict(paper, doubt(), seen("1,234.56", "1,234.56"))
    assert told is not None
    assert told.instead is not None
    assert (told.instead.value, told.open_to, told.witness) == (Decimal("1234.56"), True, None)
    (changed,) = taken([paper], told, (), shipped())
    now: Any = field_of(changed, told.ref)
    assert (now.value, now.text, now.witnesses) == (Decimal("1234.56"), "1,234.56", ("reader:rapidocr",))
    assert [(other.value, other.text) for other in now.alternatives] == [(Decimal("1284.56"), "1,284.56")]


@pytest.mark.parametrize(("possible", "is_open"), [("1234.56", True), ("1,234.56", True), ("1284.56", False)])
def test_what_would_satisfy_the_papers_is_open_however_it_is_printed(possible: str, is_open: bool) -> None:  # noqa: FBT001 - a parameter of the test
    told = verdict(amount("1,284.56"), doubt("amount", 0, "amount", possible), seen("1,234.56", "1,234.56"))
    assert told is not None
    assert told.open_to is is_open


def test_a_value_that_one_engine_alone_sees_is_offered_and_supports_nothing() -> None:
    paper = amount("1,284.56")
    told = verdict(paper, doubt(), seen("1,284.56", "1,234.56"))
    assert told is not None
    assert (told.witness, told.instead) == (None, None)
    now = after(paper, told)
    assert (now.value, now.witnesses) == (Decimal("1284.56"), ())
    assert [other.value for other in now.alternatives] == [Decimal("1234.56")]


def test_confidence_is_what_values_confirmed_late_have_earned_and_never_less_than_it_was() -> None:
    table = shipped()
    told = Verdict(FieldRef(document=0, field="amount", line=0), witness="rapidocr")
    unsure = after(amount("1,234.56"), told)
    paper = amount("1,234.56")
    sure = after(
        paper.model_copy(update={"lines": (InvoiceLine(amount=field(Decimal("1234.56"), "1,234.56", sure=0.999)),)}),
        told,
    )
    assert 0.95 < unsure.confidence <= table.evidence["confirmed"].confidence
    assert sure.confidence == 0.999


def test_a_third_look_at_what_both_engines_agreed_on_makes_it_no_surer() -> None:
    told = Verdict(FieldRef(document=0, field="date", line=None), witness="rapidocr")
    agreed = field(dt.date(2025, 3, 1), "01.03.2025", sure=0.97).witnessed("reader:rapidocr")
    assert after(invoice(InvoiceLine(), date=agreed), told) == agreed


@given(st.lists(st.text("0123456789.,OlSB -/'", max_size=9), min_size=1, max_size=6))
def test_whatever_is_seen_no_value_enters_into_force_by_support(texts: list[str]) -> None:
    paper = amount("1,234.56", (Decimal("1284.56"), "1,284.56"))
    told = verdict(paper, doubt(), seen(texts, texts[::-1]))
    if told is not None:
        now = after(paper, told)
        assert (now.value, now.text) == (Decimal("1234.56"), "1,234.56")
        assert all(other.value != now.value for other in now.alternatives)
        assert now.confidence + sum(other.confidence for other in now.alternatives) <= 1.001


def test_what_cannot_be_a_value_of_the_field_leaves_the_paper_as_it_was() -> None:
    paper = invoice(InvoiceLine(origin=field("IN", "India")))
    told = Verdict(FieldRef(document=0, field="origin", line=0), instead=Read("India", "India"), open_to=True)
    assert taken([paper], told, (), shipped()) == (paper,)
    assert taken([paper], Verdict(told.ref), (), shipped()) == (paper,)


# -- meanings


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.234,56", "1234.56"), ("EUR 1.234,56", "1234.56"), ("1.234,56 kg", "1234.56"), ("1.234.56", "1234.56"),
     ("1.234, 56", "1234.56"), ("1234,56", "1234.56"), ("-1.234,56", "1234.56")],
)  # fmt: skip
def test_numbers_are_read_in_the_style_of_their_paper(text: str, value: str) -> None:
    paper = invoice(InvoiceLine(amount=field(Decimal("7618.42"), "7.618,42")))
    says = meaning(paper, "amount", paper.lines[0].present()["amount"])
    assert says is not None
    assert says(text) == Decimal(value)


@pytest.mark.parametrize("text", ["1/234,56", "1;234", "I234,56", "l.23a,56", "", "A"])
def test_a_number_with_any_other_sign_in_it_is_no_number(text: str) -> None:
    paper = invoice(InvoiceLine(amount=field(Decimal("7618.42"), "7.618,42")))
    says = meaning(paper, "amount", paper.lines[0].present()["amount"])
    assert says is not None
    assert says(text) is None


def test_papers_that_print_no_marks_prove_no_style() -> None:
    assert number_style(invoice(InvoiceLine(quantity=field(Decimal(500), "500")))) is None
    assert number_style(amount("1,234.56")) is not None


def test_dates_are_read_in_the_order_in_which_the_field_was() -> None:
    paper = invoice(InvoiceLine(), date=field(dt.date(2025, 3, 1), "01.03.2025"))
    says = meaning(paper, "date", paper.fields.present()["date"])
    assert says is not None
    assert says("07.03.2025") == dt.date(2025, 3, 7)


def test_codes_mean_only_what_is_known_of_them() -> None:
    paper = invoice(InvoiceLine(unit=field("C62", "pcs", ("PR", "prs")), hs_code=field("73181500", "7318.15.00")))
    unit = meaning(paper, "unit", paper.lines[0].present()["unit"])
    code = meaning(paper, "hs_code", paper.lines[0].present()["hs_code"])
    assert unit is not None
    assert code is not None
    assert [unit(text) for text in ("pcs.", "prs", "sets")] == ["C62", "PR", None]
    assert [code(text) for text in ("H.S. 7318.16.00", "73181600", "7318")] == ["73181600", "73181600", None]


def test_what_needs_its_whole_context_has_no_meaning_alone() -> None:
    paper = invoice(InvoiceLine(), exporter=field(Party(name="Norwick Looms"), "Norwick Looms"))
    assert meaning(paper, "exporter", paper.fields.present()["exporter"]) is None
    about = doubt("exporter", None, "text")
    assert verdicts([paper], [about, doubt("consignee", None, "text")], seen("Norwick Looms", "Norwick Looms")) == ()
