"""One label that is two: titles printed so close together that they were taken for one, above two columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from extractors.layout.spans import Row, span_of
from extractors.lexicon.labels import lexicon
from extractors.tables.bands import bands_of, filled_in
from extractors.tables.parts import Column
from schemas.geometry import union
from schemas.pages import Word

_APART: Final = 0.45
"""Text heights between two titles at least: a space between words is a third."""
_FILLED: Final = 0.6
"""The share of items that must have something in both columns."""


def parted(columns: Sequence[Column], items: Sequence[Row]) -> list[Column]:
    """The columns, where one whose label stands above two bands of items and means no more than its one part is two.

    The other part is a column without a meaning, which its cells may settle.
    """
    if not items:
        return list(columns)
    bands = [band for band in bands_of(items) if filled_in(items, band) >= _FILLED]
    return [part for column in columns for part in _parts(column, bands)]


def _parts(column: Column, bands: Sequence[tuple[float, float]]) -> tuple[Column, ...]:
    under = [b for b in bands if b[0] < column.box.x1 and column.box.x0 < b[1]]
    if column.label is None or not column.concept or column.concept == "annex" or len(under) < 2:  # noqa: PLR2004
        return (column,)
    return next(_halves(column, under), (column,))


def _halves(column: Column, under: Sequence[tuple[float, float]]) -> Iterator[tuple[Column, Column]]:
    words = column.label.words if column.label else ()
    for (_, end), (start, _) in pairwise(under):
        left = [w for w in words if w.box.x0 < start and w.box.x1 <= start and w.box.x0 < end]
        right = [w for w in words if w.box.x1 > end and w.box.x0 >= end and w not in left]
        if not left or not right or len(left) + len(right) < len(words):
            continue
        gap = min(w.box.x0 for w in right) - max(w.box.x1 for w in left)
        if gap >= _APART * words[0].box.height and _one_names(column, left, right):
            yield _half(column, left), _half(column, right)


def _one_names(column: Column, left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether the label of one part alone says as much as the whole, and the other part is no bracket behind it."""
    whole = _size(column.label.words if column.label else (), column.concept)
    sizes = [_size(part, column.concept) for part in (left, right)]
    other = left if sizes[1] else right
    return sorted(sizes) == [0, whole] and any(c.isalpha() for c in other[0].text[:1])


def _size(words: Sequence[Word], concept: str) -> int:
    return max((x.size for x in lexicon("columns").find(words) if x.concept == concept), default=0)


def _half(column: Column, words: Sequence[Word]) -> Column:
    size = _size(words, column.concept)
    found = [x.concept for x in lexicon("columns").find(words) if x.concept != "annex"]
    box = replace(union(w.box for w in words), top=column.box.top, bottom=column.box.bottom)
    page = column.label.page if column.label else None
    label = span_of(page, list(words)) if page else None
    return Column(column.concept if size else next(iter(found), ""), box, label)
