"""Invoices on trial and blind ones: each draws in each of its languages, its marks stand where words are printed."""

from __future__ import annotations

import io
from functools import cache
from typing import Final

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types
import pytest

from sample_docs.generator.drawing import Drawing, Mark
from sample_docs.generator.filing import Drawn, drawn, printed_fields, printed_lines
from sample_docs.generator.fonts import FontMissingError, registered
from sample_docs.generator.looks import Wish
from sample_docs.generator.pdf import pdf_bytes
from sample_docs.generator.random_shipment import random_shipment
from sample_docs.layouts.blind import invoices as blind
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial import invoices as trial

POOLED: Final = [*(("trial", one) for one in trial.LAYOUTS), *(("blind", one) for one in blind.LAYOUTS)]
EACH: Final = [(pool, layout, language) for pool, layout in POOLED for language in layout.languages]
EVERY_SIZE: Final = [(*each, lines) for each in EACH for lines in (1, 9, 40)]
EDGE: Final = 8.0  # points no printer reaches
SPOKEN: Final = {"en", "de", "fr", "es", "it", "zh"}


@pytest.fixture(autouse=True)
def _fonts() -> None:
    """Drawing needs fonts that using the product does not."""
    try:
        for face in ("sans", "serif", "wide", "mono", "chinese", "chinese-bold"):
            registered(face)
    except FontMissingError as missing:
        pytest.skip(str(missing))


def called(value: object) -> str | None:
    return value.name if isinstance(value, Layout) else None


@cache
def invoice(pool: str, layout: Layout, language: str, lines: int) -> Drawn:
    wish = Wish(pool=pool, layouts=frozenset((layout.name,)), lines=lines)
    found = drawn(random_shipment(lines, language, wish=wish))
    return next(one for one in found if one.paper.layout == layout.name)


@pytest.mark.parametrize(("pool", "layout", "language", "lines"), EVERY_SIZE, ids=called)
def test_no_text_of_an_invoice_is_cut_off_or_printed_over_another(
    pool: str, layout: Layout, language: str, lines: int
) -> None:
    drawing = invoice(pool, layout, language, lines).drawing
    assert not [mark.text for mark in drawing.marks if not inside(mark, drawing)]
    assert not collisions(drawing)


def inside(mark: Mark, drawing: Drawing) -> bool:
    left, top, right, bottom = mark.box
    width, height = drawing.size
    return left >= EDGE and top >= EDGE and right <= width - EDGE and bottom <= height - EDGE


def collisions(drawing: Drawing) -> list[tuple[str, str]]:
    marks = sorted(drawing.marks, key=lambda mark: (mark.page, mark.y))
    return [
        (one.text, other.text)
        for at, one in enumerate(marks)
        for other in marks[at + 1 : at + 40]
        if one.page == other.page and overlap(one, other)
    ]


def overlap(one: Mark, other: Mark) -> bool:
    a, b = one.box, other.box
    return min(a[2], b[2]) - max(a[0], b[0]) > 1.0 and min(a[3], b[3]) - max(a[1], b[1]) > 2.5


@pytest.mark.parametrize(("pool", "layout", "language", "lines"), EVERY_SIZE, ids=called)
def test_the_truth_of_an_invoice_has_every_line_its_number_date_parties_and_total(
    pool: str, layout: Layout, language: str, lines: int
) -> None:
    one = invoice(pool, layout, language, lines)
    printed = {name for mark in one.drawing.marks for name in (mark.name, *mark.also) if name}
    fields = printed_fields(one.paper, printed)
    assert {"number", "date", "exporter", "consignee", "total_amount", "currency"} <= set(fields)
    assert len(printed_lines(one.paper, printed)) == len(one.paper.lines)


@pytest.mark.parametrize(("pool", "layout", "language"), EACH, ids=called)
def test_the_words_in_the_box_of_each_mark_of_an_invoice_spell_its_text(
    pool: str, layout: Layout, language: str
) -> None:
    drawing = invoice(pool, layout, language, 9).drawing
    assert not [(mark.name, mark.text, found) for mark, found in read_again(drawing) if found != bare(mark.text)]


def read_again(drawing: Drawing) -> list[tuple[Mark, str]]:
    """Each mark that prints a value, with the signs that a PDF reader finds in its box."""
    height, found = drawing.size[1], []
    with pdfium.PdfDocument(io.BytesIO(pdf_bytes([drawing], title="trial"))) as pdf:
        texts = [pdf[at].get_textpage() for at in range(len(pdf))]
        for mark in drawing.marks:
            if mark.name:
                left, top, right, bottom = mark.box
                text = texts[mark.page - 1].get_text_bounded(left + 0.5, height - bottom, right - 0.5, height - top)
                found.append((mark, bare(text)))
    return found


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("pool", "layout"), POOLED, ids=called)
def test_forty_lines_of_an_invoice_run_on_over_pages_that_repeat_the_number(pool: str, layout: Layout) -> None:
    drawing = invoice(pool, layout, layout.languages[0], 40).drawing
    assert drawing.pages > 1
    assert {mark.page for mark in drawing.marks if mark.name == "number"} == set(range(1, drawing.pages + 1))


@pytest.mark.parametrize(("pool", "layout"), POOLED, ids=called)
def test_a_weight_that_an_invoice_lacks_leaves_no_mark(pool: str, layout: Layout) -> None:
    one = invoice(pool, layout, layout.languages[0], 1)
    without = one.paper.with_field("gross_weight_kg", None)
    assert "gross_weight_kg" not in {mark.name for mark in layout.draw(without).marks}


@pytest.mark.parametrize("layouts", [trial.LAYOUTS, blind.LAYOUTS], ids=["trial", "blind"])
def test_the_invoices_of_a_pool_are_written_in_every_language(layouts: tuple[Layout, ...]) -> None:
    assert {language for layout in layouts for language in layout.languages} == SPOKEN
