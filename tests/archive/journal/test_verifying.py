"""Whatever is altered, removed, cut off or forged in the journal is found, and named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from archive.journal.batches import batch_key
from archive.journal.book import Journal, checkpoint_key
from archive.journal.checkpoints import checkpoint_of
from archive.journal.head_checks import KeptCheckpoint
from archive.journal.publishing import PUBLISHED, publish
from archive.journal.verifying import Trust, verify
from archive.stores.local import LocalStore
from tests.journals import Desk, event, key_named, told

ENTRIES = 600


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Batches of three: two full tiles, partial ones, checkpoints at 300 and at the end."""
    desk = Desk(tmp_path_factory.mktemp("journal"), (key_named(),))
    journal = desk.writer()
    for number in range(ENTRIES // 3):
        journal.append([event(number), event(number, "read"), event(number, "found")])
        if number == 99:
            journal.checkpoint_now()
    publish(journal)
    journal.index.close()
    return desk


@pytest.fixture
def desk(written: Desk, tmp_path: Path) -> Desk:
    """A copy to touch."""
    shutil.copytree(written.folder, tmp_path / "journal")
    return replace(written, folder=tmp_path / "journal")


def test_an_untouched_journal_fits_and_says_how_far_it_is_signed(desk: Desk) -> None:
    found = desk.verified(writer=desk.writer())
    assert found.troubles == ()
    assert (found.head.size, found.batches, found.signed, found.checkpoints) == (ENTRIES, 200, ENTRIES, 3)
    assert found.tiles == 2 + 2 + 3  # full bundles and tiles, and the partial ones at the edge, one of them above
    assert found.places[event(7, "found").id] == 23


def test_without_the_register_it_fits_too(desk: Desk) -> None:
    assert desk.verified().troubles == ()


def _other_digest(content: bytes) -> bytes:
    """One digest of the second entry, as whoever wants to pass off other papers would alter it."""
    lines = content.split(b"\n")
    return b"\n".join([*lines[:2], lines[2].replace(b"abab", b"cdcd", 1), *lines[3:]])


@pytest.mark.parametrize("remembers", [True, False], ids=["with the register", "without it"])
@pytest.mark.parametrize("number", [0, 50, 150, 199], ids=["first", "in a full tile", "beyond", "last"])
def test_an_altered_entry_is_named_alone(number: int, remembers: bool, desk: Desk) -> None:  # noqa: FBT001 - a parameter of the test
    desk.touch(batch_key(number), _other_digest)
    found = desk.verified(writer=desk.writer() if remembers else None)
    place = number * 3 + 1
    if remembers or number < 199:
        assert told(found) == [(batch_key(number), (place, place + 1))]
        assert found.signed == ENTRIES
    else:
        # Nobody is left to vouch for the last batch: what does not fit it is named instead.
        tiles = ("journal/tile/0/002.p/88", "journal/tile/entries/002.p/88")
        heads = (checkpoint_key(ENTRIES), f"{PUBLISHED}{ENTRIES:015d}")
        assert {where for where, _ in told(found)} == {*tiles, *heads}
        assert {entries for where, entries in told(found) if where in tiles} == {(598, 599)}
        assert found.signed == 300


@pytest.mark.parametrize("number", [0, 120, 199])
def test_a_removed_batch_is_named_and_what_follows_is_still_proved(number: int, desk: Desk) -> None:
    desk.remove(batch_key(number))
    found = desk.verified(writer=desk.writer())
    assert [(trouble.where, trouble.what) for trouble in found.troubles] == [
        (batch_key(number), f"batch {number} is missing")
    ]
    assert found.signed == ENTRIES


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda _: b"",
        lambda content: content.replace(b'"v":1', b'"v":2', 1),
        lambda content: content.replace(b'"start"', b'"Start"', 1),
        lambda content: content.replace(b'"root":"', b'"root":"0', 1),
        lambda content: content.replace(b"received", b"reviewed", 1),
        lambda content: content + b"\n",
    ],
)
def test_a_batch_that_is_none_any_more_is_named_alone(change: Callable[[bytes], bytes], desk: Desk) -> None:
    desk.touch(batch_key(60), change)
    for writer in (desk.writer(), None):
        found = desk.verified(writer=writer)
        assert [trouble.where for trouble in found.troubles] == [batch_key(60)]
        assert found.signed == ENTRIES


