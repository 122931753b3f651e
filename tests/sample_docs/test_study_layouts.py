"""The layouts to study: each draws in each of its languages, its marks stand where their words are printed."""

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
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import LAYOUTS
from sample_docs.layouts.study.spelling import spelt
from sample_docs.layouts.study.words import labels

MODES: Final = {"bill_of_lading": "sea", "sea_waybill": "sea", "air_waybill": "air", "cmr": "road"}
SIZES: Final = (1, 9, 40)
EACH: Final = [(layout, language) for layout in LAYOUTS for language in layout.languages]
EVERY_SIZE: Final = [(layout, language, lines) for layout, language in EACH for lines in SIZES]
EDGE: Final = 8.0  # points no printer reaches


@pytest.fixture(autouse=True)
def _fonts() -> None:
    """Drawing needs fonts that using the product does not."""
    try:
        for face in ("sans", "serif", "wide", "mono", "chinese", "chinese-bold"):
            registered(face)
    except FontMissingError as missing:
        pytest.skip(str(missing))


def named(values: list[tuple[Layout, str]] | list[tuple[Layout, str, int]]) -> list[str]:
    return ["-".join((value[0].name, *map(str, value[1:]))) for value in values]


@cache
def paper(layout: Layout, language: str, lines: int) -> Drawn:
    """The first random paper of that layout; carriers and authorities have several for one form."""
    certified = layout.kind == "certificate_of_origin"
    wish = Wish(
        pool="study",
        layouts=frozenset((layout.name,)),
        mode=MODES.get(layout.form or "", ""),
        lines=lines,
        certificate=certified,
        form=(layout.form or "") if certified else "",
    )
    for seed in range(20):
        truth = random_shipment(seed, language, wish=wish)
        one = truth.paper(layout.kind)
        if one is not None and one.layout == layout.name:
            return next(found for found in drawn(truth) if found.paper.type == layout.kind)
    pytest.fail(f"no seed draws {layout.name} in {language}")


@pytest.mark.parametrize(("layout", "language", "lines"), EVERY_SIZE, ids=named(EVERY_SIZE))
def test_no_text_of_a_layout_to_study_is_cut_off_or_printed_over_another(
    layout: Layout, language: str, lines: int
) -> None:
    drawing = paper(layout, language, lines).drawing
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


@pytest.mark.parametrize(("layout", "language", "lines"), EVERY_SIZE, ids=named(EVERY_SIZE))
def test_the_truth_of_a_paper_to_study_has_every_line_its_number_date_and_parties(
    layout: Layout, language: str, lines: int
) -> None:
    one = paper(layout, language, lines)
    printed = {name for mark in one.drawing.marks for name in (mark.name, *mark.also) if name}
    assert {"number", "date", "exporter", "consignee"} <= set(printed_fields(one.paper, printed))
    assert len(printed_lines(one.paper, printed)) == len(one.paper.lines)
    assert one.paper.form == layout.form


@pytest.mark.parametrize(("layout", "language"), EACH, ids=named(EACH))
def test_the_words_in_the_box_of_each_mark_spell_its_text(layout: Layout, language: str) -> None:
    drawing = paper(layout, language, 9).drawing
    assert not [(mark.name, mark.text, found) for mark, found in read_again(drawing) if found != bare(mark.text)]


def read_again(drawing: Drawing) -> list[tuple[Mark, str]]:
    """Each mark that prints a value, with the signs that a PDF reader finds in its box."""
    pdf = pdfium.PdfDocument(io.BytesIO(pdf_bytes([drawing], title="study")))
    texts = [pdf[at].get_textpage() for at in range(len(pdf))]
    height, found = drawing.size[1], []
    for mark in drawing.marks:
        if mark.name:
            left, top, right, bottom = mark.box
            text = texts[mark.page - 1].get_text_bounded(left + 0.5, height - bottom, right - 0.5, height - top)
            found.append((mark, bare(text)))
    return found


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("layout", [one for one in LAYOUTS if one.form is None], ids=lambda layout: layout.name)
def test_forty_lines_to_study_run_on_over_pages_that_repeat_the_number(layout: Layout) -> None:
    drawing = paper(layout, layout.languages[0], 40).drawing
    assert drawing.pages > 1
    assert {mark.page for mark in drawing.marks if mark.name == "number"} == set(range(1, drawing.pages + 1))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_value_that_a_paper_to_study_lacks_leaves_no_mark(layout: Layout) -> None:
    one = paper(layout, layout.languages[0], 1)
    without = one.paper.with_field("gross_weight_kg", None)
    assert "gross_weight_kg" not in {mark.name for mark in layout.draw(without).marks}


def test_every_word_is_there_in_every_language_its_layout_writes() -> None:
    spoken: dict[str, set[str]] = {}
    for (layout, _), words in labels().items():
        spoken.setdefault(layout, set()).update(language for language in words if language not in {"layout", "key"})
    lacking = {
        (layout, key): sorted(spoken[layout] - set(words))
        for (layout, key), words in labels().items()
        if spoken[layout] - set(words) and (layout, key) != ("letter", "say")
    }
    assert not lacking


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1240.50", "US DOLLARS ONE THOUSAND TWO HUNDRED FORTY AND CENTS FIFTY"),
        ("21", "US DOLLARS TWENTY-ONE"),
        ("3000000.07", "US DOLLARS THREE MILLION AND CENTS SEVEN"),
    ],
)
def test_an_amount_is_spelt_as_banks_want_it(amount: str, words: str) -> None:
    assert spelt(amount, "USD") == words
