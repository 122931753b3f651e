"""What all papers of a case say of one thing, side by side: shown on the case page, and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.documents import DocumentType

Agreement = Literal["alone", "agrees", "differs", "disputed"]
"""One paper says it; all that say it say the same; they differ within what is allowed; a finding holds about it."""


@dataclass(frozen=True, slots=True)
class TableValue:
    """What one paper says. `document` is its index in the result, `line` is 0-based, `box` in points on `page`.

    `locator` is for papers without pages. `agrees` is whether it says the same as the value in force; `in_force`
    whether the declaration takes it; `shared` whether its line stands for several goods together.
    """

    document: int
    field: str
    line: int | None
    text: str
    printed: str
    file: str | None
    page: int | None
    box: tuple[float, float, float, float] | None
    locator: str | None
    confidence: float
    in_force: bool = False
    agrees: bool = True
    shared: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """One thing that papers say, each paper's value. `name` is a field's name in the contract.

    `pointer` is where the declaration has it, None where nowhere; `declared` is what it has there, `drafted` what the
    broker's draft has, of header values alone. `findings` are the numbers of the findings that point at one of the
    values.
    """

    name: str
    values: tuple[TableValue, ...]
    agreement: Agreement
    pointer: str | None = None
    declared: str | None = None
    drafted: str | None = None
    findings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GoodsTable:
    """The rows of one kind of goods. `item` counts the declared items from 0; None holds lines joined to none."""

    item: int | None
    title: str
    rows: tuple[TableRow, ...]
    lines: tuple[tuple[int, int], ...] = ()

    @property
    def is_loud(self) -> bool:
        return self.item is None or any(row.agreement == "disputed" for row in self.rows)


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A paper of the table. `document` is its index in the result, `pages` are those of its first part.

    A twin gives another paper's page as figures.
    """

    document: int
    type: DocumentType
    form: str | None
    number: str | None
    file: str
    pages: tuple[int, ...]
    is_twin: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    papers: tuple[PaperColumn, ...]
    header: tuple[TableRow, ...]
    goods: tuple[GoodsTable, ...]
