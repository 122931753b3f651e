"""An old case judged once more by the program of today, beside what was found then. Nothing of it is filed.

The day, the papers, the lists and the decisions are those of the record; the program, its settings and what it knows of
earlier shipments are today's. Under the rules of the record nothing may differ.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from archive.claims import StandingClaims
from flows.isolation import OnPage
from flows.logs import about
from flows.plain import judged, latest
from flows.rules import rules_under
from flows.workshop import Workshop
from schemas.decisions import keys_of
from schemas.documents import Document
from schemas.results import ShipmentResult

_ANY: TypeAdapter[object] = TypeAdapter(object)


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands at a place of the result, as JSON; None where nothing does."""

    where: str
    then: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Replay:
    """`rules_then` and `rules_now` name all that decides an outcome beside papers, lists and decisions."""

    then: ShipmentResult
    now: ShipmentResult
    rules_then: str
    rules_now: str
    differences: tuple[Difference, ...]


def replay(reference: str, revision: int | None, workshop: Workshop, on_page: OnPage) -> Replay:
    """The revision judged anew, by default the latest; raises `NoSuchShipmentError`."""
    then = latest(reference, workshop, revision)
    intake = workshop.archive.intake(then.broker, then.reference, then.revision)
    asking = replace(workshop, claims=StandingClaims(workshop.claims.store))
    with about(intake.broker, intake.reference, intake.revision):
        now = judged(intake, asking, on_page)
    rules = rules_under(workshop.settings, intake.lists)
    return Replay(then, now, intake.rules, rules, tuple(differences(then, now)))


def differences(then: ShipmentResult, now: ShipmentResult) -> Iterator[Difference]:
    """By place: what decides about the goods, without confidences and boxes, which move with every version."""
    before, after = _places(then), _places(now)
    for where in dict.fromkeys((*before, *after)):
        if before.get(where) != after.get(where):
            yield Difference(where, before.get(where), after.get(where))


def _places(result: ShipmentResult) -> Mapping[str, str]:
    told: dict[str, object] = {"/status": result.status}
    for at, document in enumerate(result.documents):
        told |= {f"/documents/{at}{where}": value for where, value in _document(document)}
    for key, finding in zip(keys_of(result.findings), result.findings, strict=True):
        told[f"/findings/{finding.code} {key}"] = f"{finding.severity}: {finding.message}"
    if result.declaration is not None:
        values = result.declaration.model_dump(mode="json", exclude={"sources"})
        told |= {f"/declaration/{name}": value for name, value in values.items()}
    return {where: json.dumps(value, ensure_ascii=False) for where, value in told.items()}


def _document(document: Document) -> Iterator[tuple[str, object]]:
    yield "/type", document.type
    for name, field in document.fields.present().items():
        yield f"/fields/{name}", _plain(field.value)
    for at, line in enumerate(document.lines):
        for name, field in line.present().items():
            yield f"/lines/{at}/{name}", _plain(field.value)


def _plain(value: object) -> object:
    return _ANY.dump_python(value, mode="json")
