"""Sheets that print the words of a table: each layout has its own, as each carrier or office has."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from typing_extensions import override

from sample_docs.generator.drawing import Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts.study.pieces import Frame, put


@cache
def labels(table: Path) -> dict[tuple[str, str], dict[str, str]]:
    """By layout and key, in each language; a backslash breaks the line."""
    with table.open(encoding="utf-8", newline="") as lines:
        return {
            (row["layout"], row["key"]): {language: cell.replace("\\", "\n") for language, cell in row.items() if cell}
            for row in csv.DictReader(lines, delimiter="|")
        }


class CarriersSheet(Sheet):
    """A sheet in the words of its layout: English where the form is English everywhere, with Chinese in China."""

    def __init__(self, paper: Paper, layout: str, *, table: Path, margin: float = 36.0) -> None:
        super().__init__(paper, margin=margin)
        self._words = {key: words for (name, key), words in labels(table).items() if name == layout}
        chinese = self.has("exporter") and paper.company("exporter").country == "CN"
        self._spoken = "zh" if chinese else self.style.language

    @override
    def label(self, key: str) -> str:
        words = self._words.get(key)
        if words is None:
            return super().label(key)
        return words.get(self._spoken) or words.get(self.style.language) or words["en"]


def extra(sheet: Sheet, name: str) -> str:
    """What the paper prints beside its values; empty where it has none of that name."""
    return sheet.paper.extras.get(name, "")


def titled(sheet: Sheet, frame: Frame, key: str, *, ink: Ink, rule: float = 0.5) -> Point:
    """A ruled box with its title in small type, broken as it needs; gives where the first line in it starts."""
    if rule:
        sheet.frame((frame.left, frame.top), (frame.right, frame.bottom), width=rule, colour=ink.colour)
    at, y = (frame.left + 3, frame.top + ink.size + 1.5), 0.0
    for line in sheet.label(key).split("\n"):
        y = sheet.flow((at[0], at[1]), [Run(line)], width=frame.width - 6, ink=ink)
        at = (at[0], y)
    return (frame.left + 5, y + 4)


def filled(sheet: Sheet, frame: Frame, key: str, runs: Runs, *, ink: Ink) -> None:
    """A titled box with one line typed into it."""
    put(sheet, titled(sheet, frame, key, ink=ink), runs, width=frame.width - 9)


def voyage(sheet: Sheet) -> tuple[Run, Run]:
    """Vessel and number of the voyage apart, as boxes of their own print them."""
    name, _, number = sheet.paper.text("vessel_or_flight").rpartition(" ")
    return Run(name, "vessel_or_flight"), Run(number, "vessel_or_flight")


def cubic(sheet: Sheet, unit: str) -> Runs:
    """The volume with its unit, nothing where the paper has none."""
    return [sheet.value("volume_m3"), Run(f" {unit}")] if sheet.has("volume_m3") else []
