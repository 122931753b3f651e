from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from archive.errors import ObjectDamaged, ObjectMissing, RecordDamaged
from archive.quarantine import Quarantine, QuarantineRecord
from archive.stores.protocol import ObjectStore

AT = dt.datetime(2026, 4, 1, 12, 0, tzinfo=dt.UTC)
RECORD = QuarantineRecord(
    broker="acme", reference="R-1", id="0a", file="a.pdf", key="inbox/acme/R-1/a.pdf", size=5, dropped_at=AT,
    quarantined_at=AT, why="it is too large", note="n",
)  # fmt: skip


def test_the_bytes_are_kept_beside_the_record_and_proven(store: ObjectStore, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"bytes")
    quarantine = Quarantine(store)
    kept = quarantine.keep(RECORD, tmp_path / "a")
    quarantine.verify(kept, read_up_to=10)
    quarantine.verify(kept, read_up_to=1)
    assert store.get("quarantine/acme/R-1/0a.bin") == b"bytes"
    assert QuarantineRecord.model_validate_json(store.get("quarantine/acme/R-1/0a.json")) == kept


def test_the_first_record_stands_however_often_it_is_kept(store: ObjectStore, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"bytes")
    first = Quarantine(store).keep(RECORD, tmp_path / "a")
    again = Quarantine(store).keep(RECORD.model_copy(update={"why": "of another reason"}), tmp_path / "a")
    assert again == first


def test_bytes_that_are_gone_or_others_are_found(store: ObjectStore) -> None:
    with pytest.raises(ObjectMissing):
        Quarantine(store).verify(RECORD.model_copy(update={"sha256": "0" * 64}), read_up_to=1)
    store.put_new("quarantine/acme/R-1/0a.bin", b"others", media_type="application/octet-stream")
    with pytest.raises(ObjectDamaged):
        Quarantine(store).verify(RECORD.model_copy(update={"sha256": "0" * 64}), read_up_to=10)


def test_a_link_has_a_record_and_no_bytes(store: ObjectStore) -> None:
    Quarantine(store).verify(Quarantine(store).keep(RECORD, None), read_up_to=10)
    assert list(store.list("quarantine/")) == ["quarantine/acme/R-1/0a.json"]


def test_a_record_that_cannot_be_read_is_named(store: ObjectStore) -> None:
    store.put_new("quarantine/acme/R-1/0a.json", b"{}", media_type="application/json")
    with pytest.raises(RecordDamaged, match=r"quarantine/acme/R-1/0a\.json"):
        Quarantine(store).keep(RECORD, None)
