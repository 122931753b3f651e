"""Every layout of every pool of random papers, in each of its languages and at several lengths."""

from __future__ import annotations

from typing import Final

import pytest

from sample_docs.generator.filing import printed_fields, printed_lines
from sample_docs.layouts import POOLS, Layout
from sample_docs.layouts.blind import transport as blind
from sample_docs.layouts.trial import transport as trial
from tests.printed import astray, collisions, cut_off, need_fonts, paper_of

DRAWN: Final = [
    (pool, layout) for pool in ("calibration", "blind", "study", "trial", "unseen") for layout in POOLS[pool]
]
LONG: Final = 40
ALWAYS: Final = ("number", "date", "exporter", "consignee")
OF_KIND: Final = {
    "commercial_invoice": ("total_amount", "currency"),
    "certificate_of_origin": ("invoice_number", "invoice_date"),
}
EACH: Final = [
    pytest.param(layout, language, lines, id=f"{pool}-{layout.name}-{language}-{lines}", marks=marks)
    for pool, layout in DRAWN
    for at, language in enumerate(layout.languages)
    for lines, marks in ((1, pytest.mark.slow), (9, () if at == 0 else pytest.mark.slow), (LONG, pytest.mark.slow))
]
EACH_ONCE: Final = [pytest.param(layout, id=f"{pool}-{layout.name}") for pool, layout in DRAWN]


@pytest.fixture(autouse=True)
def _fonts() -> None:
    need_fonts()


@pytest.mark.parametrize(("layout", "language", "lines"), EACH)
def test_no_text_is_cut_off_or_printed_over_another(layout: Layout, language: str, lines: int) -> None:
    drawing = layout.draw(paper_of(layout, language, lines))
    assert not cut_off(drawing)
    assert not collisions(drawing)


@pytest.mark.parametrize(("layout", "language", "lines"), EACH)
def test_every_line_is_printed_and_what_such_papers_always_say(layout: Layout, language: str, lines: int) -> None:
    one = paper_of(layout, language, lines)
    printed = {name for mark in layout.draw(one).marks for name in (mark.name, *mark.also) if name}
    assert {*ALWAYS, *OF_KIND.get(layout.kind, ())} <= set(printed_fields(one, printed))
    assert len(printed_lines(one, printed)) == len(one.lines)


@pytest.mark.parametrize(("layout", "language", "lines"), EACH)
def test_the_box_of_a_mark_holds_the_words_that_spell_its_text(layout: Layout, language: str, lines: int) -> None:
    assert not astray(layout.draw(paper_of(layout, language, lines)))


@pytest.mark.parametrize("layout", EACH_ONCE)
def test_many_lines_run_on_over_pages(layout: Layout) -> None:
    drawing = layout.draw(paper_of(layout, layout.languages[0], LONG))
    assert {mark.page for mark in drawing.marks} == set(range(1, drawing.pages + 1))
    assert drawing.pages > 1 or layout.form is not None


@pytest.mark.parametrize("layout", EACH_ONCE)
def test_a_value_that_a_paper_lacks_leaves_no_mark(layout: Layout) -> None:
    one = paper_of(layout, layout.languages[0], 5)
    for name in ("gross_weight_kg", "packages", "purchase_order", "container_number", "currency"):
        assert name not in {mark.name for mark in layout.draw(one.with_field(name, None)).marks}


@pytest.mark.parametrize("layout", [pytest.param(one, id=one.name) for one in (*trial.LAYOUTS, *blind.LAYOUTS)])
def test_a_carriers_paper_says_nothing_in_its_truth_that_it_does_not_print(layout: Layout) -> None:
    one = paper_of(layout, layout.languages[0], 9)
    printed = {name for mark in layout.draw(one).marks for name in (mark.name, *mark.also) if name}
    assert set(one.fields) <= set(printed_fields(one, printed)) | {"package_kind", "shipped_on_board_date"}
