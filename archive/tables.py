"""The register's tables. Keys are the shipment's own names, so that a rebuilt register has equal rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar, Final

from sqlalchemy import BigInteger, DateTime, Dialect, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine
from typing_extensions import override

from schemas.values import plain

# The programs from before there were migrations (`archive.schema`) refuse every register but that of their own version.
VERSION = 3
EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND: Final = dt.timedelta(microseconds=1)


class PlainText(TypeDecorator[str]):
    """Text that every database keeps, compared sign by sign as Python does, whatever the language of the database.

    PostgreSQL keeps no NUL, and nobody keeps half a surrogate pair; papers may have both.
    """

    impl = String
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        return dialect.type_descriptor(String(collation="C") if dialect.name == "postgresql" else String())

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return value.replace("\0", "\ufffd").encode("utf-8", errors="replace").decode()


class UtcTime(TypeDecorator[dt.datetime]):
    """A point in time, kept without zone in UTC (SQLite knows no zones) and given back with it."""

    impl = DateTime
    cache_ok = True

    @override
    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return value.astimezone(dt.UTC).replace(tzinfo=None) if value else None

    @override
    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return value.replace(tzinfo=dt.UTC) if value else None


class Microseconds(TypeDecorator[dt.datetime]):
    """A point in time as microseconds since 1970: a third of the place that SQLite needs for a `UtcTime`."""

    impl = BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> int | None:
        return (value - EPOCH) // MICROSECOND if value else None

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> dt.datetime | None:
        return EPOCH + value * MICROSECOND if value is not None else None


class PlainNumber(TypeDecorator[Decimal]):
    """A decimal kept as its plain text: SQLite has none, and a float would change it."""

    impl = String
    cache_ok = True

    @override
    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return plain(value) if value is not None else None

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return Decimal(value) if value is not None else None


class Row(MappedAsDataclass, DeclarativeBase):
    """Base of all rows."""

    type_annotation_map: ClassVar[dict[type, type[TypeEngine[str]]]] = {str: PlainText}


class RegisterRow(Row):
    """One row. `is_complete` once everything that was in the archive before this register was made is in it."""

    __tablename__ = "register"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(32))
    is_complete: Mapped[bool]


class UnfinishedRow(Row):
    """A revision that is about to be committed: noted before it is, forgotten in the transaction that indexes it."""

    __tablename__ = "unfinished"

    broker: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class ShipmentRow(Row):
    __tablename__ = "shipments"

    broker: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)


class OriginalRow(Row):
    """One content, however many files of whatever name brought it."""

    __tablename__ = "originals"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]


class NameRow(Row):
    """One key of a party's name (`archive.names`): the few to compare a misread name with, beside the many parties."""

    __tablename__ = "names"

    broker: Mapped[str] = mapped_column(primary_key=True)
    name_key: Mapped[str] = mapped_column(primary_key=True)


class LatestRow(Row):
    """A shipment as its latest revision stands, with the numbers of that one's invoices (joined by `; `).

    `exporter` is the name as printed. `received_at` is when the papers of its first revision were received.
    """

    __tablename__ = "latest"
    __table_args__ = (ForeignKeyConstraint(["broker", "reference"], ["shipments.broker", "shipments.reference"]),)

    broker: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    status: Mapped[str]
    as_of: Mapped[dt.date]
    invoices: Mapped[str]
    exporter: Mapped[str | None]
    received_at: Mapped[dt.datetime] = mapped_column(Microseconds)


class EntryRow(Row):
    """What a shipment is found by (`archive.entries` says which kinds there are), whichever revision carried it.

    `received_at` repeats the shipment's, and `day` is its day, counted from 1970 in UTC. The key answers whether a
    shipment has a value, the index which shipments of a day have it: `archive.searching`.
    """

    __tablename__ = "entries"
    __table_args__ = (
        ForeignKeyConstraint(["broker", "reference"], ["shipments.broker", "shipments.reference"]),
        Index("ix_entries_by_value", "kind", "day", "value", "received_at", "broker", "reference"),
        {"sqlite_with_rowid": False},
    )

    broker: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[int]
    received_at: Mapped[dt.datetime] = mapped_column(Microseconds)


class HeldRow(Row):
    """A shipment whose latest revision is held, as the queue of cases orders it: see `archive.case_queue`.

    `due` and `head_start` are microseconds, the first since 1970. `value` is in `currency`, None where unknown.
    """

    __tablename__ = "held"
    __table_args__ = (
        ForeignKeyConstraint(["broker", "reference"], ["shipments.broker", "shipments.reference"]),
        Index("ix_held_by_urgency", "due", "broker", "reference"),
        Index("ix_held_by_broker", "broker", "due", "reference"),
    )

    broker: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    due: Mapped[int] = mapped_column(BigInteger)
    head_start: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[dt.datetime] = mapped_column(Microseconds)
    severity: Mapped[str]
    errors: Mapped[int]
    warnings: Mapped[int]
    value: Mapped[Decimal | None] = mapped_column(PlainNumber)
    currency: Mapped[str | None]


