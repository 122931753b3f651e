"""The goods of one line, or of several lines taken together, and how well two of them fit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from schemas.ports import Similarity
from schemas.shipments import LineRef
from validators.languages import language_of
from validators.names import folded
from validators.papers import Paper
from validators.tolerances import Tolerances

Verdict = Literal["same", "other", "unsaid"]

SIX_DIGITS: Final = 6
"""Digits of a tariff code that all countries share (Harmonized System)."""
_HS_IN_CRITERION = re.compile(r"\b(\d{4})[ .]?(\d{2})?\b")


@dataclass(frozen=True, slots=True)
class Goods:
    """What joins lines: several lines of one paper add up to one of these. `at` is the share of the table above it."""

    lines: tuple[LineRef, ...]
    descriptions: tuple[str, ...]
    language: str | None = None
    part: str | None = None
    hs: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    packages: Decimal | None = None
    gross: Decimal | None = None
    net: Decimal | None = None
    at: float = 0.0


def _code(paper: Paper, line: int) -> str | None:
    stated = paper.text("hs_code", line)
    if stated is not None:
        return "".join(filter(str.isdigit, stated.value)) or None
    criterion = paper.text("origin_criterion", line)  # form A: "W" is followed by the heading of the goods
    found = _HS_IN_CRITERION.search(criterion.value) if criterion else None
    return "".join(part for part in found.groups() if part) if found else None


def goods_of(paper: Paper) -> list[Goods]:
    """The goods of each line, in printed order.

    The language is that of all descriptions; where the paper's own is known and another, it is left open.
    """
    lines = range(len(paper.lines))
    described = [cell.value for line in lines if (cell := paper.text("description", line))]
    told = language_of(described) or paper.language
    language = told if paper.language in {None, told} else None
    return [_goods(paper, line, language) for line in lines]


def _goods(paper: Paper, line: int, language: str | None) -> Goods:
    description, part, unit = (paper.text(name, line) for name in ("description", "part_number", "unit"))
    quantity, packages, gross = (paper.number(name, line) for name in ("quantity", "packages", "gross_weight_kg"))
    net = paper.number("net_weight_kg", line) or paper.number("net_mass_kg", line)
    return Goods(
        lines=(LineRef(document=paper.index, line=line),),
        descriptions=(description.value,) if description else (),
        language=language,
        part=part.value if part else None,
        hs=_code(paper, line),
        quantity=quantity.value if quantity else None,
        unit=unit.value if unit else None,
        packages=packages.value if packages else None,
        gross=gross.value if gross else None,
        net=net.value if net else None,
        at=line / max(1, len(paper.lines) - 1),
    )


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None


def together(goods: Sequence[Goods]) -> Goods:
    """Several lines as one: numbers added where every line has one in one unit, the rest kept where all agree."""
    units = {one.unit for one in goods}
    parts = {one.part for one in goods}
    codes = {one.hs[:6] for one in goods if one.hs}
    return Goods(
        lines=tuple(ref for one in goods for ref in one.lines),
        descriptions=tuple(dict.fromkeys(text for one in goods for text in one.descriptions)),
        language=goods[0].language,
        part=parts.pop() if len(parts) == 1 else None,
        hs=codes.pop() if len(codes) == 1 else None,
        quantity=_sum([one.quantity for one in goods]) if len(units) == 1 else None,
        unit=units.pop() if len(units) == 1 else None,
        packages=_sum([one.packages for one in goods]),
        gross=_sum([one.gross for one in goods]),
        net=_sum([one.net for one in goods]),
        at=sum(one.at for one in goods) / len(goods),
    )


def same_code(left: str | None, right: str | None) -> bool | None:
    """Whether two codes agree as far as both go, up to six digits; None where one is missing."""
    if not left or not right:
        return None
    digits = min(len(left), len(right), SIX_DIGITS)
    return left[:digits] == right[:digits]


class Likeness:
    """How alike descriptions are: words in common or meaning, whichever is more, 0 to 1.

    `left` are the invoice's texts, `right` those of the papers joined to it, `trade` all that name the goods in the
    trade's words, with the waybill's cargo. All pairs are compared once, when made.
    """

    def __init__(self, left: Sequence[str], right: Sequence[str], trade: Sequence[str], similarity: Similarity) -> None:
        self._rows, self._columns = _numbered(left), _numbered(right)
        self._scores = _compared(list(self._rows), list(self._columns), similarity)
        around = _compared(list(_numbered(trade)), list(self._columns), similarity)
        self._around = around.max(axis=0, initial=0.0)

    def between(self, left: Goods, right: Goods) -> float:
        """The likeness of the two most alike descriptions, 0 where either has none."""
        rows, columns = _places(left, self._rows), _places(right, self._columns)
        return float(self._scores[np.ix_(rows, columns)].max(initial=0.0))

    def table(self, left: Sequence[Goods], right: Sequence[Goods]) -> npt.NDArray[np.float64]:
        """The same for all pairs of two lists."""
        padded = np.pad(self._scores, ((0, 1), (0, 1)))  # the last row and column stand for what has no words
        rows, row_starts = _flattened([_places(one, self._rows) for one in left], len(self._rows))
        columns, column_starts = _flattened([_places(one, self._columns) for one in right], len(self._columns))
        of_rows = np.maximum.reduceat(padded[rows], row_starts, axis=0)
        result: npt.NDArray[np.float64] = np.maximum.reduceat(of_rows[:, columns], column_starts, axis=1)
        return result

    def _anywhere(self, right: Goods) -> float:
        """The likeness to any goods of the shipment."""
        return float(self._around[_places(right, self._columns)].max(initial=0.0))

    def verdict(
        self, left: Goods, right: Goods, tolerances: Tolerances, *, formal: bool, copied: bool = False
    ) -> Verdict:
        """Whether two lines speak of the same goods, by their words.

        `formal` where one side uses the tariff's words; `copied` where both papers use the same ones throughout, so
        that neither language nor style explains other words.
        """
        if not left.descriptions or not right.descriptions:
            return "unsaid"
        alike = self.between(left, right)
        if alike >= tolerances.same_goods:
            return "same"
        if copied and alike < tolerances.other_goods:
            return "other"
        if left.language is None or left.language != right.language or alike >= tolerances.other_goods:
            return "unsaid"  # a translation shares no word and little meaning with its original
        if not formal and same_code(left.hs, right.hs) is not True:
            return "other"
        stranger = alike < tolerances.other_goods_formal or self._anywhere(right) < tolerances.strange_goods
        return "other" if stranger else "unsaid"


def _numbered(texts: Sequence[str]) -> dict[str, int]:
    keys = dict.fromkeys(folded(text) for text in texts)
    return {key: n for n, key in enumerate(filter(None, keys))}


def _places(goods: Goods, numbered: Mapping[str, int]) -> list[int]:
    return [at for text in goods.descriptions if (at := numbered.get(folded(text))) is not None]


def _flattened(places: Sequence[list[int]], nothing: int) -> tuple[list[int], list[int]]:
    """All places in one list, and where each entry of `places` begins in it; an empty one is the place `nothing`."""
    starts: list[int] = []
    flat: list[int] = []
    for some in places:
        starts.append(len(flat))
        flat += some or [nothing]
    return flat, starts


def _compared(rows: Sequence[str], columns: Sequence[str], similarity: Similarity) -> npt.NDArray[np.float64]:
    """Words in common or meaning, whichever is more; two short unrelated texts share a third of their letters."""
    if not rows or not columns:
        return np.zeros((len(rows), len(columns)))
    meaning = np.asarray(similarity.scores(rows, columns), dtype=np.float64)
    words = cdist(rows, columns, scorer=fuzz.token_set_ratio).astype(np.float64)
    result: npt.NDArray[np.float64] = np.maximum(np.maximum(0.0, (words / 100 - 0.4) / 0.6), meaning)
    return result
