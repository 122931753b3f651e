"""Pages sorted anew on a case whose papers came in one file: tried at once, taken back, released, kept for good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.claims import Claims
from archive.decisions import Decisions
from archive.keys import Revision
from archive.stores.folder_exchange import FolderExchange
from flows import plain, steps
from flows.casework.arranging import PageMove
from flows.casework.cases import open_case
from flows.casework.drafting import carry_over, confirm, draft_of, propose, take, undo, why_not_second
from flows.casework.errors import (
    DraftChangedError,
    DraftStaleError,
    NotAllowedError,
    NotReleasableError,
    WrongMoveError,
)
from flows.casework.late_papers import add_paper
from flows.casework.rechecking import recheck
from flows.casework.releasing import release
from flows.casework.retyping import LONGEST, Sorted, arranged, sort_pages
from flows.decisions import Clear
from flows.inbox.watching import watch_once
from flows.replaying import replay
from flows.settings import Settings
from flows.workshop import Workshop, open_workshop
from schemas.assignments import PageName
from schemas.casework import Choice, Draft, Person
from schemas.results import IntakeFile, ShipmentResult, Submission
from tests.combined import CERTIFICATE, FILES, INVOICE, LADING, PACKING, SAMPLE, combined
from tests.dropped import held
from tests.mortal import KilledError, Life, MortalStore

AT = dt.datetime(2026, 4, 13, 9, tzinfo=dt.UTC)
AS_OF = dt.date(2026, 4, 13)

Sorting = Callable[..., Sorted]


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with that file, cleared once: it is clear."""
    place = tmp_path_factory.mktemp("retyping")
    (place / "S01").mkdir()
    combined(place / "S01" / "papers.pdf")
    with open_workshop(Settings(data_dir=place / "data", exchange_dir=place / "exchange")) as workshop:
        plain.clear(place / "S01", workshop, as_of=AS_OF, on_page=steps.unseen)
    return place / "data"


def _page(shop: Workshop, number: int) -> PageName:
    return PageName(sha256=shop.archive.intake("local", "S01", 1).files[0].sha256, page=number)


@pytest.fixture
def sorting(ann: Person) -> Sorting:
    """Moves a page on the draft that stands: by Ann."""

    def move(
        shop: Workshop, number: int, manner: str, *, by: Person = ann, to: int | None = None, **told: object
    ) -> Sorted:
        target = None if to is None else _page(shop, to)
        wanted = PageMove(_page(shop, number), manner, to=target, reason="looked", **told)  # type: ignore[arg-type]  # of a test
        return sort_pages(draft_of("local", "S01", shop), wanted, by, shop, at=dt.datetime.now(dt.UTC))

    return move


def _papers(result: ShipmentResult) -> list[tuple[str, list[int]]]:
    return [(one.type, [page for part in one.parts for page in part.pages]) for one in result.documents]


AS_READ = [
    ("commercial_invoice", [1]), ("packing_list", [2]), ("certificate_of_origin", [3]), ("transport_document", [4]),
]  # fmt: skip


def test_papers_in_one_file_are_arranged_as_the_machine_found_them(shop: Workshop) -> None:
    papers = arranged(draft_of("local", "S01", shop), shop)
    assert [(one.type, [page.page for page in one.pages]) for one in papers] == AS_READ


def test_a_packing_list_taken_for_an_invoice_is_checked_as_an_invoice(shop: Workshop, sorting: Sorting) -> None:
    draft = sorting(shop, PACKING, "retype", type="commercial_invoice").draft
    told = recheck(draft, shop)
    assert _papers(told.result)[1] == ("commercial_invoice", [PACKING])
    assert told.result.documents[1].reasons == ("ann put these pages together as a commercial invoice: looked",)
    assert (told.status, told.can_release) == ("held", True)
    codes = {one.finding.code for one in told.arisen}
    assert {"document_missing", "field_missing"} <= codes
    kept = open_case("local", "S01", shop)
    assert (_papers(kept.result), kept.result.status) == (AS_READ, "clear")


