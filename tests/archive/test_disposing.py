from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typing_extensions import override

from archive import keys
from archive.archive import Archive
from archive.census import Counting
from archive.claims import Claims, InvoiceClaim
from archive.disposals import Disposals, DoomedShipment, Proposal, proposal_of
from archive.disposing import DisposalTold, Disposing, no_journal
from archive.errors import Conflict, ObjectLocked, ObjectMissing, RecordDamaged
from archive.holds import Hold, Holds
from archive.retention import Policy
from archive.stores.local import LocalStore
from archive.stores.protocol import Lock, RetentionStore
from tests.archived import PAPERS, sha256
from tests.retained import LONG_AGO, cleared, lodged, received

NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
ACCEPTED = dt.date(2012, 3, 9)
SHARED = {"invoice.pdf": PAPERS["invoice.pdf"], "list of prices.pdf": b"prices"}


def _old(store: RetentionStore, reference: str = "A-1", papers: dict[str, bytes] = PAPERS) -> None:
    """Lodged so long ago that no law keeps it."""
    lodged(store, cleared(store, reference, papers, at=LONG_AGO), ACCEPTED)


def _counting(store: RetentionStore, *, unlodged: bool = False) -> Counting:
    return Counting(store, Policy(), NOW, unlodged=unlodged)


def _past(store: RetentionStore, *, unlodged: bool = False) -> tuple[DoomedShipment, ...]:
    counting = _counting(store, unlodged=unlodged)
    return tuple(counting.doomed(counting.census()))


def _confirmed(store: RetentionStore) -> Proposal:
    disposals = Disposals(store)
    proposal = disposals.propose(proposal_of(_past(store), by="ann", at=NOW, days=30))
    disposals.confirm(proposal, by="bob", at=NOW)
    return proposal


def _disposing(store: RetentionStore, proposal: Proposal, forgotten: list[tuple[str, str]] | None = None) -> Disposing:
    told = forgotten if forgotten is not None else []
    return Disposing(_counting(store), proposal, lambda broker, reference: told.append((broker, reference)))


def _listed(store: RetentionStore) -> set[str]:
    return {key for area in ("originals", "shipments", "readings", "claims") for key in store.list(f"{area}/")}


def test_what_is_past_is_found_with_all_its_objects_and_why_it_was_kept(store: RetentionStore) -> None:
    _old(store)
    cleared(store, "B-1", {"invoice.pdf": b"another"})
    [found] = _past(store)
    assert (found.reference, found.lasted_until) == ("A-1", dt.date(2022, 12, 31))
    assert {one.key for one in found.objects} == {key for key in _listed(store) if "another" not in key} - {
        key for key in _listed(store) if "/B-1/" in key or key == keys.original(sha256(b"another"))
    }
    assert all(sha256(store.get(one.key)) == one.sha256 for one in found.objects)
    assert any("longest period of this table" in source for source in found.because)


def test_what_was_never_lodged_goes_only_where_that_is_asked_for(store: RetentionStore) -> None:
    cleared(store, at=LONG_AGO)
    assert _past(store) == ()
    assert [one.reference for one in _past(store, unlodged=True)] == ["A-1"]


def test_a_hold_in_the_records_or_in_the_store_keeps_what_is_past(store: RetentionStore) -> None:
    _old(store, "A-1")
    _old(store, "B-1", {"invoice.pdf": b"another"})
    Holds(store).record(Hold(broker="local", reference="A-1", number=0, on=True, reason="court", by="ann", at=NOW))
    store.hold(keys.original(sha256(b"another")), on=True)
    assert _past(store) == ()


def test_a_longer_lock_in_the_store_keeps_what_the_table_lets_go(store: RetentionStore) -> None:
    _old(store)
    store.lock("shipments/local/A-1/1/result.json", Lock("governance", NOW + dt.timedelta(days=1000)))
    assert _past(store) == ()


def test_nothing_is_past_while_a_shipment_has_lost_its_intake(store: RetentionStore) -> None:
    _old(store, "A-1")
    _old(store, "B-1", SHARED)
    store.remove("shipments/local/B-1/1/intake.json")
    with pytest.raises(RecordDamaged, match=r"B-1/1/intake\.json"):
        _past(store)


def test_a_confirmed_disposal_leaves_nothing_but_its_record(store: RetentionStore) -> None:
    _old(store)
    store.put_new(f"readings/{sha256(PAPERS['invoice.pdf'])}/abc.json.gz", b"words", media_type="application/gzip")
    claim = InvoiceClaim(broker="local", reference="A-1", exporter="Sunrise Electronics Co., Ltd.", number="I-A-1")
    Claims(store).claim(claim)
    forgotten: list[tuple[str, str]] = []
    done = _disposing(store, _confirmed(store), forgotten).carry_out(by="bob")
    assert _listed(store) == set()
    assert (done.disposed, done.objects, done.left, done.kept) == (1, 7, (), ())
    assert forgotten == [("local", "A-1")]
    with pytest.raises(ObjectMissing):
        Archive(store, lambda: NOW).intake("local", "A-1", 1)


def test_an_audit_tells_what_was_disposed_of_from_what_is_missing(store: RetentionStore) -> None:
    _old(store, "A-1")
    proposal = _confirmed(store)
    assert Disposals(store).gone() == frozenset()
    there = _listed(store)
    _disposing(store, proposal).carry_out(by="bob")
    assert Disposals(store).gone() == there


def test_nothing_goes_that_nobody_confirmed(store: RetentionStore) -> None:
    _old(store)
    proposal = Disposals(store).propose(proposal_of(_past(store), by="ann", at=NOW, days=30))
    with pytest.raises(Conflict, match="nobody confirmed"):
        _disposing(store, proposal).carry_out(by="ann")
    assert _past(store) == proposal.shipments


