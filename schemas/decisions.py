"""What a person settled about a finding, as the archive keeps it, and how a finding is named."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import JsonValue, SerializerFunctionWrapHandler, model_serializer

from schemas.findings import Decision, Evidence, Finding
from schemas.values import Frozen, Sha256

Role = Literal["clerk", "supervisor"]
Waiver = Literal["not_material", "explained_by_shipper", "accepted_by_customs", "not_this_party", "proof_held", "other"]
"""Coded reasons of a waiver; `other` needs words behind it."""

_LENGTH = 10


class SettledValue(Frozen):
    """One value that a person confirmed or gave, and the place it is for.

    `document` is the paper's type, `line` is 0-based. `anchor` names the field whose `box` or `locator` proves that the
    place is still the one that the person saw: the field itself, or, where the paper does not give it, another of its
    line. In the draft declaration, which is no paper, `locator` is the JSON pointer. `value` has the field's JSON form.
    """

    document: str
    sha256: Sha256 | None = None
    page: int | None = None
    field: str
    line: int | None = None
    anchor: str | None = None
    box: tuple[float, float, float, float] | None = None
    locator: str | None = None
    value: JsonValue


class FindingDecision(Frozen):
    """One decision: the `number`th about the findings of `revision`. `finding` is the finding as the person saw it.

    `position` is where it stood in that result, counted from 1; a settled finding keeps it. `role` is what the person
    may decide as. `confirmed_by` is the second person where one was needed.
    """

    revision: int
    number: int
    key: str
    position: int
    finding: Finding
    decision: Decision
    role: Role = "clerk"
    values: tuple[SettledValue, ...] = ()
    confirmed_by: str | None = None

    @model_serializer(mode="wrap")
    def _without_unconfirmed(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        """As it was written before there was a second person: the identity of a submission covers the text."""
        return {name: value for name, value in handler(self).items() if name != "confirmed_by" or value is not None}

    def says_the_same(self, other: FindingDecision) -> bool:
        """Whether both are one decision told twice: all but when and as which it was recorded."""
        return _told(self) == _told(other)

    @property
    def may_settle(self) -> bool:
        """An error is settled by a correction or a supervisor, a warning by any clerk (contract: findings)."""
        needs_supervisor = self.finding.severity == "error" and self.decision.action in ("accept", "waive")
        return self.decision.action != "request" and (self.role == "supervisor" or not needs_supervisor)


def _told(one: FindingDecision) -> tuple[object, ...]:
    decision = one.decision
    values = tuple(value.model_dump_json() for value in one.values)
    return one.key, decision.action, decision.by, decision.reason, decision.value, one.role, values


def in_force(decisions: Iterable[FindingDecision]) -> dict[str, FindingDecision]:
    """The decision that counts for each finding's key: the last one, which was taken knowing those before it."""
    ordered = sorted(decisions, key=lambda one: (one.revision, one.number))
    return {one.key: one for one in ordered}


def keys_of(findings: Sequence[Finding]) -> tuple[str, ...]:
    """A name for each, equal for equal findings in whatever order they stand.

    It covers code, severity and what the evidence says where; a finding that shows no value is known by its message
    too, and so are those that show the same.
    """
    stems = [_digest(_shown(one)) for one in findings]
    times = Counter(stems)
    return tuple(
        stem if times[stem] == 1 else f"{stem}-{_digest(one.message)}"
        for stem, one in zip(stems, findings, strict=True)
    )


def _shown(finding: Finding) -> object:
    places = sorted(json.dumps(_place(one)) for one in finding.evidence)
    message = None if any(one.value is not None for one in finding.evidence) else finding.message
    return [finding.code, finding.severity, places, message]


def _place(one: Evidence) -> list[str | int | None]:
    return [one.document, one.file, one.page, one.field, one.line, one.value]


def _digest(told: object) -> str:
    return hashlib.sha256(json.dumps(told).encode("ascii")).hexdigest()[:_LENGTH]
