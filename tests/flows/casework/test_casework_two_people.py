"""Two people on one case: a second one where the value asks for it, claims that are told, decisions that collide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import pytest

from archive.errors import Conflict
from flows import plain, steps
from flows.casework.cases import open_case
from flows.casework.drafting import confirm, draft_of, propose, take, undo, why_not_second, withdraw
from flows.casework.errors import NotAllowedError, NotReleasableError
from flows.casework.rechecking import recheck
from flows.casework.releasing import release
from flows.decisions import Clear, decided
from flows.wishes import Wish
from flows.workshop import Workshop
from schemas.casework import CaseClaim, Choice, Draft, Person, QueueFilter

CORRECT = Choice("correct", "compared with the order", value="17447.00")
FORGO = Choice("forgo_preference", "the proof comes too late")
NOW = dt.datetime(2026, 5, 4, 9, 0, tzinfo=dt.UTC)

Deciding = Callable[..., Draft]


def test_what_is_about_more_than_the_set_value_is_released_only_when_another_person_confirmed_it(
    two_needed: Workshop, deciding: Deciding, ann: Person, bob: Person
) -> None:
    shop = two_needed
    clear = partial(plain.clear_begun, workshop=shop, on_page=steps.unseen)
    assert all(one.needs_second for one in open_case("local", "S01", shop).open)
    draft = deciding("value_mismatch", CORRECT, shop)
    assert "second person" in " ".join(recheck(draft, shop).barriers)
    with pytest.raises(NotReleasableError, match="second person"):
        release(draft, ann, shop, clear)
    proposed = propose(draft, ann, shop)
    with pytest.raises(NotAllowedError, match="Withdraw"):
        take(proposed, draft.steps[0].key, CORRECT, ann, shop)
    with pytest.raises(NotAllowedError, match="a second person has to confirm"):
        confirm(proposed, ann, shop)
    with pytest.raises(NotReleasableError, match="ann proposed it"):
        release(proposed, bob, shop, clear)
    confirmed = confirm(proposed, bob, shop)
    assert (confirmed.progress, recheck(confirmed, shop).barriers) == ("confirmed", ())
    release(confirmed, ann, shop, clear)
    [record] = shop.decisions.of("local", "S01")
    assert (record.decision.by, record.confirmed_by) == ("ann", "bob")


def test_whoever_decided_cannot_confirm_what_another_person_proposed(
    two_needed: Workshop, deciding: Deciding, ann: Person, bob: Person
) -> None:
    proposed = propose(deciding("value_mismatch", CORRECT, two_needed), bob, two_needed)
    with pytest.raises(NotAllowedError, match="ann decided or proposed it"):
        confirm(proposed, ann, two_needed)


def test_a_supervisor_confirms_what_a_clerk_could_not_decide(two_needed: Workshop, bob: Person, sue: Person) -> None:
    shop, tom = two_needed, Person(id="tom", role="supervisor")
    found = next(one for one in open_case("local", "S01", shop).open if one.finding.code == "value_mismatch")
    stands = Choice("accept", "the invoice was read out to me")
    proposed = propose(take(draft_of("local", "S01", shop), found.key, stands, sue, shop), sue, shop)
    with pytest.raises(NotAllowedError, match="bob may not accept value_mismatch: a supervisor has to"):
        confirm(proposed, bob, shop)
    assert why_not_second(proposed, sue) == "sue decided or proposed it: a second person has to confirm it"
    assert confirm(proposed, tom, shop).confirmed_by == "tom"


def test_what_changes_after_a_proposal_has_to_be_proposed_anew(
    two_needed: Workshop, deciding: Deciding, ann: Person, bob: Person
) -> None:
    draft = deciding("value_mismatch", CORRECT, two_needed)
    confirmed = confirm(propose(draft, ann, two_needed), bob, two_needed)
    with pytest.raises(NotAllowedError, match="Withdraw it"):
        undo(confirmed, ann, two_needed)
    again = withdraw(confirmed, ann, two_needed)
    assert (again.progress, again.steps) == ("open", draft.steps)
    proposed = propose(again, ann, two_needed)
    assert undo(proposed, ann, two_needed).progress == "open"


def test_where_no_value_is_set_nobody_needs_a_second_person(shop: Workshop, deciding: Deciding, ann: Person) -> None:
    draft = deciding("value_mismatch", CORRECT, shop)
    with pytest.raises(NotAllowedError, match="nothing in it needs a second person"):
        propose(draft, ann, shop)


def test_a_finding_that_one_clerk_decided_is_not_decided_by_another(
    shop: Workshop, deciding: Deciding, ann: Person, bob: Person
) -> None:
    draft = deciding("value_mismatch", CORRECT, shop)
    key = draft.steps[0].key
    with pytest.raises(Conflict, match="ann decided this finding"):
        take(draft, key, Choice("correct", "as I read it", value="18000.00"), bob, shop)
    other = take(draft, key, Choice("correct", "looked again", value="17447.00"), ann, shop)
    assert [step.reason for step in other.steps] == ["looked again"]


def test_what_somebody_decided_elsewhere_meanwhile_is_not_written_over(
    shop: Workshop, deciding: Deciding, clear: Clear, ann: Person
) -> None:
    draft = deciding("value_mismatch", CORRECT, shop)
    decided("S01", draft.steps[0].key, Wish("correct", "by telephone", "bob", value="18000.00"), shop)
    with pytest.raises(NotReleasableError, match="bob decided about it since"):
        release(draft, ann, shop, clear)
    assert [one.decision.by for one in shop.decisions.of("local", "S01")] == ["bob"]


def test_a_case_that_two_clerks_open_is_told_to_the_second_and_taken_over_visibly(shop: Workshop) -> None:
    cases = shop.register.cases
    assert cases.claim("local", "S01", "ann", now=NOW).by == "ann"
    assert cases.claim("local", "S01", "bob", now=NOW).by == "ann"
    taken = cases.claim("local", "S01", "bob", now=NOW, take_over=True)
    assert (taken.by, taken.taken_from) == ("bob", "ann")
    told = cases.claim("local", "S01", "ann", now=NOW + dt.timedelta(seconds=40))
    assert (told.by, told.taken_from) == ("bob", "ann")


def test_a_claim_ends_when_its_page_is_closed_or_says_nothing_for_two_minutes(shop: Workshop) -> None:
    cases = shop.register.cases

    def claimed(seconds: int) -> CaseClaim | None:
        [waiting] = cases.among([("local", "S01")], now=NOW + dt.timedelta(seconds=seconds))
        return waiting.claim

    first = cases.claim("local", "S01", "ann", now=NOW)
    renewed = cases.claim("local", "S01", "ann", now=NOW + dt.timedelta(seconds=90))
    assert (renewed.since, renewed.until) == (first.since, NOW + dt.timedelta(seconds=210))
    assert claimed(210) is None
    late = cases.claim("local", "S01", "bob", now=NOW + dt.timedelta(seconds=210))
    assert (late.by, late.taken_from) == ("bob", None)
    cases.give_back("local", "S01", "ann")
    assert claimed(211) == late
    cases.give_back("local", "S01", "bob")
    assert claimed(211) is None


def test_a_case_leaves_the_queue_with_the_release_that_clears_it(
    shop: Workshop, deciding: Deciding, clear: Clear, ann: Person
) -> None:
    [waiting] = shop.register.cases.page(QueueFilter(), limit=10, now=NOW).cases
    assert (waiting.reference, waiting.severity) == ("S01", "error")
    assert set(waiting.codes) == {"value_mismatch", "certificate_missing"}
    deciding("value_mismatch", CORRECT, shop)
    release(deciding("certificate_missing", FORGO, shop), ann, shop, clear)
    assert shop.register.cases.page(QueueFilter(), limit=10, now=NOW).cases == ()