def test_the_certificate_taken_for_an_invoice_of_the_same_number_is_never_declared(
    shop: Workshop, sorting: Sorting
) -> None:
    """A wrong word of a person is checked as the machine's would be."""
    for number in (CERTIFICATE, LADING):
        sorting(shop, number, "retype", type="commercial_invoice")
    told = recheck(draft_of("local", "S01", shop), shop)
    assert told.status == "held"
    assert {one.finding.severity for one in told.arisen} >= {"error"}


def test_a_page_sorted_against_its_own_title_is_asked_about_and_a_clerk_may_confirm_it(
    shop: Workshop, sorting: Sorting, ann: Person
) -> None:
    """Else the certificate's number would be declared as that of the transport document, and nothing would hold."""
    draft = sorting(shop, CERTIFICATE, "retype", type="transport_document").draft
    told = recheck(draft, shop)
    asked = next(one for one in told.arisen if "has the title of a certificate of origin" in one.finding.message)
    assert (told.status, asked.finding.severity) == ("held", "warning")
    confirmed = take(draft, asked.key, Choice("waive", "accepted_by_customs"), ann, shop)
    assert asked.key not in {one.key for one in recheck(confirmed, shop).holding}
    back = recheck(sorting(shop, CERTIFICATE, "retype", type="certificate_of_origin").draft, shop)
    assert (back.status, back.changed) == ("clear", ())


def test_a_page_set_aside_is_no_paper_and_what_it_proved_is_missing(shop: Workshop, sorting: Sorting) -> None:
    told = recheck(sorting(shop, PACKING, "aside").draft, shop)
    assert _papers(told.result)[1] == ("other", [PACKING])
    assert "document_missing" in {one.finding.code for one in told.arisen}
    (said,) = [one for one in told.result.findings if one.decision is not None]
    assert said.message == "ann set page 2 of “papers.pdf” aside, as no paper of this shipment: looked."
    assert (said.severity, said.holds) == ("info", False)


def test_papers_taken_as_one_are_split_and_of_each_the_values_are_its_own(shop: Workshop, sorting: Sorting) -> None:
    sorting(shop, PACKING, "join", to=INVOICE)
    joined = recheck(draft_of("local", "S01", shop), shop)
    assert _papers(joined.result)[0] == ("commercial_invoice", [INVOICE, PACKING])
    split = recheck(sorting(shop, PACKING, "begin", type="packing_list").draft, shop)
    assert (
        split.result.documents
        == recheck(Draft(broker="local", reference="S01", number=0, revision=1), shop).result.documents
    )
    assert (split.status, split.changed) == ("clear", ())


def test_a_move_is_taken_back_with_the_decisions_that_it_did_away_with(
    shop: Workshop, sorting: Sorting, ann: Person
) -> None:
    held = sorting(shop, PACKING, "retype", type="commercial_invoice").draft
    finding = next(one for one in recheck(held, shop).holding if one.finding.code == "document_missing")
    decided = take(held, finding.key, Choice("request", "please send it"), ann, shop)
    moved = sorting(shop, PACKING, "retype", type="packing_list")
    assert [one.action for one in moved.lost] == ["request"]
    assert moved.draft.steps == ()
    back = undo(moved.draft, ann, shop)
    assert (back.steps, back.assignments) == (decided.steps, decided.assignments)
    assert undo(undo(back, ann, shop), ann, shop).acts == ()


def test_a_released_move_is_a_record_of_the_archive_and_the_revision_is_judged_with_it(
    shop: Workshop, sorting: Sorting, ann: Person, clear: Clear
) -> None:
    result = release(sorting(shop, PACKING, "retype", type="commercial_invoice").draft, ann, shop, clear)
    assert (result.revision, result.status, _papers(result)[1][0]) == (2, "held", "commercial_invoice")
    (kept,) = shop.assignments.of("local", "S01")
    assert (kept.by, kept.reason, kept.revision, kept.number, kept.page) == (
        "ann",
        "looked",
        1,
        1,
        _page(shop, PACKING),
    )
    assert shop.archive.intake("local", "S01", 2).assignments == (kept,)
    told = [one.decision for one in result.findings if one.decision is not None]
    assert [(one.by, one.value) for one in told] == [("ann", "commercial_invoice")]
    entries = shop.journal.entries_of("local", "S01")
    named = {key for one in entries for key in one.entry.records}
    assert Revision("local", "S01", 1).correction(1) in named
    again = replay("S01", 2, shop, steps.unseen)
    assert again.differences == ()
    assert draft_of("local", "S01", shop).acts == ()


