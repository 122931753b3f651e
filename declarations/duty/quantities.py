"""Units that duties are charged by, and how much of each an item has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from declarations.errors import ExpressionInvalid, QuantityMissing

MASS = "KGM"


@dataclass(frozen=True, slots=True)
class Per:
    """So many of a unit: "100 kg" is 100 of KGM. A percentage by volume or of sugar counts in per cent."""

    count: Decimal
    unit: str

    @property
    def name(self) -> str:
        return _NAMES.get(self.unit, self.unit)

    @property
    def shown(self) -> str:
        return self.name if self.count == 1 else f"{self.count.normalize():f} {self.name}"


@dataclass(frozen=True, slots=True)
class Quantities:
    """What is declared of an item, by unit code; a unit that is not there is not known."""

    by_unit: Mapping[str, Decimal] = field(default_factory=dict)

    def in_multiples_of(self, per: Per) -> Decimal:
        """How often the item has it; raises `QuantityMissing`."""
        found = self.by_unit.get(per.unit)
        if found is None:
            raise QuantityMissing(f"the duty is charged by {per.shown}, and the goods' {per.name} are not declared")
        return found / per.count


# UN/ECE Rec 20 and TARIC codes where there are some (TARIC, annex 3: ASV % vol, DTN 100 kg, EDA net drained weight, MAS
# net dry matter); the others are named in the words of the UK Global Tariff.
_NAMES: Mapping[str, str] = MappingProxyType({
    "KGM": "kg", "LTR": "l", "C62": "items", "PR": "pairs", "MTK": "m²", "MTQ": "m³", "MTR": "m", "CTM": "carats",
    "ASV": "% vol", "SAC": "% sucrose", "KGM_EDA": "kg drained weight", "KGM_MAS": "kg dry matter",
    "KGM_LACTIC": "kg lactic matter", "LPA": "l pure alcohol", "RET": "retail price",
})  # fmt: skip

# What tariffs write behind the stroke, without blanks and in lower case, with how many of the unit it is.
_ALIASES: Mapping[str, tuple[tuple[int, str], ...]] = MappingProxyType({
    "kg": ((1, "KGM"),), "kgm": ((1, "KGM"),), "dtn": ((100, "KGM"),), "tne": ((1000, "KGM"),),
    "tonne": ((1000, "KGM"),), "t": ((1000, "KGM"),),
    "l": ((1, "LTR"),), "ltr": ((1, "LTR"),), "litre": ((1, "LTR"),), "hl": ((100, "LTR"),), "hlt": ((100, "LTR"),),
    "item": ((1, "C62"),), "items": ((1, "C62"),), "nar": ((1, "C62"),), "p/st": ((1, "C62"),), "c62": ((1, "C62"),),
    "h87": ((1, "C62"),), "mil": ((1000, "C62"),), "dzn": ((12, "C62"),), "cen": ((100, "C62"),),
    "pair": ((1, "PR"),), "pairs": ((1, "PR"),), "npr": ((1, "PR"),), "pr": ((1, "PR"),), "pa": ((1, "PR"),),
    "m2": ((1, "MTK"),), "mtk": ((1, "MTK"),), "m3": ((1, "MTQ"),), "mtq": ((1, "MTQ"),),
    "m": ((1, "MTR"),), "mtr": ((1, "MTR"),), "ctm": ((1, "CTM"),), "carat": ((1, "CTM"),),
    "lpa": ((1, "LPA"),), "%vol/hl": ((1, "ASV"), (100, "LTR")), "asvx": ((1, "ASV"), (100, "LTR")),
    "%vol": ((1, "ASV"),), "asv": ((1, "ASV"),),
    "kgeda": ((1, "KGM_EDA"),), "dtne": ((100, "KGM_EDA"),), "kgmas": ((1, "KGM_MAS"),), "dtnm": ((100, "KGM_MAS"),),
    "kg/lacticmatter": ((1, "KGM_LACTIC"),), "kg/net/%sacchar.": ((1, "KGM"), (1, "SAC")),
    "dtnz": ((100, "KGM"), (1, "SAC")),
})  # fmt: skip
_COUNTED = re.compile(r"(\d*)(.+)", re.DOTALL)
_OF_UNITS: Mapping[str, tuple[str, Decimal]] = MappingProxyType({
    "C62": ("C62", Decimal(1)), "H87": ("C62", Decimal(1)), "EA": ("C62", Decimal(1)), "DZN": ("C62", Decimal(12)),
    "MIL": ("C62", Decimal(1000)), "PR": ("PR", Decimal(1)), "NPR": ("PR", Decimal(1)), "NAR": ("C62", Decimal(1)),
    "LTR": ("LTR", Decimal(1)), "HLT": ("LTR", Decimal(100)), "MTK": ("MTK", Decimal(1)), "MTQ": ("MTQ", Decimal(1)),
    "MTR": ("MTR", Decimal(1)), "CTM": ("CTM", Decimal(1)), "ASV": ("ASV", Decimal(1)), "LPA": ("LPA", Decimal(1)),
})  # fmt: skip


def pers_of(text: str) -> tuple[Per, ...]:
    """The units behind the stroke of a specific duty; raises `ExpressionInvalid` for a unit not known here."""
    bare = re.sub(r"\s+", "", text).lower()
    matched = _COUNTED.fullmatch(bare)
    units = _ALIASES.get(matched[2]) if matched else None
    if matched is None or units is None:
        raise ExpressionInvalid(f"“{text.strip()}” is no unit of duties known here")
    (first, unit), *others = units
    return (Per(Decimal(matched[1] or 1) * first, unit), *(Per(Decimal(count), other) for count, other in others))


def quantities_of(net_kg: Decimal | None, stated: Mapping[str, Decimal]) -> Quantities:
    """Net mass and the stated quantities, by Rec 20 or TARIC unit; the mass is the net mass alone."""
    found = {MASS: net_kg} if net_kg is not None else {}
    for unit, count in stated.items():
        if unit.upper() in _OF_UNITS:
            base, factor = _OF_UNITS[unit.upper()]
            found[base] = count * factor
    return Quantities(found)


def in_unit(count: Decimal, unit: str, other: str) -> Decimal | None:
    """The quantity in another unit of the same kind (dozens in items); None where they are of different kinds."""
    left, right = _OF_UNITS.get(unit.upper()), _OF_UNITS.get(other.upper())
    if left is None or right is None or left[0] != right[0]:
        return None
    return count * left[1] / right[1]
