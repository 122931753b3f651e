"""The words of these certificates, from `labels.csv`: each form has its own."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from typing_extensions import override

from sample_docs.generator import printing
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper

TABLE: Final = Path(__file__).parent / "labels.csv"


@cache
def labels(table: Path = TABLE) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """By form and key, in each language it is printed in."""
    with table.open(encoding="utf-8", newline="") as rows:
        return {
            (row.pop("form"), row.pop("key")): {language: text for language, text in row.items() if text}
            for row in csv.DictReader(rows, delimiter="|")
        }


class FormSheet(Sheet):
    """A sheet in the words of its form, of which it must have every one it asks for."""

    def __init__(self, paper: Paper, form: str, *, margin: float = 44.0, table: Path = TABLE) -> None:
        super().__init__(paper, margin=margin)
        self.form, self.table = form, table

    @override
    def label(self, key: str) -> str:
        texts = labels(self.table).get((self.form, key))
        return texts[self.style.language] if texts else super().label(key)


def in_one_line(sheet: Sheet, name: str, *, between: str = ", ") -> Runs:
    """A party's name, street, town and country in running text; nothing where the paper does not name it."""
    if not sheet.has(name):
        return []
    company = sheet.paper.company(name)
    land = printing.country(company.country, sheet.style)
    named = [(company.name, "name"), (company.street, "address"), (company.town, "address"), (land, "country")]
    runs: list[Run] = []
    for text, part in named:
        if text:
            runs += [*([Run(between)] if runs else []), Run(text, f"{name}.{part}")]
    return runs


def kilograms(sheet: Sheet, *, before: str = "") -> Runs:
    """The whole consignment's gross weight, `before` in front of it; nothing where the paper has none."""
    return [Run(before), sheet.weight("gross_weight_kg")] if sheet.has("gross_weight_kg") else []


def place_and_day(sheet: Sheet) -> Runs:
    """As "Hamburg, 3 May 2026"."""
    return [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")]
