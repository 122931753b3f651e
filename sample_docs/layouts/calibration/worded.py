"""The words of these layouts, from `labels.csv`: their own standard wordings, apart from those of the other layouts."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Final

from typing_extensions import override

from sample_docs.generator.sheet import Sheet

_TABLE: Final = Path(__file__).parent / "labels.csv"


@cache
def labels() -> dict[str, dict[str, tuple[str, ...]]]:
    """By key and language the synonyms, of which a paper uses one throughout; parted by tildes in the file."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return {
            row["key"]: {language: tuple(cell.split("~")) for language, cell in row.items() if cell}
            for row in csv.DictReader(lines, delimiter="|")
        }


class WordedSheet(Sheet):
    """A sheet whose labels come from the table; what that has not, from the language's own wording."""

    @override
    def label(self, key: str) -> str:
        options = labels().get(key, {}).get(self.style.language)
        return self.chance("label", key).pick(options) if options else super().label(key)
