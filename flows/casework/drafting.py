"""Decisions taken on a case and not released: each is tried, kept at once, and can be undone.

There is one draft for each case, whoever works on it, so that two clerks see each other's decisions. A new form of it
is written under the number behind the one that its writer saw: who writes second is told, and has lost nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from archive.cases import Drafts
from archive.errors import Conflict
from flows.casework.errors import CaseworkError, DraftChangedError, DraftStaleError, NotAllowedError
from flows.casework.preparing import Judged, Prepared, for_broker, judged_case, latest_revision, prepared
from flows.casework.second_person import asks_for_two
from flows.decisions import Asked, tried
from flows.errors import WrongDecisionError
from flows.intake import readable
from flows.wishes import Wish, refuse
from flows.workshop import Workshop
from schemas.casework import Choice, Draft, DraftStep, Person
from schemas.decisions import FindingDecision, keys_of
from schemas.findings import Decision
from schemas.results import Intake


def draft_of(broker: str, reference: str, workshop: Workshop) -> Draft:
    """The draft on the case; an empty one on its latest revision where nothing is decided that is not released.

    Raises `NoSuchShipmentError`.
    """
    last = _drafts(workshop).last(broker, reference)
    if last is not None and last.steps and last.progress != "released":
        return last
    revision = latest_revision(broker, reference, for_broker(broker, workshop))
    return Draft(broker=broker, reference=reference, number=last.number if last else 0, revision=revision)


def staleness(draft: Draft, workshop: Workshop) -> str | None:
    """What came to the shipment since the first of these decisions, in words; None where they still fit.

    Revisions that know no decision beside these, as one that was killed while releasing them leaves, are no news.
    """
    last = workshop.archive.last_intake(draft.broker, draft.reference)
    if last is None or last.revision <= draft.revision:
        return None
    base = workshop.archive.intake(draft.broker, draft.reference, draft.revision)
    if {(one.file, one.sha256) for one in last.files} != {(one.file, one.sha256) for one in base.files}:
        return f"other papers came since ({_new_files(base, last)})"
    ours, before = records(draft, ()), base.decisions
    since = [one for one in last.decisions if one not in before]
    foreign = [one for one in since if not any(one.says_the_same(mine) for mine in ours)]
    if foreign:
        return f"{foreign[-1].decision.by} decided about it since"
    return None if since else f"it was judged anew since, as revision {last.revision}"


def take(draft: Draft, finding: str, choice: Choice, person: Person, workshop: Workshop) -> Draft:
    """The draft with this decision on the finding of that key, in place of an earlier one of the same person.

    Raises `WrongDecisionError` for what would settle nothing, `Conflict` where somebody else decided the finding, and
    the `CaseworkError`s.
    """
    shop = for_broker(draft.broker, workshop)
    _refuse_closed(draft, shop)
    _refuse_decided_by_another(draft, finding, person, shop)
    before = draft.model_copy(update={"steps": tuple(one for one in draft.steps if one.key != finding)})
    base = prepared(draft.broker, draft.reference, draft.revision, shop, reading=True)
    step = _tried(before, finding, choice, person, base=base, workshop=shop)
    return _written(draft, person, shop, steps=(*before.steps, step))


def undo(draft: Draft, person: Person, workshop: Workshop) -> Draft:
    """The draft without its last decision, whoever took it. Raises the `CaseworkError`s."""
    if not draft.steps:
        raise CaseworkError(f"{readable(draft.reference)}: nothing is decided that could be undone. Look at it again")
    if draft.progress not in ("open", "proposed"):
        raise NotAllowedError(f"{readable(draft.reference)}: it is {draft.progress}. Withdraw it, then undo")
    return _written(draft, person, workshop, steps=draft.steps[:-1], proposed_by=None)


def propose(draft: Draft, person: Person, workshop: Workshop) -> Draft:
    """The draft laid before a second person. Raises the `CaseworkError`s."""
    _refuse_closed(draft, for_broker(draft.broker, workshop))
    if not any(one.needs_second for one in draft.steps):
        raise NotAllowedError(f"{readable(draft.reference)}: nothing in it needs a second person. Release it")
    return _written(draft, person, workshop, proposed_by=person.id)


def confirm(draft: Draft, person: Person, workshop: Workshop) -> Draft:
    """The draft confirmed by someone who took no part in what needs a second person. Raises the `CaseworkError`s."""
    if draft.progress != "proposed":
        raise NotAllowedError(f"{readable(draft.reference)}: it is {draft.progress}, and nothing waits to be confirmed")
    _refuse_stale(draft, for_broker(draft.broker, workshop))
    why = why_not_second(draft, person)
    if why is not None:
        raise NotAllowedError(why)
    return _written(draft, person, workshop, confirmed_by=person.id)


def why_not_second(draft: Draft, person: Person) -> str | None:
    """Why this person cannot be the second one for the draft; None where he can.

    Whoever could take each of these decisions can confirm it, and nobody his own. Names tell who is who: a name is
    given once and for good (`archive.accounts.users`).
    """
    asked = [one for one in draft.steps if one.needs_second]
    if person.id in {draft.proposed_by, *(one.by for one in asked)}:
        return f"{person.id} decided or proposed it: a second person has to confirm it"
    for one in asked:
        try:
            refuse(one.finding, Wish(one.action, one.reason, person.id, person.role, one.value, one.place))
        except WrongDecisionError:
            return f"{person.id} may not {one.action} {one.finding.code}: a supervisor has to confirm it"
    return None


def withdraw(draft: Draft, person: Person, workshop: Workshop) -> Draft:
    """The draft open again, with all its decisions. Raises the `CaseworkError`s."""
    if draft.progress not in ("proposed", "confirmed"):
        raise NotAllowedError(f"{readable(draft.reference)}: it is {draft.progress}, and nothing was proposed")
    return _written(draft, person, workshop, proposed_by=None, confirmed_by=None)


def carry_over(draft: Draft, person: Person, workshop: Workshop) -> tuple[Draft, tuple[DraftStep, ...]]:
    """The draft on the latest revision, and the decisions that fit nothing there; those that count already are gone.

    Each is tried anew. What fits no more stays in the forms of the draft from before.
    """
    shop = for_broker(draft.broker, workshop)
    base = prepared(
        draft.broker, draft.reference, latest_revision(draft.broker, draft.reference, shop), shop, reading=True
    )
    told = shop.decisions.of(draft.broker, draft.reference)
    kept = Draft(broker=draft.broker, reference=draft.reference, number=draft.number, revision=base.result.revision)
    lost: list[DraftStep] = []
    for step, record in zip(draft.steps, records(draft, ()), strict=True):
        if any(record.says_the_same(one) for one in told):
            continue
        choice, by = Choice(step.action, step.reason, step.value, step.place), Person(id=step.by, role=step.role)
        try:
            again = _tried(kept, step.key, choice, by, base=base, workshop=shop)
        except WrongDecisionError:
            lost.append(step)
        else:
            kept = kept.model_copy(update={"steps": (*kept.steps, again.model_copy(update={"at": step.at}))})
    moved = _written(draft, person, shop, revision=kept.revision, steps=kept.steps, proposed_by=None, confirmed_by=None)
    return moved, tuple(lost)


def records(draft: Draft, known: Sequence[FindingDecision]) -> tuple[FindingDecision, ...]:
    """The draft's decisions as the archive would keep them, numbered behind those that are known."""
    behind = sum(one.revision == draft.revision for one in known)
    return tuple(
        FindingDecision(
            revision=draft.revision,
            number=behind + n,
            key=step.key,
            position=step.position,
            finding=step.finding,
            decision=Decision(action=step.action, by=step.by, at=step.at, reason=step.reason, value=step.value),
            role=step.role,
            values=step.values,
            confirmed_by=draft.confirmed_by if step.needs_second else None,
        )
        for n, step in enumerate(draft.steps, 1)
    )


