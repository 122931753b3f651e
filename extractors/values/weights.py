"""Masses in kilograms and volumes in cubic metres, exact: decimals are kept as printed, factors are the legal ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from extractors.values.lexicon import printed_words
from extractors.values.numbers import NumberStyle, parse_number
from extractors.values.printing import evened, key, unframed

# Avoirdupois pound and foot: International Yard and Pound Agreement, 1959.
_KILOGRAMS: Final = {"TNE": Decimal("1E+3"), "KGM": Decimal(1), "GRM": Decimal("1E-3"), "LBR": Decimal("0.45359237")}
_CUBIC_METRES: Final = {"MTQ": Decimal(1), "LTR": Decimal("1E-3"), "FTQ": Decimal("0.028316846592")}
_AS_WEIGHT: Final = {"k": "KGM", "mt": "TNE", "mts": "TNE"}
_AMOUNT: Final = re.compile(r"(?P<number>\(?-?\d[\d.,' ]*?)\s*(?P<unit>[^\d\s.,'()-].*)?")
_VOLUME_LABEL: Final = re.compile(r"^(?:VOL|VOLUME|MEAS|MEASUREMENT|M3|CUBE)\b[.:]*\s*", re.IGNORECASE)
# OCR's readings of the raised three.
_RAISED_THREE: Final = re.compile(r"(?<![A-Za-z])[mM]\s?[*°'?](?=\s|$)")


def parse_weight_kg(text: str, style: NumberStyle | None, *, default_unit: str = "KGM") -> Decimal | None:
    """The mass in kilograms; `default_unit` is the Rec 20 code that a number without unit has, as its column says."""
    return _in_base(text, style, _KILOGRAMS, default_unit)


def parse_volume_m3(text: str, style: NumberStyle | None, *, default_unit: str = "MTQ") -> Decimal | None:
    """The volume in cubic metres, also of "VOL 3.800 CBM"."""
    cubed = _RAISED_THREE.sub("m3", _VOLUME_LABEL.sub("", evened(text)))
    return _in_base(cubed, style, _CUBIC_METRES, default_unit)


def _in_base(text: str, style: NumberStyle | None, factors: Mapping[str, Decimal], default: str) -> Decimal | None:
    found = _AMOUNT.fullmatch(unframed(text))
    number = parse_number(found["number"], style) if found else None
    if found is None or number is None:
        return None
    factor = factors.get(_unit(found["unit"]) if found["unit"] else default)
    return None if factor is None else _scaled(number, factor)


def _unit(text: str) -> str:
    """Of a weight, MT is a metric ton and K, as air waybills print it, a kilogram; elsewhere they could be more."""
    spelling = key(text).strip(" :;,/-_|[]{}")
    return _AS_WEIGHT.get(spelling) or printed_words("units").get(spelling, "")


def _scaled(number: Decimal, factor: Decimal) -> Decimal:
    """Powers of ten only move the point: 4.178 t are 4178 kg, not 4178.000."""
    if factor.as_tuple().digits == (1,):
        moved = number.scaleb(factor.adjusted())
        return moved if moved.is_zero() or moved.adjusted() < len(moved.as_tuple().digits) else moved + Decimal(0)
    return number * factor
