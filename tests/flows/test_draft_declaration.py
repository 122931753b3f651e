from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.stores.local import LocalStore
from flows.draft_declaration import draft_of
from schemas.results import Intake, IntakeFile


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(LocalStore(tmp_path / "archive"), clock=lambda: dt.datetime(2026, 1, 2, tzinfo=dt.UTC))


def _intake(archive: Archive, **drafts: bytes) -> Intake:
    """An intake with a draft in each of the named folders."""
    files = tuple(
        IntakeFile(
            file=f"{folder}/draft_declaration.json",
            sha256=archive.put_original(content, media_type="application/json").sha256,
            media_type="application/json",
            size=len(content),
        )
        for folder, content in drafts.items()
    )
    now = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    facts = {"broker": "local", "reference": "R", "as_of": now.date(), "rules": "r", "received_by": "me"}
    return Intake.model_validate({**facts, "files": files, "revision": 1, "received_at": now})


def test_amounts_written_as_numbers_keep_every_digit(archive: Archive) -> None:
    stated, notices = draft_of(
        _intake(archive, a=b'{"total_invoice_amount": 0.10000000000000000001, "packages": 3}'), archive
    )
    assert stated == {"total_invoice_amount": "0.10000000000000000001", "packages": 3}
    assert notices == ()


def test_no_draft_is_no_notice(archive: Archive) -> None:
    assert draft_of(_intake(archive), archive) == (None, ())


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'"text"', b"\xff\xfe\x00", b'{"packages": NaN}', b"[" * 100_000],
    ids=["empty", "cut off", "a list", "a text", "no text", "not a number", "endless"],
)
def test_an_unreadable_draft_holds_and_says_so(archive: Archive, content: bytes) -> None:
    stated, notices = draft_of(_intake(archive, a=content), archive)
    assert stated is None
    assert [(notice.file, notice.holds) for notice in notices] == [("a/draft_declaration.json", True)]


def test_a_second_draft_is_asked_about(archive: Archive) -> None:
    stated, notices = draft_of(_intake(archive, a=b'{"packages": "3"}', b=b'{"packages": "4"}'), archive)
    assert stated == {"packages": "3"}
    assert [notice.file for notice in notices] == ["b/draft_declaration.json"]
