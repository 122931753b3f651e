"""Transport documents of carriers and forwarders: each draws in each of its languages, nothing runs into another."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from typing import Final

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types
import pytest

from sample_docs.generator.drawing import Drawing, Mark
from sample_docs.generator.filing import Drawn, printed_fields, printed_lines
from sample_docs.generator.fonts import FontMissingError, registered
from sample_docs.generator.looks import Wish
from sample_docs.generator.pdf import pdf_bytes
from sample_docs.generator.random_shipment import random_shipment
from sample_docs.layouts.blind import transport as blind
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial import transport as trial

MODES: Final = {"bill_of_lading": "sea", "sea_waybill": "sea", "air_waybill": "air", "cmr": "road"}
EACH: Final = [
    (pool, layout, language)
    for pool, layouts in (("trial", trial.LAYOUTS), ("blind", blind.LAYOUTS))
    for layout in layouts
    for language in layout.languages
]
NAMES: Final = [f"{layout.name}-{language}" for _, layout, language in EACH]
ENOUGH: Final = 4
EDGE: Final = 8.0  # points no printer reaches
each = pytest.mark.parametrize(("pool", "layout", "language"), EACH, ids=NAMES)


@pytest.fixture(autouse=True)
def _fonts() -> None:
    """Drawing needs fonts that using the product does not."""
    try:
        for face in ("sans", "serif", "wide", "mono", "narrow", "book", "chinese", "chinese-bold"):
            registered(face)
    except FontMissingError as missing:
        pytest.skip(str(missing))


@cache
def papers(pool: str, layout: Layout, language: str) -> list[Drawn]:
    """Some random papers of that layout; what they say is drawn from a pool that writes every language."""
    wish = Wish(pool="training", mode=MODES[layout.form or ""], lines=9)
    found: list[Drawn] = []
    for seed in range(24):
        one = random_shipment(seed, language, wish=wish).paper("transport_document")
        if one is not None and one.form == layout.form:
            style = replace(one.style, language="en" if language == "zh" else language)
            paper = replace(one, pool=pool, layout=layout.name, style=style)
            found.append(Drawn(paper, layout.draw(paper)))
        if len(found) == ENOUGH:
            return found
    pytest.fail(f"no seeds draw {layout.name} in {language}")


@each
def test_no_text_of_a_carriers_paper_is_cut_off_or_printed_over_another(
    pool: str, layout: Layout, language: str
) -> None:
    for one in papers(pool, layout, language):
        assert not [mark.text for mark in one.drawing.marks if not inside(mark, one.drawing)]
        assert not collisions(one.drawing)


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


@each
def test_the_truth_of_a_carriers_paper_is_what_its_marks_print(pool: str, layout: Layout, language: str) -> None:
    for one in papers(pool, layout, language):
        printed = {name for mark in one.drawing.marks for name in (mark.name, *mark.also) if name}
        assert set(one.paper.fields) <= set(printed_fields(one.paper, printed)) | {
            "package_kind",
            "shipped_on_board_date",
        }
        assert {"number", "date", "exporter", "consignee"} <= set(printed_fields(one.paper, printed))
        assert len(printed_lines(one.paper, printed)) == len(one.paper.lines)
        assert one.paper.form == layout.form


@each
def test_the_words_in_the_box_of_each_mark_of_a_carriers_paper_spell_its_text(
    pool: str, layout: Layout, language: str
) -> None:
    drawing = papers(pool, layout, language)[0].drawing
    assert not [(mark.name, mark.text, found) for mark, found in read_again(drawing) if found != bare(mark.text)]


def read_again(drawing: Drawing) -> list[tuple[Mark, str]]:
    """Each mark that prints a value, with the signs that a PDF reader finds in its box."""
    pdf = pdfium.PdfDocument(io.BytesIO(pdf_bytes([drawing], title="carriers")))
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


@each
def test_a_value_that_a_carriers_paper_lacks_leaves_no_mark(pool: str, layout: Layout, language: str) -> None:
    one = papers(pool, layout, language)[0]
    for name in ("gross_weight_kg", "packages", "volume_m3", "container_number"):
        without = one.paper.with_field(name, None)
        assert name not in {mark.name for mark in layout.draw(without).marks}
