"""The layouts of calibration: each draws every language it names, and each mark stands where its words are printed."""

from __future__ import annotations

import io
from functools import cache

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types
import pytest

from sample_docs.generator.drawing import Drawing, Mark
from sample_docs.generator.filing import Drawn, drawn, printed_fields, printed_lines
from sample_docs.generator.fonts import FontMissingError, registered
from sample_docs.generator.looks import Wish
from sample_docs.generator.pdf import pdf_bytes
from sample_docs.generator.random_shipment import random_shipment
from sample_docs.layouts.calibration import LAYOUTS
from sample_docs.layouts.calibration.worded import labels
from sample_docs.layouts.layout import Layout

MODES = {"bill_of_lading": "sea", "sea_waybill": "sea", "air_waybill": "air", "cmr": "road"}
SIZES = (1, 10, 40)
EACH = [(layout, language) for layout in LAYOUTS for language in layout.languages]
EVERY_SIZE = [(layout, language, lines) for layout, language in EACH for lines in SIZES]
TOUCHING = 1.0  # points; neighbouring runs share an edge
MARGIN = 10.0  # points no printer reaches


@pytest.fixture(autouse=True)
def _fonts() -> None:
    """Drawing needs fonts that using the product does not."""
    try:
        for face in ("sans", "wide", "chinese", "chinese-bold"):
            registered(face)
    except FontMissingError as missing:
        pytest.skip(str(missing))


def named(values: list[tuple[Layout, str]] | list[tuple[Layout, str, int]]) -> list[str]:
    return ["-".join((value[0].name, *map(str, value[1:]))) for value in values]


@cache
def paper(layout: Layout, language: str, lines: int) -> Drawn:
    """The first random paper of that layout; certificates go with some pairs of countries only."""
    wish = Wish(
        pool="calibration",
        layouts=frozenset((layout.name,)),
        mode=MODES.get(layout.form or "", ""),
        lines=lines,
        certificate=layout.kind == "certificate_of_origin",
    )
    for seed in range(300):
        truth = random_shipment(seed, language, wish=wish)
        one = truth.paper(layout.kind)
        if one is not None and one.layout == layout.name:
            return next(found for found in drawn(truth) if found.paper.type == layout.kind)
    pytest.fail(f"no seed draws {layout.name} in {language}")


@pytest.mark.parametrize(("layout", "language", "lines"), EVERY_SIZE, ids=named(EVERY_SIZE))
def test_no_text_is_cut_off_or_printed_over_another(layout: Layout, language: str, lines: int) -> None:
    drawing = paper(layout, language, lines).drawing
    assert not [mark.text for mark in drawing.marks if not inside(mark, drawing)]
    assert not collisions(drawing)


def inside(mark: Mark, drawing: Drawing) -> bool:
    left, top, right, bottom = mark.box
    width, height = drawing.size
    return left >= MARGIN and top >= MARGIN and right <= width - MARGIN and bottom <= height - MARGIN


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
    across = min(a[2], b[2]) - max(a[0], b[0])
    return across > TOUCHING and min(a[3], b[3]) - max(a[1], b[1]) > 2.5 * TOUCHING


@pytest.mark.parametrize(("layout", "language", "lines"), EVERY_SIZE, ids=named(EVERY_SIZE))
def test_the_truth_keeps_every_line_and_the_values_that_every_such_paper_prints(
    layout: Layout, language: str, lines: int
) -> None:
    one = paper(layout, language, lines)
    printed = {mark.name for mark in one.drawing.marks if mark.name}
    assert {"number", "date", "exporter", "consignee"} <= set(printed_fields(one.paper, printed))
    assert len(printed_lines(one.paper, printed)) == len(one.paper.lines)
    assert one.paper.form == layout.form


@pytest.mark.parametrize(("layout", "language"), EACH, ids=named(EACH))
def test_the_box_of_each_mark_holds_the_words_that_spell_its_text(layout: Layout, language: str) -> None:
    drawing = paper(layout, language, 10).drawing
    wrong = [(mark.name, mark.text, found) for mark, found in read_again(drawing) if found != bare(mark.text)]
    assert not wrong


def read_again(drawing: Drawing) -> list[tuple[Mark, str]]:
    """Each mark that prints a value, with the signs that a PDF reader finds in its box."""
    pdf = pdfium.PdfDocument(io.BytesIO(pdf_bytes([drawing], title="calibration")))
    texts = [pdf[at].get_textpage() for at in range(len(pdf))]
    height = drawing.size[1]
    found = []
    for mark in drawing.marks:
        if mark.name:
            left, top, right, bottom = mark.box
            text = texts[mark.page - 1].get_text_bounded(left + 0.5, height - bottom, right - 0.5, height - top)
            found.append((mark, bare(text)))
    return found


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("layout", [one for one in LAYOUTS if one.form is None], ids=lambda layout: layout.name)
def test_forty_lines_of_goods_run_on_over_pages_that_repeat_the_number(layout: Layout) -> None:
    drawing = paper(layout, "en", 40).drawing
    assert drawing.pages > 1
    assert {mark.page for mark in drawing.marks if mark.name == "number"} == set(range(1, drawing.pages + 1))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_value_that_the_paper_lacks_leaves_no_mark(layout: Layout) -> None:
    one = paper(layout, "en", 1)
    without = one.paper.with_field("gross_weight_kg", None)
    assert "gross_weight_kg" not in {mark.name for mark in layout.draw(without).marks}


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it"])
def test_every_label_is_worded_in_every_language(language: str) -> None:
    assert not [key for key, words in labels().items() if language not in words]
