"""The words of the packing lists on trial and of the blind ones. How they are drawn: `test_layouts_of_every_pool`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from sample_docs.layouts.blind import packing_lists as blind
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial import packing_lists as trial
from sample_docs.layouts.trial.invoices.worded import words
from tests.printed import need_fonts, paper_of

POOLS: Final = {"trial": trial, "blind": blind}
EACH: Final = [pytest.param(layout, id=layout.name) for pool in POOLS.values() for layout in pool.LAYOUTS]
WHOLE: Final = {"packages", "package_kind", "net_weight_kg", "gross_weight_kg", "volume_m3"}


@pytest.mark.parametrize("pool", POOLS)
def test_every_word_of_a_packing_list_is_there_in_every_language_it_is_written_in(pool: str) -> None:
    table = words(Path(POOLS[pool].__file__ or "").parent / "words.csv")
    spoken: dict[str, set[str]] = {}
    for (layout, _), texts in table.items():
        spoken.setdefault(layout, set()).update(texts)
    assert not {place for place, texts in table.items() if spoken[place[0]] - set(texts)}


@pytest.mark.parametrize("pool", POOLS)
def test_the_packing_lists_of_a_pool_are_written_in_every_language(pool: str) -> None:
    assert {one for layout in POOLS[pool].LAYOUTS for one in layout.languages} == {"en", "de", "fr", "es", "it", "zh"}


@pytest.mark.parametrize("layout", EACH)
def test_a_new_packing_list_states_the_sums_of_the_consignment_and_the_invoice_it_belongs_to(layout: Layout) -> None:
    need_fonts()
    printed = {mark.name for mark in layout.draw(paper_of(layout, layout.languages[0], 9)).marks}
    assert {*WHOLE, "invoice_number", "lines.8.net_weight_kg", "lines.8.gross_weight_kg"} <= printed
