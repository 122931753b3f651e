"""The journal in the register: which events are known, where a shipment's are, and the hashes that proofs are made of.

Like the register it can be rebuilt: from the batches, which are the journal. Its tables are its own and are made where
they are missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Index,
    LargeBinary,
    Select,
    String,
    delete,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
from sqlalchemy.types import TypeEngine

from archive.addresses import shown
from archive.databases import closed_unless_ready, engine_for, mapping, writing
from archive.errors import JournalDamaged
from archive.journal.batches import Batch, End
from archive.journal.merkle import HASH_BYTES, Frontier
from archive.journal.tiles import HEIGHT, WIDTH, folded
from archive.keys import Revision
from archive.tables import PlainText, UtcTime

_MOST_AT_ONCE: Final = 500
"""Ids of one question: SQLite takes some thousand values in one."""


class JournalRow(MappedAsDataclass, DeclarativeBase):
    """Base of the journal's rows, apart from those of the register, which are dropped when it is rebuilt."""

    type_annotation_map: ClassVar[dict[type, type[TypeEngine[str]]]] = {str: PlainText}


class LeafRow(JournalRow):
    """An entry of which only what it is found by is kept; its bytes stand in its batch. `position` counts from 0."""

    __tablename__ = "journal_entries"
    __table_args__ = (Index("ix_journal_entries_by_shipment", "broker", "reference", "revision"),)

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(32), index=True)
    batch: Mapped[int]
    kind: Mapped[str]
    broker: Mapped[str]
    reference: Mapped[str]
    revision: Mapped[int | None]
    at: Mapped[dt.datetime] = mapped_column(UtcTime)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class SubtreeRow(JournalRow):
    """The root of 256 leaves, so that no proof needs to look at them all."""

    __tablename__ = "journal_subtrees"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class EndRow(JournalRow):
    """One row: where the journal ends as far as it is known here. `tiled` is the size up to which tiles are written."""

    __tablename__ = "journal_end"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    batches: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    frontier: Mapped[bytes] = mapped_column(LargeBinary)
    tiled: Mapped[int]


