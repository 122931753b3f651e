from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import uuid4

import pytest

from archive.stores.protocol import Lock
from flows import steps
from flows.errors import NoSuchShipmentError
from flows.plain import clear, latest
from flows.settings import Settings
from flows.workshop import open_records, open_workshop
from tests.servers import S3Server

DAY = dt.date(2026, 4, 1)


@pytest.mark.slow
def test_papers_cleared_into_a_bucket_give_what_they_give_in_a_folder(
    s3_server: S3Server, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", s3_server.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", s3_server.secret_key)
    bucket = f"shipments-{uuid4().hex}"
    s3_server.client().create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
    folder = Settings(data_dir=tmp_path / "folder")
    remote = Settings(data_dir=tmp_path / "index", store="s3", s3_bucket=bucket, s3_endpoint=s3_server.endpoint)
    with open_workshop(folder) as here, open_workshop(remote) as there:
        expected = clear(papers, here, as_of=DAY, on_page=steps.unseen)
        assert clear(papers, there, as_of=DAY, on_page=steps.unseen) == expected
        assert latest("S-1", there) == expected
        assert there.place_of(expected) == f"s3://{bucket}/shipments/local/S-1/1/result.json"
    for settings in (folder, remote):
        assert all(lock and lock.mode == "governance" for lock in _locks(settings))


def _locks(settings: Settings) -> list[Lock | None]:
    """Those of everything that belongs to a shipment."""
    with open_records(settings) as records:
        store = records.store
        return [store.lock_of(key) for area in ("originals/", "shipments/") for key in store.list(area)]


def test_what_a_killed_process_left_unindexed_is_indexed_at_the_next_start(papers: Path, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    with open_workshop(settings) as workshop:
        clear(papers, workshop, as_of=DAY, on_page=steps.unseen)
    (settings.data_dir / "register.sqlite").unlink()
    with open_workshop(settings) as workshop:
        assert [one.reference for one in workshop.register.shipments()] == ["S-1"]


def test_originals_are_archived_before_anything_reads_them(papers: Path, tmp_path: Path) -> None:
    with open_workshop(Settings(data_dir=tmp_path / "data")) as workshop:
        submission = steps.submit(papers, workshop, reference=None, as_of=DAY)
        for paper in papers.iterdir():
            paper.unlink()
        intake = workshop.archive.begin(submission)
        readings = steps.read_papers(intake, workshop, steps.unseen)
    assert [(reading.original.file, len(reading.pages)) for reading in readings] == [
        ("invoice.pdf", 1),
        ("packing list.pdf", 1),
    ]


def test_what_is_left_out_is_in_the_intake(papers: Path, tmp_path: Path) -> None:
    (papers / "link.pdf").symlink_to(papers / "invoice.pdf")
    with open_workshop(Settings(data_dir=tmp_path / "data")) as workshop:
        result = clear(papers, workshop, as_of=DAY, on_page=steps.unseen)
        intake = workshop.archive.intake("local", "S-1", 1)
    assert [notice.file for notice in intake.left_out] == ["link.pdf"]
    assert "link.pdf" in {place.file for finding in result.findings if finding.holds for place in finding.evidence}


def test_a_reference_that_was_never_cleared_is_told_with_the_archive_looked_into(tmp_path: Path) -> None:
    with (
        open_workshop(Settings(data_dir=tmp_path / "data")) as workshop,
        pytest.raises(NoSuchShipmentError, match=rf"S-9: not in the archive {tmp_path}"),
    ):
        latest("S-9", workshop)
