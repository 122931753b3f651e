"""Documents with the readers' figures replaced by calibrated ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from extractors.calibration.columns import Odd, odd_ones, standing_of
from extractors.calibration.table import Calibration
from extractors.calibration.traits import Quality, Traits, evidence_of, kind_of, quality_of
from schemas.documents import AnyField, Document, FieldSet
from schemas.pages import Page

F = TypeVar("F", bound=FieldSet)
Qualities = Mapping[tuple[str | None, int | None], Quality]
"""By file and page."""


def calibrated(documents: Iterable[Document], pages: Iterable[Page], table: Calibration) -> tuple[Document, ...]:
    """The documents, each value with the confidence that the table gives it; what a file gave as figures stays exact.

    A text layer has no misread letters, but its values can be taken from the wrong place as well as others.
    To be called once, before witnesses are added: what other papers and arithmetic say is no part of the table, and is
    counted afterwards.
    """
    qualities = qualities_of(pages)
    return tuple(_of_document(Subject(document, qualities), table) for document in documents)


def qualities_of(pages: Iterable[Page]) -> Qualities:
    return {(page.file, page.number): quality_of(page) for page in pages}


@dataclass(frozen=True)
class Subject:
    """A document whose values are to be told apart, and the quality of the pages it stands on."""

    document: Document
    qualities: Qualities

    @cached_property
    def odd(self) -> Odd:
        return odd_ones(self.document.lines)

    def traits(self, name: str, field: AnyField, line: int | None) -> Traits:
        """Those of one field. Where its page is not known, the page is taken for a poor one."""
        full = f"{self.document.type}.{name}" if line is None else f"{self.document.type}.lines.{name}"
        quality = self.qualities.get((field.file, field.page), "poor")
        standing = standing_of(self.document, name, line, self.odd)
        return Traits(full, kind_of(name), evidence_of(field), quality, standing)


def _of_document(subject: Subject, table: Calibration) -> Document:
    def of(fields: F, line: int | None) -> F:
        update = {
            name: _with_confidence(field, table.confidence(subject.traits(name, field, line)))
            for name, field in fields.present().items()
            if field.reader != "structured" and not field.proposed
        }
        return fields.model_copy(update=update) if update else fields

    document = subject.document
    lines = tuple(of(line, at) for at, line in enumerate(document.lines))
    return document.model_copy(update={"fields": of(document.fields, None), "lines": lines})


def _with_confidence(field: AnyField, confidence: float) -> AnyField:
    """What the value's own reading leaves is shared by the other readings, in the proportions that they had."""
    left = 1.0 - confidence
    had = sum(other.confidence for other in field.alternatives)
    others = [
        other.model_copy(update={"confidence": round(left * other.confidence / had if had else 0.0, 4)})
        for other in field.alternatives
    ]
    return field.model_copy(update={"confidence": round(confidence, 5), "alternatives": tuple(others)})
