"""Printed rules as a table uses them: the lines between its rows and the walls between its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from schemas.geometry import Box
from schemas.pages import Page, Word

TOLERANCE = 2.0
"""Points by which pieces of one rule may lie apart across it."""

LONG = 0.6
"""The share of the table's width that a line between rows covers at least."""

_FRAME = "|¦[]{}_~=‖"
_DRAWN = re.compile(r"[-=_.·*–—]{4,}")
_FRAME_ONLY = re.compile(rf"[{re.escape(_FRAME)}.,:;'`\-–—]*[{re.escape(_FRAME)}][{re.escape(_FRAME)}.,:;'`\-–—]*")


@dataclass(frozen=True, slots=True)
class Wall:
    """A vertical rule, joined from the pieces that single cells draw."""

    x: float
    top: float
    bottom: float


def lines_across(page: Page, x0: float, x1: float) -> list[float]:
    """The heights of horizontal rules, whole or dashed or drawn cell by cell, that cover most of `x0` to `x1`."""
    pieces = sorted((r.box for r in page.rules if r.horizontal), key=lambda b: b.middle_y)
    groups: list[list[Box]] = []
    for piece in pieces:
        if groups and piece.middle_y - groups[-1][-1].middle_y <= TOLERANCE:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [sum(b.middle_y for b in g) / len(g) for g in groups if _covered(g, x0, x1) >= LONG * max(x1 - x0, 1.0)]


def _covered(pieces: Iterable[Box], x0: float, x1: float) -> float:
    total, reached = 0.0, x0
    for piece in sorted(pieces, key=lambda b: b.x0):
        start, end = max(piece.x0, reached), min(piece.x1, x1)
        total += max(0.0, end - start)
        reached = max(reached, end)
    return total


def walls_of(page: Page) -> list[Wall]:
    """Vertical rules, the pieces of one line joined."""
    walls: list[Wall] = []
    for piece in sorted((r.box for r in page.rules if not r.horizontal), key=lambda b: (round(b.middle_x), b.top)):
        last = walls[-1] if walls else None
        if last and abs(last.x - piece.middle_x) <= TOLERANCE and piece.top - last.bottom <= 2 * TOLERANCE:
            walls[-1] = Wall(last.x, last.top, max(last.bottom, piece.bottom))
        else:
            walls.append(Wall(piece.middle_x, piece.top, piece.bottom))
    return walls


def without_frame(words: Iterable[Word]) -> list[Word]:
    """The words without the strokes of a frame that OCR takes for characters ("|Vinegar", "360}", "|")."""
    kept = []
    for word in words:
        if _DRAWN.fullmatch(word.text):
            continue
        bare = word.text.strip(_FRAME)
        if bare == word.text:
            kept.append(word)
        elif bare and not _FRAME_ONLY.fullmatch(word.text):
            kept.append(replace(word, text=bare, alternatives=tuple(a.strip(_FRAME) for a in word.alternatives)))
    return kept
