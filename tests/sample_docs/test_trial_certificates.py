"""Certificates that nobody had seen: each draws in its languages, its marks stand where their words are."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types
import pytest

from sample_docs.generator.drawing import Drawing, Mark
from sample_docs.generator.filing import printed_fields, printed_lines
from sample_docs.generator.fonts import FontMissingError, registered
from sample_docs.generator.looks import Wish
from sample_docs.generator.pdf import pdf_bytes
from sample_docs.generator.random_shipment import random_shipment
from sample_docs.generator.truth import Paper
from sample_docs.layouts.blind import certificates as blind
from sample_docs.layouts.blind.certificates.union_sheet import TABLE as BLIND_TABLE
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial import certificates as trial
from sample_docs.layouts.trial.certificates.words import TABLE, labels

POOLED: Final = [("trial", one) for one in trial.LAYOUTS] + [("blind", one) for one in blind.LAYOUTS]
EACH: Final = [(pool, layout, language) for pool, layout in POOLED for language in layout.languages]
SIZES: Final = (1, 9, 40)
NAMES: Final = [f"{layout.name}-{language}" for _, layout, language in EACH]
EDGE: Final = 8.0  # points no printer reaches


@pytest.fixture(autouse=True)
def _fonts() -> None:
    """Drawing needs fonts that using the product does not."""
    try:
        for face in ("sans", "serif", "wide", "mono", "chinese", "chinese-bold"):
            registered(face)
    except FontMissingError as missing:
        pytest.skip(str(missing))


@dataclass(frozen=True)
class Made:
    """A certificate and how its layout draws it."""

    paper: Paper
    drawing: Drawing


@cache
def paper(pool: str, layout: Layout, language: str, lines: int) -> Made:
    """What a random shipment certifies, on that layout; its other papers are those of the training pool."""
    wish = Wish(pool="training", lines=lines, certificate=True, form=layout.form or "", mode="sea")
    certified = random_shipment(3, language, wish=wish).paper(layout.kind)
    if certified is None:
        pytest.fail(f"the shipment has no certificate {layout.form}")
    style = replace(certified.style, language=language)
    one = replace(certified, layout=layout.name, pool=pool, style=style)
    return Made(one, layout.draw(one))


@pytest.mark.parametrize("lines", SIZES)
@pytest.mark.parametrize(("pool", "layout", "language"), EACH, ids=NAMES)
def test_no_text_of_a_new_certificate_is_cut_off_or_printed_over_another(
    pool: str, layout: Layout, language: str, lines: int
) -> None:
    drawing = paper(pool, layout, language, lines).drawing
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


@pytest.mark.parametrize("lines", SIZES)
@pytest.mark.parametrize(("pool", "layout", "language"), EACH, ids=NAMES)
def test_a_new_certificate_prints_its_number_parties_origin_invoice_and_every_line(
    pool: str, layout: Layout, language: str, lines: int
) -> None:
    one = paper(pool, layout, language, lines)
    printed = {name for mark in one.drawing.marks for name in (mark.name, *mark.also) if name}
    wanted = {"number", "date", "exporter", "consignee", "country_of_origin", "invoice_number", "invoice_date"}
    assert wanted <= set(printed_fields(one.paper, printed))
    assert len(printed_lines(one.paper, printed)) == len(one.paper.lines)
    assert one.paper.form == layout.form


@pytest.mark.parametrize(("pool", "layout", "language"), EACH, ids=NAMES)
def test_the_words_in_the_box_of_each_mark_of_a_new_certificate_spell_its_text(
    pool: str, layout: Layout, language: str
) -> None:
    drawing = paper(pool, layout, language, 9).drawing
    assert not [(mark.name, mark.text, found) for mark, found in read_again(drawing) if found != bare(mark.text)]


def read_again(drawing: Drawing) -> list[tuple[Mark, str]]:
    """Each mark that prints a value, with the signs that a PDF reader finds in its box."""
    pdf = pdfium.PdfDocument(io.BytesIO(pdf_bytes([drawing], title="certificate")))
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


@pytest.mark.parametrize(("pool", "layout"), POOLED, ids=[layout.name for _, layout in POOLED])
def test_a_value_that_a_new_certificate_lacks_leaves_no_mark(pool: str, layout: Layout) -> None:
    one = paper(pool, layout, layout.languages[0], 1)
    without = one.paper.with_field("gross_weight_kg", None)
    assert "gross_weight_kg" not in {mark.name for mark in layout.draw(without).marks}


@pytest.mark.parametrize("table", [TABLE, BLIND_TABLE], ids=["trial", "blind"])
def test_every_word_of_a_new_certificate_is_there_in_every_language_of_its_form(table: Path) -> None:
    spoken: dict[str, set[str]] = {}
    for (form, _), words in labels(table).items():
        spoken.setdefault(form, set()).update(words)
    assert not {place for place, words in labels(table).items() if spoken[place[0]] - set(words)}
