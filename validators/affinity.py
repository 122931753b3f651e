"""Evidence that lines of two papers speak of the same goods, for all pairs of them at once.

Goods are recognised by many weak signs, any of which may be the one in dispute; so none decides alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from validators.goods import SIX_DIGITS, Goods, Likeness
from validators.names import folded, look_alike
from validators.units import measured

Table: TypeAlias = npt.NDArray[np.float64]
_Truth: TypeAlias = npt.NDArray[np.bool_]

_SHORTEST_CODE: Final = 4
_PART, _PART_BY_EYE, _OTHER_PART = 3.0, 2.0, -1.0
_CODE, _OTHER_CODE = 2.0, -1.5
_QUANTITY, _OTHER_QUANTITY = 2.0, -0.5
_MASS, _PACKAGES = 1.5, 0.5
_BY_POSITION: Final = 0.5
_NEARLY: Final = 0.5
"""What the very same words add to their likeness, and part numbers that are equal but for a misread letter."""
_NO_WORDS_IN_COMMON: Final = 0.35
"""Likeness that two descriptions reach by chance."""


def affinity(left: Sequence[Goods], right: Sequence[Goods], likeness: Likeness) -> Table:
    """In half points, a row for each of `left`: above 1 worth joining, below 0 speaks against it."""
    part, read_alike, both_parts = _parts(left, right)
    code, both_codes = _codes(left, right)
    quantity, both_quantities = _quantities(left, right)
    score = np.where(part, _PART, np.where(read_alike, _PART_BY_EYE, np.where(both_parts, _OTHER_PART, 0.0)))
    score = score + np.where(code, _CODE, np.where(both_codes, _OTHER_CODE, 0.0))
    score = score + np.where(quantity, _QUANTITY, np.where(both_quantities, _OTHER_QUANTITY, 0.0))
    for name, weight in (("packages", _PACKAGES), ("gross", _MASS), ("net", _MASS)):
        equal, _ = _equal([getattr(one, name) for one in left], [getattr(one, name) for one in right])
        score = score + np.where(equal, weight, 0.0)
    at = np.array([[one.at] for one in left]), np.array([one.at for one in right])
    score = score + _words(left, right, likeness) - _BY_POSITION * np.abs(at[0] - at[1])
    result: Table = np.where(_claimed(part | read_alike, _same_text(left, right) & ~(both_codes & ~code)), -99.0, score)
    return result


def _claimed(part: _Truth, text: _Truth) -> _Truth:
    """Pairs of which one line has its like elsewhere: by part number, else by its very words.

    The second carton of an article belongs to that article's line and not to another one of equal quantity.
    """
    by_part = part.any(axis=1, keepdims=True) | part.any(axis=0, keepdims=True)
    by_text = text.any(axis=1, keepdims=True) | text.any(axis=0, keepdims=True)
    result: _Truth = np.where(by_part, ~part, by_text & ~text)
    return result


def _same_text(left: Sequence[Goods], right: Sequence[Goods]) -> _Truth:
    equal, _ = _equal(*([_text(one) for one in side] for side in (left, right)))
    return equal


def _text(one: Goods) -> str | None:
    texts = {folded(text) for text in one.descriptions}
    return texts.pop() or None if len(texts) == 1 else None


def names_in_common(left: Sequence[Goods], right: Sequence[Goods], likeness: Likeness) -> Table:
    """How surely a line names the goods of another, their quantities apart: 0 where their codes contradict it."""
    part, read_alike, _ = _parts(left, right)
    code, both = _codes(left, right)
    named = part + _NEARLY * (read_alike & ~part) + code + _NEARLY * _same_text(left, right)
    named = named + likeness.table(left, right)
    result: Table = np.where(both & ~code, 0.0, named)
    return result


def _equal(left: Sequence[Hashable | None], right: Sequence[Hashable | None]) -> tuple[_Truth, _Truth]:
    """For all pairs: whether the two are equal, and whether both are known."""
    numbers: dict[Hashable, int] = {}
    rows, columns = (
        np.array([-1 if one is None else numbers.setdefault(one, len(numbers)) for one in side], dtype=np.int64)
        for side in (left, right)
    )
    known: _Truth = (rows[:, None] >= 0) & (columns[None, :] >= 0)
    return known & (rows[:, None] == columns[None, :]), known


def _parts(left: Sequence[Goods], right: Sequence[Goods]) -> tuple[_Truth, _Truth, _Truth]:
    """Equal part numbers, those equal but for letters that a scanner takes for digits, and pairs that have both."""
    rows, columns = ([folded(one.part) or None if one.part else None for one in side] for side in (left, right))
    equal, known = _equal(rows, columns)
    alike, _ = _equal(*([look_alike(one) if one else None for one in side] for side in (rows, columns)))
    return equal, alike, known


def _codes(left: Sequence[Goods], right: Sequence[Goods]) -> tuple[_Truth, _Truth]:
    """Codes that agree as far as both go, up to six digits, and pairs that have both."""
    lengths = [np.array([min(len(one.hs or ""), SIX_DIGITS) for one in side]) for side in (left, right)]
    shorter = np.minimum(lengths[0][:, None], lengths[1][None, :])
    agree = np.zeros(shorter.shape, dtype=np.bool_)
    for digits in range(_SHORTEST_CODE, SIX_DIGITS + 1):
        equal, _ = _equal(*([one.hs[:digits] if one.hs else None for one in side] for side in (left, right)))
        agree |= equal & (shorter == digits)
    return agree, shorter > 0


def _quantities(left: Sequence[Goods], right: Sequence[Goods]) -> tuple[_Truth, _Truth]:
    """Equal once converted, or equal figures where the unit is what differs, and pairs that have both."""
    converted, known = _equal(*([_measured(one) for one in side] for side in (left, right)))
    printed, _ = _equal([one.quantity for one in left], [one.quantity for one in right])
    return converted | printed, known


def _measured(one: Goods) -> Hashable | None:
    return None if one.quantity is None else measured(one.quantity, one.unit)


def _words(left: Sequence[Goods], right: Sequence[Goods], likeness: Likeness) -> Table:
    speaks = [np.array([bool(one.descriptions) for one in side]) for side in (left, right)]
    tongues, _ = _equal([one.language for one in left], [one.language for one in right])
    alike = (likeness.table(left, right) - _NO_WORDS_IN_COMMON) * 4
    bounded = np.clip(alike, np.where(tongues, -1.0, 0.0), 2.5)
    result: Table = np.where(speaks[0][:, None] & speaks[1][None, :], bounded, 0.0)
    return result
