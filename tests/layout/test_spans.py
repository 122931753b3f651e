from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.layout import Cells, rows_of
from extractors.layout.spans import joined
from schemas.geometry import Box
from schemas.pages import Page, Word
from tests.drawing import boxed, page_of

positions = st.tuples(st.integers(0, 500), st.integers(0, 800), st.text("abc019.,", min_size=1, max_size=8))


def test_a_wide_gap_divides_a_row_into_spans() -> None:
    page = page_of([(40, 100, "INVOICE NO: 4711"), (300, 100, "DATE 2025-08-27")])
    assert [s.text for s in rows_of(page)[0].spans] == ["INVOICE NO: 4711", "DATE 2025-08-27"]


def test_a_vertical_rule_divides_words_that_stand_close() -> None:
    page = page_of([(40, 100, "Origin"), (73, 100, "Quantity")], rules=[(71, 90, 71.5, 130)])
    assert [s.text for s in rows_of(page)[0].spans] == ["Origin", "Quantity"]


def test_letters_set_apart_stay_one_span() -> None:
    letters = [Word(c, Box(40 + 12 * i, 40, 49 + 12 * i, 52)) for i, c in enumerate("PACKING")]
    page = Page("a.pdf", "0" * 64, 1, 595, 842, tuple(letters))
    assert len(rows_of(page)[0].spans) == 1


@given(st.lists(positions, max_size=30))
def test_no_word_is_lost_or_used_twice(places: list[tuple[int, int, str]]) -> None:
    page = page_of([(float(x), float(y), t) for x, y, t in places])
    found = [id(w) for row in rows_of(page) for w in row.words]
    assert sorted(found) == sorted(id(w) for w in page.words)


@given(st.lists(positions, max_size=15, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_the_words_does_not_matter(places: list[tuple[int, int, str]], random: object) -> None:
    page = page_of([(float(x), float(y), t) for x, y, t in places])
    mixed = list(page.words)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis hands in a random.Random
    seen = {w.text for row in rows_of(page, mixed) for w in row.words}
    assert seen == {w.text for w in page.words}


def test_chinese_characters_are_joined_without_spaces() -> None:
    assert joined(["发票号", "码", "Invoice", "No."]) == "发票号码 Invoice No."


def test_a_cell_is_what_the_rules_enclose() -> None:
    page = page_of([], rules=boxed(100, 100, 200, 150))
    cell = Cells(page).around(Box(110, 110, 120, 120))
    assert (round(cell.x0), round(cell.top), round(cell.x1), round(cell.bottom)) == (100, 100, 200, 150)
    assert Cells(page).closed(Box(110, 110, 120, 120))


def test_without_rules_the_page_is_the_cell() -> None:
    page = page_of([])
    assert Cells(page).around(Box(10, 10, 20, 20)) == Box(0.0, 0.0, 595.0, 842.0)
    assert not Cells(page).closed(Box(10, 10, 20, 20))
