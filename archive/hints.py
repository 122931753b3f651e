"""What corrections taught about exporters' papers, as a broker's log that only grows.

hints/<broker>/<n>.json      hints learned from one release, or one removed; counted from 1, without gaps

What is in force after entry n follows from the entries up to n. So a run that notes one number in its intake can be
judged again with the very hints that it had, whatever was learned or removed since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from archive import records
from archive.keys import HINTS as AREA
from archive.keys import hints, name_of
from archive.numbered import claimed, last_number
from archive.stores.protocol import ObjectStore
from schemas.hints import Hint, HintEntry


@dataclass(frozen=True, slots=True)
class HintLog:
    """The hints in a store. Every method raises the `StoreError`s of the store and `RecordDamaged`.

    Entries never change, so each is read once.
    """

    store: ObjectStore
    _read: dict[str, HintEntry] = field(default_factory=dict)

    def brokers(self) -> tuple[str, ...]:
        """Whose shipments taught anything, in their order."""
        return tuple(sorted({name_of(key.split("/")[1]) for key in self.store.list(AREA)}))

    def last(self, broker: str) -> int:
        """The number of the newest entry; 0 where nothing was ever learned."""
        return last_number(self.store, hints(broker, ""), partial(_key, broker))

    def entries(self, broker: str, upto: int) -> tuple[HintEntry, ...]:
        """The first `upto` entries, oldest first."""
        return tuple(self._entry(_key(broker, number)) for number in range(1, upto + 1))

    def in_force(self, broker: str, upto: int) -> tuple[Hint, ...]:
        """The hints that stand after entry `upto`, in the order in which they were learned.

        One that was removed stands again only where somebody teaches it anew.
        """
        standing: dict[str, Hint] = {}
        for entry in self.entries(broker, upto):
            if entry.removed is not None:
                standing.pop(entry.removed, None)
            for hint in entry.learned:
                standing.setdefault(hint.id, hint)
        return tuple(standing.values())

    def append(self, broker: str, entry_of: Callable[[int], HintEntry | None]) -> HintEntry | None:
        """Write what `entry_of` makes, given the number of the last entry, behind it; None where it makes nothing.

        Who loses the number to somebody is asked again, knowing what came between.
        """
        while True:
            last = self.last(broker)
            mine = entry_of(last)
            if mine is None:
                return None
            kept = claimed(self.store, partial(_key, broker), mine, after=last)
            if kept is not None:
                return kept

    def records(self, entry: HintEntry) -> Mapping[str, str]:
        """The key of the entry with the SHA-256 of its bytes, for the journal."""
        key = _key(entry.broker, entry.number)
        return {key: hashlib.sha256(self.store.get(key)).hexdigest()}

    def _entry(self, key: str) -> HintEntry:
        if key not in self._read:
            self._read[key] = records.get(self.store, key, HintEntry)
        return self._read[key]


def _key(broker: str, number: int) -> str:
    return hints(broker, f"{number}.json")
