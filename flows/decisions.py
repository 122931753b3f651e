"""A person's decision about a finding: tried out, recorded, and the shipment judged anew with it.

Nothing waits for a person: a decision starts a new run, which makes a new revision and reads no paper again. Who is
killed between recording and judging, and runs again, or whoever clears the shipment next, takes the decision up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from archive.errors import ObjectMissing
from flows import journal, plain, steps
from flows.errors import WrongDecisionError
from flows.rules import rules_under
from flows.settling import corrected, values_in_force
from flows.wishes import Wish, refuse
from flows.workshop import Workshop
from schemas.decisions import FindingDecision, SettledValue, in_force, keys_of
from schemas.findings import Decision, Finding
from schemas.results import Intake, ShipmentResult, Submission
from schemas.shipments import Shipment

_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A finding to be decided, the `position`th of its revision, and the number that the decision would have."""

    finding: Finding
    key: str
    position: int
    revision: int
    number: int


Clear = Callable[[Intake], ShipmentResult]
"""Gives the stored result of a begun revision whose originals are archived."""


def standing_result(intake: Intake, workshop: Workshop, clear: Clear) -> ShipmentResult:
    """The stored result of the revision, else what `clear` gives: whoever was killed after it was stored finds it."""
    try:
        return workshop.archive.result(intake.broker, intake.reference, intake.revision)
    except ObjectMissing:
        return clear(intake)


def decided(reference: str, finding: str, wish: Wish, workshop: Workshop) -> Intake:
    """The decision recorded, and the revision begun that is to be judged with it and with every earlier one.

    `finding` is its number in the latest result, counted from 1, or its key. The same decision told again gives the
    same revision and records nothing. Raises `NoSuchShipmentError`, `WrongDecisionError`, and `Conflict` where someone
    else decided the finding meanwhile.
    """
    result = plain.latest(reference, workshop)
    intake = workshop.archive.intake(result.broker, result.reference, result.revision)
    position = _position(finding, result)
    known = workshop.decisions.of(intake.broker, intake.reference)
    if not _is_told(known, result, position, wish):
        stand = _judged(intake, result, workshop).model_copy(update={"decisions": known})
        record = tried(_asked(result, position, len(known) + 1), wish, stand, workshop)
        workshop.decisions.record(intake.broker, intake.reference, record)
    return begun(intake, wish.by, workshop)


def outstanding(broker: str, reference: str, workshop: Workshop) -> Intake | None:
    """The revision that knows every decision about the shipment: the last one, or one begun here.

    None where there is no such shipment.
    """
    last = workshop.archive.last_intake(broker, reference)
    if last is None:
        return None
    known = {one.model_dump_json() for one in (*last.decisions, *last.assignments)}
    decided = [(one.decision.by, one.model_dump_json()) for one in workshop.decisions.of(broker, reference)]
    assigned = [(one.by, one.model_dump_json()) for one in workshop.assignments.of(broker, reference)]
    untold = [by for by, text in (*assigned, *decided) if text not in known]
    return begun(last, untold[-1], workshop) if untold else last


def begun(base: Intake, by: str, workshop: Workshop) -> Intake:
    """The revision of all papers that came so far, also of those that nobody has judged yet, with every decision.

    Who loses the number to somebody, who may have brought another paper, looks again.
    """
    while True:
        last = workshop.archive.last_intake(base.broker, base.reference) or base
        submission = _again(last, by, workshop)
        if last.answers(submission):
            return last
        intake = workshop.archive.begin_after(submission, last.revision)
        if intake.answers(submission):
            journal.begun(intake, workshop)
            return intake


def _again(intake: Intake, by: str, workshop: Workshop) -> Submission:
    """The same papers on the same day, with every decision about the shipment and every assignment of its pages."""
    lists = workshop.lists.in_force(intake.as_of)
    return Submission(
        broker=intake.broker,
        reference=intake.reference,
        as_of=intake.as_of,
        rules=rules_under(workshop.settings, lists),
        received_by=by,
        files=intake.files,
        lists=lists,
        left_out=intake.left_out,
        decisions=workshop.decisions.of(intake.broker, intake.reference),
        assignments=workshop.assignments.of(intake.broker, intake.reference),
        hints=intake.hints,
    )


def _position(finding: str, result: ShipmentResult) -> int:
    """1-based place of the finding that the number or key names."""
    keys = keys_of(result.findings)
    if finding in keys:
        return keys.index(finding) + 1
    if finding.isascii() and finding.isdigit() and 1 <= int(finding) <= len(keys):
        return int(finding)
    shown = f"it has findings 1 to {len(keys)}" if keys else "it has none"
    raise WrongDecisionError(
        f"{result.reference} #{result.revision} has no finding {finding}: {shown}. Look with `tidewaiter show`"
    )


def _is_told(known: Sequence[FindingDecision], result: ShipmentResult, position: int, wish: Wish) -> bool:
    """Whether this is what was last decided about the finding."""
    told = in_force(known).get(keys_of(result.findings)[position - 1])
    if told is None or told.role != wish.role:
        return False
    decision = told.decision
    return (decision.action, decision.by, decision.reason, decision.value) == (
        wish.action, wish.by, wish.reason, wish.value,
    )  # fmt: skip


def _asked(result: ShipmentResult, position: int, number: int) -> Asked:
    at = position - 1
    return Asked(result.findings[at], keys_of(result.findings)[at], position, result.revision, number)


def tried(asked: Asked, wish: Wish, judged: Shipment, workshop: Workshop) -> FindingDecision:
    """The decision, once it is sure that it would settle the finding, or ask about it.

    `judged` is the shipment with every earlier decision. Raises `WrongDecisionError`.
    """
    refuse(asked.finding, wish)
    record = FindingDecision(
        revision=asked.revision,
        number=asked.number,
        key=asked.key,
        position=asked.position,
        finding=asked.finding.model_copy(update={"decision": None}),
        decision=Decision(
            action=wish.action, by=wish.by, at=dt.datetime.now(dt.UTC), reason=wish.reason, value=wish.value
        ),
        role=wish.role,
        values=_values(asked.finding, asked.key, wish, judged, workshop),
    )
    _refuse_what_settles_nothing(record, judged, workshop)
    return record


def _values(finding: Finding, key: str, wish: Wish, judged: Shipment, workshop: Workshop) -> tuple[SettledValue, ...]:
    if wish.action == "correct":
        return tuple(corrected(finding, wish.value or "", wish.place, judged.documents))
    if wish.action == "accept":
        reconciled = steps.reconcile(judged, workshop)
        return values_in_force(reconciled, reconciled.questions.get(key, ()), finding)
    return ()


def _judged(intake: Intake, result: ShipmentResult, workshop: Workshop) -> Shipment:
    """The shipment as the result has it: nothing of it is read or looked at again."""
    return steps.with_papers(result.documents, intake, steps.read_papers(intake, workshop, steps.unseen), workshop)


def _refuse_what_settles_nothing(record: FindingDecision, judged: Shipment, workshop: Workshop) -> None:
    if record.decision.action == "request":
        return
    trial = judged.model_copy(update={"decisions": (*judged.decisions, record)})
    told = steps.compare_duty(trial, steps.reconcile(trial, workshop), workshop)
    found = dict(zip(keys_of(told.findings), told.findings, strict=True)).get(record.key)
    if found is not None and found.holds:
        named = ", ".join(told.questions.get(record.key, ())[:_SHOWN]) or "the finding"
        raise WrongDecisionError(
            f"{record.decision.action} settles nothing here: it does not say what {named} is. "
            "Give the value with `correct`, accept the one in force, or get a new paper"
        )
