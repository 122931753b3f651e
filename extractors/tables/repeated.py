"""A tariff code under a label that no list knows, told by its coming again: one such line under each description.

"Nomenclatura : 85444290" below one item may be anything; the same words before a code of the nomenclature below every
item are a label of tariff codes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from extractors.layout.spans import Span
from extractors.tables.labelled import parts_of
from extractors.tables.parts import Cell
from extractors.values.countries import parse_country_twice
from extractors.values.identifiers import parse_hs_code
from extractors.values.printing import key
from schemas.nomenclature import is_subheading
from schemas.pages import Word

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
            if place := _code_in(span):
                seen[_folded(span, place[0])].add(at)
    return frozenset(label for label, rows in seen.items() if len(rows) >= max(_FEWEST, len(cells) / 2))


def code_under(span: Span, labels: Labels) -> tuple[int, int] | None:
    """Which words are the code on a line that begins with one of these labels; None for any other line."""
    place = _code_in(span)
    return place if place and _folded(span, place[0]) in labels else None


def _code_in(span: Span) -> tuple[int, int] | None:
    """The words of the first code behind one to six others; other details may follow one that is a single word.

    None where the line begins with another detail: a lot's number may look like a code.
    """
    size = len(span.words)
    if any(part.name for part in parts_of(span.words, open_start=True)[:1]):
        return None
    for start in range(1, min(_LONGEST, size - 1) + 1):
        if not span.words[start].text[:1].isdigit():
            continue
        for end in dict.fromkeys((size, start + 1)):
            code = parse_hs_code(" ".join(w.text for w in span.words[start:end]))
            if code and is_subheading(code) and _only_details(span.words[end:]):
                return start, end
    return None


def _only_details(words: Sequence[Word]) -> bool:
    """Nothing, a country, or labels that are known with their values: behind a lot's number other words stand."""
    named = all(part.name for part in parts_of(words, open_start=True))
    return named or parse_country_twice(" ".join(w.text for w in words).strip(" ,;")) is not None


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
