"""Where a decided value belongs, and the papers with it there: only ever at the place that the person saw."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeVar

from pydantic import JsonValue, ValidationError

from schemas.decisions import FindingDecision, SettledValue
from schemas.documents import AnyField, Document, FieldSet
from schemas.geometry import Box
from schemas.shipments import Shipment

Place = tuple[int, int | None, str]
"""Index of the document, 0-based line or None, name of the field."""

_MEETING: Final = 0.5
"""Share of the smaller box that both cover where they are one place: a reader's boxes move by a few points."""
_Fields = TypeVar("_Fields", bound=FieldSet)


def placed(value: SettledValue, documents: Sequence[Document]) -> Place | None:
    """The one place that the value is for; None where it is not there, or where there is more than one."""
    found = [n for n, document in enumerate(documents) if _is_on(value, document)]
    return (found[0], value.line, value.field) if len(found) == 1 else None


def _is_on(value: SettledValue, document: Document) -> bool:
    stands = document.type == value.document and any(
        part.sha256 == value.sha256 and (value.page is None or not part.pages or value.page in part.pages)
        for part in document.parts
    )
    if not stands or (value.line is not None and value.line >= len(document.lines)):
        return False
    fields = document.fields if value.line is None else document.lines[value.line]
    if value.field not in type(fields).model_fields:
        return False
    return _is_anchored(value, fields)


def _is_anchored(value: SettledValue, fields: FieldSet) -> bool:
    """Whether the line, or the value itself, is still where it was seen.

    A value that was on no paper goes where there is still none, or its own.
    """
    own = fields.get(value.field)
    if value.anchor != value.field and own is not None and not _is_given(own):
        return False
    if value.anchor is None:
        return True
    anchor = fields.get(value.anchor)
    if anchor is None:
        return False
    if value.box is None or anchor.place is None:
        return value.locator == anchor.locator and (value.box is None) == (anchor.place is None)
    return _is_one_place(Box(*value.box), anchor.place)


def _is_given(field: AnyField) -> bool:
    """A value that no paper gives: a person did."""
    return field.reader == "person" and field.place is None and field.locator is None


def _is_one_place(one: Box, other: Box) -> bool:
    smaller = min(one.area, other.area)
    return one == other or (smaller > 0 and one.intersection(other) >= _MEETING * smaller)


def with_values(shipment: Shipment, told: FindingDecision) -> Shipment:
    """The shipment with each value of the decision that finds its place; its witness is the person."""
    documents, draft = list(shipment.documents), shipment.draft
    for value in told.values:
        if value.sha256 is None:
            draft = None if draft is None else _with_draft_value(draft, value)
        elif (place := placed(value, documents)) is not None:
            documents[place[0]] = _with_value(documents[place[0]], value, f"person:{told.decision.by}")
    return shipment.model_copy(update={"documents": tuple(documents), "draft": draft})


def _with_value(document: Document, value: SettledValue, witness: str) -> Document:
    if value.line is None:
        fields = decided_field(document.fields, value, witness)
        return document.model_copy(update={"fields": fields})
    lines = list(document.lines)
    lines[value.line] = decided_field(lines[value.line], value, witness)
    return document.model_copy(update={"lines": tuple(lines)})


def decided_field(fields: _Fields, value: SettledValue, witness: str) -> _Fields:
    """The same with this value, which keeps what was read as another reading.

    Raises `ValidationError` where the field can have no such value.
    """
    own = fields.get(value.field)
    told = {} if own is None else json.loads(own.model_dump_json())
    if own is not None and told["value"] == value.value:
        told = {**told, "witnesses": [*dict.fromkeys((*own.witnesses, witness))]}
    else:
        told = {**_instead(told), "value": value.value, "text": _printed(value.value), "witnesses": [witness]}
    decided = {**told, "confidence": 1.0, "proposed": False} | ({"reader": "person"} if own is None else {})
    everything = {**json.loads(fields.model_dump_json()), value.field: decided}
    return type(fields).model_validate_json(json.dumps(everything))


def _instead(told: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """What was read, as the first of the other readings; nothing was read where there is no field."""
    if not told:
        return {}
    read: JsonValue = {name: told[name] for name in ("value", "text", "confidence")}
    others = told.get("alternatives", [])
    return {**told, "alternatives": [read, *(others if isinstance(others, list) else [])], "reader": "person"}


def _printed(value: JsonValue) -> str:
    return str(value.get("name", "")) if isinstance(value, dict) else str(value)


def json_values(fields: FieldSet, name: str, text: str) -> Iterator[JsonValue]:
    """What a person's text may be for that field: a text, number or date; a party by its name; yes or no."""
    own = fields.get(name)
    known = {} if own is None else json.loads(own.model_dump_json())["value"]
    yield text
    yield {**(known if isinstance(known, dict) else {}), "name": text}
    if text.casefold() in ("yes", "no", "true", "false"):
        yield text.casefold() in ("yes", "true")


def value_for(fields: FieldSet, value: SettledValue, text: str) -> JsonValue | None:
    """The JSON form of the text where the field can have it, None where it cannot."""
    for one in json_values(fields, value.field, text):
        try:
            decided_field(fields, value.model_copy(update={"value": one}), "person:")
        except ValidationError:
            continue
        return one
    return None


def draft_has(draft: Mapping[str, JsonValue], value: SettledValue) -> bool:
    """Whether the draft has the place that the value is for."""
    return _holder(draft, value.locator) is not None


def _with_draft_value(draft: Mapping[str, JsonValue], value: SettledValue) -> Mapping[str, JsonValue]:
    """The draft with the value at its JSON pointer; the same where the draft has no such place."""
    changed: dict[str, JsonValue] = json.loads(json.dumps(draft))
    holder = _holder(changed, value.locator)
    if holder is not None:
        inside, last = holder
        own = inside[last]
        inside[last] = {**own, "name": value.value} if isinstance(own, dict) else value.value
    return changed


def _holder(draft: Mapping[str, JsonValue], pointer: str | None) -> tuple[dict[str, JsonValue], str] | None:
    """The object of the draft that has the pointer's last name, and that name."""
    *path, last = (pointer or "/").split("/")[1:]
    at: JsonValue = dict(draft) if not isinstance(draft, dict) else draft
    for step in path:
        at = _inside(at, step)
    return (at, last) if isinstance(at, dict) and last in at else None


def _inside(at: JsonValue, step: str) -> JsonValue:
    if isinstance(at, list):
        return at[int(step)] if step.isdigit() and int(step) < len(at) else None
    return at.get(step) if isinstance(at, dict) else None