def known_with(draft: Draft, workshop: Workshop) -> tuple[FindingDecision, ...]:
    """Every decision about the shipment, those of the draft last; one that is recorded already is not there twice."""
    known = workshop.decisions.of(draft.broker, draft.reference)
    mine = records(draft, known)
    return (*known, *(one for one in mine if not any(one.says_the_same(other) for other in known)))


def released(draft: Draft, revision: int, person: Person, workshop: Workshop) -> Draft:
    """The draft marked as released; where somebody went on with it meanwhile, what he wrote."""
    done = _next(draft, person, {"released_as": revision})
    return _drafts(workshop).write(done)


def _tried(draft: Draft, key: str, choice: Choice, person: Person, *, base: Prepared, workshop: Workshop) -> DraftStep:
    """The decision, tried on the shipment as the draft leaves it."""
    known = known_with(draft, workshop)
    judged = judged_case(base, known, workshop)
    asked = _asked(key, draft, judged, len(known) + 1)
    stand = base.shipment.model_copy(update={"decisions": known})
    wish = Wish(choice.action, choice.reason, person.id, person.role, choice.value, choice.place)
    record = tried(asked, wish, stand, workshop)
    withheld = judged.reconciled.questions.get(key, ())
    return DraftStep(
        key=key,
        position=asked.position,
        finding=record.finding,
        action=choice.action,
        reason=choice.reason,
        value=choice.value,
        place=choice.place,
        by=person.id,
        role=person.role,
        at=record.decision.at,
        values=record.values,
        needs_second=asks_for_two(withheld, base.result, workshop.settings.four_eyes_value),
    )