def test_a_wrong_word_is_put_right_by_a_later_one_without_loss(
    shop: Workshop, sorting: Sorting, ann: Person, clear: Clear
) -> None:
    first = shop.archive.result("local", "S01", 1)
    wrong = release(sorting(shop, PACKING, "retype", type="commercial_invoice").draft, ann, shop, clear)
    right = release(sorting(shop, PACKING, "retype", type="packing_list").draft, ann, shop, clear)
    assert (wrong.status, right.status, right.revision) == ("held", "clear", 3)
    assert right.documents == first.documents
    assert right.declaration == first.declaration
    assert shop.archive.original(_page(shop, 1).sha256)


def _late(shop: Workshop, name: str, content: bytes) -> None:
    """A paper comes beside the others, or in place of one of that name."""
    last = shop.archive.last_intake("local", "S01")
    assert last is not None
    stored = shop.archive.put_original(content, media_type="application/pdf")
    late = IntakeFile(file=name, sha256=stored.sha256, media_type="application/pdf", size=len(content))
    told = {field: getattr(last, field) for field in Submission.model_fields}
    files = tuple(one for one in last.files if one.file != name)
    assignments = shop.assignments.of("local", "S01")
    intake = shop.archive.begin(Submission(**{**told, "files": (*files, late), "assignments": assignments}))
    plain.clear_begun(intake, shop, on_page=steps.unseen)


@pytest.mark.slow
def test_what_was_said_of_a_page_holds_when_a_late_paper_comes(
    shop: Workshop, sorting: Sorting, ann: Person, clear: Clear
) -> None:
    release(sorting(shop, CERTIFICATE, "aside").draft, ann, shop, clear)
    _late(shop, "late.pdf", (SAMPLE / FILES[1]).read_bytes() + b"\n")
    papers = _papers(shop.archive.result("local", "S01", 3))
    assert papers == [*AS_READ[:2], ("other", [3]), AS_READ[3], ("packing_list", [1])]


def test_a_paper_that_comes_through_the_inbox_makes_a_revision_that_knows_what_was_sorted(
    shop: Workshop, sorting: Sorting, ann: Person, clear: Clear
) -> None:
    release(sorting(shop, CERTIFICATE, "aside").draft, ann, shop, clear)
    add_paper("local", "S01", "late.pdf", (SAMPLE / FILES[1]).read_bytes() + b"\n", shop)
    later = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)
    watch_once(shop, FolderExchange(shop.settings.exchange_dir), now=lambda: later, clear=held(shop))
    assert shop.archive.intake("local", "S01", 3).assignments == shop.assignments.of("local", "S01")


@pytest.mark.slow
def test_of_a_file_that_is_replaced_nothing_stands_and_the_result_says_so(
    shop: Workshop, sorting: Sorting, ann: Person, clear: Clear, tmp_path: Path
) -> None:
    release(sorting(shop, CERTIFICATE, "aside").draft, ann, shop, clear)
    _late(shop, "papers.pdf", combined(tmp_path / "again.pdf").read_bytes() + b"\n")
    result = shop.archive.result("local", "S01", 3)
    assert _papers(result) == AS_READ
    told = [one.message for one in result.findings if one.decision is not None]
    assert len(told) == 1
    assert "no longer all here" in told[0]


