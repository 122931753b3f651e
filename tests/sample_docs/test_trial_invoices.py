"""The invoices on trial and the blind ones. How they are drawn: `test_layouts_of_every_pool`."""

from __future__ import annotations

from typing import Final

import pytest

from sample_docs.generator.filing import printed_lines
from sample_docs.layouts.blind import invoices as blind
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial import invoices as trial
from tests.printed import need_fonts, paper_of

SPOKEN: Final = {"en", "de", "fr", "es", "it", "zh"}
PRICED: Final = {"description", "quantity", "unit_price", "amount"}


@pytest.mark.parametrize("layouts", [trial.LAYOUTS, blind.LAYOUTS], ids=["trial", "blind"])
def test_the_invoices_of_a_pool_are_written_in_every_language(layouts: tuple[Layout, ...]) -> None:
    assert {language for layout in layouts for language in layout.languages} == SPOKEN


@pytest.mark.parametrize("layout", [*trial.LAYOUTS, *blind.LAYOUTS], ids=lambda layout: layout.name)
def test_an_invoice_prices_every_line_and_repeats_its_number_on_every_page(layout: Layout) -> None:
    need_fonts()
    one = paper_of(layout, layout.languages[0], 40)
    drawing = layout.draw(one)
    assert {mark.page for mark in drawing.marks if mark.name == "number"} == set(range(1, drawing.pages + 1))
    rows = printed_lines(one, {name for mark in drawing.marks for name in (mark.name, *mark.also) if name})
    assert all(isinstance(row, dict) and set(row) >= PRICED for row in rows)
