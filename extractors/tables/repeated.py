"""A tariff code under a label that no list knows, told by its coming again: one such line under each description.

"Nomenclatura : 85444290" below one item may be anything; the same words before a code of the nomenclature below every
item are a label of tariff codes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from extractors.layout.spans import Span
from extractors.tables.parts import Cell
from extractors.values.identifiers import parse_hs_code
from extractors.values.printing import key
from schemas.nomenclature import is_subheading

_FEWEST: Final = 2
"""Descriptions that must have the line; and more than half of all."""
_LONGEST: Final = 6
"""Words of a label in two languages with its strokes."""
Labels = frozenset[tuple[str, ...]]


def code_labels(cells: Sequence[Cell]) -> Labels:
    """The folded words that stand before a tariff code on a further line of most of these descriptions."""
    seen: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for at, cell in enumerate(cells):
        for span in cell.spans[1:]:
            if (end := _before_code(span)) is not None:
                seen[_folded(span, end)].add(at)
    return frozenset(label for label, rows in seen.items() if len(rows) >= max(_FEWEST, len(cells) / 2))


def code_under(span: Span, labels: Labels) -> int | None:
    """Where the code begins on a line that is one of these labels with a code; None for any other line."""
    end = _before_code(span)
    return end if end is not None and _folded(span, end) in labels else None


def _before_code(span: Span) -> int | None:
    """How many words stand before the code that the line ends with."""
    for end in range(1, min(_LONGEST, len(span.words) - 1) + 1):
        code = parse_hs_code(" ".join(w.text for w in span.words[end:]))
        if code and span.words[end].text[:1].isdigit() and is_subheading(code):
            return end
    return None


def _folded(span: Span, end: int) -> tuple[str, ...]:
    return tuple(folded for w in span.words[:end] if (folded := key(w.text).strip(" .:：/|")))


def codes_below(cells: Sequence[Cell]) -> bool:
    """Whether most of these article numbers have a tariff code of the nomenclature on the line below them."""
    return sum(1 for cell in cells if code_below(cell)) >= max(_FEWEST, len(cells) / 2)


def code_below(cell: Cell) -> Span | None:
    """The last of several lines of a cell, where it is a tariff code and nothing else."""
    if len(cell.spans) == 1:
        return None
    code = parse_hs_code(cell.spans[-1].text)
    bare = all(not c.isalpha() for c in cell.spans[-1].text)
    return cell.spans[-1] if code and bare and is_subheading(code) else None
