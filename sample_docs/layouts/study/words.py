"""The words of these layouts, from `labels.csv`: each layout has its own, as each office or software has."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Final

from typing_extensions import override

from sample_docs.generator.sheet import Sheet
from sample_docs.generator.truth import Paper

_TABLE: Final = Path(__file__).parent / "labels.csv"


@cache
def labels() -> dict[tuple[str, str], dict[str, str]]:
    """By layout and key, in each language; a backslash in the words of a heading breaks the line."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return {
            (row["layout"], row["key"]): {language: cell.replace("\\", "\n") for language, cell in row.items() if cell}
            for row in csv.DictReader(lines, delimiter="|")
        }


class StudySheet(Sheet):
    """A sheet in the words of its layout; what that has not, in the language's ordinary ones."""

    def __init__(self, paper: Paper, layout: str, *, margin: float = 44.0, landscape: bool = False) -> None:
        super().__init__(paper, margin=margin)
        self.words = layout
        if landscape:
            self.size = (self.size[1], self.size[0])
            self.right, self.bottom = self.size[0] - margin, self.size[1] - margin

    @override
    def label(self, key: str) -> str:
        return labels().get((self.words, key), {}).get(self.style.language) or super().label(key)
