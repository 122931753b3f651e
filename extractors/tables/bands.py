"""Columns that the body shows without a label: white space that runs down between the cells of all items."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final

from extractors.layout.spans import GAP, Row
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
_NO_ITEM: Final = frozenset({"total", "carried", "each", "shared"})
_FAR: Final = 1e6
_MOSTLY: Final = 0.6
_FILLED: Final = 0.5
"""The share of items in which a column without a label must have something."""


def item_like(rows: Sequence[Row]) -> list[Row]:
    """The rows with two numbers or more, up to the first sum."""
    found: list[Row] = []
    for row in rows:
        first = next(
            (x.concept for x in lexicon("tablerows").find(row.words) if x.start == 0 and x.concept in _NO_ITEM), ""
        )
        amounts = sum(is_amount(w.text) for w in row.words)
        if first == "total" and found:
            break
        if amounts > 1 and not first:
            found.append(row)
    plain = [row for row in found if not _heads(row)]
    return plain if len(plain) >= _FILLED * len(found) else found


def _heads(row: Row) -> bool:
    """True for a line like "Pallet 1 / 2 120 x 80 x 90 cm", which runs over the columns."""
    return any(x.start == 0 and x.concept == "heading" for x in lexicon("tablerows").find(row.words))


def unlabelled(columns: Sequence[Column], items: Sequence[Row], header: Box) -> list[Column]:
    """Columns that the items show and no label names: with the concept "figures", or "" where they hold words."""
    if not items:
        return []
    height = median(w.box.height for r in items for w in r.words)
    found: list[Column] = []
    bands = [(-_FAR, -_FAR), *bands_under(columns, items), (_FAR, _FAR)]
    for before, (x0, x1), after in zip(bands, bands[1:], bands[2:], strict=False):
        stray = any(before[1] < c.box.middle_x < after[0] and not _above_any(c, bands) for c in columns)
        filled = [t for t in _texts(items, (x0, x1)) if t]
        if _above((x0, x1), columns) or stray or len(filled) < max(1.0, _FILLED * len(items)):
            continue
        figures = _share_of_figures(filled) >= _MOSTLY
        near = [gap < GAP * height for gap in (x0 - before[1], after[0] - x1)]
        if not all(near) and (figures or not any(near)):
            found.append(Column("figures" if figures else "", Box(x0, header.top, x1, header.bottom)))
    return found


def bands_under(columns: Sequence[Column], items: Sequence[Row]) -> list[tuple[float, float]]:
    """The bands of the items; a number and its unit, close together under a label of numbers, are one."""
    if not items:
        return []
    height = median(w.box.height for r in items for w in r.words)
    bands: list[tuple[float, float]] = []
    for band in bands_of(items):
        over = [c.concept for c in _above(band, columns)]
        counted = any(c in ("quantity", "packages") for c in over)
        last = bands[-1] if bands else None
        if last and counted and band[0] - last[1] < GAP * height and not _above(last, columns):
            numbers, units = ([t for t in _texts(items, b) if t] for b in (last, band))
            if _share_of_figures(numbers) >= _MOSTLY > _share_of_figures(units):
                bands[-1] = (last[0], band[1])
                continue
        bands.append(band)
    return bands


def _above(band: tuple[float, float], columns: Sequence[Column]) -> list[Column]:
    return [c for c in columns if c.box.x1 > band[0] and c.box.x0 < band[1]]


def _share_of_figures(texts: Sequence[Sequence[str]]) -> float:
    return sum(map(_is_figure, texts)) / max(1, len(texts))


def _is_figure(texts: Sequence[str]) -> bool:
    """A number with its unit or currency, and no words that a number ends."""
    digits, letters = (sum(sign(c) for t in texts for c in t) for sign in (str.isdigit, str.isalpha))
    return digits > 0 and (digits >= letters or any(c.isdigit() for c in texts[0]))


def _texts(items: Sequence[Row], band: tuple[float, float]) -> list[list[str]]:
    return [[w.text for w in r.words if band[0] <= w.box.middle_x <= band[1]] for r in items]


def filled_in(items: Sequence[Row], band: tuple[float, float]) -> float:
    """The share of the items that have something in the band."""
    return sum(map(bool, _texts(items, band))) / max(1, len(items))


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
