from decimal import Decimal

import pytest

from benchmarks.scorecard.baselines.lines_by_rapidocr import Spot, lines_of
from benchmarks.scorecard.baselines.patterns import Sheet, fields_of, kind_of
from benchmarks.scorecard.baselines.printed_values import amount_in, date_in, last_amount_in, number_in
from benchmarks.scorecard.protocol import PageFields
from benchmarks.scorecard.rivals import RivalReading, compared, product_compared
from tests.scored import case, finding, invoice, packing_list, truth

CLAIMS = frozenset({"number", "total_amount", "packages"})


def reading(*pages: tuple[str, int, dict[str, str]]) -> RivalReading:
    told = tuple(PageFields(file=file, page=page, fields=fields) for file, page, fields in pages)
    return RivalReading(seconds=3.0, cpu=1.0, pages=told)


def test_a_reader_is_scored_on_what_it_claims_and_no_more() -> None:
    read = reading(("a.pdf", 1, {"number": "A-18", "currency": "USD"}), ("a.pdf", 2, {"total_amount": "30"}))
    found = compared("other", CLAIMS, [(truth(), read)])
    assert (found.printed, found.right, found.wrong, found.missing, found.beyond) == (3, 2, 0, 1, 0)
    assert (found.pages, found.seconds, found.cpu) == (3, 3.0, 1.0)


def test_amounts_are_taken_from_the_last_page_and_names_from_the_first() -> None:
    read = reading(
        ("a.pdf", 1, {"number": "A-18", "total_amount": "10.00"}),
        ("a.pdf", 2, {"number": "2026", "total_amount": "30.00"}),
        ("b.pdf", 1, {"number": "4711", "packages": "5"}),
    )
    found = compared("other", CLAIMS, [(truth(), read)])
    assert (found.printed, found.right, found.wrong, found.missing, found.beyond) == (3, 2, 1, 0, 1)


def test_the_product_is_scored_on_the_same_fields_and_told_where_it_asks() -> None:
    asks = finding("illegible", ("a.pdf", "commercial_invoice", "number", None), severity="warning")
    invoiced = invoice(number="A-19", currency="EUR", total_amount=Decimal(30))
    found = product_compared("product", CLAIMS, [case(documents=[invoiced, packing_list()], findings=[asks])])
    assert (found.printed, found.right, found.wrong, found.missing) == (3, 1, 1, 1)
    assert (found.asked_wrong, found.asked_missing, found.asked) == (1, 0, 1)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-03-09", "2026-03-09"),
        ("dated 09.03.2026", "2026-03-09"),
        ("9. März 2026", "2026-03-09"),
        ("9 de marzo de 2026", "2026-03-09"),
        ("Mar 9, 2026", "2026-03-09"),
        ("2026年3月9日", "2026-03-09"),
        ("31.02.2026", None),
        ("No. 4711", None),
    ],
)
def test_dates_are_read_as_they_are_printed(text: str, date: str | None) -> None:
    assert date_in(text) == date


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("USD 17,447.00", "17447.00"),
        ("17.447,00 EUR", "17447.00"),
        ("1 512,30 KG", "1512.30"),
        ("CHF 1'234.50", "1234.50"),
        ("1,250 kg", "1250"),
        ("67", "67"),
        ("none", None),
    ],
)
def test_amounts_are_read_as_they_are_printed(text: str, amount: str | None) -> None:
    assert amount_in(text) == amount


def test_the_last_amount_of_a_row_is_its_total() -> None:
    assert last_amount_in("120 PCS 2,352.60") == "2352.60"


def test_a_number_is_long_enough_and_no_date() -> None:
    assert number_in("of 09.03.2026: A-18/B") == "A-18/B"
    assert number_in("No. 7") is None


def test_labels_are_known_in_all_languages_beside_the_value_or_above_it() -> None:
    assert fields_of(Sheet("commercial_invoice", ("RECHNUNGS-NR. 4711/26", "CIF Felixstowe"))) == {
        "number": "4711/26", "incoterm": "CIF",
    }  # fmt: skip
    assert fields_of(Sheet("packing_list", ("LISTA N.º: KT-26-2452", "FACTURA: KT-26-2450")))["invoice_number"] == (
        "KT-26-2450"
    )
    assert fields_of(Sheet("commercial_invoice", ("Gross weight", "2,352.60 kg")))["gross_weight_kg"] == "2352.60"


def test_a_page_is_of_the_kind_that_its_title_names() -> None:
    assert kind_of(("Kern GmbH", "PACKING LIST", "Invoice No. 7")) == "packing_list"
    assert kind_of(("page 2 of 2",)) == ""


def test_texts_of_one_height_are_one_line() -> None:
    spots = [Spot("No.", 10, 101, 20), Spot("A-18", 80, 97, 20), Spot("INVOICE", 10, 40, 24)]
    assert list(lines_of(spots)) == ["INVOICE", "No. A-18"]
    assert list(lines_of([])) == []
