"""Whether a value looks like the others of its column: one that does not may come from another column or row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from extractors.calibration.traits import Standing, kind_of
from schemas.documents import AnyField, Document, FieldSet

Shape = tuple[object, ...]
Odd = frozenset[tuple[int, str]]
"""0-based lines and names of the values that are unlike the most of their column."""

_FEWEST: Final = 3
"""Values from which a column has a look of its own."""


def odd_ones(lines: Sequence[FieldSet]) -> Odd:
    """The values whose shape is another than that of at least half of their column."""
    columns: dict[str, dict[int, Shape]] = {}
    for at, line in enumerate(lines):
        for name, field in line.present().items():
            if (shape := _shape(name, field)) is not None:
                columns.setdefault(name, {})[at] = shape
    return frozenset((at, name) for name, column in columns.items() for at in _unlike(column))


def _unlike(column: dict[int, Shape]) -> list[int]:
    usual, n = Counter(column.values()).most_common(1)[0]
    if len(column) < _FEWEST or 2 * n < len(column):
        return []
    return [at for at, shape in column.items() if shape != usual]


def _shape(name: str, field: AnyField) -> Shape | None:
    """Decimals of a number, length of a tariff code, whether an identifier has digits; free text has no shape."""
    if isinstance(field.value, Decimal):
        return (field.value.as_tuple().exponent,)
    if name == "hs_code":
        return (len(str(field.value)),)
    if kind_of(name) == "identifier":
        return (any(sign.isdigit() for sign in str(field.value)),)
    return None


def standing_of(document: Document, name: str, line: int | None, odd: Odd) -> Standing:
    if line is None:
        return "in the header"
    if (line, name) in odd:
        return "odd in its column"
    return "in a table that adds up" if "sums" in document.complete_by else "in a table"
