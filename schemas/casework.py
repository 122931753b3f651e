"""A case on a clerk's desk: a shipment with its findings, the papers side by side, and what is drafted about it.

What is kept (drafts, comments, claims) are `Frozen` models; what is only shown are frozen dataclasses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from decimal import Decimal
from typing import Final, Literal

from pydantic import SerializerFunctionWrapHandler, model_serializer

from schemas.assignments import AssignedPaper, PageName
from schemas.comparison import Comparison
from schemas.decisions import FindingDecision, Role, SettledValue
from schemas.declarations import Declaration
from schemas.findings import Action, Finding, FindingCode, Severity
from schemas.results import Intake, ShipmentResult, Status
from schemas.values import Frozen

ValueKind = Literal[
    "text", "number", "date", "party", "country", "currency", "incoterm", "incoterm_edition", "unit", "hs_code",
    "yes_or_no", "statement",
]  # fmt: skip
"""What a value of a field must look like; a form offers a list of codes, a calendar, or a line to type in."""
Progress = Literal["open", "proposed", "confirmed", "released"]
"""Of a draft: decisions are taken, or wait for a second person, who has confirmed them, or are released."""


class Person(Frozen):
    """Who works at the desk, and what this person may decide as. `id` goes into records and lasts."""

    id: str
    role: Role = "clerk"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person wants settled how. `place` is which of the finding's places `value` is for, counted from 1."""

    action: Action
    reason: str
    value: str | None = None
    place: int | None = None


class DraftStep(Frozen):
    """One decision taken on a case, with the finding as the person saw it and the values that it gives or confirms.

    `position` is where the finding stood when it was decided, counted from 1. `at` is UTC.
    """

    key: str
    position: int
    finding: Finding
    action: Action
    reason: str
    value: str | None = None
    place: int | None = None
    by: str
    role: Role
    at: dt.datetime
    values: tuple[SettledValue, ...] = ()
    needs_second: bool = False


class AssignmentStep(Frozen):
    """Pages of a case that a person sorted anew: `papers` name every page of their files. `page` is where he was.

    `before` are the decisions of the draft as they stood then: of those that fit no more none is lost. `at` is UTC.
    """

    page: PageName
    papers: tuple[AssignedPaper, ...]
    reason: str
    by: str
    role: Role
    at: dt.datetime
    needs_second: bool = False
    before: tuple[DraftStep, ...] = ()


