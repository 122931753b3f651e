"""The journal's keys: kept for their owner alone, listed by the journal itself, and not trusted once retired."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from archive.errors import NoteInvalid, SigningKeyRefused
from archive.journal.book import checkpoint_key
from archive.journal.key_list import introduce, listed, retire
from archive.journal.keyring import keys_from, keys_in, make_key
from archive.journal.verifying import Trust
from tests.journals import AT, Desk, event, key_named, told


def test_a_new_key_is_for_its_owner_alone_and_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "key"
    public = make_key(path, "example.com/journal")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [key.verifier for key in keys_from(path)] == [public]
    before = path.read_bytes()
    with pytest.raises(SigningKeyRefused):
        make_key(path, "example.com/journal")
    assert path.read_bytes() == before


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620])
def test_a_key_that_others_may_read_or_write_is_refused(mode: int, tmp_path: Path) -> None:
    make_key(tmp_path / "key", "example.com/journal")
    (tmp_path / "key").chmod(mode)
    with pytest.raises(SigningKeyRefused, match="open to others"):
        keys_from(tmp_path / "key")


@pytest.mark.parametrize("content", [b"", b"\n", b"no key\n", b"\xff\xfe"])
def test_a_file_that_holds_no_key_is_refused_without_quoting_it(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(content)
    (tmp_path / "key").chmod(0o600)
    with pytest.raises(SigningKeyRefused) as raised:
        keys_from(tmp_path / "key")
    assert "no key" not in str(raised.value)


def test_a_missing_key_file_is_told_with_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(SigningKeyRefused, match="new-key"):
        keys_from(tmp_path / "none")


def test_keys_of_two_journals_are_not_taken_together() -> None:
    keys = " ".join(key.secret for key in (key_named("example.com/a"), key_named("example.com/b")))
    with pytest.raises(SigningKeyRefused, match="several journals") as raised:
        keys_in(keys, "TIDEWAITER_JOURNAL_KEY")
    assert "PRIVATE" not in str(raised.value)


def test_the_journal_tells_which_keys_signed_it_and_until_when(tmp_path: Path) -> None:
    old, new = key_named(), key_named()
    for keys in ((old,), (old, new), (new,)):
        journal = Desk(tmp_path, keys).writer()
        introduce(journal, "tidewaiter", AT)
    later = AT.replace(day=9)
    assert retire(journal, old.verifier.id.hex(), "replaced", by="boss", now=later) == 1
    assert retire(journal, old.verifier.id.hex(), "replaced", by="boss", now=later) == 0
    found = listed(journal)
    assert [(one.written, one.retired_at, one.reason) for one in found.values()] == [
        (str(old.verifier), later, "replaced"),
        (str(new.verifier), None, ""),
    ]


def test_a_key_that_still_signs_or_never_did_is_not_retired(tmp_path: Path) -> None:
    key = key_named()
    journal = Desk(tmp_path, (key,)).writer()
    introduce(journal, "tidewaiter", AT)
    for key_id in (key.verifier.id.hex(), "00000000"):
        with pytest.raises(NoteInvalid):
            retire(journal, key_id, "replaced", by="boss", now=AT)


def test_what_a_stolen_key_signs_after_it_was_retired_is_named_and_what_it_signed_before_stays_good(
    tmp_path: Path,
) -> None:
    stolen, new = key_named(), key_named()
    journal = Desk(tmp_path, (stolen,)).writer()
    introduce(journal, "tidewaiter", AT)
    journal.append([event(1)])
    journal.checkpoint_now()
    journal = Desk(tmp_path, (new,)).writer()
    introduce(journal, "tidewaiter", AT)
    retire(journal, stolen.verifier.id.hex(), "compromised", by="boss", now=AT)
    journal.append([event(2)])
    thief = Desk(tmp_path, (stolen,)).writer()
    thief.checkpoint_now()
    found = Desk(tmp_path, ()).verified(trust=Trust((stolen.verifier, new.verifier)))
    assert [where for where, _ in told(found)] == [checkpoint_key(5)]
    assert "retired by entry 3" in found.troubles[0].what
    assert found.signed == 2
