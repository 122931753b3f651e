"""Sums side by side under the goods: a row of their words, and under it the row of their figures, which is no item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from extractors.layout.spans import Span
from extractors.lexicon.labels import lexicon
from extractors.tables.numerals import is_numeric
from extractors.tables.rows import Line
from extractors.values.currencies import is_currency

_NEAR: Final = 2.0
"""Text heights between the words and their figures at most."""


def ended_by_sums(lines: Sequence[Line]) -> list[Line]:
    """The lines, where such a pair of rows ends the goods: its figures stand in lanes that are not theirs."""
    kept = list(lines)
    for at, (upper, lower) in enumerate(pairwise(lines)):
        near = upper.box.overlap_y(lower.box) > -_NEAR * lower.box.height
        if near and _names_sums(upper) and _only_figures(lower):
            kept[at], kept[at + 1] = replace(upper, kind="end"), replace(lower, kind="end")
    return kept


def _names_sums(line: Line) -> bool:
    """Two words for sums or more, and nothing else; one of them for a total."""
    called = [_called(span) for span in line.row.spans]
    return len(called) > 1 and all(called) and "total" in called


def _called(span: Span) -> str:
    whole = (x for x in lexicon("tablerows").find(span.words) if x.start == 0 and x.end == len(span.words))
    return next((x.concept for x in whole if x.concept in ("total", "charge")), "")


def _only_figures(line: Line) -> bool:
    texts = [w.text for w in line.row.words]
    return sum(map(is_numeric, texts)) > 1 and all(is_numeric(text) or is_currency(text) for text in texts)
