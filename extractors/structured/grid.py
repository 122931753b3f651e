"""A sheet of cells, whether from a workbook or a CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from extractors.lexicon import lexicon

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 256


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell that is not empty. `typed` says that it holds a number or date and not a text that looks like one."""

    row: int
    column: int
    text: str
    locator: str
    typed: bool = False


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet from left to right and top to bottom; rows and columns are counted from 1."""

    name: str
    entries: tuple[Entry, ...]

    @cached_property
    def rows(self) -> Mapping[int, tuple[Entry, ...]]:
        found: dict[int, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.row, []).append(entry)
        return {row: tuple(some) for row, some in sorted(found.items())}

    @cached_property
    def header_row(self) -> int | None:
        """The row with the most cells that are labels of columns, at least two."""
        counts = {row: labels(entry.text for entry in some) for row, some in self.rows.items()}
        best = max(counts, key=lambda row: (counts[row], -row), default=None)
        return best if best is not None and counts[best] > 1 else None


def labels(texts: Iterable[str]) -> int:
    """How many of these texts are names of columns of goods tables."""
    columns = lexicon("columns")
    return sum(columns.concept_of(text) is not None for text in texts)
