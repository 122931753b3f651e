"""The truth of one generated shipment, in the form of a truth file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import ConfigDict, JsonValue

from schemas.values import Frozen

Page = tuple[str, int]
"""A file's name, and the 1-based page in it."""


class Expected(Frozen):
    """A planted mismatch. `line` is the invoice's, `lines` each document's, both from 1."""

    model_config = ConfigDict(extra="ignore")

    code: str
    line: int | None = None
    lines: Mapping[str, int] = {}

    @property
    def at_lines(self) -> set[int]:
        return {*self.lines.values()} | ({self.line} if self.line is not None else set())


class PrintedPart(Frozen):
    """Pages of one file."""

    file: str
    pages: tuple[int, ...]


class Printed(Frozen):
    """One paper and what is printed on it."""

    model_config = ConfigDict(extra="ignore")

    type: str
    form: str | None = None
    parts: tuple[PrintedPart, ...]
    fields: Mapping[str, JsonValue]
    lines: tuple[Mapping[str, JsonValue], ...] = ()

    @property
    def pages(self) -> frozenset[Page]:
        return frozenset((part.file, page) for part in self.parts for page in part.pages)

    def as_table(self) -> dict[str, object]:
        """As the judging of values takes it."""
        return self.model_dump(mode="json")


class Day(Frozen):
    """Of the attributes only the day of judgement."""

    model_config = ConfigDict(extra="ignore")

    as_of: dt.date


class Truth(Frozen):
    """All that is printed, what must be found, and what should be declared."""

    model_config = ConfigDict(extra="ignore")

    id: str
    attributes: Day
    documents: tuple[Printed, ...]
    expected_findings: tuple[Expected, ...] = ()
    acceptable_findings: tuple[str, ...] = ()
    status: Literal["clear", "held"]
    declaration: Mapping[str, JsonValue]
    declaration_disputed: frozenset[str] = frozenset()

    @property
    def pages(self) -> int:
        return sum(len(paper.pages) for paper in self.documents)

    def papers(self) -> Iterator[Printed]:
        """Those that matter to a declaration."""
        return (paper for paper in self.documents if paper.type != "other")
