"""The layouts that judge: each draws in each of its languages, its marks stand where their words are printed."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types
import pytest

from sample_docs.generator.drawing import Drawing, Mark
from sample_docs.generator.filing import drawn, printed_fields, printed_lines
from sample_docs.generator.fonts import FontMissingError, registered
from sample_docs.generator.looks import Wish
from sample_docs.generator.pdf import pdf_bytes
from sample_docs.generator.random_shipment import random_shipment
from sample_docs.generator.truth import Paper, ShipmentTruth
from sample_docs.layouts import unseen
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen import LAYOUTS
from sample_docs.layouts.unseen.rows import groups
from sample_docs.layouts.unseen.spoken import spoken_amount

MODES: Final = {"bill_of_lading": "sea", "sea_waybill": "sea", "air_waybill": "air", "cmr": "road"}
SIZES: Final = (1, 5, 25)
EACH: Final = [(layout, language) for layout in LAYOUTS for language in layout.languages]
EVERY_SIZE: Final = [(layout, language, lines) for layout, language in EACH for lines in SIZES]
EDGE: Final = 8.0  # points no printer reaches
PACKED: Final = {"quantity", "net_weight_kg", "gross_weight_kg", "packages"}
PRICED: Final = {"description", "part_number", "hs_code", "quantity", "unit", "unit_price", "amount"}


@pytest.fixture(autouse=True)
def _fonts() -> None:
    """Drawing needs fonts that using the product does not."""
    try:
        for face in ("sans", "serif", "narrow", "wide", "mono", "chinese", "chinese-bold"):
            registered(face)
    except FontMissingError as missing:
        pytest.skip(str(missing))


def named(values: list[tuple[Layout, str]] | list[tuple[Layout, str, int]]) -> list[str]:
    return ["-".join((value[0].name, *map(str, value[1:]))) for value in values]


@cache
def shipment(seed: int, language: str, mode: str, lines: int) -> ShipmentTruth:
    return random_shipment(seed, language, wish=Wish(mode=mode, lines=lines, certificate=True))


@cache
def paper(layout: Layout, language: str, lines: int, seed: int = 1) -> Paper:
    """Any random paper of the layout's kind, made into one of this layout and language."""
    one = shipment(seed, language, MODES.get(layout.form or "", "road"), lines).paper(layout.kind)
    assert one is not None
    return replace(one, layout=layout.name, form=layout.form, style=replace(one.style, language=language))


@cache
def drawing(layout: Layout, language: str, lines: int, seed: int = 1) -> Drawing:
    return layout.draw(paper(layout, language, lines, seed))


@pytest.mark.parametrize(("layout", "language", "lines"), EVERY_SIZE, ids=named(EVERY_SIZE))
def test_no_text_of_an_unseen_layout_is_cut_off_or_printed_over_another(
    layout: Layout, language: str, lines: int
) -> None:
    for seed in (1, 2):
        sheet = drawing(layout, language, lines, seed)
        assert not [mark.text for mark in sheet.marks if not inside(mark, sheet)]
        assert not collisions(sheet)


def inside(mark: Mark, sheet: Drawing) -> bool:
    left, top, right, bottom = mark.box
    return min(left, top) >= EDGE and right <= sheet.size[0] - EDGE and bottom <= sheet.size[1] - EDGE


def collisions(sheet: Drawing) -> list[tuple[str, str]]:
    marks = sorted(sheet.marks, key=lambda mark: (mark.page, mark.y))
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
def test_an_unseen_layout_prints_every_line_and_what_such_papers_always_say(
    layout: Layout, language: str, lines: int
) -> None:
    one = paper(layout, language, lines)
    printed = {mark.name for mark in drawing(layout, language, lines).marks if mark.name}
    rows = printed_lines(one, printed)
    assert {"number", "date", "exporter", "consignee"} <= set(printed_fields(one, printed))
    assert len(rows) == len(one.lines)
    asked = {"commercial_invoice": PRICED, "packing_list": PACKED}.get(layout.kind, {"description"})
    assert all(isinstance(row, dict) and asked <= set(row) for row in rows)


@pytest.mark.parametrize(("layout", "language", "lines"), EVERY_SIZE, ids=named(EVERY_SIZE))
def test_the_box_of_a_mark_of_an_unseen_layout_holds_the_words_that_spell_its_text(
    layout: Layout, language: str, lines: int
) -> None:
    sheet = drawing(layout, language, lines)
    wrong = [(mark.name, mark.text, found) for mark, found in read_again(sheet) if found != bare(mark.text)]
    assert not wrong


def read_again(sheet: Drawing) -> list[tuple[Mark, str]]:
    """Each mark that prints a value, with the signs that a PDF reader finds in its box."""
    pdf = pdfium.PdfDocument(io.BytesIO(pdf_bytes([sheet], title="unseen")))
    texts, height, found = [pdf[at].get_textpage() for at in range(len(pdf))], sheet.size[1], []
    for mark in sheet.marks:
        if mark.name:
            left, top, right, bottom = mark.box
            text = texts[mark.page - 1].get_text_bounded(left + 0.5, height - bottom, right - 0.5, height - top)
            found.append((mark, bare(text)))
    return found


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "zh"])
@pytest.mark.parametrize("seed", range(4))
def test_a_random_shipment_of_the_unseen_pool_is_drawn_with_its_layouts_alone(seed: int, language: str) -> None:
    for one in drawn(random_shipment(seed, language, wish=Wish(pool="unseen"))):
        assert one.paper.layout in {layout.name for layout in LAYOUTS}
        assert not collisions(one.drawing)


@pytest.mark.parametrize("layout", [one for one in LAYOUTS if one.form is None], ids=lambda layout: layout.name)
def test_fifty_lines_run_on_over_pages(layout: Layout) -> None:
    sheet = drawing(layout, layout.languages[0], 50)
    assert sheet.pages > 1
    assert {mark.page for mark in sheet.marks} == set(range(1, sheet.pages + 1))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_what_an_unseen_paper_lacks_leaves_no_mark(layout: Layout) -> None:
    one = paper(layout, layout.languages[0], 5)
    for name in ("gross_weight_kg", "packages", "purchase_order", "container_number", "currency"):
        assert name not in {mark.name for mark in layout.draw(one.with_field(name, None)).marks}


def test_the_names_of_all_unseen_layouts_differ() -> None:
    assert len({layout.name for layout in LAYOUTS}) == len(LAYOUTS)


@pytest.mark.parametrize("language", ["de", "fr", "es", "it"])
def test_the_words_of_the_invoices_and_lists_are_there_in_every_language(language: str) -> None:
    table = Path(unseen.__file__).parent / "words.csv"
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    own = [row for row in rows if not row["key"].startswith(("ga_", "us_"))]  # forms printed in two languages only
    assert not [row["key"] for row in own if not row[language]]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0.40", "SAY USD ZERO AND CENTS FORTY ONLY"),
        ("119314.48", "SAY USD ONE HUNDRED NINETEEN THOUSAND THREE HUNDRED FOURTEEN AND CENTS FORTY EIGHT ONLY"),
        ("2000000", "SAY USD TWO MILLION ONLY"),
    ],
)
def test_an_amount_is_spoken_in_words(amount: str, words: str) -> None:
    assert spoken_amount(amount, "USD") == words


def test_groups_hold_every_line_once_in_order() -> None:
    assert [line for group in groups(11, [2, 5, 3]) for line in group] == list(range(11))
    assert all(groups(11, [2, 5, 3]))
