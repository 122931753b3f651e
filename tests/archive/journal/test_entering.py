"""The round of the night enters what the journal lacks, whatever became of a single record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from typing_extensions import override

from archive.errors import ArchiveError, ObjectAltered
from archive.holds import Hold, Holds
from archive.journal.book import Journal
from archive.journal.entering import enter_everything
from archive.journal.index import JournalIndex
from archive.keys import Revision
from archive.stores.local import LocalStore
from archive.stores.protocol import ObjectStore
from archive.stores.s3 import S3Store
from archive.stores.s3_client import S3Settings
from tests.retained import RECEIVED, cleared
from tests.servers import S3Server

NOW = RECEIVED + dt.timedelta(days=1)
FIRST = Revision("local", "A-1", 1)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[JournalIndex]:
    index = JournalIndex(tmp_path / "register.sqlite")
    yield index
    index.close()


def _filled(store: ObjectStore) -> None:
    for reference in ("A-1", "A-2"):
        cleared(store, reference)
        hold = Hold(broker="local", reference=reference, number=0, on=True, reason="court", by="ann", at=RECEIVED)
        Holds(store).record(hold)


def _kinds(journal: Journal, reference: str) -> list[str]:
    return sorted(placed.entry.kind for placed in journal.entries_of("local", reference))


def test_records_that_somebody_wrote_anew_are_told_and_keep_no_others_from_being_entered(
    index: JournalIndex, s3_settings: S3Settings, s3_server: S3Server
) -> None:
    store = S3Store(s3_settings)
    _filled(store)
    for key in (FIRST.result, "holds/local/A-1/1.json"):
        s3_server.client().put_object(Bucket=s3_settings.bucket, Key=key, Body=b"{}")
    journal, told = Journal(store, index), list[ArchiveError]()
    enter_everything(journal, NOW, told.append)
    assert [type(one) for one in told] == [ObjectAltered] * 2
    assert _kinds(journal, "A-2") == ["declared", "found", "held", "read", "received"]
    assert _kinds(journal, "A-1") == []


class _GoingStore(LocalStore):
    """A shipment of it is disposed of as soon as somebody looks at its result."""

    @override
    def get(self, key: str) -> bytes:
        if key == FIRST.result and self.exists(key):
            self.remove(key)
        return super().get(key)


def test_a_shipment_that_is_disposed_of_meanwhile_is_no_trouble(index: JournalIndex, tmp_path: Path) -> None:
    store = _GoingStore(tmp_path / "archive")
    _filled(store)
    journal, told = Journal(store, index), list[ArchiveError]()
    enter_everything(journal, NOW, told.append)
    assert told == []
    assert "found" in _kinds(journal, "A-2")
