"""The register: an SQL index of the archive, for questions that go across shipments. It can always be rebuilt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.orm import Session

from archive import counting
from archive.addresses import shown
from archive.archive import Archive, FinishedRevision
from archive.case_queue import CaseQueue
from archive.claims import Claims
from archive.counting import HeldShipment
from archive.databases import closed_unless_ready, engine_for, insert_into, mapping, writing
from archive.entering import enter
from archive.errors import ObjectMissing
from archive.forgetting import delete_shipment
from archive.indexing import detail_rows, revision_row, shared_rows
from archive.keys import Revision
from archive.memory import Memory
from archive.schema import prepare
from archive.searching import Found, Place, Search, find
from archive.tables import CaseClaimRow, RegisterRow, RevisionRow, Row, UnfinishedRow
from schemas.ports import EarlierShipments
from schemas.results import Intake, ShipmentResult, Status

_OF_ITSELF: Final = frozenset({RegisterRow.__tablename__, UnfinishedRow.__tablename__, CaseClaimRow.__tablename__})
"""Tables of which the archive knows nothing."""


@dataclass(frozen=True, slots=True)
class ListedShipment:
    """A shipment as its latest finished revision stands. `first_received_at` is that of its first one, in UTC."""

    broker: str
    reference: str
    revision: int
    status: str
    as_of: dt.date
    first_received_at: dt.datetime


class Register:
    """The index in a SQLite file or at a SQLAlchemy address; several processes may use one at once.

    Every method raises `RegisterUnavailable` (try again) or `RegisterUnusable` (rebuild).
    """

    def __init__(self, database: Path | str) -> None:
        self._where = shown(database)
        self._engine = engine_for(database)
        with mapping(self._where), closed_unless_ready(self._engine):
            prepare(self._engine, self._where)

    def close(self) -> None:
        self._engine.dispose()

    def note(self, intake: Intake) -> None:
        """Say that the revision is about to be committed: who is killed between that and `record` is caught up with."""
        row = UnfinishedRow(broker=intake.broker, reference=intake.reference, revision=intake.revision)
        with mapping(self._where), writing(self._engine) as connection:
            _insert_new(connection, row)

    def record(self, intake: Intake, result: ShipmentResult) -> None:
        """Index a finished revision; one that is there already stays as it is."""
        with mapping(self._where), writing(self._engine) as connection:
            _insert_rows(connection, FinishedRevision(intake, result))

    def forget(self, broker: str, reference: str) -> None:
        """Delete the rows of a shipment that was disposed of; one that is not there is none."""
        with mapping(self._where), writing(self._engine) as connection:
            delete_shipment(connection, broker, reference)

    def catch_up(self, archive: Archive) -> int:
        """Index what the archive has and the register lacks, such as what a killed process committed; how many.

        Only what was noted is looked at, unless there may be more: in a register that is new, or beside which another
        one was used with this archive, the whole archive is.
        """
        register = self._row()
        was_alone = archive.note_register(register.id)
        if was_alone and register.is_complete:
            return self.catch_up_with_noted(archive)
        known = self._revisions() - self._noted()
        total = self._index(archive, (revision for revision in archive.finished() if revision not in known))
        self._mark_complete()
        return total

    def catch_up_with_noted(self, archive: Archive) -> int:
        """Index what was noted and has been committed since; how many."""
        return self._index(archive, sorted(self._noted()))

    def rebuild(self, archive: Archive) -> int:
        """Forget everything and index the whole archive, in one transaction: readers see the old rows until the end.

        Returns how many revisions those were.
        """
        with mapping(self._where), writing(self._engine, alone=True) as connection:
            return _rebuild(connection, archive)

    def earlier(self, broker: str, reference: str, claims: Claims | None = None) -> EarlierShipments:
        """The register's memory of that broker, as it is asked while this shipment is judged.

        With `claims`, those that came second to an invoice of this shipment do not count as earlier ones.
        """
        return Memory(self._engine, self._where, broker, reference, claims)

    def find(self, search: Search, *, limit: int, after: Place | None = None) -> Found:
        """The shipments that meet every condition, newest first, those after a place: at most `limit` (1,000)."""
        with mapping(self._where), Session(self._engine) as session:
            return find(session, search, limit=limit, after=after)

    @property
    def cases(self) -> CaseQueue:
        """The queue of held shipments, and who works on them."""
        return CaseQueue(self._engine, self._where)

    def shipments(self, broker: str | None = None) -> Sequence[ListedShipment]:
        """The shipments of a broker, or of all, in the order they came."""
        latest = select(
            RevisionRow,
            func.max(RevisionRow.revision).over(partition_by=(RevisionRow.broker, RevisionRow.reference)).label("last"),
            func.min(RevisionRow.received_at)
            .over(partition_by=(RevisionRow.broker, RevisionRow.reference))
            .label("at"),
        ).subquery()
        kept = latest.c.revision == latest.c.last
        query = select(latest).where(kept if broker is None else kept & (latest.c.broker == broker))
        with mapping(self._where), Session(self._engine) as session:
            rows = session.execute(query.order_by(latest.c.at, latest.c.broker, latest.c.reference)).mappings().all()
        names = ("broker", "reference", "revision", "status", "as_of")
        return [ListedShipment(**{name: row[name] for name in names}, first_received_at=row["at"]) for row in rows]

    def known(self) -> Iterator[tuple[Revision, tuple[str, str]]]:
        """Every indexed revision with its status and the identity of its papers, for comparing with the archive."""
        names = (RevisionRow.broker, RevisionRow.reference, RevisionRow.revision)
        query = select(*names, RevisionRow.status, RevisionRow.identity)
        with mapping(self._where), Session(self._engine) as session:
            for broker, reference, revision, status, identity in session.execute(query):
                yield Revision(broker, reference, revision), (status, identity)

    def by_status(self) -> Mapping[Status, int]:
        """How many shipments stand at each status."""
        with mapping(self._where), Session(self._engine) as session:
            return counting.by_status(session)

    def oldest_held(self) -> HeldShipment | None:
        """The shipment that has been held for longest, None where none is."""
        with mapping(self._where), Session(self._engine) as session:
            return counting.oldest_held(session)

    def received_since(self, moment: dt.datetime) -> Mapping[Status, int]:
        """How many finished revisions of each status were received since that moment."""
        with mapping(self._where), Session(self._engine) as session:
            return counting.received_since(session, moment)

    def _index(self, archive: Archive, revisions: Iterable[Revision]) -> int:
        """Index those of them that are finished; how many."""
        total = 0
        for found in _finished(archive, revisions):
            self.record(found.intake, found.result)
            total += 1
        return total

    def _revisions(self) -> set[Revision]:
        query = select(RevisionRow.broker, RevisionRow.reference, RevisionRow.revision)
        with mapping(self._where), Session(self._engine) as session:
            return {Revision(*row) for row in session.execute(query)}

    def _noted(self) -> set[Revision]:
        query = select(UnfinishedRow.broker, UnfinishedRow.reference, UnfinishedRow.revision)
        with mapping(self._where), Session(self._engine) as session:
            return {Revision(*row) for row in session.execute(query)}

    def _row(self) -> RegisterRow:
        with mapping(self._where), Session(self._engine) as session:
            return session.scalars(select(RegisterRow)).one()

    def _mark_complete(self) -> None:
        with mapping(self._where), writing(self._engine) as connection:
            connection.execute(update(RegisterRow).values(is_complete=True))


def _rebuild(connection: Connection, archive: Archive) -> int:
    # Rows are deleted and tables stay: PostgreSQL would let nobody read while a table is dropped.
    Row.metadata.create_all(connection)
    for table in reversed(Row.metadata.sorted_tables):
        if table.name not in _OF_ITSELF:
            connection.execute(delete(table))
    total = 0
    for found in _finished(archive, archive.finished()):
        _insert_rows(connection, found)
        total += 1
    connection.execute(update(RegisterRow).values(is_complete=True))
    return total


def _finished(archive: Archive, revisions: Iterable[Revision]) -> Iterator[FinishedRevision]:
    """Those of them that are finished: one that is not yet, or was disposed of meanwhile, is passed over."""
    for revision in revisions:
        try:
            found = archive.record(revision)
        except ObjectMissing:
            continue
        yield found


def _insert_rows(connection: Connection, finished: FinishedRevision) -> None:
    """Insert a revision's rows in the order of their foreign keys, unless it is there; it is unfinished no more."""
    intake, result = finished.intake, finished.result
    for row in shared_rows(intake, result):
        _insert_new(connection, row)
    if _insert_new(connection, revision_row(intake, result)):
        with Session(connection) as session:
            session.add_all(detail_rows(intake, result))
            session.flush()
    enter(connection, intake, result)
    key = {"broker": intake.broker, "reference": intake.reference, "revision": intake.revision}
    connection.execute(delete(UnfinishedRow).filter_by(**key))


def _insert_new(connection: Connection, row: Row) -> bool:
    """Insert the row, False where its key is taken; on PostgreSQL after whoever is about to take it has committed."""
    table = row.__table__
    values = {one.name: getattr(row, one.name) for one in table.columns}
    inserted = insert_into(connection, type(row)).values(values).on_conflict_do_nothing()
    return connection.execute(inserted.returning(*table.primary_key)).first() is not None
