from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extractors.context import Context
from extractors.documents.invoice import invoice_fields
from extractors.headers.occurrences import Sheet
from extractors.headers.proposals import CONFIDENCE, with_proposals
from extractors.layout import rows_of
from extractors.learned.fields import NONE, features_of, guesses, spots
from extractors.values.numbers import NumberStyle
from schemas.documents import InvoiceFields
from schemas.pages import Page
from tests.drawing import page_of

HEAD = [
    (40.0, 60.0, "Havna Tools AS"),
    (40.0, 72.0, "Storgata 14"),
    (40.0, 84.0, "0184 Oslo"),
    (40.0, 96.0, "NORWAY"),
]
FOREIGN = [  # labels in languages that the lexicon does not have
    (330.0, 60.0, "Zamówienie nr:"),
    (440.0, 60.0, "ORD-44871"),
    (330.0, 74.0, "Fakturanummer:"),
    (440.0, 74.0, "HT-25-0917"),
    (330.0, 88.0, "Fakturadato:"),
    (440.0, 88.0, "14.03.2025"),
    (330.0, 102.0, "Bruttovekt i alt:"),
    (440.0, 102.0, "1,240.50 kg"),
]
KNOWN = [
    (330.0, 60.0, "Invoice No.:"),
    (440.0, 60.0, "HT-25-0917"),
    (330.0, 74.0, "Date:"),
    (440.0, 74.0, "14.03.2025"),
]


def scanned(lines: list[tuple[float, float, str]]) -> Page:
    page = page_of([*HEAD, *lines], title=(200.0, 30.0, "INVOICE"))
    words = tuple(replace(w, reader="tesseract", confirmed_by=("rapidocr",), confidence=0.99) for w in page.words)
    return replace(page, words=words, text_source="ocr")


def read(page: Page) -> tuple[InvoiceFields, InvoiceFields]:
    sheets, context = [Sheet.of(page)], Context(NumberStyle(".", ","), "dmy")
    found = invoice_fields(sheets, [page], context)
    return found, with_proposals(found, sheets, context=context)


def test_a_value_under_a_label_in_no_lexicon_is_proposed() -> None:
    found, more = read(scanned(FOREIGN))
    assert found.gross_weight_kg is None
    assert more.gross_weight_kg is not None
    assert more.gross_weight_kg.value == Decimal("1240.50")


def test_a_proposal_is_a_question() -> None:
    found, more = read(scanned(FOREIGN))
    proposed = set(more.present()) - set(found.present())
    assert proposed
    for name in proposed:
        field = more.get(name)
        assert field is not None
        assert field.proposed
        assert field.needs_witness
        assert field.confidence <= CONFIDENCE
        assert field.witnesses == ()


def test_a_value_found_by_its_label_stays_as_it_is() -> None:
    found, more = read(scanned([*KNOWN, (330.0, 120.0, "Fakturanummer:"), (440.0, 120.0, "ZZ-99-0001")]))
    assert found.number is not None
    assert found.number.value == "HT-25-0917"
    assert {name: more.get(name) for name in found.present()} == found.present()


def test_a_value_behind_another_field_s_label_is_not_taken() -> None:
    page = scanned([(330.0, 60.0, "Due date:"), (440.0, 60.0, "14.03.2025")])
    _, more = read(page)
    assert more.date is None


def test_the_heading_of_a_fax_gives_no_number() -> None:
    heading = [(30.0, 8.0, "FROM: HAVNA TOOLS"), (250.0, 8.0, "14 MAR 2025 14:02"), (500.0, 8.0, "P.04/06")]
    _, more = read(scanned(heading))
    assert more.number is None


def test_words_on_a_page_become_spots_with_what_stands_round_them() -> None:
    page = page_of([(40.0, 100.0, "Colour"), (140.0, 100.0, "grey"), (40.0, 112.0, "Batch: 17")])
    seen = {(s.span.text, s.inline, s.beside) for s in spots(rows_of(page), "commercial_invoice")}
    assert ("grey", "", "Colour") in seen
    assert ("17", "Batch:", "") in seen


@pytest.mark.parametrize("text", ["x", "…", "年", "1", "A" * 400])
def test_any_word_has_features(text: str) -> None:
    page = page_of([(40.0, 100.0, text)])
    (spot,) = spots(rows_of(page), "packing_list")
    assert features_of(spot)


def test_beliefs_come_in_order_and_none_is_no_field() -> None:
    found = guesses(Sheet.of(scanned(FOREIGN)).rows, "commercial_invoice")
    assert NONE not in found
    for some in found.values():
        assert [g.belief for g in some] == sorted((g.belief for g in some), reverse=True)
