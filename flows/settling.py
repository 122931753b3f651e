"""Which values of the papers a decision is about: those that a finding names, and those that are in force."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from extractors.rereading import field_of
from flows.allowed_codes import refusal
from flows.errors import WrongDecisionError
from schemas.decisions import SettledValue
from schemas.declarations import FieldRef
from schemas.documents import AnyField, Document, FieldSet
from schemas.findings import Evidence, Finding
from schemas.shipments import Reconciled
from validators import value_for

DRAFT: Final = "draft_declaration"
_POINTER: Final = re.compile(r" \((/[^()]*)\)$")
"""Behind a value of the draft stands where it is."""
_PAIR: Final = 2


def values_in_force(reconciled: Reconciled, pointers: Iterable[str], finding: Finding) -> tuple[SettledValue, ...]:
    """The values that stand for the declared values in question; and the finding's own, where it shows one only."""
    refs = [ref for pointer in pointers if (found := reconciled.standings.get(pointer)) for ref in found.fields]
    if len(finding.evidence) == 1 and finding.evidence[0].document != DRAFT:
        own = _ref(finding.evidence[0], reconciled.documents)
        refs += [own] if own is not None else []
    stated = [_stated(ref, reconciled.documents) for ref in dict.fromkeys(refs)]
    return tuple(one for one in stated if one is not None)


def corrected(finding: Finding, value: str, place: int | None, documents: Sequence[Document]) -> list[SettledValue]:
    """The value for each place it is for; raises `WrongDecisionError` that says which places there are, or values."""
    return [_allowed(_corrected(one, value, documents), value) for one in _meant(finding, place)]


def place_of(one: Evidence, documents: Sequence[Document]) -> FieldRef | str | None:
    """The field that a correction of this place would be for; of the draft, its pointer. None where there is none."""
    if one.document == DRAFT:
        pointer = _POINTER.search(one.value or "")
        return None if pointer is None else pointer.group(1)
    return _ref(one, documents)


def _meant(finding: Finding, place: int | None) -> Sequence[Evidence]:
    """The place named; else the one that is suggested, the only one, or the two whose values ought to be one."""
    places = finding.evidence
    if place is not None:
        if not 1 <= place <= len(places):
            raise WrongDecisionError(f"the finding has no place {place}. {_listed(places)}")
        return places[place - 1 : place]
    if found := unnamed_places(finding):
        return found
    raise WrongDecisionError(
        f"the finding rests on several values: say with --place which one it is. {_listed(places)}"
    )


def unnamed_places(finding: Finding) -> Sequence[Evidence]:
    """The places that a correction is for which names none; empty where it has to name one."""
    places, hint = finding.evidence, finding.suggestion
    if hint is not None:
        told = (hint.document, hint.field, hint.line)
        suggested = [one for one in places if (one.document, one.field, one.line) == told]
        if suggested:
            return suggested[:1]
    alike = len({one.line is None for one in places}) == 1
    is_one = len(places) == 1 or (len(places) == _PAIR and finding.code.endswith("_mismatch") and alike)
    return places if is_one else ()


def _listed(places: Sequence[Evidence]) -> str:
    told = (
        f"{n} {(one.field or '').replace('_', ' ')}{f' line {one.line}' if one.line else ''} of {one.file or '?'}"
        f"{f' ({one.value})' if one.value is not None else ''}"
        for n, one in enumerate(places, 1)
    )
    return f"Its places are: {'; '.join(told)}" if places else "It names no place: get the paper, or waive it"


def _corrected(one: Evidence, text: str, documents: Sequence[Document]) -> SettledValue:
    if one.document == DRAFT:
        pointer = _POINTER.search(one.value or "")
        if pointer is None:
            raise WrongDecisionError("the draft has no such value: correct the draft itself and clear it anew")
        return SettledValue(document=DRAFT, field=one.field or "", locator=pointer.group(1), value=text)
    ref = _ref(one, documents)
    if ref is None:
        raise WrongDecisionError(
            f"no value of {one.file or 'a paper'} can be corrected there: get the paper, or choose another place"
        )
    empty = _placed(ref, documents[ref.document], one, text)
    value = value_for(_fields(documents[ref.document], ref.line), empty, text)
    if value is None:
        name = ref.field.replace("_", " ")
        raise WrongDecisionError(f"{text!r} can be no {name}: give numbers plainly (1234.50), dates as 2026-04-30")
    return empty.model_copy(update={"value": value})


def _allowed(settled: SettledValue, text: str) -> SettledValue:
    """The draft is known by its pointers: "/items/0/origin" is an origin as that of a paper is."""
    name = (settled.locator or "").rpartition("/")[2] if settled.document == DRAFT else settled.field
    if (why := refusal(name, text)) is not None:
        raise WrongDecisionError(why)
    return settled


def _ref(one: Evidence, documents: Sequence[Document]) -> FieldRef | None:
    """The field that the evidence names, whether or not the paper has it; None where that is not certain."""
    line = None if one.line is None else one.line - 1
    refs = [FieldRef(document=n, field=one.field or "", line=line) for n in _papers(one, documents, line)]
    there = [ref for ref in refs if (found := field_of(documents[ref.document], ref)) and found.box == one.box]
    chosen = there if one.box is not None else refs
    return chosen[0] if len(chosen) == 1 else None


def _papers(one: Evidence, documents: Sequence[Document], line: int | None) -> Iterator[int]:
    for n, document in enumerate(documents):
        pages = [part.pages for part in document.parts if part.file == one.file]
        here = any(one.page is None or not own or one.page in own for own in pages)
        if (
            not here
            or one.document not in (document.type, "twin")
            or (line is not None and line >= len(document.lines))
        ):
            continue
        if (one.field or "") in type(_fields(document, line)).model_fields:
            yield n


def _fields(document: Document, line: int | None) -> FieldSet:
    return document.fields if line is None else document.lines[line]


def _stated(ref: FieldRef, documents: Sequence[Document]) -> SettledValue | None:
    document = documents[ref.document]
    own = field_of(document, ref)
    if own is None:
        return None
    place = Evidence(file=own.file, page=own.page)
    return _placed(ref, document, place, own.model_dump(mode="json")["value"])


def _placed(ref: FieldRef, document: Document, place: Evidence, value: str) -> SettledValue:
    """The place of the field, anchored where the paper prints it, else at what its line prints first."""
    fields = _fields(document, ref.line)
    anchor = ref.field if _is_printed(fields.get(ref.field)) else None
    if anchor is None and ref.line is not None:
        anchor = next((name for name, field in fields.present().items() if _is_printed(field)), None)
    held = fields.get(anchor) if anchor is not None else None
    file = held.file if held is not None and held.file is not None else place.file
    part = next((one for one in document.parts if one.file == file), document.parts[0])
    return SettledValue(
        document=document.type,
        sha256=part.sha256,
        page=held.page if held is not None else place.page,
        field=ref.field,
        line=ref.line,
        anchor=anchor,
        box=held.box if held is not None else None,
        locator=held.locator if held is not None else None,
        value=value,
    )


def _is_printed(field: AnyField | None) -> bool:
    return field is not None and not (field.reader == "person" and field.box is None and field.locator is None)