@pytest.mark.slow
def test_a_draft_is_carried_over_to_a_late_paper_and_lost_where_its_file_is_replaced(
    shop: Workshop, sorting: Sorting, ann: Person
) -> None:
    draft = sorting(shop, CERTIFICATE, "aside").draft
    _late(shop, "late.pdf", (SAMPLE / FILES[1]).read_bytes() + b"\n")
    with pytest.raises(DraftStaleError, match="other papers came"):
        sorting(shop, LADING, "aside")
    carried, lost = carry_over(draft, ann, shop)
    assert ((carried.revision, carried.assignments), lost) == ((2, draft.assignments), ())
    assert ("other", [3]) in _papers(recheck(carried, shop).result)
    _late(shop, "papers.pdf", combined(shop.settings.data_dir / "again.pdf").read_bytes() + b"\n")
    last, lost = carry_over(carried, ann, shop)
    assert (last.acts, lost) == ((), draft.assignments)


def test_what_cannot_be_moved_is_told_and_nothing_is_written(shop: Workshop, sorting: Sorting) -> None:
    with pytest.raises(WrongMoveError, match="sorted so already"):
        sorting(shop, PACKING, "retype", type="packing_list")
    with pytest.raises(WrongMoveError, match="no such page 9"):
        sorting(shop, 9, "aside")
    draft = draft_of("local", "S01", shop)
    long = PageMove(_page(shop, 1), "aside", reason="x" * (LONGEST + 1))
    with pytest.raises(WrongMoveError, match="say it shorter"):
        sort_pages(draft, long, Person(id="ann"), shop, at=AT)
    assert draft.number == 0


def test_of_two_who_sort_at_once_the_second_is_told(shop: Workshop, sorting: Sorting, bob: Person) -> None:
    seen = draft_of("local", "S01", shop)
    sorting(shop, PACKING, "aside")
    with pytest.raises(DraftChangedError, match="ann changed the decisions meanwhile"):
        sort_pages(seen, PageMove(_page(shop, LADING), "aside", reason="x"), bob, shop, at=AT)


def test_above_the_set_value_a_second_person_confirms_what_was_sorted(
    two_needed: Workshop, sorting: Sorting, ann: Person, bob: Person
) -> None:
    draft = sorting(two_needed, PACKING, "aside").draft
    clear = partial(plain.clear_begun, workshop=two_needed, on_page=steps.unseen)
    with pytest.raises(NotReleasableError, match="second person"):
        release(draft, ann, two_needed, clear)
    laid = propose(draft, ann, two_needed)
    assert why_not_second(laid, ann) is not None
    with pytest.raises(NotAllowedError):
        confirm(laid, ann, two_needed)
    result = release(confirm(laid, bob, two_needed), ann, two_needed, clear)
    assert result.revision == 2
    assert [one.confirmed_by for one in two_needed.assignments.of("local", "S01")] == ["bob"]


def test_a_release_of_sorted_pages_that_is_killed_after_any_write_is_finished_by_running_it_again(
    shop: Workshop, sorting: Sorting, ann: Person
) -> None:
    for manner in ("aside", "retype", "aside"):
        told = {"type": "packing_list"} if manner == "retype" else {}
        draft = sorting(shop, PACKING, manner, **told).draft
    killed = 0
    for writes in count(1):
        store = MortalStore(shop.decisions.store, Life(writes))
        archive = Archive(store, shop.archive._clock)  # noqa: SLF001 - the same clock, on another store
        mortal = replace(shop, archive=archive, claims=Claims(store), decisions=Decisions(store))
        try:
            result = release(draft, ann, mortal, partial(_commit, workshop=mortal))
        except KilledError:
            killed += 1
            continue
        break
    assert killed > 0
    assert result.revision == 2
    kept = shop.assignments.of("local", "S01")
    assert [(one.number, one.paper.type) for one in kept] == [(1, "other"), (2, "packing_list"), (3, "other")]
    assert shop.archive.intake("local", "S01", 2).assignments == kept


def _commit(_intake: object, workshop: Workshop) -> ShipmentResult:
    """Commits a result, as the last step of clearing does, and judges nothing."""
    last = workshop.archive.last_intake("local", "S01")
    assert last is not None
    held = ShipmentResult(broker="local", reference="S01", revision=last.revision, as_of=last.as_of, status="held")
    return workshop.archive.commit(last, held)
