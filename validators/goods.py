"""The goods of one line, or of several lines taken together, and how well two of them fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from schemas.ports import Similarity
from schemas.shipments import LineRef
from validators.languages import language_of
from validators.names import folded
from validators.papers import Paper
from validators.tolerances import Tolerances
from validators.units import converted

Verdict = Literal["same", "other", "unsaid"]

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
    digits = min(len(left), len(right), 6)
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
        self._around = [max((row[k] for row in around), default=0.0) for k in range(len(self._columns))]

    def between(self, left: Goods, right: Goods) -> float:
        """The likeness of the two most alike descriptions, 0 where either has none."""
        rows = [self._rows[key] for text in left.descriptions if (key := folded(text)) in self._rows]
        columns = [self._columns[key] for text in right.descriptions if (key := folded(text)) in self._columns]
        return max((self._scores[row][column] for row in rows for column in columns), default=0.0)

    def _anywhere(self, right: Goods) -> float:
        """The likeness to any goods of the shipment."""
        keys = (self._columns.get(folded(text)) for text in right.descriptions)
        return max((self._around[key] for key in keys if key is not None), default=0.0)

    def verdict(self, left: Goods, right: Goods, tolerances: Tolerances, *, formal: bool) -> Verdict:
        """Whether two lines speak of the same goods, by their words; `formal` where one side uses the tariff's."""
        if not left.descriptions or not right.descriptions:
            return "unsaid"
        alike = self.between(left, right)
        if alike >= tolerances.same_goods:
            return "same"
        if left.language is None or left.language != right.language or alike >= tolerances.other_goods:
            return "unsaid"  # a translation shares no word and little meaning with its original
        if not formal and same_code(left.hs, right.hs) is not True:
            return "other"
        stranger = alike < tolerances.other_goods_formal or self._anywhere(right) < tolerances.strange_goods
        return "other" if stranger else "unsaid"


def _numbered(texts: Sequence[str]) -> dict[str, int]:
    keys = dict.fromkeys(folded(text) for text in texts)
    return {key: n for n, key in enumerate(filter(None, keys))}


def _compared(rows: Sequence[str], columns: Sequence[str], similarity: Similarity) -> list[list[float]]:
    if not rows or not columns:
        return [[] for _ in rows]
    meaning = similarity.scores(rows, columns)
    words: list[list[float]] = cdist(rows, columns, scorer=fuzz.token_set_ratio).tolist()
    return [[_likeness(a, b) for a, b in zip(of, to, strict=True)] for of, to in zip(words, meaning, strict=True)]


def _likeness(words: float, meaning: float) -> float:
    # Two short unrelated texts share a third of their letters by chance.
    return max(0.0, (words / 100 - 0.4) / 0.6, meaning)


def agree(left: Decimal | None, right: Decimal | None) -> bool | None:
    """Whether two numbers are equal; None where one is missing."""
    return None if left is None or right is None else left == right


def affinity(left: Goods, right: Goods, likeness: Likeness) -> float:
    """Evidence that two are the same goods, in half points: above 1 worth joining, below 0 speaks against it.

    Goods are recognised by many weak signs, any of which may be the one in dispute; so none decides alone.
    """
    quantity = None
    if left.quantity is not None and right.quantity is not None:
        quantity = agree(converted(left.quantity, left.unit, right.unit) or left.quantity, right.quantity)
    signs: tuple[tuple[bool | None, float, float], ...] = (
        (None if not left.part or not right.part else folded(left.part) == folded(right.part), 3.0, -1.0),
        (same_code(left.hs, right.hs), 2.0, -1.5),
        (quantity, 2.0, -0.5),
        (agree(left.packages, right.packages), 0.5, 0.0),
        (agree(left.gross, right.gross), 1.5, 0.0),
        (agree(left.net, right.net), 1.5, 0.0),
    )
    score = sum(0.0 if sign is None else (yes if sign else no) for sign, yes, no in signs)
    return score + _by_words(left, right, likeness) - 0.5 * abs(left.at - right.at)


def _by_words(left: Goods, right: Goods, likeness: Likeness) -> float:
    if not left.descriptions or not right.descriptions:
        return 0.0
    alike = likeness.between(left, right)
    lowest = -1.0 if left.language is not None and left.language == right.language else 0.0
    return min(2.5, max(lowest, (alike - 0.35) * 4))
