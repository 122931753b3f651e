"""Units of UN/ECE Recommendation 20, and their conversion where two papers state one quantity in two of them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

# Codes that mean the same to trade: H87 and EA are what most systems print for C62.
_SYNONYMS = {
    "H87": "C62", "EA": "C62", "PCE": "C62", "PCS": "C62", "NMP": "C62", "NAR": "C62", "NPR": "PR", "KG": "KGM",
    "M": "MTR", "L": "LTR", "T": "TNE", "MT": "TNE", "STN": "STN", "M2": "MTK", "M3": "MTQ", "DOZ": "DZN",
    "LB": "LBR", "DPR": "DZP", "LM": "MTR",
}  # fmt: skip

# How many of the first unit of its kind one unit is (Rec. 20 factors; the pound of 1959, the yard of 0.9144 m).
_IN_BASE: dict[str, tuple[str, Decimal]] = {
    code: (kind, Decimal(factor))
    for kind, units in {
        "piece": {"C62": "1", "DZN": "12", "GRO": "144", "CEN": "100", "MIL": "1000"},
        "pair": {"PR": "1", "DZP": "12"},
        "mass": {
            "KGM": "1", "GRM": "0.001", "MGM": "0.000001", "TNE": "1000", "DTN": "100", "LBR": "0.45359237",
            "ONZ": "0.028349523125", "STN": "907.18474", "LTN": "1016.0469088", "CTM": "0.0002",
        },
        "length": {
            "MTR": "1", "DMT": "0.1", "CMT": "0.01", "MMT": "0.001", "KMT": "1000", "YRD": "0.9144", "FOT": "0.3048",
            "INH": "0.0254",
        },
        "volume": {
            "LTR": "1", "MLT": "0.001", "CLT": "0.01", "HLT": "100", "MTQ": "1000", "DMQ": "1", "CMQ": "0.001",
            "GLL": "3.785411784", "GLI": "4.54609", "FTQ": "28.316846592", "INQ": "0.016387064",
        },
        "area": {
            "MTK": "1", "CMK": "0.0001", "FTK": "0.09290304", "INK": "0.00064516", "YDK": "0.83612736",
        },
        "energy": {"KWH": "1", "MWH": "1000"},
    }.items()
    for code, factor in units.items()
}  # fmt: skip

_PACKAGE_LENGTH = 3
# A pair may be counted as two pieces: then both papers are right.
_PIECES_IN_PAIR = Decimal(2)
_EXACT = frozenset({"piece", "pair"})
"""Kinds that are counted: what is weighed or measured is rounded when it is converted."""


@lru_cache(maxsize=1024)
def canonical(unit: str) -> str:
    """The code that stands for all its synonyms; a package code as unit loses its X in front (XCT is CT)."""
    code = unit.strip().upper()
    if len(code) == _PACKAGE_LENGTH and code.startswith("X"):
        code = code[1:]
    return _SYNONYMS.get(code, code)


def is_same_unit(left: str, right: str) -> bool:
    return canonical(left) == canonical(right)


def is_counted(unit: str | None) -> bool:
    """Whether amounts in this unit are whole by nature: pieces, pairs, dozens; a unit unknown here is taken for one."""
    kind, _ = _IN_BASE.get(canonical(unit or ""), ("piece", Decimal(1)))
    return kind in _EXACT


def measured(quantity: Decimal, unit: str | None) -> tuple[str, Decimal]:
    """What is measured, and how much in the first unit of its kind; a pair is two pieces, an unknown unit its own kind.

    No unit at all is a kind of its own too: such a quantity is equal only to one without a unit.
    """
    code = canonical(unit or "")
    kind, factor = _IN_BASE.get(code, (code, Decimal(1)))
    if kind == "pair":
        return "piece", quantity * factor * _PIECES_IN_PAIR
    return kind, quantity * factor


def kilograms(quantity: Decimal, unit: str | None) -> Decimal | None:
    """The mass in kilograms, None where the unit is none of mass."""
    kind, factor = _IN_BASE.get(canonical(unit or ""), ("", Decimal(0)))
    return quantity * factor if kind == "mass" else None


def converted(quantity: Decimal, unit: str | None, to: str | None) -> Decimal | None:
    """The quantity in another unit; None where the two measure different things. No unit is taken for any unit."""
    if unit is None or to is None or is_same_unit(unit, to):
        return quantity
    (left, amount), (right, one) = measured(quantity, unit), measured(Decimal(1), to)
    return amount / one if left == right else None
