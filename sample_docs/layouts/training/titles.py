"""The printed titles of the boxes of forms, from `titles.csv`."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.sheet import Sheet

_TABLE: Final = Path(__file__).with_name("titles.csv")


@cache
def _titles() -> Mapping[str, Mapping[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["key"]: row for row in csv.DictReader(lines, delimiter=";")}


def names(key: str, language: str) -> tuple[str, ...]:
    """All wordings of a title in the language, in English where it has none."""
    row = _titles()[key]
    return tuple((row.get(language) or row["en"]).split("|"))


def title(sheet: Sheet, key: str) -> str:
    """One wording, the same all over the paper; in capitals on some forms."""
    text = Chance(sheet.style.seed, "title", key).pick(names(key, sheet.style.language))
    return text.upper() if sheet.chance("title case").happens(0.2) else text
