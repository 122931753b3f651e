"""What a shipment's papers say, before they are drawn, and the truth file's form of it.

The names are those of the project's result; a value is a string in normal form (plain decimal, ISO date, code).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

COMPLETE: Final = ("commercial_invoice", "packing_list", "certificate_of_origin", "transport_document")
Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Company:
    """A fictitious party. `street` and `town` are the printed address lines, `local_name` its name in Chinese."""

    name: str
    street: str
    town: str
    country: str
    tax_id: str = ""
    phone: str = ""
    local_name: str = ""

    @property
    def address(self) -> str:
        return f"{self.street}, {self.town}"


Value = str | Company


@dataclass(frozen=True, slots=True)
class Style:
    """How a paper is written: everything about its look that its content does not fix.

    `numbers` and `dates` name entries of `printing`; `weight_unit` is KGM or TNE; `rules` is one of `grid`, `rows`,
    `columns`, `none`; `seed` decides between synonyms of labels and other free choices.
    """

    language: str = "en"
    numbers: str = "us"
    dates: str = "d_mon_y"
    family: str = "sans"
    accent: str = "#1f3a5f"
    rules: str = "rows"
    weight_unit: str = "KGM"
    dotted_hs: bool = True
    paper: str = "a4"
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Overwriting:
    """How many values are barred or scribbled over, and whether the form was filled in with a typewriter."""

    bars: int = 0
    scribbles: int = 0
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """One document: what it says (`fields`, `lines`, `extras`) and how it is made.

    `layout` is the name of one in `pool`. `extras` are printed but stand in no truth (bank details, remarks).
    `lost_page` is the page that went missing, or 0. Which values are overwritten is only known once the paper is drawn.
    """

    type: str
    layout: str
    style: Style
    fields: Mapping[str, Value]
    lines: tuple[Mapping[str, str], ...] = ()
    form: str | None = None
    extras: Mapping[str, str] = dataclasses.field(default_factory=dict)
    level: str = "digital"
    effects: tuple[str, ...] = ()
    lost_page: int = 0
    overwriting: Overwriting = Overwriting()
    pool: str = "samples"

    def text(self, name: str) -> str:
        """A field that is a string, empty where the paper does not have it."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else value.name

    def company(self, name: str) -> Company:
        """A field that is a party.

        Raises:
            KeyError: the paper names no such party.
        """
        value = self.fields[name]
        if isinstance(value, str):
            raise KeyError(name)
        return value

    def with_field(self, name: str, value: Value | None) -> Paper:
        """The same paper with one field changed, or taken away where `value` is None."""
        kept = {key: old for key, old in self.fields.items() if key != name or value is not None}
        return replace(self, fields=kept if value is None else {**kept, name: value})

    def with_cell(self, line: int, name: str, value: str | None) -> Paper:
        """The same paper with one cell of one 0-based line changed, or taken away."""
        row = {key: old for key, old in self.lines[line].items() if key != name}
        changed = row if value is None else {**self.lines[line], name: value}
        return replace(self, lines=(*self.lines[:line], changed, *self.lines[line + 1 :]))


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted mismatch, as `expected_findings` tells it.

    `line` is the invoice's, `lines` each document's, both from 1.
    """

    code: str
    severity: str
    field: str | None
    documents: tuple[str, ...]
    note: str
    line: int | None = None
    lines: Mapping[str, int] = dataclasses.field(default_factory=dict)

    def json(self) -> dict[str, Json]:
        return {
            "code": self.code,
            "severity": self.severity,
            "field": self.field,
            "documents": list(self.documents),
            "line": self.line,
            "lines": dict(self.lines),
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class ShipmentTruth:
    """All that is true of one shipment. `disputed` are pointers into `declaration` on which the papers disagree."""

    id: str
    papers: tuple[Paper, ...]
    declaration: Mapping[str, Json]
    attributes: Mapping[str, Json]
    faults: tuple[Fault, ...] = ()
    acceptable: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    draft: Mapping[str, Json] | None = None
    packaging: str = "separate"
    file_names: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def paper(self, kind: str) -> Paper | None:
        """The document of a type, None where the shipment has none."""
        return next((paper for paper in self.papers if paper.type == kind), None)

    def with_paper(self, paper: Paper) -> ShipmentTruth:
        """The same shipment with the document of that type replaced."""
        return replace(self, papers=tuple(paper if old.type == paper.type else old for old in self.papers))

    def without_paper(self, kind: str) -> ShipmentTruth:
        return replace(self, papers=tuple(paper for paper in self.papers if paper.type != kind))
