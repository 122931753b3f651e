"""Characters of a text layer, turned so that most of them stand upright."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from pdfplumber.page import Page as PlumberPage

from extractors.reading.pdf import boxed
from extractors.reading.turning import turned_box
from schemas.geometry import Box

_HEAVY = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character on the page as displayed; `direction` is where its text runs, in degrees anticlockwise."""

    text: str
    box: Box
    direction: int
    bold: bool


def displayed_box(page: PlumberPage, thing: Mapping[str, object]) -> Box:
    """The box of a pdfplumber object on the visible part of the page (its crop box), origin at the top left."""
    left, top = float(page.cropbox[0]), float(page.cropbox[1])
    x0, x1, y0, y1 = (float(cast("float", thing[name])) for name in ("x0", "x1", "top", "bottom"))
    return boxed(x0 - left, y0 - top, x1 - left, y1 - top)


def glyphs(page: PlumberPage) -> list[Glyph]:
    """All characters, those printed twice on the same spot (a poor man's bold) once."""
    return [
        Glyph(
            str(char["text"]), displayed_box(page, char), _direction(char), bool(_HEAVY.search(str(char["fontname"])))
        )
        for char in page.dedupe_chars().chars
    ]


def _direction(char: Mapping[str, object]) -> int:
    a, b, *_ = cast("tuple[float, ...]", char["matrix"])
    return round(math.degrees(math.atan2(b, a)) / 90) * 90 % 360


def main_direction(found: Iterable[Glyph]) -> int:
    """The direction of most characters: also how many degrees clockwise the page must be turned to stand upright."""
    counts = Counter(glyph.direction for glyph in found if not glyph.text.isspace())
    return counts.most_common(1)[0][0] if counts else 0


def upright(found: Iterable[Glyph], *, width: float, height: float) -> tuple[int, list[Glyph]]:
    """The turn of the page and the characters that stand upright after it; those that run another way are left out."""
    kept = list(found)
    turn = main_direction(kept)
    return turn, [
        Glyph(g.text, turned_box(g.box, width=width, height=height, turn=turn), 0, g.bold)
        for g in kept
        if g.direction == turn
    ]
