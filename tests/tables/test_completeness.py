from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.tables import find_table
from schemas.pages import Page
from tests.tables.sheets import Sheet


def ruled_invoice(*, summed: bool, walled: bool = True) -> Page:
    sheet = Sheet()
    top = sheet.y
    sheet.row((45, "Pos"), (75, "Description"), (330, "Quantity"), (405, "Unit price"), (520, "Amount"))
    for number in ("1", "2", "3"):
        sheet.across(40, 555)
        sheet.row((45, number), (75, "Pump"), (360, "4 PCS", "r"), (450, "2.50", "r"), (550, "10.00", "r"))
    sheet.across(40, 555)
    if walled:
        sheet.down((40, 70, 555), top, sheet.y - 4)
    if summed:
        sheet.row((400, "Total"), (550, "30.00", "r"))
    return sheet.page()


def read_by_ocr(page: Page, *, without: str | None) -> Page:
    """The page as OCR reads it, with all words lost on the line that begins with `without`."""
    tops = {w.box.top for w in page.words if w.text == without and w.box.x0 < 60}
    words = tuple(replace(w, reader="tesseract") for w in page.words if w.box.top not in tops)
    return replace(page, words=words, text_source="ocr")


@pytest.mark.parametrize("summed", [True, False])
def test_a_whole_ruled_table_is_proved(*, summed: bool) -> None:
    table = find_table([read_by_ocr(ruled_invoice(summed=summed), without=None)], "commercial_invoice")
    assert table is not None
    assert table.complete_by == (("row_numbers", "ruled_rows", "sums") if summed else ("row_numbers", "ruled_rows"))


@pytest.mark.parametrize("lost", ["1", "2", "3"])
def test_a_sum_that_the_rows_do_not_reach_takes_every_proof_away(lost: str) -> None:
    table = find_table([read_by_ocr(ruled_invoice(summed=True), without=lost)], "commercial_invoice")
    assert table is not None
    assert (len(table.rows), table.complete_by) == (2, ())


def test_a_last_rule_that_nothing_shows_to_be_the_last_proves_nothing() -> None:
    table = find_table([read_by_ocr(ruled_invoice(summed=False, walled=False), without=None)], "commercial_invoice")
    assert table is not None
    assert (len(table.rows), table.complete_by) == (3, ())


@pytest.mark.parametrize("lost", ["1", "2", "3"])
def test_an_empty_band_between_rules_is_a_row_that_was_not_read(lost: str) -> None:
    table = find_table([read_by_ocr(ruled_invoice(summed=False), without=lost)], "commercial_invoice")
    assert table is not None
    assert "ruled_rows" not in table.complete_by


def test_a_table_whose_last_line_is_carried_forward_is_not_whole() -> None:
    sheet = Sheet()
    sheet.row((45, "Pos"), (75, "Description"), (330, "Quantity"), (405, "Unit price"), (520, "Amount"))
    for number in ("1", "2", "3"):
        sheet.row((45, number), (75, "Pump"), (360, "4 PCS", "r"), (450, "2.50", "r"), (550, "10.00", "r"))
    sheet.row((75, "Carried forward"), (550, "30.00", "r"))
    table = find_table([sheet.page()], "commercial_invoice")
    assert table is not None
    assert (len(table.rows), table.complete_by) == (3, ())