def test_an_original_that_another_shipment_needs_stays_and_the_record_says_so(store: RetentionStore) -> None:
    _old(store, "A-1")
    cleared(store, "B-1", SHARED)
    [found] = _past(store)
    assert found.shared == (sha256(PAPERS["invoice.pdf"]),)
    _disposing(store, _confirmed(store)).carry_out(by="bob")
    assert Archive(store, lambda: NOW).original(found.shared[0]) == PAPERS["invoice.pdf"]
    assert not store.exists(keys.original(sha256(PAPERS["packing list.pdf"])))


def test_an_original_of_two_that_go_goes_with_the_last(store: RetentionStore) -> None:
    _old(store, "A-1")
    _old(store, "B-1", SHARED)
    assert all(one.shared == () for one in _past(store))
    assert _disposing(store, _confirmed(store)).carry_out(by="bob").disposed == 2
    assert _listed(store) == set()


def test_what_changed_since_the_list_was_made_is_kept(store: RetentionStore) -> None:
    for name in ("held", "amended", "again"):
        _old(store, name, {"invoice.pdf": name.encode()})
    proposal = _confirmed(store)
    Holds(store).record(Hold(broker="local", reference="held", number=0, on=True, reason="court", by="ann", at=NOW))
    lodged(store, keys.Revision("local", "amended", 1), dt.date(2026, 5, 5))
    received(store, "again", {"invoice.pdf": b"again", "more.pdf": b"more"}, at=LONG_AGO, rules="2")
    done = _disposing(store, proposal).carry_out(by="bob")
    assert (done.disposed, {one.reference for one in done.kept}) == (0, {"held", "amended", "again"})
    assert all(store.exists(one.key) for shipment in proposal.shipments for one in shipment.objects)


def test_an_original_received_anew_stays_where_it_is_locked_again(store: RetentionStore) -> None:
    _old(store)
    proposal = _confirmed(store)
    original = keys.original(sha256(PAPERS["invoice.pdf"]))

    def comes_again(_told: DisposalTold) -> None:
        store.lock(original, Lock("governance", dt.datetime(2090, 1, 1, tzinfo=dt.UTC)))

    done = Disposing(_counting(store), proposal, lambda *_: None, comes_again).carry_out(by="bob")
    assert done.left == (original,)
    assert _listed(store) == {original}


def test_a_list_that_somebody_changed_is_refused(store: RetentionStore) -> None:
    _old(store)
    proposal = Disposals(store).propose(proposal_of(_past(store), by="ann", at=NOW, days=30))
    other = proposal.model_copy(update={"shipments": (), "id": "20260601-other"})
    store.put_new("disposals/20260601-other/proposal.json", other.model_dump_json().encode(), media_type="text/plain")
    with pytest.raises(Conflict, match="another digest"):
        Disposals(store).proposal("20260601-other")


class _Killed(BaseException):
    pass


class _DyingStore(LocalStore):
    """Dies at the nth change, before it is made or after."""

    left = -1

    def _strike(self) -> None:
        if self.left == 0:
            raise _Killed
        self.left -= 1

    @override
    def remove(self, key: str) -> None:
        self._strike()
        super().remove(key)
        self._strike()

    @override
    def put_new(
        self, key: str, content: bytes | Path, *, media_type: str, sha256: str | None = None, lock: Lock | None = None
    ) -> bool:
        self._strike()
        is_new = super().put_new(key, content, media_type=media_type, sha256=sha256, lock=lock)
        self._strike()
        return is_new


def _deaths(make: Callable[[int], _DyingStore], proposal: Proposal) -> Iterator[_DyingStore]:
    """A store for each point at which whoever carries out the disposal may die."""
    for point in range(1000):
        store = make(point)
        store.left = point
        try:
            _disposing(store, proposal).carry_out(by="bob")
        except _Killed:
            store.left = -1
            yield store
        else:
            return


def test_whoever_is_killed_anywhere_and_runs_again_ends_with_the_same(tmp_path: Path) -> None:
    def make(point: int) -> _DyingStore:
        store = _DyingStore(tmp_path / str(point))
        _old(store, "A-1")
        _old(store, "B-1", SHARED)
        cleared(store, "C-1", {"invoice.pdf": PAPERS["packing list.pdf"]})
        _confirmed(store)
        return store

    first = make(-1)
    proposal = Disposals(first).proposal(next(Disposals(first).ids()))
    whole = _disposing(first, proposal).carry_out(by="bob")
    died = list(_deaths(make, proposal))
    for store in died:
        done = _disposing(store, proposal).carry_out(by="bob")
        assert (done.disposed, done.kept, _listed(store)) == (whole.disposed, whole.kept, _listed(first))
        doomed = {one.key for shipment in proposal.shipments for one in shipment.objects}
        assert Disposals(store).gone() == doomed
    assert len(died) > 20


def test_without_a_journal_nothing_is_told() -> None:
    shipment = DoomedShipment(broker="b", reference="r", lasted_until=ACCEPTED, because=(), objects=())
    proposal = Proposal(
        id="x", proposed_by="ann", proposed_at=NOW, expires_at=NOW, digest="0" * 64, shipments=(shipment,)
    )
    assert no_journal(DisposalTold(proposal, 1, "bob", NOW)) is None


def test_a_locked_record_stops_the_disposal_loudly(store: RetentionStore) -> None:
    _old(store)
    proposal = _confirmed(store)

    def locks(_told: DisposalTold) -> None:
        store.hold("shipments/local/A-1/1/result.json", on=True)

    with pytest.raises(ObjectLocked):
        Disposing(_counting(store), proposal, lambda *_: None, locks).carry_out(by="bob")
