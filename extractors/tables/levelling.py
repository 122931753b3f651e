"""Lines of text made level for the search of rows, where a scan's skew or a photographed page's curl is left over.

Only the search sees the moved words: what is found is handed on as the words that were read, at their own places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schemas.geometry import Box
from schemas.pages import Page, Rule, Word

_Array = NDArray[np.float64]

LEAST_WORDS: Final = 25
"""With fewer words the page's own level is better than any estimate."""

_BLUR: Final = 0.16
"""Text heights by which the middles of words on one line differ, as ascenders and descenders come and go."""
_GAIN: Final = 1.06
"""How much sharper the lines must become for the page to be bent at all."""
_STEPS: Final = (
    (0, np.linspace(-0.06, 0.06, 61)),
    (1, np.linspace(-0.04, 0.04, 21)),
    (2, np.linspace(-0.03, 0.03, 31)),
    (0, np.linspace(-0.004, 0.004, 17)),
    (1, np.linspace(-0.006, 0.006, 13)),
    (2, np.linspace(-0.003, 0.003, 13)),
)
"""Which of shear, change of shear down the page and curl is tried, and by how much it is changed."""


@dataclass(frozen=True, slots=True)
class Levelled:
    """The page as the search sees it, and the words as they were read, by the moved ones."""

    page: Page
    origin: Page
    read: dict[Word, Word]

    def word(self, moved: Word) -> Word:
        return self.read.get(moved, moved)


def levelled(page: Page, words: Sequence[Word]) -> Levelled:
    """The page with only these words, each moved up or down so that lines are level."""
    bent = np.zeros(3) if page.text_source == "digital" else _bend(page, words)
    if not bent.any():
        return Levelled(replace(page, words=tuple(words)), page, {})
    moved = [replace(w, box=_shifted(w.box, bent, page)) for w in words]
    rules = tuple(Rule(_shifted(r.box, bent, page)) if r.horizontal else r for r in page.rules)
    level = replace(page, words=tuple(moved), rules=rules)
    return Levelled(level, page, dict(zip(moved, words, strict=True)))


def _shifted(box: Box, bend: _Array, page: Page) -> Box:
    x, y = _relative(np.array([box.middle_x]), np.array([box.middle_y]), page)
    lift = float(_lift(x, y, bend)[0]) * page.width
    return Box(box.x0, box.top - lift, box.x1, box.bottom - lift)


def _relative(x: _Array, y: _Array, page: Page) -> tuple[_Array, _Array]:
    """Places in widths of the page, from its middle."""
    return (x - page.width / 2) / page.width, (y - page.height / 2) / page.width


def _lift(x: _Array, y: _Array, bend: _Array) -> _Array:
    """How far below the level line a place lies: shear, shear that grows down the page, and curl."""
    return np.asarray(bend[0] * x + bend[1] * x * y + bend[2] * (4 * x * x - 1 / 3), dtype=np.float64)


def _bend(page: Page, words: Sequence[Word]) -> _Array:
    """The three measures that make the page's lines sharpest, zeros where it is level as it is."""
    none = np.zeros(3)
    height = float(np.median([w.box.height for w in words])) if words else 0.0
    used = [w.box for w in words if w.box.height > 0.5 * height and any(c.isalnum() for c in w.text)]
    if len(used) < LEAST_WORDS:
        return none
    x, y = _relative(np.array([b.middle_x for b in used]), np.array([b.middle_y for b in used]), page)
    weights = np.sqrt(np.array([max(1.0, b.width) for b in used]))
    scale = _BLUR * height / page.width
    best, sharpest = none, _sharpness(y, weights, scale)
    level = sharpest
    for place, changes in _STEPS:
        tried = [best + change * np.eye(3)[place] for change in changes]
        scores = [_sharpness(y - _lift(x, y, bend), weights, scale) for bend in tried]
        top = int(np.argmax(scores))
        if scores[top] > sharpest * 1.005:
            best, sharpest = tried[top], scores[top]
    return best if sharpest > _GAIN * level else none


def _sharpness(y: _Array, weights: _Array, scale: float) -> float:
    """How much the heights gather on few lines: the sum of squares of their blurred density."""
    lowest = float(y.min())
    bins = int((float(y.max()) - lowest) / scale) + 3
    places = (y - lowest) / scale
    density = np.zeros(bins + 1)
    whole = places.astype(int)
    part = places - whole
    np.add.at(density, whole, weights * (1 - part))
    np.add.at(density, whole + 1, weights * part)
    return float((density**2).sum() + (density[1:] * density[:-1]).sum())
