"""Verdicts of the second look brought into the papers. Each returns new papers; nothing else in them changes.

No value enters into force that a single reading supports, and none is surer than values of its evidence have proved:
what the second look confirms counts as confirmed by a second engine after a difference, not as agreed at first sight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from pydantic import ValidationError

from extractors.calibration import Calibration
from extractors.calibration.applying import Subject, qualities_of
from extractors.calibration.traits import Evidence
from extractors.fieldmaking import MOST_ALTERNATIVES
from extractors.rereading.verdicts import Verdict, field_of
from schemas.declarations import FieldRef
from schemas.documents import AnyField, Document, FieldSet
from schemas.pages import Page

_EVIDENCE: Final[Evidence] = "confirmed"
"""Of 275 values confirmed at the second look 273 were right, 0.993: what the table says of all that is confirmed."""


def supported(
    documents: Sequence[Document], verdicts: Iterable[Verdict], pages: Iterable[Page], table: Calibration
) -> tuple[Document, ...]:
    """The papers with the second look's witnesses, and with what else it saw as readings left open."""
    qualities, papers = qualities_of(pages), list(documents)
    for one in verdicts:
        document = papers[one.ref.document]
        field = field_of(document, one.ref)
        if field is not None:
            witnesses = [*field.witnesses, *([f"reader:{one.witness}"] if one.witness else [])]
            is_new = one.witness is not None and not field_is_agreed(field)
            earned = _earned(Subject(document, qualities), one.ref, field, table) if is_new else 0.0
            others = [*_left_open(field, one.refuted), *((read.value, read.text) for read in one.others)]
            merged = _Merged(field.value, field.text, max(field.confidence, earned), witnesses, others)
            papers[one.ref.document] = merged.into(document, one.ref, field)
    return tuple(papers)


def taken(
    documents: Sequence[Document], verdict: Verdict, pages: Iterable[Page], table: Calibration
) -> tuple[Document, ...]:
    """The papers with the value on which both engines settle in force; the former one is left open."""
    papers, ref, read = list(documents), verdict.ref, verdict.instead
    document = papers[ref.document]
    field = field_of(document, ref)
    if field is not None and read is not None:
        sure = _earned(Subject(document, qualities_of(pages)), ref, field, table)
        second = "tesseract" if field.reader == "rapidocr" else "rapidocr"
        others = [(field.value, field.text), *_left_open(field)]
        merged = _Merged(read.value, read.text, sure, [f"reader:{second}"], others)
        papers[ref.document] = merged.into(document, ref, field)
    return tuple(papers)


def field_is_agreed(field: AnyField) -> bool:
    """Whether both engines read it alike before: a third look at the same print makes it no surer."""
    return any(witness.startswith("reader:") for witness in field.witnesses)


def _earned(subject: Subject, ref: FieldRef, field: AnyField, table: Calibration) -> float:
    """What values of this kind, in like places, have proved when a second engine confirmed them late.

    A class may have too few of them to speak for itself; what both engines agree on at first sight is then the bound.
    """
    traits = subject.traits(ref.field, field, ref.line)
    classes: tuple[Evidence, ...] = (_EVIDENCE, "agreed")
    return round(min(table.confidence(replace(traits, evidence=one)) for one in classes), 5)


def _left_open(field: AnyField, refuted: frozenset[object] = frozenset()) -> list[tuple[object, str]]:
    return [(other.value, other.text) for other in field.alternatives if other.value not in refuted]


@dataclass(frozen=True, slots=True)
class _Merged:
    """What a field is to say: `others` are values left open with their print, which share what certainty is left."""

    value: object
    text: str
    confidence: float
    witnesses: Sequence[str]
    others: Sequence[tuple[object, str]]

    def into(self, document: Document, ref: FieldRef, field: AnyField) -> Document:
        """The document with it, or as it was where this cannot be a value of the field."""
        told: dict[str, object] = {name: getattr(field, name) for name in type(field).model_fields}
        told |= {
            "value": self.value,
            "text": self.text,
            "confidence": self.confidence,
            "witnesses": tuple(dict.fromkeys(self.witnesses)),
            "alternatives": self._alternatives(),
        }
        try:
            return _with_field(document, ref, told)
        except ValidationError:
            return document

    def _alternatives(self) -> tuple[dict[str, object], ...]:
        texts: dict[object, str] = {}
        for value, text in self.others:
            if value != self.value:
                texts.setdefault(value, text)
        kept = list(texts.items())[:MOST_ALTERNATIVES]
        share = round((1.0 - self.confidence) / max(1, len(kept)), 4)
        return tuple({"value": value, "text": text, "confidence": share} for value, text in kept)


def _with_field(document: Document, ref: FieldRef, told: Mapping[str, object]) -> Document:
    """Checked anew; raises `ValidationError`."""
    if ref.line is None:
        return document.model_copy(update={"fields": _changed(document.fields, ref.field, told)})
    lines = list(document.lines)
    lines[ref.line] = _changed(lines[ref.line], ref.field, told)
    return document.model_copy(update={"lines": tuple(lines)})


F = TypeVar("F", bound=FieldSet)


def _changed(fields: F, name: str, told: Mapping[str, object]) -> F:
    return type(fields).model_validate({**fields.present(), name: dict(told)})
