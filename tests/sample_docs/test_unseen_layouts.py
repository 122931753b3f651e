"""The words and rows of the layouts that judge. How they are drawn: `test_layouts_of_every_pool`."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import pytest

from sample_docs.generator.filing import drawn, printed_lines
from sample_docs.generator.looks import Wish
from sample_docs.generator.random_shipment import random_shipment
from sample_docs.layouts import unseen
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen import LAYOUTS
from sample_docs.layouts.unseen.rows import groups
from sample_docs.layouts.unseen.spoken import spoken_amount
from tests.printed import collisions, need_fonts, paper_of

PACKED: Final = {"quantity", "net_weight_kg", "gross_weight_kg", "packages"}
PRICED: Final = {"description", "part_number", "hs_code", "quantity", "unit", "unit_price", "amount"}


@pytest.fixture(autouse=True)
def _fonts() -> None:
    need_fonts()


@pytest.mark.parametrize("layout", [one for one in LAYOUTS if one.form is None], ids=lambda layout: layout.name)
def test_an_unseen_invoice_or_list_prints_all_that_a_row_of_its_kind_has(layout: Layout) -> None:
    one = paper_of(layout, layout.languages[0], 5)
    rows = printed_lines(one, {mark.name for mark in layout.draw(one).marks if mark.name})
    asked = {"commercial_invoice": PRICED, "packing_list": PACKED}[layout.kind]
    assert all(isinstance(row, dict) and asked <= set(row) for row in rows)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "zh"])
@pytest.mark.parametrize("seed", range(4))
def test_a_random_shipment_of_the_unseen_pool_is_drawn_with_its_layouts_alone(seed: int, language: str) -> None:
    for one in drawn(random_shipment(seed, language, wish=Wish(pool="unseen"))):
        assert one.paper.layout in {layout.name for layout in LAYOUTS}
        assert not collisions(one.drawing)


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