class Draft(Frozen):
    """What was decided on a case and nobody released yet; the `number`th form of it, each written once.

    `revision` is the one that it was decided on; 0 in `number` says that nothing was written yet. `released_as` is the
    revision that was made of it. `steps` were taken on the pages as `assignments` sort them.
    """

    broker: str
    reference: str
    number: int
    revision: int
    steps: tuple[DraftStep, ...] = ()
    written_by: str = ""
    written_at: dt.datetime | None = None
    proposed_by: str | None = None
    confirmed_by: str | None = None
    released_as: int | None = None
    assignments: tuple[AssignmentStep, ...] = ()

    @model_serializer(mode="wrap")
    def _without_unassigned(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        """As it was written before there were assignments."""
        return {name: value for name, value in handler(self).items() if name != "assignments" or self.assignments}

    @property
    def acts(self) -> tuple[DraftStep | AssignmentStep, ...]:
        """All that people did, in the order in which they did it."""
        return tuple(sorted((*self.assignments, *self.steps), key=lambda one: one.at))

    @property
    def progress(self) -> Progress:
        if self.released_as is not None:
            return "released"
        if self.confirmed_by is not None:
            return "confirmed"
        return "open" if self.proposed_by is None else "proposed"

    def step_on(self, key: str) -> DraftStep | None:
        """The last decision about the finding of that key."""
        return next((one for one in reversed(self.steps) if one.key == key), None)


class CaseComment(Frozen):
    """The `number`th remark about a case, counted from 1, never changed. `at` is UTC."""

    broker: str
    reference: str
    number: int
    by: str
    at: dt.datetime
    text: str


@dataclass(frozen=True, slots=True)
class CaseClaim:
    """Who works on a case until when (UTC). `taken_from` is whoever was put aside by that, None where nobody was."""

    broker: str
    reference: str
    by: str
    since: dt.datetime
    until: dt.datetime
    taken_from: str | None = None


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of a received file. `width` and `height` are in points of the upright page, on which boxes lie.

    `turned` is how many degrees clockwise the stored page was turned to stand upright.
    """

    file: str
    sha256: str
    media_type: str
    number: int
    width: float
    height: float
    turned: int = 0


@dataclass(frozen=True, slots=True)
class CorrectablePlace:
    """One of a finding's places at which a value can be given. `place` counts the finding's evidence from 1.

    `codes` are the only texts that it takes, by code with their name, empty where it takes more than a list.
    """

    place: int
    document: str
    field: str
    line: int | None
    value: str | None
    kind: ValueKind
    codes: Mapping[str, str] = made_by(default_factory=dict)
    is_suggested: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be done about a finding. `role` is who may at least; `places` are for `correct` alone.

    `place_needed` says that a correction must name one of them; `reason_codes` are those that a waiver begins with.
    """

    action: Action
    role: Role
    places: tuple[CorrectablePlace, ...] = ()
    place_needed: bool = False
    reason_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFinding:
    """A finding with its number in the result (counted from 1), its key, and what can be done about it.

    `withholds` are the JSON pointers into the declaration that it holds back. `needs_second` says that a second person
    has to confirm whatever is decided.
    """

    number: int
    key: str
    finding: Finding
    options: tuple[Option, ...] = ()
    withholds: tuple[str, ...] = ()
    needs_second: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A shipment as its latest result stands.

    `pages` are those of the files that were read under the rules of this program; of others nothing is known but the
    file. `waiting` is a later revision that has begun and has no result yet, None where there is none.
    """

    result: ShipmentResult
    intake: Intake
    pages: tuple[CasePage, ...]
    findings: tuple[CaseFinding, ...]
    comparison: Comparison
    decisions: tuple[FindingDecision, ...] = ()
    waiting: int | None = None

    @property
    def broker(self) -> str:
        return self.result.broker

    @property
    def reference(self) -> str:
        return self.result.reference

    @property
    def revision(self) -> int:
        return self.result.revision

    @property
    def open(self) -> tuple[CaseFinding, ...]:
        """Findings that hold."""
        return tuple(one for one in self.findings if one.finding.holds)


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A declared value that a draft changes; None is a value not declared."""

    pointer: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Rechecked:
    """The whole shipment judged with a draft's decisions, of which nothing is filed.

    `settled` held in the result and hold no longer, `arisen` are found now and were not, `holding` hold now. `status`
    is what a release would give; `barriers` say why it may not be released, in words for a clerk.
    """

    draft: Draft
    result: ShipmentResult
    findings: tuple[CaseFinding, ...]
    comparison: Comparison
    settled: tuple[Finding, ...]
    arisen: tuple[CaseFinding, ...]
    holding: tuple[CaseFinding, ...]
    changed: tuple[ChangedValue, ...]
    barriers: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        return self.result.status

    @property
    def declaration(self) -> Declaration | None:
        return self.result.declaration

    @property
    def can_release(self) -> bool:
        return not self.barriers


QUEUE_DAYS: Final = (1, 3, 7)
"""Days of waiting that the queue is filtered by."""
UNKNOWN_WORTH: Final = 0
QUEUE_WORTHS: Final = (10_000, 100_000, 1_000_000, UNKNOWN_WORTH)
"""Worths that the queue is filtered by, in the currency of each: tens, hundreds and thousands of thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What a clerk wants to see of the queue; None asks for nothing. `claimed_by` is a person's id.

    `days` is how many it has waited at least. `worth` is at least that much, `UNKNOWN_WORTH` what nobody can say the
    worth of. `among` are the only shipments (broker, reference) in question, at most 200.
    """

    broker: str | None = None
    code: FindingCode | None = None
    claimed_by: str | None = None
    severity: Literal["error", "warning"] | None = None
    days: int | None = None
    worth: int | None = None
    among: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """Where a case stands in the order of the queue: the next page begins behind it."""

    due: int
    broker: str
    reference: str


@dataclass(frozen=True, slots=True)
class QueuedCase:
    """A held shipment in the queue. `received_at` is when its first papers came, `value` (in `currency`) its worth.

    `codes` are the findings that hold with how many of each.
    """

    broker: str
    reference: str
    revision: int
    received_at: dt.datetime
    severity: Severity
    errors: int
    warnings: int
    codes: Mapping[str, int]
    value: Decimal | None
    currency: str | None
    exporter: str | None
    invoices: tuple[str, ...]
    claim: CaseClaim | None
    place: QueuePlace


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The most urgent cases first. `total` is how many meet the filter."""

    cases: tuple[QueuedCase, ...]
    total: int
    next: QueuePlace | None


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """Held shipments in all, by broker, by the codes that hold in them, and those that somebody works on.

    `by_severity` counts each by its gravest finding; `by_days` and `by_worth` are told as `QueueFilter` asks for them.
    """

    held: int
    by_broker: Mapping[str, int]
    by_code: Mapping[str, int]
    claimed: int
    by_severity: Mapping[str, int]
    by_days: Mapping[int, int]
    by_worth: Mapping[int, int]
