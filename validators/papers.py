"""The papers as the checks see them: one view for read documents and for the broker's draft alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Generic, TypeVar

from schemas.documents import AnyField, Document, FieldSet, PageMark
from schemas.findings import Evidence
from schemas.values import Party, plain

BY_EYE = frozenset({"tesseract", "rapidocr"})
"""Readers of pictures, which make mistakes that a text layer does not."""
DRAFT = -1
"""Index of the draft declaration, which is no document of the shipment."""
DRAFT_TYPE = "draft_declaration"
TWIN = "twin"
"""Type of a paper of figures that another paper shows as a page: no check counts it as a paper of its own."""

TITLES = {
    "commercial_invoice": "invoice",
    "packing_list": "packing list",
    "certificate_of_origin": "certificate of origin",
    "transport_document": "transport document",
    "other": "document",
    DRAFT_TYPE: "draft declaration",
    TWIN: "paper as figures",
}

V = TypeVar("V", covariant=True)  # noqa: PLC0105 - one letter, as the field's own type variable


@dataclass(frozen=True, slots=True)
class Cell(Generic[V]):
    """One value where it stands. `document` is the paper's index (`DRAFT` for the draft), `line` is 0-based."""

    document: int
    type: str
    name: str
    value: V
    field: AnyField
    line: int | None = None

    @property
    def shown(self) -> str:
        """The value as a clerk reads it."""
        value = self.value
        if isinstance(value, Party):
            return value.name
        return plain(value) if isinstance(value, Decimal) else str(value)

    @property
    def where(self) -> str:
        """Paper, page and line in words: "packing list, page 2, line 3"."""
        parts = [TITLES[self.type]]
        if self.field.page is not None:
            parts.append(f"page {self.field.page}")
        elif self.field.reader == "structured" and self.document != DRAFT:
            parts.append("as figures")
        if self.line is not None:
            parts.append(f"line {self.line + 1}")
        return ", ".join(parts)

    @property
    def evidence(self) -> Evidence:
        """The place. A file without pages has its locator behind the value, as evidence has no name for it."""
        field = self.field
        value = self.shown if field.locator is None else f"{self.shown} ({field.locator})"
        line = None if self.line is None else self.line + 1
        return Evidence(
            file=field.file, page=field.page, box=field.box, document=self.type, field=self.name, line=line, value=value
        )


@dataclass(frozen=True, slots=True)
class Paper:
    """One logical document, or the draft: header fields and lines with their names."""

    index: int
    type: str
    file: str
    fields: FieldSet
    lines: tuple[FieldSet, ...] = ()
    form: str | None = None
    language: str | None = None
    page_marks: tuple[PageMark, ...] = ()
    complete_by: tuple[str, ...] = ()
    page: int | None = None
    page_count: int = 0
    twin_of: int | None = None

    def field(self, name: str, line: int | None = None) -> AnyField | None:
        return (self.fields if line is None else self.lines[line]).get(name)

    def number(self, name: str, line: int | None = None) -> Cell[Decimal] | None:
        field = self.field(name, line)
        if field is None or not isinstance(field.value, Decimal):
            return None
        return Cell(self.index, self.type, name, field.value, field, line)

    def text(self, name: str, line: int | None = None) -> Cell[str] | None:
        field = self.field(name, line)
        if field is None or not isinstance(field.value, str) or not field.value.strip():
            return None
        return Cell(self.index, self.type, name, field.value, field, line)

    def date(self, name: str) -> Cell[dt.date] | None:
        field = self.field(name)
        if field is None or not isinstance(field.value, dt.date):
            return None
        return Cell(self.index, self.type, name, field.value, field)

    def party(self, name: str) -> Cell[Party] | None:
        field = self.field(name)
        if field is None or not isinstance(field.value, Party):
            return None
        return Cell(self.index, self.type, name, field.value, field)

    def flag(self, name: str) -> bool:
        field = self.field(name)
        return field is not None and field.value is True

    def any(self, name: str, line: int | None = None) -> Cell[object] | None:
        """The value of that name whatever its kind."""
        field = self.field(name, line)
        return None if field is None else Cell(self.index, self.type, name, field.value, field, line)

    def column(self, name: str) -> list[Cell[Decimal]]:
        """The numbers of one column, top to bottom, lines without one left out."""
        return [cell for line in range(len(self.lines)) if (cell := self.number(name, line)) is not None]

    def place(self, name: str | None = None) -> Evidence:
        """Where a value of that name ought to stand: the paper's first page, as a missing value has no box."""
        return Evidence(file=self.file, page=self.page, document=self.type, field=name)

    @property
    def by_eye(self) -> bool:
        """Whether anything on it was read from a picture: then what is not there may be there and unread."""
        scopes = (self.fields, *self.lines)
        return any(field.reader in BY_EYE for scope in scopes for field in scope.present().values())

    @property
    def title(self) -> str:
        """What a message calls it: "invoice A-18", or the file where it has no number."""
        number = self.text("number")
        return f"{TITLES[self.type]} {number.value if number else self.file}"


@dataclass(frozen=True, slots=True)
class Papers:
    """All papers of a shipment; the draft, where there is one, is the last."""

    all: tuple[Paper, ...]

    @property
    def listed(self) -> list[Paper]:
        """The papers that a declaration names beside it: read ones of a known type, each once."""
        return [paper for paper in self.all if paper.index >= 0 and paper.type not in ("other", TWIN)]

    def of(self, *types: str) -> list[Paper]:
        """The papers of these types, in the order of the types, then of the shipment."""
        return [paper for wanted in types for paper in self.all if paper.type == wanted]

    def at(self, index: int) -> Paper:
        """The paper of that index; raises `StopIteration` for one that is not there, which is a fault of ours."""
        if 0 <= index < len(self.all) and self.all[index].index == index:  # read papers stand first, in their order
            return self.all[index]
        return next(paper for paper in self.all if paper.index == index)

    def numbers(self, name: str, *types: str) -> list[Cell[Decimal]]:
        return [cell for paper in self.of(*types) if (cell := paper.number(name)) is not None]

    def texts(self, name: str, *types: str) -> list[Cell[str]]:
        return [cell for paper in self.of(*types) if (cell := paper.text(name)) is not None]

    def parties(self, name: str, *types: str) -> list[Cell[Party]]:
        return [cell for paper in self.of(*types) if (cell := paper.party(name)) is not None]

    def cells(self) -> Iterator[Cell[object]]:
        """Every value of every paper."""
        for paper in self.all:
            for line in (None, *range(len(paper.lines))):
                names = (paper.fields if line is None else paper.lines[line]).present()
                yield from (cell for name in names if (cell := paper.any(name, line)) is not None)


def is_read(paper: Paper, line: int) -> bool:
    """Whether a row was read as one of goods: each has a description, and one without is asked for before all else."""
    return paper.field("description", line) is not None


def papers_of(documents: Sequence[Document], twins: Mapping[int, int] = MappingProxyType({})) -> list[Paper]:
    """The view of read documents, in their order; `twins` are those that repeat another, by both indices."""
    return [
        Paper(
            index,
            TWIN if index in twins else document.type,
            str(document.parts[0].file),
            document.fields,
            tuple(document.lines),
            document.form,
            document.language,
            document.page_marks,
            document.complete_by,
            next(iter(document.parts[0].pages), None),
            sum(len(part.pages) for part in document.parts),
            twins.get(index),
        )
        for index, document in enumerate(documents)
    ]