class HeldCodeRow(Row):
    """A code of findings that hold in a held shipment, and how many; `due` repeats the shipment's."""

    __tablename__ = "held_codes"
    __table_args__ = (
        ForeignKeyConstraint(["broker", "reference"], ["shipments.broker", "shipments.reference"]),
        Index("ix_held_codes_by_code", "code", "due", "broker", "reference"),
    )

    broker: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    due: Mapped[int] = mapped_column(BigInteger)


class CaseClaimRow(Row):
    """Who works on a case until when. It is worth two minutes, and nothing is lost with it."""

    __tablename__ = "case_claims"

    broker: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str]
    since: Mapped[dt.datetime] = mapped_column(Microseconds)
    until: Mapped[dt.datetime] = mapped_column(Microseconds)
    taken_from: Mapped[str | None]


class RevisionRow(Row):
    """A finished revision."""

    __tablename__ = "revisions"
    __table_args__ = (
        ForeignKeyConstraint(["broker", "reference"], ["shipments.broker", "shipments.reference"]),
        Index("ix_revisions_by_status", "status", "received_at"),
    )

    broker: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    as_of: Mapped[dt.date]
    rules: Mapped[str]
    identity: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[dt.datetime] = mapped_column(UtcTime)
    received_by: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)


def _of_a_revision(name: str) -> tuple[ForeignKeyConstraint, Index]:
    names = ("broker", "reference", "revision")
    return (
        ForeignKeyConstraint(names, [f"revisions.{one}" for one in names]),
        Index(f"ix_{name}_by_revision", *names),
    )


class FileRow(Row):
    """A received file of a revision; `position` counts from 0, here and below."""

    __tablename__ = "files"
    __table_args__ = _of_a_revision("files")

    broker: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("originals.sha256"), index=True)


class DocumentRow(Row):
    """A logical document of a revision. `exporter_key` and `number_key` are those of `archive.names`.

    The exporter is the document's own, or where it names none that of the other papers.
    """

    __tablename__ = "documents"
    __table_args__ = (
        *_of_a_revision("documents"),
        Index("ix_documents_by_number", "broker", "type", "number_key", "exporter_key"),
    )

    broker: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    type: Mapped[str]
    form: Mapped[str | None]
    file: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    page: Mapped[int | None]
    number: Mapped[str | None]
    number_key: Mapped[str | None]
    date: Mapped[dt.date | None]
    exporter_key: Mapped[str | None]


class PartyRow(Row):
    """A party that a document names. `role` is the field: exporter, consignee, buyer, notify_party, producer.

    `received_at` repeats the revision's, here and below, so that one index answers what came before a moment.
    """

    __tablename__ = "parties"
    __table_args__ = (
        *_of_a_revision("parties"),
        Index("ix_parties_by_name", "broker", "name_key", "received_at", "reference"),
    )

    broker: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    role: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    country: Mapped[str | None]
    tax_id: Mapped[str | None]
    received_at: Mapped[dt.datetime] = mapped_column(UtcTime)


class ItemRow(Row):
    """A declared item of a clear revision; only these teach what goods cost. `exporter_key` is that of its invoice."""

    __tablename__ = "items"
    __table_args__ = (
        *_of_a_revision("items"),
        Index("ix_items_by_exporter", "broker", "exporter_key", "received_at", "reference"),
    )

    broker: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    exporter_key: Mapped[str]
    received_at: Mapped[dt.datetime] = mapped_column(UtcTime)
    as_of: Mapped[dt.date]
    description: Mapped[str | None]
    part_number: Mapped[str | None]
    hs_code: Mapped[str | None]
    origin: Mapped[str | None]
    unit: Mapped[str | None]
    quantity: Mapped[Decimal | None] = mapped_column(PlainNumber)
    net_mass_kg: Mapped[Decimal | None] = mapped_column(PlainNumber)
    item_price: Mapped[Decimal | None] = mapped_column(PlainNumber)
    currency: Mapped[str | None]


class FindingRow(Row):
    """A finding and the first place that it points at. `holds` is False once it is decided."""

    __tablename__ = "findings"
    __table_args__ = _of_a_revision("findings")

    broker: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(index=True)
    severity: Mapped[str]
    nature: Mapped[str]
    message: Mapped[str]
    file: Mapped[str | None]
    page: Mapped[int | None]
    holds: Mapped[bool]
