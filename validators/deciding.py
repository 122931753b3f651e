"""What people settled, brought into the papers: values they gave or confirmed, findings that no longer hold.

A decision is tied to what the person saw. A value goes only to the place that was decided on, a finding is settled only
where it stands with the same evidence, and a declared value in dispute is released only where the decision names the
value in force. What fits nowhere any more is told, never dropped and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from schemas.decisions import FindingDecision, in_force, keys_of
from schemas.findings import Decision, Finding, FindingCode
from schemas.shipments import Reconciled, Shipment, Standing
from validators.placing import Place, draft_has, placed, with_values
from validators.standing import MUST_BE_WITNESSED

FORGOABLE: Final[frozenset[FindingCode]] = frozenset({
    "certificate_missing", "certificate_expired", "certificate_reference", "certificate_coverage", "origin_criterion",
})  # fmt: skip
"""Findings about the proof of a preference, which need none of it where the normal rate is declared."""
NEEDED: Final = (
    *sorted(MUST_BE_WITNESSED), "/items", "/exporter", "/importer", "/incoterm_place", "/supporting_documents",
)  # fmt: skip
"""Declared values, and all below them, without which no declaration is clear."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The shipment with the values that people gave or confirmed, and by which decision each stands where it does."""

    shipment: Shipment
    decisions: Mapping[str, FindingDecision]
    by_place: Mapping[Place, tuple[FindingDecision, ...]]

    def naming(self, standing: Standing | None) -> list[FindingDecision]:
        """The decisions that name the declared value; of a sum, those that name all its fields."""
        fields = standing.fields if standing is not None else ()
        named = [self.by_place.get((ref.document, ref.line, ref.field), ()) for ref in fields]
        return [one for one in named[0] if all(one in other for other in named)] if named else []


def settled(shipment: Shipment) -> Settled:
    """The papers and the draft with every value of the decisions in force that still finds its place."""
    decisions = in_force(shipment.decisions)
    by_place: dict[Place, tuple[FindingDecision, ...]] = {}
    for one in sorted(decisions.values(), key=lambda told: (told.revision, told.number)):
        if one.may_settle and one.decision.action in ("accept", "correct"):
            shipment = with_values(shipment, one)
            _note(one, shipment, by_place)
    return Settled(shipment, decisions, by_place)


def _note(told: FindingDecision, shipment: Shipment, by_place: dict[Place, tuple[FindingDecision, ...]]) -> None:
    """Of several decisions about one place those stand that gave the value of the last."""
    for value in told.values:
        place = placed(value, shipment.documents)
        if place is not None:
            alike = [one for one in by_place.get(place, ()) if value.value in [other.value for other in one.values]]
            by_place[place] = (*alike, told)


@dataclass(frozen=True, slots=True)
class Question:
    """A finding and the declared values that it withholds."""

    finding: Finding
    pointers: tuple[str, ...]


def answered(
    questions: Sequence[Question], given: Settled, standings: Mapping[str, Standing]
) -> tuple[list[Question], dict[str, tuple[str, ...]]]:
    """The questions as the decisions leave them, and what each withheld before, by the finding's key."""
    keys = keys_of([one.finding for one in questions])
    told = [
        _answered(one, given.decisions.get(key), given, standings) for one, key in zip(questions, keys, strict=True)
    ]
    return told, {key: one.pointers for key, one in zip(keys, questions, strict=True)}


def _answered(
    question: Question, told: FindingDecision | None, given: Settled, standings: Mapping[str, Standing]
) -> Question:
    if told is None or told.decision.action == "correct" or not _is_what_was_seen(question.finding, told):
        return question  # A corrected finding that is still found was not settled by the value.
    decided = Question(question.finding.model_copy(update={"decision": told.decision}), question.pointers)
    if told.decision.action == "request":
        return decided
    kept = tuple(one for one in question.pointers if not _releases(told, one, given, standings))
    open_still = any(pointer.startswith(NEEDED) for pointer in kept)
    return question if open_still or not _settles(told) else Question(decided.finding, kept)


def _is_what_was_seen(finding: Finding, told: FindingDecision) -> bool:
    """The same values may be in question for another reason: another day, another entry of a newer list."""
    return finding.message == told.finding.message


def _settles(told: FindingDecision) -> bool:
    forgone_in_vain = told.decision.action == "forgo_preference" and told.finding.code not in FORGOABLE
    return told.may_settle and not forgone_in_vain


def _releases(told: FindingDecision, pointer: str, given: Settled, standings: Mapping[str, Standing]) -> bool:
    """Whether the decision says what is declared there: a waiver never does."""
    if told.decision.action == "forgo_preference":
        return pointer.endswith("/preference")
    return told.decision.action == "accept" and told in given.naming(standings.get(pointer))


def decided_values(given: Settled, standings: Mapping[str, Standing]) -> dict[str, Decision]:
    """For each declared value that a person gave or confirmed the decision."""
    named = {pointer: given.naming(standing) for pointer, standing in standings.items()}
    return {pointer: found[-1].decision for pointer, found in named.items() if found}


def with_decisions(findings: Sequence[Finding], decisions: Iterable[FindingDecision]) -> tuple[Finding, ...]:
    """Findings that put no value of a paper in doubt, with what people decided about them."""
    known = in_force(decisions)
    return tuple(
        one.model_copy(update={"decision": told.decision}) if told is not None and _marks(one, told) else one
        for one, told in zip(findings, map(known.get, keys_of(findings)), strict=True)
    )


def _marks(finding: Finding, told: FindingDecision) -> bool:
    if not _is_what_was_seen(finding, told):
        return False
    return told.decision.action == "request" or (told.decision.action in ("accept", "waive") and told.may_settle)


def with_what_was_decided(reconciled: Reconciled, shipment: Shipment) -> tuple[Finding, ...]:
    """All findings, with those that a decision did away with in their old places.

    A decision that fits nothing any more, or settles nothing, is told as such.
    """
    findings = list(reconciled.findings)
    standing = dict(zip(keys_of(findings), findings, strict=True))
    reports = []
    for told in sorted(in_force(shipment.decisions).values(), key=lambda one: one.position):
        found = standing.get(told.key)
        if found is None and _is_done(told, reconciled, shipment):
            gone = told.finding.model_copy(update={"decision": told.decision})
            findings.insert(told.position - 1, gone)
        elif found is None or found.decision is None:
            reports.append(_report(told, found))
    return (*findings, *reports)


def _is_done(told: FindingDecision, reconciled: Reconciled, shipment: Shipment) -> bool:
    """Whether the finding is gone because its values were given or confirmed."""
    if told.decision.action not in ("accept", "correct") or not told.values:
        return False
    return all(_stands(told, n, reconciled, shipment) for n in range(len(told.values)))


def _stands(told: FindingDecision, n: int, reconciled: Reconciled, shipment: Shipment) -> bool:
    """The value is where it was decided to be; in a draft, where the draft still has that place."""
    value = told.values[n]
    if value.sha256 is None:
        return shipment.draft is not None and draft_has(shipment.draft, value)
    papers = shipment.model_copy(update={"documents": reconciled.documents, "draft": None})
    alone = told.model_copy(update={"values": (value,)})
    return placed(value, papers.documents) is not None and with_values(papers, alone) == papers


def _report(told: FindingDecision, found: Finding | None) -> Finding:
    decision = told.decision
    what = "is no longer found" if found is None else "is not settled by it"
    message = (
        f"{decision.by} decided ({decision.action.replace('_', ' ')}: {decision.reason}) what {what}: "
        f"{told.finding.message}"
    )
    return told.finding.model_copy(update={"severity": "info", "message": message, "decision": decision})
