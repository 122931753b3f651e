from __future__ import annotations

import pytest

from extractors.learned.pages import likeness
from extractors.sorting import bundles, type_of
from schemas.pages import Page
from tests.drawing import page_of

ROWS = {
    "commercial_invoice": ("10 Gate valve, brass   8481.80", "120 pcs", "14.20", "1,704.00"),
    "packing_list": ("1-12 Gate valve, brass", "12 cartons", "216.00", "228.00"),
}
HEADS = {
    "commercial_invoice": ("Article", "Pieces", "Price each", "Line value"),
    "packing_list": ("Contents", "Cartons", "Net kg", "Gross kg"),
}


def table(kind: str, *, top: float = 200.0, rows: int = 9) -> list[tuple[float, float, str]]:
    columns = (40.0, 300.0, 400.0, 500.0)
    lines = [(x, top, text) for x, text in zip(columns, HEADS[kind], strict=True)]
    for row in range(1, rows):
        lines += [(x, top + 16 * row, text) for x, text in zip(columns, ROWS[kind], strict=True)]
    return lines


def paper(kind: str, title: str, *, file: str = "a.pdf", number: int = 1) -> Page:
    heads = {"commercial_invoice": ("Currency: USD", "Amount due 15,336.00"), "packing_list": ("Marks", "Gross 2,052")}
    lines = [(40.0, 150.0, heads[kind][0]), *table(kind), (40.0, 420.0, heads[kind][1])]
    return page_of(lines, title=(200, 60, title), file=file, number=number)


@pytest.mark.parametrize("kind", sorted(ROWS))
def test_a_page_under_a_title_never_seen_is_typed_by_what_it_is_like(kind: str) -> None:
    found = type_of(paper(kind, "QUXFORBIL"))
    assert found.type == kind
    assert any("like" in reason or "points" in reason for reason in found.reasons)


def test_a_clear_title_is_not_outvoted_by_what_the_page_is_like() -> None:
    assert likeness(paper("commercial_invoice", "QUXFORBIL")).type == "commercial_invoice"
    assert type_of(paper("commercial_invoice", "PACKING LIST")).type == "packing_list"


def test_a_page_without_words_is_like_nothing() -> None:
    page = Page("a.pdf", "0" * 64, 1, 595.0, 842.0)
    assert likeness(page).belief == 0.0
    assert type_of(page).type == "other"


def test_a_letter_is_no_paper_of_the_shipment() -> None:
    text = [
        "Dear colleagues,",
        "the goods left our works last week and",
        "should arrive with you on Monday.",
        "Regards",
    ]
    page = page_of([(40.0, 100.0 + 14 * n, line) for n, line in enumerate(text)])
    assert type_of(page).type == "other"


def test_a_page_that_is_only_the_rest_of_a_table_goes_on_with_its_document() -> None:
    first = paper("commercial_invoice", "COMMERCIAL INVOICE")
    rest = page_of(table("commercial_invoice", top=60.0, rows=24), file="a.pdf", number=2)
    (found,) = bundles([first, rest])
    assert [page.number for page in found.pages] == [1, 2]


@pytest.mark.parametrize("title", ["VERSANDLISTE", "DISTINTA PESI", "WEIGHT NOTE", "NOTE DE POIDS", "LISTA DE PESOS"])
def test_a_list_of_weights_is_a_packing_list(title: str) -> None:
    found = type_of(paper("packing_list", title))
    assert (found.type, found.titled) == ("packing_list", True)


def test_the_word_invoice_before_a_colon_is_a_label_and_no_title() -> None:
    named = page_of([(40.0, 90.0, "INVOICE"), (160.0, 90.0, ": FS-25-3638"), *table("packing_list")])
    assert not type_of(named).titled
    assert "commercial_invoice" not in dict(type_of(named).scores)


def test_a_phrase_with_another_figure_glued_to_it_on_every_line_speaks_once() -> None:
    def points(rows: int) -> dict[str, float]:
        lines = [(40.0, 100.0 + 14 * n, f"NETTO KG:{846 + n}.00") for n in range(rows)]
        return dict(type_of(page_of(lines)).scores)

    assert points(9) == points(1)


def test_prices_beside_amounts_speak_for_an_invoice_that_states_weights() -> None:
    heads = ("Article", "Unit price", "Amount", "Net weight")
    rows = [(40.0 + 130 * n, 200.0, text) for n, text in enumerate(heads)]
    scores = dict(type_of(page_of([*rows, (40.0, 240.0, "Gross weight"), (40.0, 260.0, "Measurement")])).scores)
    assert scores["commercial_invoice"] > scores["packing_list"]
