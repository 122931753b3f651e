from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from archive.errors import RecordDamaged
from archive.holds import Hold, Holds
from archive.keys import Revision
from archive.lodgements import Lodgements
from archive.stores.protocol import RetentionStore
from tests.retained import RECEIVED, cleared, lodged

DAY = dt.date(2026, 3, 9)


def _hold(reference: str = "A-1", *, on: bool = True, reason: str = "court", by: str = "ann") -> Hold:
    return Hold(broker="local", reference=reference, number=0, on=on, reason=reason, by=by, at=RECEIVED)


def test_lodgements_are_added_and_never_replaced(store: RetentionStore) -> None:
    revision = cleared(store)
    first = lodged(store, revision, DAY)
    second = lodged(store, revision, DAY, released=DAY)
    assert (first.number, second.number) == (1, 2)
    assert Lodgements(store).of(revision) == (first, second)
    assert Lodgements(store).of(Revision("local", "A-1", 2)) == ()


def test_a_lodgement_told_twice_is_one_whoever_tells_it(store: RetentionStore) -> None:
    revision = cleared(store)
    first = lodged(store, revision, DAY)
    assert lodged(store, revision, DAY, recorded_by="bob") == first


def test_many_who_record_at_once_each_keep_their_own(store: RetentionStore) -> None:
    revision = cleared(store)
    days = [DAY + dt.timedelta(days=n) for n in range(8)]
    with ThreadPoolExecutor(4) as threads:
        kept = list(threads.map(lambda day: lodged(store, revision, day), days))
    assert sorted(one.number for one in kept) == list(range(1, 9))
    assert {one.accepted for one in Lodgements(store).of(revision)} == set(days)


def test_the_last_word_about_a_hold_counts_and_all_words_stay(store: RetentionStore) -> None:
    holds = Holds(store)
    holds.record(_hold())
    holds.record(_hold("Ä/ 2"))
    assert {one.reference for one in holds.in_force()} == {"A-1", "Ä/ 2"}
    holds.record(_hold(on=False, reason="settled"))
    assert [one.reference for one in holds.in_force()] == ["Ä/ 2"]
    assert [(one.number, one.on) for one in holds.of("local", "A-1")] == [(1, True), (2, False)]


def test_a_hold_that_stands_is_not_said_again(store: RetentionStore) -> None:
    holds = Holds(store)
    first, is_new = holds.record(_hold())
    again, is_new_again = holds.record(_hold(by="bob"))
    assert (again, is_new, is_new_again) == (first, True, False)
    assert holds.record(_hold(reason="another court"))[0].number == 2


def test_a_record_that_cannot_be_read_is_an_error_that_names_its_key(store: RetentionStore) -> None:
    store.put_new("holds/local/A-1/1.json", b"{}", media_type="application/json")
    with pytest.raises(RecordDamaged, match=r"holds/local/A-1/1\.json"):
        Holds(store).of("local", "A-1")
