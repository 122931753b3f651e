"""Counts of packages before a description, also where the count is spelt out first."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.values.numbers import NumberStyle
from extractors.values.packages import leading_packages

_SPELT_OUT = re.compile(r"^(?:(?:SAY\s+)?[^\W\d_][^\d()]*)?\(\s*(?P<count>\d[\d.,]*)\s*\)\s*(?P<rest>.+)$", re.DOTALL)


def counted(text: str, style: NumberStyle | None) -> tuple[Decimal, str, str] | None:
    """Count, kind and the goods of "12 CTNS PUMPS" and of "ONE HUNDRED (100) CARTONS OF PUMPS" (usual in China)."""
    found = leading_packages(text, style)
    if found:
        return found
    spelt = _SPELT_OUT.match(text.strip())
    return leading_packages(f"{spelt['count']} {spelt['rest']}", style) if spelt else None
