"""Rows that no reader saw: a table that has lost one is never called complete."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractors.tables import Table, find_table
from schemas.pages import Page, Word
from tests.tables.sheets import Sheet

NAMES = ("Ball valve DN 25", "Pump", "Gasket\nof rubber", "Steel bolts\nM10 x 60\nzinc plated", "Lamp with shade")


@dataclass(frozen=True)
class Drawn:
    """Pages with the words of each row; `numbers` are those of them that stand in columns of numbers."""

    sheets: tuple[Sheet, ...]
    rows: tuple[tuple[Word, ...], ...]
    kind: str

    def table(self, *, without: frozenset[Word]) -> Table | None:
        """The table as OCR reads it, which does not see some words."""
        return find_table([_read(s.page(), without) for s in self.sheets], self.kind)


def _read(page: Page, lost: frozenset[Word]) -> Page:
    words = tuple(replace(w, reader="tesseract") for w in page.words if w not in lost)
    return replace(page, words=words, text_source="ocr")


def drawn(chance: random.Random) -> Drawn:
    """An invoice or packing list: numbered or not, ruled or not, with subtotals, over one page or more."""
    numbered, ruled, grouped = (chance.random() < 0.5 for _ in range(3))
    count, per_page = chance.choice((2, 3, 5, 12, 30)), chance.choice((4, 9, 40))
    sheet, total = Sheet(), Decimal(0)
    sheets: list[Sheet] = []
    rows: list[tuple[Word, ...]] = []
    for n in range(1, count + 1):
        if n % per_page == 1:
            sheet = Sheet(number=len(sheets) + 1)
            sheets.append(sheet)
            titles = ((75, "Description"), (330, "Quantity"), (405, "Unit price"), (520, "Amount"))
            sheet.row(*([(45, "Pos")] if numbered else []), *titles)
        if ruled:
            sheet.across(40, 555)
        quantity, price = chance.randint(1, 900), Decimal(chance.randint(5, 99999)) / 100
        total += quantity * price
        before = len(sheet.words)
        number = [(45.0, str(n))] if numbered else []
        cells = (
            (360.0, f"{quantity} PCS", "r"),
            (450.0, f"{price:,.2f}", "r"),
            (550.0, f"{quantity * price:,.2f}", "r"),
        )
        sheet.row(*number, (75.0, chance.choice(NAMES)), *cells)
        rows.append(tuple(sheet.words[before:]))
        if grouped and n == count // 2:
            sheet.row((400, "Subtotal"), (550, f"{total:,.2f}", "r"))
    if ruled:
        sheet.across(40, 555)
    if chance.random() < 0.7:
        sheet.row((400, "Total USD"), (550, f"{total:,.2f}", "r"))
    return Drawn(tuple(sheets), tuple(rows), "commercial_invoice")


def _all(words: tuple[Word, ...], _: random.Random) -> set[Word]:
    return set(words)


def _numbers(words: tuple[Word, ...], _: random.Random) -> set[Word]:
    return {w for w in words if any(c.isdigit() for c in w.text) or w.text == "PCS"}


def _some(words: tuple[Word, ...], chance: random.Random) -> set[Word]:
    return {w for w in words if chance.random() < 0.7}


@pytest.mark.parametrize("loss", [_all, _numbers, _some])
@example(seed=176)  # of the last row only price and amount are left, below a subtotal that the first row proves
@given(seed=st.integers(0, 100_000))
@settings(max_examples=25)
def test_a_table_that_lost_a_row_is_never_called_complete(
    loss: Callable[[tuple[Word, ...], random.Random], set[Word]], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  a layout, no secret
    paper = drawn(chance)
    gone = chance.randrange(len(paper.rows))
    table = paper.table(without=frozenset(loss(paper.rows[gone], chance)))
    assert table is None or len(table.rows) >= len(paper.rows) or not table.complete_by


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_two_rows_lost_together_leave_no_proof(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  a layout, no secret
    paper = drawn(chance)
    at = chance.randrange(len(paper.rows) - 1)
    table = paper.table(without=frozenset([*paper.rows[at], *paper.rows[at + 1]]))
    assert table is None or not table.complete_by


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_a_table_read_whole_has_all_its_rows_in_order(seed: int) -> None:
    paper = drawn(random.Random(seed))  # noqa: S311  a layout, no secret
    table = paper.table(without=frozenset())
    assert table is not None
    assert len(table.rows) == len(paper.rows)
    assert all(a.page.number < b.page.number or a.box.top < b.box.top for a, b in pairwise(table.rows))
