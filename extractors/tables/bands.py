"""Columns that the body shows without a label: white space that runs down between the cells of all items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import Final

from extractors.layout.spans import Row
from extractors.lexicon.labels import lexicon
from extractors.tables.numerals import is_amount
from extractors.tables.parts import Column
from schemas.geometry import Box

STEP: Final = 0.5
"""Points that one step of the projection stands for."""

_SPACE: Final = 0.8
_SPACE_OF_MANY: Final = 0.55
"""Text heights of white space that part two columns; a space between words is a third. Of many items less is enough."""
_MANY: Final = 4
_OVERFLOW: Final = 0.2
"""The share of items whose text may run through a white space."""
_FILLED: Final = 0.5
"""The share of items in which a column without a label must have something."""


def item_like(rows: Sequence[Row]) -> list[Row]:
    """The rows with two numbers or more, up to the first sum."""
    found: list[Row] = []
    for row in rows:
        first = next((x.concept for x in lexicon("tablerows").find(row.words) if x.start == 0), "")
        amounts = sum(is_amount(w.text) for w in row.words)
        if first == "total" and found:
            break
        if amounts > 1 and first not in ("total", "carried"):
            found.append(row)
    return found


def unlabelled(columns: Sequence[Column], rows: Sequence[Row], header: Box) -> list[Column]:
    """Columns of `rows` that none of `columns` stands above, with the concept "figures", or "" where they hold words."""
    items = item_like(rows)
    if not items:
        return []
    found: list[Column] = []
    bands = bands_of(items)
    for at, (x0, x1) in enumerate(bands):
        left = bands[at - 1][1] if at else 0.0
        right = bands[at + 1][0] if at + 1 < len(bands) else float("inf")
        own = [c for c in columns if c.box.x1 > x0 and c.box.x0 < x1]
        stray = [c for c in columns if left < c.box.middle_x < right and not _above_any(c, bands)]
        texts = [[w.text for w in r.words if x0 <= w.box.middle_x <= x1] for r in items]
        filled = [t for t in texts if t]
        if own or stray or len(filled) < max(1.0, _FILLED * len(items)):
            continue
        figures = sum(any(is_amount(t) or re.search(r"\d", t) for t in some) for some in filled) >= 0.6 * len(filled)
        found.append(Column("figures" if figures else "", Box(x0, header.top, x1, header.bottom)))
    return found


def _above_any(column: Column, bands: Sequence[tuple[float, float]]) -> bool:
    return any(column.box.x1 > x0 and column.box.x0 < x1 for x0, x1 in bands)


def bands_of(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Stretches of the page's width that the rows fill, parted by white space."""
    height = median(w.box.height for r in rows for w in r.words)
    end = max(r.box.x1 for r in rows)
    filled = [0] * (int(end / STEP) + 2)
    for row in rows:
        covered = {i for w in row.words for i in range(int(w.box.x0 / STEP), int(w.box.x1 / STEP) + 1)}
        for i in covered:
            filled[i] += 1
    allowed = int(_OVERFLOW * len(rows))
    space = _SPACE_OF_MANY if len(rows) >= _MANY else _SPACE
    bands: list[tuple[float, float]] = []
    for i, count in enumerate(filled):
        if count <= allowed:
            continue
        x = i * STEP
        if bands and x - bands[-1][1] <= space * height:
            bands[-1] = (bands[-1][0], x + STEP)
        else:
            bands.append((x, x + STEP))
    return bands
