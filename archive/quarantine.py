"""What could not be taken from the inbox: its bytes, and beside them why.

quarantine/<broker>/<reference>/<id>.bin     the bytes as received; none for a link or a device
quarantine/<broker>/<reference>/<id>.json    the record; written last: its presence means that the bytes are there

The id is a digest of the object's name and version, so that whoever is killed and run again finds what it did before.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from archive import keys, records
from archive.errors import ObjectDamaged
from archive.stores.content import measured
from archive.stores.protocol import ObjectStore
from schemas.values import Frozen, Sha256


class QuarantineRecord(Frozen):
    """`file` is the sender's name made readable, `key` the name in the inbox with what is no plain sign escaped.

    `why` is for the broker, `error` for the operator: what the program failed by. `note` is the id of the note in the
    broker's outbox that tells of it. Times are UTC.
    """

    broker: str
    reference: str
    id: str
    file: str
    key: str
    size: int
    dropped_at: dt.datetime
    quarantined_at: dt.datetime
    why: str
    note: str
    error: str | None = None
    sha256: Sha256 | None = None


@dataclass(frozen=True, slots=True)
class Quarantine:
    """The quarantine in a store. Every method raises the `StoreError`s of the store, `keep` also `RecordDamaged`."""

    store: ObjectStore

    def keep(self, record: QuarantineRecord, content: Path | None) -> QuarantineRecord:
        """Keep the bytes, where there are any, then the record; returns the record that stands, which is the first."""
        told = record
        if content is not None:
            found = measured(content)
            self.store.put_new(_key(record, "bin"), content, media_type="application/octet-stream", sha256=found.sha256)
            told = record.model_copy(update={"sha256": found.sha256})
        return records.settled(self.store, _key(record, "json"), told)

    def verify(self, record: QuarantineRecord, *, read_up_to: int) -> None:
        """Prove that the bytes are kept. Above that many bytes their presence must do: the store proved them once.

        Raises:
            ObjectMissing: they are not there.
            ObjectDamaged: they are not those of the record.
        """
        if record.sha256 is None:
            return
        key = _key(record, "bin")
        if record.size > read_up_to and self.store.exists(key):
            return
        if hashlib.sha256(self.store.get(key)).hexdigest() != record.sha256:
            raise ObjectDamaged("the bytes are not those of its record", key, remedy="restore it from a copy")


def _key(record: QuarantineRecord, ending: str) -> str:
    return keys.quarantine(record.broker, record.reference, f"{record.id}.{ending}")
