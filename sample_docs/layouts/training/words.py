"""The broad pool of labels of `labels.csv`, and the manner in which one paper writes them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.drawing import Ink
from sample_docs.generator.sheet import Sheet

_TABLE: Final = Path(__file__).with_name("labels.csv")
_GREY: Final = "#555555"
_CASINGS: Final = ("as is", "as is", "as is", "upper", "first")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a paper sets its labels. `colon` follows every label, `casing` is `as is`, `upper` or `first`."""

    label: Ink
    colon: str
    casing: str
    doubled: bool

    def written(self, text: str) -> str:
        changed = {"upper": text.upper(), "first": text[:1].upper() + text[1:].lower()}.get(self.casing, text)
        return f"{changed}{self.colon}" if changed[-1:] not in ":.#/" or not self.colon.strip() else changed


def manner(sheet: Sheet) -> Manner:
    """The same for the whole paper."""
    chance = sheet.chance("manner")
    ink = sheet.ink
    labels = (ink, ink.strong(), ink.sized(ink.size - 1.4).tinted(_GREY), ink.sized(ink.size - 1.6))
    tinted = ink.sized(ink.size - 1).strong().tinted(sheet.style.accent)
    language = sheet.style.language
    casing = "as is" if language == "zh" else chance.pick(_CASINGS)
    colons = ("", ":", ":", " :") if language == "fr" else ("", "", ":", ":")
    doubled = language not in {"en", "zh"} and chance.happens(0.15)
    return Manner(chance.pick((*labels, tinted)), chance.pick(colons), casing, doubled)


@cache
def _labels() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    return {
        row["key"]: {language: tuple(text.split("|")) for language, text in row.items() if language != "key"}
        for row in rows
    }


def has_word(key: str) -> bool:
    return key in _labels()


def word(sheet: Sheet, key: str) -> str:
    """One of the language's labels for it, the same all over the paper; bare, without colon or change of case."""
    chance = Chance(sheet.style.seed, "training label", key)
    options = _labels()[key]
    text = chance.pick(options[sheet.style.language])
    if manner(sheet).doubled and key not in {"per", "of", "page"}:
        return f"{text} / {chance.pick(options['en'])}"
    return text


def label(sheet: Sheet, key: str) -> str:
    """A label as this paper writes it."""
    return manner(sheet).written(word(sheet, key))
