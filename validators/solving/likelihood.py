"""How likely a slip of the eye is beside an error on the paper: what tells a misreading from a discrepancy.

Readings were counted on 44 generated shipments in six languages and on 36 others, scanned, faxed and photographed
(November 2026): of 18,676 numbers and codes on which both engines agreed 43 were wrong, none of them for a lookalike
character; of 769 that one engine alone read, 20. What both get wrong alike is what they see alike: a decimal mark, a
rule taken for a 1, a figure cut off at the edge of its column. How a wrong value was made and how often papers differ
are estimates: an office that types a figure again gets any digit wrong, or another figure altogether.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from types import MappingProxyType
from typing import Final

from validators.arithmetic import in_places
from validators.confusions import Slip, slip_between
from validators.papers import Cell
from validators.solving.relations import can_be_misread, exponent

DIFFERENT: Final = 0.005
"""How often one value of two papers differs, where each paper fits by itself."""
UNSOUND: Final = 0.001
"""How often a paper's own figures do not fit: most are added up by machine."""
_SURE: Final = 1e-4
"""No reading is surer than this."""
_AGAIN: Final = 0.3
"""How often a slip comes again on the same column or for the same value on another paper."""

Shares = Mapping[Slip, float]
_BY_ONE: Final[Shares] = MappingProxyType({
    "lookalike": 0.30, "letter": 0.13, "character": 0.02, "mark": 0.12, "lost": 0.22, "ruled": 0.08, "added": 0.04,
    "fused": 0.04, "two": 0.03, "sign": 0.02,
})  # fmt: skip
_BY_BOTH: Final[Shares] = MappingProxyType({
    "lookalike": 0.002, "letter": 0.06, "character": 0.002, "mark": 0.40, "lost": 0.25, "ruled": 0.18, "added": 0.03,
    "fused": 0.04, "two": 0.001, "sign": 0.03,
})  # fmt: skip
_ON_PAPER: Final[Shares] = MappingProxyType({
    "lookalike": 0.06, "letter": 0.01, "character": 0.12, "mark": 0.004, "lost": 0.01, "ruled": 0.002, "added": 0.01,
    "fused": 0.002, "two": 0.01, "sign": 0.002,
})  # fmt: skip
"""Of values that differ on paper, how many differ as such a slip would have them differ."""
_OTHERWISE: Final = 0.3
"""And how many by any figure of that length."""
_WAYS: Final[Mapping[Slip, float]] = MappingProxyType({
    "lookalike": 6, "letter": 3, "character": 30, "mark": 4, "lost": 2, "ruled": 2, "added": 6, "fused": 10, "two": 50,
    "sign": 1,
})  # fmt: skip
"""How many values one slip may come from, beside the characters that may have been any."""
_UNLIKE: Final = 0.02
"""How likely a value is in a column where no other is printed like it: with decimals among whole numbers."""
_ALIKE_TO_BOTH: Final = 0.02
"""At most so unsure is a value on which both agree, where one character is in question: neither such was counted."""
_OF_ONE_CHARACTER: Final = frozenset({"lookalike", "character", "two"})
_INEXACT: Final = 0.05
_LONGEST: Final = 6
_WORDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class Repair:
    """One value taken for misread.

    `chance` is that of such a misreading here, `on_paper` that of the same difference where papers differ.
    """

    cell: Cell[object]
    value: object
    slip: Slip | None
    chance: float
    on_paper: float


def repair_of(
    cell: Cell[object], value: object, *, decimals: tuple[int, int] | None = None, stated: bool = False
) -> Repair | None:
    """The value read for another; None where it cannot have been misread, or not so.

    `decimals` are how many the other values of its column have, mostly and at most; `stated` says that another paper
    prints the value.
    """
    if not can_be_misread(cell) or value == cell.value:
        return None
    usual, most = decimals or (0, _LONGEST)
    slip = _slip(cell, _with_decimals(value, usual))
    by_chance = _OTHERWISE / 10 ** min(len(str(value)), _LONGEST)
    ways = _ways(slip, cell, value, stated=stated) if slip else 1.0
    on_paper = by_chance + (_ON_PAPER[slip] / ways if slip else 0)
    for alternative in cell.field.alternatives:
        if alternative.value == value:
            return Repair(cell, value, slip, max(alternative.confidence, _SURE), on_paper)
    if slip is None:
        return None
    form = _UNLIKE if _stands_out(value, most) else 1
    return Repair(cell, value, slip, _misread(cell, slip) * form / ways, on_paper)


def _misread(cell: Cell[object], slip: Slip) -> float:
    """How likely the value was misread, and by that slip."""
    unsure = max(_SURE, 1 - cell.field.confidence)
    if not any(witness.startswith("reader:") for witness in cell.field.witnesses):
        return unsure * _BY_ONE[slip]
    return min(unsure, _ALIKE_TO_BOTH if slip in _OF_ONE_CHARACTER else 1.0) * _BY_BOTH[slip]


def _ways(slip: Slip, cell: Cell[object], value: object, *, stated: bool) -> float:
    """Where nothing states the value, each character lost was one of ten; where it is stated, each too many was.

    Whole words come and go with the cut between a label and its value.
    """
    read, printed = str(cell.value), str(value)
    if " " in read + printed and slip in {"lost", "fused"}:
        return _WORDS
    arbitrary = {"fused", "added"} if stated else {"lost"}
    unknown = abs(len(printed) - len(read)) if slip in arbitrary else 0
    return float(_WAYS[slip] * 10 ** min(unknown, _LONGEST))


def _with_decimals(value: object, usual: int) -> object:
    """As its column would print it: 6294 among 12060.00 and 8325.00 is 6294.00."""
    if isinstance(value, Decimal) and -exponent(value) < usual:
        return in_places(value, -usual)
    return value


def _stands_out(value: object, most: int) -> bool:
    """Whether it would have more decimals than its column has."""
    return isinstance(value, Decimal) and value != round(value, most)


def _slip(cell: Cell[object], value: object) -> Slip | None:
    """Of names of places and units only those that are printed as their codes: the code of a name has other letters."""
    if cell.name in _CODED and cell.field.text.strip().upper() != str(cell.value).upper():
        return None
    return slip_between(cell.value, value)


_CODED: Final = frozenset({"origin", "country_of_origin", "unit", "currency", "incoterm", "package_kind"})


def rarity(*, within_one_paper: bool) -> float:
    return UNSOUND if within_one_paper else DIFFERENT


def chance_of(repairs: Sequence[Repair], inexact: int = 0) -> float:
    """That all of these were misread: a slip that comes again is one cause.

    `inexact` is how many relations hold again within their rounding alone: most papers add up to the last digit.
    """
    first, *others = sorted(repairs, key=lambda repair: -repair.chance)
    return (
        _INEXACT**inexact * first.chance * prod(_AGAIN if _is_again(first, other) else other.chance for other in others)
    )


def odds_of(repairs: Sequence[Repair], *, rare: float, errors: int, loose: bool = False) -> float:
    """That all of these were misread rather than that something is wrong on paper.

    `rare` is how often that is, `errors` how many values on paper must be wrong if none was misread. Where all that
    holds again is `loose`, the repair is no coincidence that an error on paper would have to explain.
    """
    likeliest = max(repairs, key=lambda repair: repair.chance)
    on_paper = rare if loose else rare * likeliest.on_paper
    return float(chance_of(repairs) / on_paper**errors)


def _is_again(one: Repair, other: Repair) -> bool:
    return one.slip is not None and (one.slip, one.cell.value, one.value) == (other.slip, other.cell.value, other.value)
