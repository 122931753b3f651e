"""The register: an SQL index of the archive, for questions that go across shipments. It can always be rebuilt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, insert, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from archive import counting
from archive.archive import Archive, FinishedRevision
from archive.claims import Claims
from archive.counting import HeldShipment
from archive.databases import engine_for, mapping, writing
from archive.errors import RegisterError, RegisterUnusable
from archive.indexing import detail_rows, revision_row, shared_rows
from archive.keys import Revision
from archive.memory import Memory
from archive.tables import VERSION, RegisterRow, RevisionRow, Row
from schemas.ports import EarlierShipments
from schemas.results import Intake, ShipmentResult, Status

_ATTEMPTS = 5


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
        self._where = str(database)
        self._engine = engine_for(database)
        try:
            with mapping(self._where), writing(self._engine) as connection:
                self._prepare(connection)
        except RegisterError:
            self.close()
            raise

    def close(self) -> None:
        self._engine.dispose()

    def record(self, intake: Intake, result: ShipmentResult) -> None:
        """Index a finished revision; one that is there already stays as it is."""
        with mapping(self._where):
            for _ in range(_ATTEMPTS - 1):
                # SQLite's write lock parts the writers; elsewhere two may insert the same row at once.
                with suppress(IntegrityError):
                    return self._record(intake, result)
            return self._record(intake, result)

    def catch_up(self, archive: Archive) -> int:
        """Index what the archive has and the register lacks, such as what a killed process committed; how many."""
        known = self._revisions()
        missing = [revision for revision in archive.finished() if revision not in known]
        for revision in missing:
            found = archive.record(revision)
            self.record(found.intake, found.result)
        return len(missing)

    def rebuild(self, archive: Archive) -> int:
        """Forget everything and index the whole archive, in one transaction: readers see the old rows until the end."""
        with mapping(self._where), writing(self._engine) as connection:
            return _rebuild(connection, archive)

    def earlier(self, broker: str, reference: str, claims: Claims | None = None) -> EarlierShipments:
        """The register's memory of that broker, as it is asked while this shipment is judged.

        With `claims`, those that came second to an invoice of this shipment do not count as earlier ones.
        """
        return Memory(self._engine, self._where, broker, reference, claims)

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

    def _record(self, intake: Intake, result: ShipmentResult) -> None:
        key = (intake.broker, intake.reference, intake.revision)
        with writing(self._engine) as connection, Session(connection) as session:
            if session.get(RevisionRow, key) is None:
                insert_rows(session, FinishedRevision(intake, result))

    def _revisions(self) -> set[Revision]:
        query = select(RevisionRow.broker, RevisionRow.reference, RevisionRow.revision)
        with mapping(self._where), Session(self._engine) as session:
            return {Revision(*row) for row in session.execute(query)}

    def _prepare(self, connection: Connection) -> None:
        """Make the tables where there are none; refuse those of another version."""
        if not inspect(connection).has_table(RegisterRow.__tablename__):
            _make_tables(connection)
        version = connection.scalar(select(RegisterRow.version))
        if version != VERSION:
            what = f"has tables of version {version}, this program needs {VERSION}"
            raise RegisterUnusable(what, self._where, remedy="delete it and rebuild it from the archive")
        _make_indexes(connection)


def _make_tables(connection: Connection) -> None:
    Row.metadata.create_all(connection)
    connection.execute(insert(RegisterRow).values(version=VERSION))


def _make_indexes(connection: Connection) -> None:
    """Those that a register of this version from before they were thought of lacks; they change no answer."""
    for index in Row.metadata.tables[RevisionRow.__tablename__].indexes:
        index.create(connection, checkfirst=True)


def _rebuild(connection: Connection, archive: Archive) -> int:
    Row.metadata.drop_all(connection)
    _make_tables(connection)
    total = 0
    with Session(connection) as session:
        for revision in archive.finished():
            insert_rows(session, archive.record(revision))
            session.expunge_all()
            total += 1
    return total


def insert_rows(session: Session, finished: FinishedRevision) -> None:
    """Insert a revision's rows, flushed in the order of their foreign keys."""
    for row in shared_rows(finished.intake, finished.result):
        session.merge(row)
    session.flush()
    session.add(revision_row(finished.intake, finished.result))
    session.flush()
    session.add_all(detail_rows(finished.intake, finished.result))
    session.flush()