def test_it_is_not_taken_for_the_fault_of_a_batch_that_the_next_one_lies_about_it(desk: Desk) -> None:
    def lie(content: bytes) -> bytes:
        head, _, rest = content.partition(b"\n")
        line = {**json.loads(head), "before": "0" * 64}
        return json.dumps(line, sort_keys=True, separators=(",", ":")).encode() + b"\n" + rest

    desk.touch(batch_key(60), lie)
    assert [where for where, _ in told(desk.verified(writer=desk.writer()))] == [batch_key(60)]


@pytest.mark.parametrize(
    ("key", "entries"),
    [
        ("journal/tile/0/001", (258, 259)),
        ("journal/tile/0/002.p/88", (514, 515)),
        ("journal/tile/1/000.p/2", (0, 256)),
    ],
)
def test_an_altered_tile_is_named_with_the_entries_that_it_is_about(
    key: str, entries: tuple[int, int], desk: Desk
) -> None:
    place = 64 + 7 if entries[1] - entries[0] == 1 else 7
    desk.touch(key, lambda content: content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    assert told(desk.verified(writer=desk.writer())) == [(key, entries)]


def test_an_altered_bundle_is_named_with_its_entry(desk: Desk) -> None:
    desk.touch("journal/tile/entries/001", lambda content: content.replace(b"abab", b"cdcd", 1))
    assert told(desk.verified()) == [("journal/tile/entries/001", (256, 257))]


@pytest.mark.parametrize("key", ["journal/tile/0/000", "journal/tile/entries/001", "journal/tile/1/000.p/2"])
def test_a_removed_tile_is_named(key: str, desk: Desk) -> None:
    desk.remove(key)
    assert [where for where, _ in told(desk.verified())] == [key]


def test_what_does_not_belong_into_the_journal_is_named(desk: Desk) -> None:
    store = LocalStore(desk.folder / "store")
    keys = ["journal/batches/1234", "journal/tile/0/7", "journal/tile/0/005", "journal/checkpoints/000000000000017"]
    for key in keys:
        store.put_new(key, b"x", media_type="text/plain")
    assert {where for where, _ in told(desk.verified())} == set(keys)


def test_a_journal_that_was_cut_off_is_found_by_the_register_and_by_its_checkpoints(desk: Desk) -> None:
    for number in range(190, 200):
        desk.remove(batch_key(number))
    found = desk.verified(writer=desk.writer())
    assert [trouble.what for trouble in found.troubles] == ["batches 190 to 199 are missing"]
    without = desk.verified()
    ends = {trouble.entries for trouble in without.troubles if trouble.where.startswith("journal/checkpoints/")}
    assert ends == {(570, ENTRIES)}


def _kept(desk: Desk) -> KeptCheckpoint:
    return KeptCheckpoint("the broker's copy", desk.path(checkpoint_key(300)).read_bytes())


def _forged(desk: Desk, at: int, folder: Path) -> Desk:
    """The whole journal written anew with the stolen key, another shipment in the place of entry `at`."""
    forged = Desk(folder, desk.keys)
    journal = forged.writer()
    for number in range(ENTRIES // 3):
        told_of = 9999 if number == at // 3 else number
        journal.append([event(told_of), event(told_of, "read"), event(told_of, "found")])
    publish(journal)
    return forged


def test_whoever_has_the_store_and_the_key_can_forge_all_but_the_checkpoints_kept_elsewhere(
    desk: Desk, tmp_path: Path
) -> None:
    forged = _forged(desk, 120, tmp_path / "forged")
    keys = tuple(key.verifier for key in desk.keys)
    assert forged.verified(writer=forged.writer()).troubles == ()
    found = forged.verified(trust=Trust(keys, (_kept(desk),)))
    assert told(found) == [("the broker's copy", (0, 300))]
    assert "is not of this journal" in found.troubles[0].what


def test_what_was_forged_after_a_kept_checkpoint_is_not_found_by_it(desk: Desk, tmp_path: Path) -> None:
    forged = _forged(desk, 450, tmp_path / "forged")
    keys = tuple(key.verifier for key in desk.keys)
    assert forged.verified(trust=Trust(keys, (_kept(desk),))).troubles == ()
    last = KeptCheckpoint("a later copy", desk.path(checkpoint_key(ENTRIES)).read_bytes())
    assert told(forged.verified(trust=Trust(keys, (_kept(desk), last)))) == [("a later copy", (300, ENTRIES))]


def test_the_register_remembers_what_was_there_before_a_forged_history(desk: Desk, tmp_path: Path) -> None:
    forged = _forged(desk, 120, tmp_path / "forged")
    found = verify(LocalStore(forged.folder / "store"), Trust(), index=desk.writer().index)
    assert ("register", (120, 123)) in told(found)


def test_a_journal_that_was_cut_off_is_found_by_a_kept_checkpoint_alone(desk: Desk) -> None:
    last = KeptCheckpoint("the witness", desk.path(checkpoint_key(ENTRIES)).read_bytes())
    for path in ("checkpoints", "published", "tile"):
        shutil.rmtree(desk.path(f"journal/{path}"))
    for number in range(190, 200):
        desk.remove(batch_key(number))
    assert desk.verified().troubles == ()
    found = desk.verified(trust=Trust(kept=(last,)))
    assert told(found) == [("the witness", (570, ENTRIES))]


@pytest.mark.parametrize("trusted", [True, False])
def test_a_forged_checkpoint_is_named(trusted: bool, desk: Desk) -> None:  # noqa: FBT001 - a parameter of the test
    """One of a history that never was: signed by the journal's own key, or by another one of the same name."""
    other = Desk(desk.folder / "other", desk.keys if trusted else (key_named(),))
    journal = other.writer()
    journal.append([event(7777)])
    text = journal.checkpoint_now() or ""
    LocalStore(desk.folder / "store").put_new(checkpoint_key(1), text.encode(), media_type="text/plain")
    assert [where for where, _ in told(desk.verified())] == [checkpoint_key(1)]


def test_an_altered_checkpoint_is_named(desk: Desk) -> None:
    desk.touch(checkpoint_key(300), lambda content: content.replace(b"\n300\n", b"\n301\n"))
    assert [where for where, _ in told(desk.verified())] == [checkpoint_key(300)]


def test_an_event_that_stands_in_the_journal_twice_is_named(tmp_path: Path) -> None:
    desk = Desk(tmp_path, (key_named(),))
    journal = desk.writer()
    journal.append([event(1), event(2)])
    journal.append([event(3)])
    _put_twice(journal)
    assert told(desk.verified()) == [(batch_key(2), (3, 4))]


def _put_twice(journal: Journal) -> None:
    from archive.journal.batches import batch_after  # noqa: PLC0415 - a writer that looks at nothing

    batch = batch_after(journal.index.end(), [event(2)])
    journal.store.put_new(batch.key, batch.content, media_type="text/plain")


def test_after_a_change_of_keys_old_and_new_checkpoints_are_proved_by_their_own_key(tmp_path: Path) -> None:
    old, new = key_named(), key_named()
    sizes = []
    for number, keys in enumerate([(old,), (old, new), (new,)]):
        journal = Desk(tmp_path, keys).writer()
        journal.append([event(number)])
        publish(journal)
        sizes.append(journal.size)
    both = Trust((old.verifier, new.verifier))
    assert Desk(tmp_path, ()).verified(trust=both).troubles == ()
    assert Desk(tmp_path, ()).verified(trust=both).signed == 3
    by_new = Desk(tmp_path, ()).verified(trust=Trust((new.verifier,)))
    assert {where for where, _ in told(by_new)} == {checkpoint_key(1), f"{PUBLISHED}{1:015d}"}
    texts = [(tmp_path / "store" / checkpoint_key(size)).read_bytes() for size in sizes]
    signers: Sequence[tuple[object, ...]] = [checkpoint_of(text, both.keys, "checkpoint").signers for text in texts]
    assert signers == [(old.verifier,), (old.verifier, new.verifier), (new.verifier,)]
