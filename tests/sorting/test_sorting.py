from __future__ import annotations

import pytest

from extractors.sorting import bundles, type_of
from extractors.sorting.splitting import page_mark
from schemas.pages import Page
from tests.drawing import page_of


def titled(text: str, *, file: str = "a.pdf", number: int = 1, mark: str = "", body: str = "") -> Page:
    lines = [(40.0, 300.0, body or "plain words here")] + ([(500.0, 820.0, mark)] if mark else [])
    return page_of(lines, title=(200, 60, text), file=file, number=number)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("COMMERCIAL INVOICE", "commercial_invoice"),
        ("Handelsrechnung", "commercial_invoice"),
        ("商业发票", "commercial_invoice"),
        ("PACKING LIST", "packing_list"),
        ("Liste de colisage", "packing_list"),
        ("CERTIFICATE OF ORIGIN", "certificate_of_origin"),
        ("MOVEMENT CERTIFICATE EUR.1", "certificate_of_origin"),
        ("BILL OF LADING", "transport_document"),
        ("Air Waybill", "transport_document"),
        ("General Terms and Conditions of Sale", "other"),
    ],
)
def test_a_title_types_its_page(title: str, kind: str) -> None:
    assert type_of(titled(title)).type == kind


def test_a_title_with_its_letters_apart_is_read() -> None:
    body = [(40.0, 300.0 + 12 * i, "carton nos and net weight of the goods") for i in range(4)]
    page = page_of(body, title=(100, 50, "P A C K I N G L I S T"))
    assert type_of(page).type == "packing_list"


def test_a_page_mark_beside_the_title_takes_nothing_from_it() -> None:
    assert type_of(page_of([(40, 40, "PACKING LIST page 1 of 300"), (40, 300, "words")])).type == "packing_list"


def test_a_misread_title_is_recognised() -> None:
    assert type_of(titled("COMMERCIAL INV0ICE")).type == "commercial_invoice"


def test_a_page_that_names_nothing_is_other_and_says_so() -> None:
    found = type_of(page_of([(40, 100, "hello world")]))
    assert (found.type, found.titled) == ("other", False)
    assert found.reasons


def test_pages_that_count_on_belong_to_one_document() -> None:
    pages = [
        titled("COMMERCIAL INVOICE", number=1, mark="Page 1 of 2"),
        page_of([(40, 100, "unit price amount"), (500, 820, "Page 2 of 2")], file="a.pdf", number=2),
        titled("PACKING LIST", number=3, mark="Page 1 of 1"),
    ]
    assert [[p.number for p in b.pages] for b in bundles(pages)] == [[1, 2], [3]]


def test_a_page_with_a_title_of_its_own_begins_a_document() -> None:
    pages = [titled("COMMERCIAL INVOICE", number=1), titled("PACKING LIST", number=2)]
    assert [b.type for b in bundles(pages)] == ["commercial_invoice", "packing_list"]


def test_images_of_one_document_are_put_in_the_order_of_their_marks() -> None:
    second = page_of([(40, 100, "unit price"), (40, 200, "HQ25-0266"), (500, 820, "Page 2 of 2")], file="b.jpg")
    first = titled("COMMERCIAL INVOICE", file="a.jpg", mark="Page 1 of 2", body="HQ25-0266")
    (bundle,) = bundles([first, second])
    assert [p.file for p in bundle.pages] == ["a.jpg", "b.jpg"]


def test_images_that_share_no_number_are_not_joined() -> None:
    second = page_of([(40, 100, "unit price amount"), (500, 820, "Page 2 of 2")], file="b.jpg")
    first = titled("COMMERCIAL INVOICE", file="a.jpg", mark="Page 1 of 2", body="HQ25-0266")
    assert len(bundles([first, second])) == 2


def test_a_fax_machines_heading_is_no_page_mark() -> None:
    page = page_of([(10, 3, "26 JUN 2025 10:51 P 03/04"), (40, 300, "words"), (500, 820, "Page 1 of 1")])
    assert page_mark(page) == (1, 1)


def test_every_page_is_in_exactly_one_document() -> None:
    pages = [titled("COMMERCIAL INVOICE", number=1), page_of([(40, 90, "?")], number=2), page_of([], number=3)]
    assert sorted(p.number for b in bundles(pages) for p in b.pages) == [1, 2, 3]


FIRST = [(40.0, 120.0 + 14 * n, f"goods {n} part A-77{n:02d}0 at 41{n:02d}.50") for n in range(12)]
NEXT = [(40.0, 120.0 + 14 * n, f"goods {n} part B-88{n:02d}0 at 52{n:02d}.50") for n in range(12)]


def headed(beside: str, rows: list[tuple[float, float, str]], number: int) -> Page:
    return page_of([(40.0, 60.0, f"COMMERCIAL INVOICE {beside}"), *rows], file="a.pdf", number=number)


def test_a_page_that_repeats_title_and_number_in_one_line_goes_on_with_its_paper() -> None:
    first = page_of(
        [(40.0, 60.0, "COMMERCIAL INVOICE"), (300.0, 90.0, "No. HK-26-1583"), *FIRST], file="a.pdf", number=1
    )
    assert [len(b.pages) for b in bundles([first, headed("No. HK-26-1583", NEXT, 2)])] == [2]


def test_the_next_invoice_under_another_number_is_a_paper_of_its_own() -> None:
    pages = [headed("No. HK-26-1583", FIRST, 1), headed("No. HK-26-1584", NEXT, 2)]
    assert [len(b.pages) for b in bundles(pages)] == [1, 1]


def test_a_copy_of_an_invoice_is_a_paper_of_its_own() -> None:
    pages = [headed("No. HK-26-1583", FIRST, 1), headed("No. HK-26-1583", FIRST, 2)]
    assert [len(b.pages) for b in bundles(pages)] == [1, 1]


@pytest.mark.parametrize("title", ["Delivery note / packing list", "Documento di trasporto / Packing list"])
def test_a_paper_under_two_titles_is_the_one_that_the_clearance_knows(title: str) -> None:
    assert type_of(titled(title)).type == "packing_list"
