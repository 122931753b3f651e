"""Decisions taken on a case and not released: each is tried, kept at once, and can be undone.

There is one draft for each case, whoever works on it, so that two clerks see each other's decisions. A new form of it
is written under the number behind the one that its writer saw: who writes second is told, and has lost nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TypeVar

from archive.cases import Drafts
from archive.errors import Conflict
from flows.casework.errors import CaseworkError, DraftChangedError, DraftStaleError, NotAllowedError
from flows.casework.preparing import Judged, Prepared, for_broker, judged_case, latest_revision, prepared
from flows.casework.second_person import asks_for_two
from flows.casework.sorted_pages import order_of, sorted_as
from flows.decisions import Asked, tried
from flows.errors import WrongDecisionError
from flows.intake import readable
from flows.wishes import Wish, refuse
from flows.workshop import Workshop
from schemas.assignments import PageAssignment, PageName
from schemas.casework import AssignmentStep, Choice, Draft, DraftStep, Person
from schemas.decisions import FindingDecision, keys_of
from schemas.findings import Decision
from schemas.results import Intake

Act = DraftStep | AssignmentStep
S = TypeVar("S", DraftStep, AssignmentStep)
R = TypeVar("R", FindingDecision, PageAssignment)


def draft_of(broker: str, reference: str, workshop: Workshop) -> Draft:
    """The draft on the case; an empty one on its latest revision where nothing is decided that is not released.

    Raises `NoSuchShipmentError`.
    """
    last = _drafts(workshop).last(broker, reference)
    if last is not None and last.acts and last.progress != "released":
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
    since = len(last.decisions) + len(last.assignments) - len(base.decisions) - len(base.assignments)
    if who := _others_since(draft, base, last):
        return f"{who} decided about it since"
    return None if since else f"it was judged anew since, as revision {last.revision}"


def _others_since(draft: Draft, base: Intake, last: Intake) -> str | None:
    """Who said what is not in the draft, since its revision; the last of them."""
    ours, sorted_here = records(draft, ()), assignment_records(draft, ())
    decided = [
        one.decision.by
        for one in last.decisions
        if one not in base.decisions and not any(one.says_the_same(mine) for mine in ours)
    ]
    assigned = [
        one.by
        for one in last.assignments
        if one not in base.assignments and not any(one.says_the_same(mine) for mine in sorted_here)
    ]
    return next(iter(reversed((*assigned, *decided))), None)


def take(draft: Draft, finding: str, choice: Choice, person: Person, workshop: Workshop) -> Draft:
    """The draft with this decision on the finding of that key, in place of an earlier one of the same person.

    Raises `WrongDecisionError` for what would settle nothing, `Conflict` where somebody else decided the finding, and
    the `CaseworkError`s.
    """
    shop = for_broker(draft.broker, workshop)
    refuse_closed(draft, shop)
    _refuse_decided_by_another(draft, finding, person, shop)
    before = draft.model_copy(update={"steps": tuple(one for one in draft.steps if one.key != finding)})
    step = _tried(before, finding, choice, person, base=base_of(draft, shop), workshop=shop)
    return written(draft, person, shop, steps=(*before.steps, step))


def undo(draft: Draft, person: Person, workshop: Workshop) -> Draft:
    """The draft without what was done last, whoever did it; what pages sorted anew did away with is there again.

    Raises the `CaseworkError`s.
    """
    if not draft.acts:
        raise CaseworkError(f"{readable(draft.reference)}: nothing is decided that could be undone. Look at it again")
    if draft.progress not in ("open", "proposed"):
        raise NotAllowedError(f"{readable(draft.reference)}: it is {draft.progress}. Withdraw it, then undo")
    last = draft.acts[-1]
    if isinstance(last, AssignmentStep):
        rest = draft.assignments[:-1]
        return written(draft, person, workshop, assignments=rest, steps=last.before, proposed_by=None)
    return written(draft, person, workshop, steps=draft.steps[:-1], proposed_by=None)


def propose(draft: Draft, person: Person, workshop: Workshop) -> Draft:
    """The draft laid before a second person. Raises the `CaseworkError`s."""
    refuse_closed(draft, for_broker(draft.broker, workshop))
    if not any(one.needs_second for one in draft.acts):
        raise NotAllowedError(f"{readable(draft.reference)}: nothing in it needs a second person. Release it")
    return written(draft, person, workshop, proposed_by=person.id)


def confirm(draft: Draft, person: Person, workshop: Workshop) -> Draft:
    """The draft confirmed by someone who took no part in what needs a second person. Raises the `CaseworkError`s."""
    if draft.progress != "proposed":
        raise NotAllowedError(f"{readable(draft.reference)}: it is {draft.progress}, and nothing waits to be confirmed")
    _refuse_stale(draft, for_broker(draft.broker, workshop))
    why = why_not_second(draft, person)
    if why is not None:
        raise NotAllowedError(why)
    return written(draft, person, workshop, confirmed_by=person.id)


def why_not_second(draft: Draft, person: Person) -> str | None:
    """Why this person cannot be the second one for the draft; None where he can.

    Whoever could take each of these decisions can confirm it, and nobody his own. Names tell who is who: a name is
    given once and for good (`archive.accounts.users`).
    """
    asked = [one for one in draft.steps if one.needs_second]
    if person.id in {draft.proposed_by, *(one.by for one in draft.acts if one.needs_second)}:
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
    return written(draft, person, workshop, proposed_by=None, confirmed_by=None)


def carry_over(
    draft: Draft, person: Person, workshop: Workshop
) -> tuple[Draft, tuple[DraftStep | AssignmentStep, ...]]:
    """The draft on the latest revision, and what fits nothing there; what counts already is gone.

    Pages stay sorted where all pages of their files are there; then each decision is tried anew. What fits no more
    stays in the forms of the draft from before.
    """
    shop = for_broker(draft.broker, workshop)
    latest = latest_revision(draft.broker, draft.reference, shop)
    kept = Draft(broker=draft.broker, reference=draft.reference, number=draft.number, revision=latest)
    told = shop.assignments.of(draft.broker, draft.reference)
    new = _untold(draft.assignments, assignment_records(draft, ()), told)
    there = order_of(prepared(draft.broker, draft.reference, latest, shop, reading=True).pages)
    fitting = tuple(one for one in new if _fits(one, there))
    kept = kept.model_copy(update={"assignments": fitting})
    decided = shop.decisions.of(draft.broker, draft.reference)
    kept, lost = retried(_untold(draft.steps, records(draft, ()), decided), kept, shop)
    fresh = {"revision": latest, "steps": kept.steps, "assignments": fitting}
    moved = written(draft, person, shop, **fresh, proposed_by=None, confirmed_by=None)
    return moved, (*(one for one in new if one not in fitting), *lost)


def retried(steps: Sequence[DraftStep], draft: Draft, workshop: Workshop) -> tuple[Draft, tuple[DraftStep, ...]]:
    """The draft with those of the decisions that still settle something, each tried anew in turn; and the others."""
    base = base_of(draft, workshop)
    lost: list[DraftStep] = []
    for step in steps:
        choice, by = Choice(step.action, step.reason, step.value, step.place), Person(id=step.by, role=step.role)
        try:
            again = _tried(draft, step.key, choice, by, base=base, workshop=workshop)
        except WrongDecisionError:
            lost.append(step)
        else:
            draft = draft.model_copy(update={"steps": (*draft.steps, again.model_copy(update={"at": step.at}))})
    return draft, tuple(lost)


def _fits(step: AssignmentStep, there: Collection[PageName]) -> bool:
    """Whether every page that it names is there, and every page of their files is named."""
    named = {page for paper in step.papers for page in paper.pages}
    files = {page.sha256 for page in named}
    return named == {page for page in there if page.sha256 in files}


def _untold(steps: Sequence[S], ours: Sequence[R], told: Sequence[R]) -> tuple[S, ...]:
    """The steps whose records nobody has recorded yet."""
    pairs = zip(steps, ours, strict=True)
    return tuple(step for step, mine in pairs if not any(mine.says_the_same(one) for one in told))


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


def assignment_records(draft: Draft, known: Sequence[PageAssignment]) -> tuple[PageAssignment, ...]:
    """What the draft says of the pages, as the archive would keep it, numbered behind what is known."""
    behind = sum(one.revision == draft.revision for one in known)
    return tuple(
        PageAssignment(
            revision=draft.revision,
            number=behind + n,
            page=step.page,
            papers=step.papers,
            by=step.by,
            at=step.at,
            reason=step.reason,
            role=step.role,
            confirmed_by=draft.confirmed_by if step.needs_second else None,
        )
        for n, step in enumerate(draft.assignments, 1)
    )


def _assignments_with(draft: Draft, workshop: Workshop) -> tuple[PageAssignment, ...]:
    """All that people said of the shipment's pages, the draft last; what is recorded already is not there twice."""
    known = workshop.assignments.of(draft.broker, draft.reference)
    mine = assignment_records(draft, known)
    return (*known, *(one for one in mine if not any(one.says_the_same(other) for other in known)))


def base_of(draft: Draft, workshop: Workshop) -> Prepared:
    """The draft's revision, its papers read, its pages sorted as the draft has them."""
    base = prepared(draft.broker, draft.reference, draft.revision, workshop, reading=True)
    return sorted_as(base, _assignments_with(draft, workshop), workshop)


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


def refuse_closed(draft: Draft, workshop: Workshop) -> None:
    """Raises `NotAllowedError` for a draft that is not open, `DraftStaleError` for one on an older revision."""
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


def written(draft: Draft, person: Person, workshop: Workshop, **changed: object) -> Draft:
    """The draft's next form, kept; raises `DraftChangedError` where somebody wrote one since this one was seen."""
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
