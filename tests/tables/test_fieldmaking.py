from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation

import pytest

from extractors.fieldmaking import field_from
from extractors.layout import span_of
from schemas.documents import InvoiceLine
from schemas.geometry import Box
from schemas.pages import Page, Word

PAGE = Page(file="a.pdf", sha256="0" * 64, number=2, width=600, height=800)


def word(text: str, x: float) -> Word:
    return Word(text, Box(x, 10, x + 20, 18))


def decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def test_a_field_stands_where_its_words_stand() -> None:
    field = field_from([word("New", 10), word("York", 40)], "New York", PAGE)
    assert (field.page, field.file, field.box, field.text) == (2, "a.pdf", (10, 10, 60, 18), "New York")


def test_the_box_lies_on_the_upright_page() -> None:
    moved = replace(PAGE, flat_to_upright=(1, 0, 5, 0, 1, 7, 0, 0, 1))
    assert field_from([word("A", 10)], "A", moved).box == (15, 17, 35, 25)


def test_a_field_is_as_sure_as_its_least_sure_word_and_owes_it_to_the_weakest_reader() -> None:
    words = [word("12", 10), replace(word("kg", 40), confidence=0.4, reader="tesseract")]
    field = field_from(words, "12 kg", PAGE)
    assert (field.confidence, field.reader) == (0.4, "tesseract")


def test_another_reader_is_a_witness_only_where_it_saw_every_word() -> None:
    both = replace(word("12", 10), reader="tesseract", confirmed_by=("rapidocr",))
    turned = replace(word("34", 40), reader="rapidocr", confirmed_by=("tesseract",))
    alone = replace(word("kg", 70), reader="tesseract")
    assert field_from([both, turned], "1234", PAGE).witnesses == ("reader:rapidocr",)
    assert field_from([both, alone], "12 kg", PAGE).witnesses == ()


def test_other_readings_are_kept_where_they_mean_something_else() -> None:
    seen = replace(word("12.50", 10), confidence=0.6, reader="tesseract", alternatives=("12.80", "l2,x", "12.5"))
    field = field_from([seen], Decimal("12.50"), PAGE, parse=decimal)
    assert [(a.value, a.text, a.confidence) for a in field.alternatives] == [(Decimal("12.80"), "12.80", 0.4)]


def test_a_span_is_taken_like_its_words_and_fits_a_line() -> None:
    span = span_of(PAGE, [word("7", 10)])
    line = InvoiceLine(quantity=field_from(span, Decimal(7), PAGE))
    assert line.quantity is not None
    assert line.quantity.value == 7


def test_no_words_are_no_field() -> None:
    with pytest.raises(ValueError, match="union of no boxes"):
        field_from([], "x", PAGE)
