"""A shipment's papers together: what the validators are given, and what they give back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pydantic import Field as Limit
from pydantic import JsonValue

from schemas.assignments import PageAssignment
from schemas.decisions import FindingDecision
from schemas.declarations import FieldRef
from schemas.documents import Document
from schemas.doubts import Doubt
from schemas.findings import Decision, Finding
from schemas.hints import Hint, HintedReading
from schemas.pages import Notice
from schemas.reference import ListVersion
from schemas.values import Frozen


class Shipment(Frozen):
    """All papers of one shipment as read. `as_of` is the day the declaration would be accepted.

    `draft` is the broker's own draft declaration as parsed JSON, in the form of Declaration with any subset of its
    fields, and `draft_file` the name of the file it came from.
    `lists` are the versions of the loaded lists that it is judged by. `identity` is that of the submission
    (`Submission.undecided_identity`), empty where there was none. `decisions` are what people settled about it before,
    `assignments` what they said of which pages are which paper: `documents` are sorted so.
    `hints` are those of this exporter, `hinted` what they find on these papers: never more than an invitation to look.
    """

    broker: str
    reference: str
    as_of: dt.date
    documents: tuple[Document, ...]
    notices: tuple[Notice, ...] = ()
    draft: Mapping[str, JsonValue] | None = None
    draft_file: str | None = None
    lists: tuple[ListVersion, ...] = ()
    identity: str = ""
    decisions: tuple[FindingDecision, ...] = ()
    assignments: tuple[PageAssignment, ...] = ()
    hints: tuple[Hint, ...] = ()
    hinted: tuple[HintedReading, ...] = ()


class LineRef(Frozen):
    """One line: index of the document in `Shipment.documents`, 0-based line."""

    document: int
    line: int


class GoodsItem(Frozen):
    """The lines of all papers that speak of the same goods. There is one item for each invoice line."""

    invoice: LineRef | None
    packing: tuple[LineRef, ...] = ()
    certificate: tuple[LineRef, ...] = ()


class Standing(Frozen):
    """Which fields one declared value rests on.

    `fields` are the fields in force: the one that states the value, or the several whose sum it is (`summed`).
    `agreeing` are fields of other papers that state the same. `digits` limits a code to the leading digits that have a
    witness; None takes all of them.
    """

    fields: tuple[FieldRef, ...]
    agreeing: tuple[FieldRef, ...] = ()
    summed: bool = False
    digits: int | None = None


class Reconciled(Frozen):
    """The papers solved together.

    `documents` are the shipment's, in the same order, with the witnesses that the other papers and arithmetic give.
    `withheld` are JSON pointers into the declaration (`/gross_mass_kg`, `/items/2/hs_code`, items as in `items`) whose
    value the papers dispute or nothing witnesses: it must not be declared. A pointer covers all below it.
    `standings` say for each pointer that a paper has a value for which fields give it. `twins` are the indices of the
    documents that give another one's page as figures: that one stands for both. `doubts` are places whose reading once
    more could settle what is open, the most telling first.
    """

    documents: tuple[Document, ...]
    items: tuple[GoodsItem, ...] = ()
    findings: tuple[Finding, ...] = ()
    withheld: tuple[str, ...] = ()
    standings: dict[str, Standing] = Limit(default_factory=dict)
    twins: tuple[int, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    questions: dict[str, tuple[str, ...]] = Limit(default_factory=dict)
    decided: dict[str, Decision] = Limit(default_factory=dict)
