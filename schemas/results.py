"""The result of clearing one shipment, and the record of what was received."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Literal

from pydantic import SerializerFunctionWrapHandler, model_serializer

from schemas.assignments import PageAssignment
from schemas.decisions import FindingDecision
from schemas.declarations import Declaration
from schemas.documents import Document
from schemas.findings import Finding
from schemas.pages import Notice
from schemas.reference import ListVersion
from schemas.values import Frozen, Sha256

Status = Literal["clear", "held", "rejected"]


class Missing(Frozen):
    """A data element that a format needs and nothing gives, and where to set it."""

    element: str
    name: str
    where_to_set: str


class Export(Frozen):
    """Whether a declaration format can be written, and what it still lacks."""

    format: str
    ready: bool
    missing: tuple[Missing, ...] = ()


class ShipmentResult(Frozen):
    """What `clear` prints and the archive stores. `declaration` is None only when rejected."""

    broker: str
    reference: str
    revision: int
    as_of: dt.date
    status: Status
    documents: tuple[Document, ...] = ()
    findings: tuple[Finding, ...] = ()
    declaration: Declaration | None = None
    exports: tuple[Export, ...] = ()

    def to_json(self, *, indent: int | None = None) -> str:
        """The contract's JSON form: fields not on the paper are left out, values not declared stay as null."""
        return self.model_dump_json(indent=indent, by_alias=True)


class IntakeFile(Frozen):
    """One received file: the sender's name, the digest of its bytes, and what it is.

    `dropped_at` (UTC) is when it came to lie in the inbox; None where it came another way.
    """

    file: str
    sha256: Sha256
    media_type: str
    size: int
    dropped_at: dt.datetime | None = None


class Submission(Frozen):
    """What was handed in for one shipment: which papers, by whom, judged at which day under which rules.

    `rules` names the version of everything that decides the outcome: program, tables, settings, loaded lists. `lists`
    are those, of the day of judgement: a list loaded while the papers are read changes nothing. `left_out` says what
    stood beside the papers and was not taken, and why. `decisions` are those that people took on earlier revisions,
    `assignments` what they said there of which pages are which paper.
    `hints` is how many entries the broker's log of hints had: it is judged with those, whatever is learned later.
    """

    broker: str
    reference: str
    as_of: dt.date
    rules: str
    received_by: str
    files: tuple[IntakeFile, ...]
    lists: tuple[ListVersion, ...] = ()
    left_out: tuple[Notice, ...] = ()
    decisions: tuple[FindingDecision, ...] = ()
    assignments: tuple[PageAssignment, ...] = ()
    hints: int = 0

    @model_serializer(mode="wrap")
    def _without_what_is_not_there(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        """As it was written before there were assignments and hints: a worker of an older version reads it too."""
        unsaid = {name for name in ("assignments", "hints") if not getattr(self, name)}
        return {name: value for name, value in handler(self).items() if name not in unsaid}

    @property
    def identity(self) -> str:
        """A digest, equal for submissions that must give one result, whoever sends them and in whatever order.

        It covers broker, reference, the set of (file name, digest), `as_of`, `rules`, decisions and assignments.
        """
        if self.assignments:
            return _digest([self._papers, sorted(self._decided), sorted(self._assigned)])
        return _digest([self._papers, sorted(self._decided)]) if self.decisions else self.undecided_identity

    @property
    def undecided_identity(self) -> str:
        """The identity of the same papers before any decision and assignment."""
        return _digest(self._papers)

    @property
    def _papers(self) -> list[object]:
        papers = sorted({(file.file, file.sha256) for file in self.files})
        return [self.broker, self.reference, self.as_of.isoformat(), self.rules, papers]

    @property
    def _decided(self) -> set[str]:
        return {one.model_dump_json() for one in self.decisions}

    @property
    def _assigned(self) -> set[str]:
        return {one.model_dump_json() for one in self.assignments}

    def answers(self, other: Submission) -> bool:
        """Whether its result may stand for the other's: the same papers, with all that people said there, or more.

        Of two people who decide at once one may begin later and know less; the revision that knows both counts.
        """
        knows = self._decided >= other._decided and self._assigned >= other._assigned
        return knows and self.undecided_identity == other.undecided_identity


def _digest(told: list[object]) -> str:
    return hashlib.sha256(json.dumps(told).encode("ascii")).hexdigest()


class Intake(Submission):
    """A submission with the revision it was given and when it was received (UTC)."""

    revision: int
    received_at: dt.datetime
