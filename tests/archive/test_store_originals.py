"""The same bytes that come twice, under other names, of other shipments and brokers: stored once, told each time."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from archive import keys
from archive.archive import Archive
from archive.errors import ObjectMissing, OriginalDamaged
from archive.stores.protocol import RetentionStore
from tests.archived import archive_in, clear, submission

PAPER = b"the invoice"
KEY = keys.original(hashlib.sha256(PAPER).hexdigest())


def arrivals(archive: Archive, *shipments: tuple[str, int]) -> list[tuple[str, str]]:
    """Name and digest of each paper, shipment by shipment."""
    intakes = [archive.intake("local", reference, number) for reference, number in shipments]
    return [(paper.file, paper.sha256) for intake in intakes for paper in intake.files]


def test_the_same_bytes_twice_are_stored_once_and_both_arrivals_are_recorded(store: RetentionStore) -> None:
    archive, digest = archive_in(store), hashlib.sha256(PAPER).hexdigest()
    clear(archive, submission(papers={"invoice.pdf": PAPER}), {"invoice.pdf": PAPER})
    [before] = store.versions("originals/")
    twice = {"copy.pdf": PAPER, "scan 2.pdf": PAPER}
    clear(archive, submission("A-2", papers=twice), twice)
    assert list(store.versions("originals/")) == [before]
    assert before.key == KEY
    assert arrivals(archive, ("A-1", 1), ("A-2", 1)) == [
        ("invoice.pdf", digest), ("copy.pdf", digest), ("scan 2.pdf", digest)
    ]  # fmt: skip
    received = [archive.intake("local", reference, 1).received_at for reference in ("A-1", "A-2")]
    assert all(time.tzinfo is not None for time in received)
    assert archive.original(digest) == PAPER


def test_an_original_is_fetched_into_a_file_and_one_that_was_altered_is_not(
    store: RetentionStore, tmp_path: Path
) -> None:
    archive, digest = archive_in(store), hashlib.sha256(PAPER).hexdigest()
    archive.put_original(PAPER, media_type="application/pdf")
    archive.fetch_original(digest, tmp_path / "invoice.pdf")
    assert (tmp_path / "invoice.pdf").read_bytes() == PAPER
    other = hashlib.sha256(b"other").hexdigest()
    with pytest.raises(ObjectMissing):
        archive.fetch_original(other, tmp_path / "other.pdf")
    store.put_new(keys.original(other), b"altered", media_type="application/pdf")
    with pytest.raises(OriginalDamaged):
        archive.fetch_original(other, tmp_path / "other.pdf")
    assert not (tmp_path / "other.pdf").exists()
