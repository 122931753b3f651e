"""Units of UN/ECE Recommendation 20, and their conversion where two papers state one quantity in two of them."""

from __future__ import annotations

from decimal import Decimal

# Codes that mean the same to trade: H87 and EA are what most systems print for C62.
_SYNONYMS = {
    "H87": "C62", "EA": "C62", "PCE": "C62", "PCS": "C62", "NMP": "C62", "NAR": "C62", "NPR": "PR", "KG": "KGM",
    "M": "MTR", "L": "LTR", "T": "TNE", "MT": "TNE", "STN": "STN", "M2": "MTK", "M3": "MTQ", "DOZ": "DZN",
    "LB": "LBR",
}  # fmt: skip

# How many of the first unit of its kind one unit is (Rec. 20 factors; the pound of 1959, the yard of 0.9144 m).
_IN_BASE: dict[str, tuple[str, Decimal]] = {
    "C62": ("piece", Decimal(1)),
    "DZN": ("piece", Decimal(12)),
    "GRO": ("piece", Decimal(144)),
    "CEN": ("piece", Decimal(100)),
    "MIL": ("piece", Decimal(1000)),
    "PR": ("pair", Decimal(1)),
    "DPR": ("pair", Decimal(12)),
    "KGM": ("mass", Decimal(1)),
    "GRM": ("mass", Decimal("0.001")),
    "TNE": ("mass", Decimal(1000)),
    "LBR": ("mass", Decimal("0.45359237")),
    "MTR": ("length", Decimal(1)),
    "CMT": ("length", Decimal("0.01")),
    "KMT": ("length", Decimal(1000)),
    "YRD": ("length", Decimal("0.9144")),
    "FOT": ("length", Decimal("0.3048")),
    "LTR": ("volume", Decimal(1)),
    "MLT": ("volume", Decimal("0.001")),
    "MTQ": ("volume", Decimal(1000)),
    "MTK": ("area", Decimal(1)),
}

_PACKAGE_LENGTH = 3
# A pair may be counted as two pieces: then both papers are right.
_PIECES_IN_PAIR = Decimal(2)


def canonical(unit: str) -> str:
    """The code that stands for all its synonyms; a package code as unit loses its X in front (XCT is CT)."""
    code = unit.strip().upper()
    if len(code) == _PACKAGE_LENGTH and code.startswith("X"):
        code = code[1:]
    return _SYNONYMS.get(code, code)


def is_same_unit(left: str, right: str) -> bool:
    return canonical(left) == canonical(right)


def kilograms(quantity: Decimal, unit: str | None) -> Decimal | None:
    """The mass in kilograms, None where the unit is none of mass."""
    kind, factor = _IN_BASE.get(canonical(unit or ""), ("", Decimal(0)))
    return quantity * factor if kind == "mass" else None


def converted(quantity: Decimal, unit: str | None, to: str | None) -> Decimal | None:
    """The quantity in another unit; None where the two measure different things. No unit is taken for any unit."""
    if unit is None or to is None or is_same_unit(unit, to):
        return quantity
    left, right = _IN_BASE.get(canonical(unit)), _IN_BASE.get(canonical(to))
    if left is None or right is None:
        return None
    if left[0] == right[0]:
        return quantity * left[1] / right[1]
    if (left[0], right[0]) == ("pair", "piece"):
        return quantity * left[1] * _PIECES_IN_PAIR / right[1]
    if (left[0], right[0]) == ("piece", "pair"):
        return quantity * left[1] / _PIECES_IN_PAIR / right[1]
    return None