def _asked(key: str, draft: Draft, judged: Judged, number: int) -> Asked:
    """The finding as it stands now; a key that names none names one that the decisions before it did away with."""
    found = keys_of(judged.result.findings)
    if key not in found:
        what = f"{readable(draft.reference)} #{draft.revision} has no finding {key} any more"
        raise WrongDecisionError(f"{what}: another decision settled it, or it changed. Look at the case again")
    position = found.index(key)
    return Asked(judged.result.findings[position], key, position + 1, draft.revision, number)


def _refuse_closed(draft: Draft, workshop: Workshop) -> None:
    if draft.progress != "open":
        raise NotAllowedError(f"{readable(draft.reference)}: its decisions are {draft.progress}. Withdraw them first")
    _refuse_stale(draft, workshop)


def _refuse_stale(draft: Draft, workshop: Workshop) -> None:
    why = staleness(draft, workshop)
    if why is not None:
        raise DraftStaleError(f"{readable(draft.reference)}: {why}. Carry the decisions over to the new revision")


def _refuse_decided_by_another(draft: Draft, key: str, person: Person, workshop: Workshop) -> None:
    step = draft.step_on(key)
    told = [one for one in workshop.decisions.of(draft.broker, draft.reference) if one.revision == draft.revision]
    others = {one.decision.by for one in told if one.key == key} | ({step.by} if step is not None else set())
    if others - {person.id}:
        what = f"{min(others - {person.id})} decided this finding"
        raise Conflict(what, draft.reference, remedy="undo that decision first, or leave the finding to them")


def _written(draft: Draft, person: Person, workshop: Workshop, **changed: object) -> Draft:
    """The next form, kept; raises `DraftChangedError` where somebody wrote one since this one was seen."""
    mine = _next(draft, person, changed)
    standing = _drafts(workshop).write(mine)
    if standing != mine:
        what = f"{readable(draft.reference)}: {standing.written_by} changed the decisions meanwhile"
        raise DraftChangedError(f"{what}. Nothing is lost: look at the case again, then decide")
    return mine


def _next(draft: Draft, person: Person, changed: dict[str, object]) -> Draft:
    told = {"number": draft.number + 1, "written_by": person.id, "written_at": dt.datetime.now(dt.UTC), **changed}
    return draft.model_copy(update=told)


def _drafts(workshop: Workshop) -> Drafts:
    return Drafts(workshop.decisions.store)


def _new_files(base: Intake, last: Intake) -> str:
    known = {(one.file, one.sha256) for one in base.files}
    return ", ".join(readable(one.file) for one in last.files if (one.file, one.sha256) not in known) or "fewer"
