"""What clerks write about a case: forms of a draft and remarks, each written once, gone with the shipment."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

from archive.cases import Comments, Drafts
from archive.census import Counting
from archive.disposals import Disposals, proposal_of
from archive.disposing import Disposing
from archive.retention import Policy
from archive.stores.protocol import RetentionStore
from schemas.casework import Draft
from tests.retained import LONG_AGO, cleared, lodged

NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)


def _draft(number: int, by: str = "ann", reference: str = "A-1") -> Draft:
    return Draft(broker="local", reference=reference, number=number, revision=1, written_by=by, written_at=NOW)


def test_the_last_form_of_a_draft_counts_and_those_before_stay(store: RetentionStore) -> None:
    drafts = Drafts(store)
    assert drafts.last("local", "A-1") is None
    for number in range(1, 12):
        assert drafts.write(_draft(number)) == _draft(number)
    assert drafts.last("local", "A-1") == _draft(11)
    assert len(list(store.list("casework/local/A-1/drafts/"))) == 11


def test_who_writes_a_form_second_finds_the_first(store: RetentionStore) -> None:
    drafts = Drafts(store)
    drafts.write(_draft(1))
    assert drafts.write(_draft(1, "bob")).written_by == "ann"
    assert drafts.write(_draft(1)) == _draft(1)


def test_remarks_of_several_at_once_all_have_a_number_of_their_own(store: RetentionStore) -> None:
    comments = Comments(store)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: comments.add("local", "A-1", by=f"p{n}", at=NOW, text=f"remark {n}"), range(8)))
    told = comments.of("local", "A-1")
    assert [one.number for one in told] == list(range(1, 9))
    assert {one.text for one in told} == {f"remark {n}" for n in range(8)}


def test_a_disposal_leaves_nothing_of_what_was_written_about_the_shipment(store: RetentionStore) -> None:
    lodged(store, cleared(store, "A-1", at=LONG_AGO), dt.date(2012, 3, 9))
    Drafts(store).write(_draft(1))
    Drafts(store).write(_draft(1, reference="B-1"))
    Comments(store).add("local", "A-1", by="ann", at=NOW, text="asked")
    counting = Counting(store, Policy(), NOW)
    past = tuple(counting.doomed(counting.census()))
    proposal = Disposals(store).propose(proposal_of(past, by="ann", at=NOW, days=30))
    Disposals(store).confirm(proposal, by="bob", at=NOW)
    Disposing(counting, proposal, lambda _broker, _reference: None).carry_out(by="bob")
    assert list(store.list("casework/")) == ["casework/local/B-1/drafts/1.json"]
