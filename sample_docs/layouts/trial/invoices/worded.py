"""A sheet that speaks the words of its layout, from a table beside the layouts: each office or software has its own."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from typing_extensions import override

from sample_docs.generator.sheet import Sheet
from sample_docs.generator.truth import Paper


@cache
def words(table: Path) -> dict[tuple[str, str], dict[str, str]]:
    """By layout and key, in each language; a backslash in the words of a heading breaks the line."""
    with table.open(encoding="utf-8", newline="") as lines:
        return {
            (row["layout"], row["key"]): {
                name: cell.replace("\\", "\n") for name, cell in row.items() if cell and name not in {"layout", "key"}
            }
            for row in csv.DictReader(lines, delimiter="|")
        }


class WordedSheet(Sheet):
    """`table` holds the words of `layout`; what it has not is said in the language's ordinary ones."""

    def __init__(self, paper: Paper, layout: str, table: Path, *, margin: float = 44.0) -> None:
        super().__init__(paper, margin=margin)
        self.words = layout
        self.table = table

    @override
    def label(self, key: str) -> str:
        return words(self.table).get((self.words, key), {}).get(self.style.language) or super().label(key)
