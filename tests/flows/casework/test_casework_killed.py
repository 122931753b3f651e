"""Who releases a draft and is killed after whatever write runs it again and ends as one who was not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count

from archive.archive import Archive
from archive.cases import Drafts
from archive.claims import Claims
from archive.decisions import Decisions
from flows.casework.drafting import draft_of
from flows.casework.releasing import release
from flows.workshop import Workshop
from schemas.casework import Choice, Draft, Person
from schemas.results import Intake, ShipmentResult
from tests.mortal import KilledError, Life, MortalStore

Deciding = Callable[..., Draft]


def _mortal(shop: Workshop, life: Life) -> Workshop:
    store = MortalStore(shop.decisions.store, life)
    archive = Archive(store, shop.archive._clock)  # noqa: SLF001 - the same clock, on another store
    return replace(shop, archive=archive, claims=Claims(store), decisions=Decisions(store))


def _clear(intake: Intake, workshop: Workshop) -> ShipmentResult:
    """Commits a result, as the last step of clearing does, and judges nothing."""
    result = ShipmentResult(
        broker=intake.broker,
        reference=intake.reference,
        revision=intake.revision,
        as_of=intake.as_of,
        status="held",
    )
    return workshop.archive.commit(intake, result)


def test_a_release_that_is_killed_after_any_write_is_finished_by_running_it_again(
    shop: Workshop, deciding: Deciding, ann: Person
) -> None:
    deciding("value_mismatch", Choice("correct", "order", value="17447.00"), shop)
    draft = deciding("certificate_missing", Choice("forgo_preference", "late"), shop)
    drafts, killed = Drafts(shop.decisions.store), 0
    for writes in count(1):
        mortal = _mortal(shop, Life(writes))
        try:
            result = release(draft, ann, mortal, partial(_clear, workshop=mortal))
        except KilledError:
            killed += 1
            continue
        break
    assert killed > 0
    assert result.revision == 2
    told = shop.decisions.of("local", "S01")
    assert [(one.number, one.decision.action) for one in told] == [(1, "correct"), (2, "forgo_preference")]
    assert shop.archive.revisions("local", "S01") == (1, 2)
    last = drafts.last("local", "S01")
    assert last is not None
    assert (last.progress, last.released_as, last.number) == ("released", 2, draft.number + 1)
    assert draft_of("local", "S01", shop).steps == ()
