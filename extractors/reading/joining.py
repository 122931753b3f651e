"""Pieces of one straight line, joined."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.geometry import Box, union
from schemas.pages import Rule

_APART = 1.5
"""Points: pieces so near in level are one line."""
_GAP = 3.0
"""Points: a longer gap parts two lines."""


def joined(boxes: Iterable[Box], *, shortest: float) -> tuple[Rule, ...]:
    """Level and upright lines at least `shortest` points long, from top to bottom, left to right."""
    known = list(boxes)
    level = _chained([box for box in known if box.width >= box.height])
    upright = [_swapped(box) for box in _chained([_swapped(box) for box in known if box.width < box.height])]
    kept = [box for box in level + upright if max(box.width, box.height) >= shortest]
    return tuple(Rule(box) for box in sorted(kept, key=lambda box: (box.top, box.x0)))


def _chained(boxes: list[Box]) -> list[Box]:
    chains: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box.x0, box.top)):
        match = next((i for i, chain in enumerate(chains) if _continues(chain, box)), None)
        if match is None:
            chains.append(box)
        else:
            chains[match] = union((chains[match], box))
    return chains


def _continues(chain: Box, box: Box) -> bool:
    near = abs(chain.middle_y - box.middle_y) <= _APART
    return near and box.x0 - chain.x1 <= _GAP and chain.height + box.height <= 3 * _APART


def _swapped(box: Box) -> Box:
    return Box(box.top, box.x0, box.bottom, box.x1)
