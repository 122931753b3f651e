"""Items told apart by the space between them: lines of one item stand closer together than those of two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from extractors.tables.rows import Line
from schemas.geometry import union

_CLEARER: Final = 1.25
"""How many times the widest space within an item the narrowest one between items must be, and …"""
_LEAST: Final = 1.0
"""… by how many points it must be wider at least."""

Stretch = tuple[float, float]


def stretches(lines: Sequence[Line], anchors: Sequence[Line]) -> list[Stretch]:
    """Top and bottom of each item, in the order of `anchors`; empty where the spaces do not tell the items apart."""
    used = [line for line in lines if line.kind in ("item", "text", "heading", "end")]
    worded = [box for line in used if (box := _words_of(line, "description", "item"))]
    merged = _merged(sorted(worded or [box for line in used if (box := _words_of(line, "part_number", "code"))]))
    gaps = sorted({round(b[0] - a[1], 2) for a, b in pairwise(merged)})
    for narrow, wide in pairwise(gaps):
        if wide >= _CLEARER * max(narrow, 0.0) and wide - max(narrow, 0.0) >= _LEAST:
            found = _one_each(_cut(merged, wide), anchors)
            if found:
                return found
    return []


def _words_of(line: Line, *concepts: str) -> Stretch | None:
    words = line.words(*concepts)
    if not words:
        return None
    box = union(w.box for w in words)
    return box.top, box.bottom


def _merged(places: Sequence[Stretch]) -> list[Stretch]:
    """Lines that overlap, as those of two columns of words do, made one."""
    merged: list[Stretch] = []
    for top, bottom in places:
        if merged and top < merged[-1][1] - 0.3 * (bottom - top):
            merged[-1] = (merged[-1][0], max(merged[-1][1], bottom))
        else:
            merged.append((top, bottom))
    return merged


def _cut(places: Sequence[Stretch], least: float) -> list[Stretch]:
    """The places joined where less than `least` is between them."""
    joined = [places[0]]
    for top, bottom in places[1:]:
        if top - joined[-1][1] < least - 0.01:
            joined[-1] = (joined[-1][0], bottom)
        else:
            joined.append((top, bottom))
    return joined


def _one_each(found: Sequence[Stretch], anchors: Sequence[Line]) -> list[Stretch]:
    """The stretches that hold one anchor each, in order; empty if one holds two, or one before the last holds none."""
    own = []
    for anchor in anchors:
        slack = 0.5 * anchor.box.height
        mine = [s for s in found if s[0] - slack <= anchor.box.middle_y <= s[1] + slack]
        if len(mine) != 1 or mine[0] in own:
            return []
        own.append(mine[0])
    unclaimed = [s for s in found if s not in own and s[1] < own[-1][0]]
    return [] if unclaimed else own