class OwedRow(JournalRow):
    """A revision of whose events some may not be entered yet: noted before the first one, forgotten after the last."""

    __tablename__ = "journal_owed"

    broker: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class JournalIndex:
    """The tables at a SQLite file or SQLAlchemy address; several processes may use one at once.

    Every method raises `RegisterUnavailable` (try again) or `RegisterUnusable` (rebuild); those that give hashes raise
    `JournalDamaged` where the index lacks one (rebuild).
    """

    def __init__(self, database: Path | str) -> None:
        self._where = shown(database)
        self._engine = engine_for(database)
        with mapping(self._where), closed_unless_ready(self._engine):
            if not inspect(self._engine).has_table(EndRow.__tablename__):
                self._make_tables()

    def close(self) -> None:
        self._engine.dispose()

    def end(self) -> End:
        with mapping(self._where), self._engine.connect() as connection:
            row = connection.execute(select(EndRow.batches, EndRow.digest, EndRow.size, EndRow.frontier)).one()
        hashes = tuple(row.frontier[place : place + HASH_BYTES] for place in range(0, len(row.frontier), HASH_BYTES))
        return End(row.batches, row.digest, Frontier(row.size, hashes))

    def known(self, ids: Collection[str]) -> frozenset[str]:
        """Those of the ids that have an entry."""
        listed, found = sorted(ids), set[str]()
        with mapping(self._where), self._engine.connect() as connection:
            for first in range(0, len(listed), _MOST_AT_ONCE):
                asked = select(LeafRow.id).where(LeafRow.id.in_(listed[first : first + _MOST_AT_ONCE]))
                found.update(connection.scalars(asked))
        return frozenset(found)

    def add(self, end: End, batches: Sequence[Batch]) -> bool:
        """Enter batches that follow that end, all or none; False where somebody entered some of them meanwhile."""
        last = end
        for batch in batches:
            last = batch.end_after(last)
        with mapping(self._where), writing(self._engine) as connection:
            moved = update(EndRow).where(EndRow.batches == end.batches).values(**_end_values(last))
            if connection.execute(moved).rowcount != 1:
                return False
            rows = [row for batch in batches for row in _rows(batch)]
            connection.execute(insert(LeafRow), rows)
            self._add_subtrees(connection, end.tree.size, last.tree.size)
        return True

    def forget(self) -> None:
        """Empty the tables, to be filled from the batches anew."""
        with mapping(self._where), writing(self._engine) as connection:
            connection.execute(delete(LeafRow))
            connection.execute(delete(SubtreeRow))
            connection.execute(update(EndRow).values(tiled=0, **_end_values(End())))

    def tiled(self) -> int:
        """The size up to which every full tile is known to be in the store."""
        with mapping(self._where), self._engine.connect() as connection:
            return int(connection.scalar(select(EndRow.tiled)) or 0)

    def set_tiled(self, size: int) -> None:
        with mapping(self._where), writing(self._engine) as connection:
            connection.execute(update(EndRow).where(EndRow.tiled < size).values(tiled=size))

    def owe(self, revision: Revision) -> None:
        """Note that events of the revision are to be entered."""
        with mapping(self._where), writing(self._engine) as connection:
            if not connection.scalar(select(func.count()).select_from(OwedRow).where(_is_of(revision))):
                with suppress(IntegrityError), connection.begin_nested():
                    connection.execute(insert(OwedRow).values(_names(revision)))

    def settle(self, revision: Revision) -> None:
        """Forget the note: all that is to be entered about the revision is."""
        with mapping(self._where), writing(self._engine) as connection:
            connection.execute(delete(OwedRow).where(_is_of(revision)))

    def owed(self) -> tuple[Revision, ...]:
        asked = select(OwedRow.broker, OwedRow.reference, OwedRow.revision)
        with mapping(self._where), self._engine.connect() as connection:
            return tuple(Revision(*row) for row in connection.execute(asked))

    def place_of(self, entry_id: str) -> int | None:
        """The position of the entry with this id; None where there is none."""
        with mapping(self._where), self._engine.connect() as connection:
            return connection.scalar(select(func.min(LeafRow.position)).where(LeafRow.id == entry_id))

    def places_of(self, broker: str, reference: str) -> tuple[tuple[int, int], ...]:
        """(position, batch) of each entry about the shipment, in order."""
        asked = (
            select(LeafRow.position, LeafRow.batch)
            .where(LeafRow.broker == broker, LeafRow.reference == reference)
            .order_by(LeafRow.position)
        )
        with mapping(self._where), self._engine.connect() as connection:
            return tuple((row.position, row.batch) for row in connection.execute(asked))

    def batches_of(self, low: int, high: int) -> tuple[int, ...]:
        """The numbers of the batches with entries `low` to `high`, the last not included, ascending."""
        asked = select(LeafRow.batch).where(LeafRow.position >= low, LeafRow.position < high).distinct()
        with mapping(self._where), self._engine.connect() as connection:
            return tuple(sorted(connection.scalars(asked)))

    def hashes(self, low: int, high: int) -> tuple[bytes, ...]:
        """Of leaves `low` to `high`, the last not included."""
        asked = (
            select(LeafRow.hash)
            .where(LeafRow.position >= low, LeafRow.position < high)
            .order_by(LeafRow.position)
        )  # fmt: skip
        return self._hashes(asked, high - low)

    def row(self, level: int, number: int, width: int) -> tuple[bytes, ...]:
        """The hashes of a tile: `width` of them, each the root of 256^level leaves."""
        first = number * WIDTH
        if level == 0:
            return self.hashes(first, first + width)
        return tuple(self.subtree(HEIGHT * level, place) for place in range(first, first + width))

    def subtree(self, height: int, index: int) -> bytes:
        """The root of the perfect subtree of that height (`archive.journal.merkle.Subtree`)."""
        if height < HEIGHT:
            return folded(self.hashes(index << height, (index + 1) << height))
        shift = height - HEIGHT
        low, high = index << shift, (index + 1) << shift
        asked = (
            select(SubtreeRow.hash)
            .where(SubtreeRow.number >= low, SubtreeRow.number < high)
            .order_by(SubtreeRow.number)
        )  # fmt: skip
        return folded(self._hashes(asked, high - low))

    def _make_tables(self) -> None:
        with writing(self._engine, alone=True) as connection:
            JournalRow.metadata.create_all(connection)
            if connection.scalar(select(func.count()).select_from(EndRow)) == 0:
                connection.execute(insert(EndRow).values(id=1, tiled=0, **_end_values(End())))

    def _add_subtrees(self, connection: Connection, low: int, high: int) -> None:
        for number in range(low // WIDTH, high // WIDTH):
            asked = (
                select(LeafRow.hash)
                .where(LeafRow.position >= number * WIDTH, LeafRow.position < (number + 1) * WIDTH)
                .order_by(LeafRow.position)
            )
            root = folded(tuple(connection.scalars(asked)))
            connection.execute(insert(SubtreeRow).values(number=number, hash=root))

    def _hashes(self, asked: Select[tuple[bytes]], count: int) -> tuple[bytes, ...]:
        with mapping(self._where), self._engine.connect() as connection:
            found = tuple(connection.scalars(asked))
        if len(found) != count:
            remedy = "make the index anew with `tidewaiter register rebuild`"
            raise JournalDamaged(f"the register has {len(found)} of {count} hashes", self._where, remedy=remedy)
        return found


def _names(revision: Revision) -> dict[str, object]:
    return {"broker": revision.broker, "reference": revision.reference, "revision": revision.number}


def _is_of(revision: Revision) -> ColumnElement[bool]:
    return (
        (OwedRow.broker == revision.broker)
        & (OwedRow.reference == revision.reference)
        & (OwedRow.revision == revision.number)
    )


def _rows(batch: Batch) -> Sequence[dict[str, object]]:
    return [
        {
            "position": batch.start + place,
            "id": entry.id,
            "batch": batch.number,
            "kind": entry.kind,
            "broker": entry.broker,
            "reference": entry.reference,
            "revision": entry.revision,
            "at": entry.at,
            "hash": leaf,
        }
        for place, (entry, leaf) in enumerate(zip(batch.entries, batch.hashes, strict=True))
    ]


def _end_values(end: End) -> dict[str, object]:
    tree = end.tree
    return {"batches": end.batches, "digest": end.digest, "size": tree.size, "frontier": b"".join(tree.hashes)}
