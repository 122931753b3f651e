"""The tables as they stood when migrations began. They stay as they are here, whatever `archive.tables` becomes."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
)
from sqlalchemy.schema import SchemaItem

from archive.tables import PlainNumber, PlainText, UtcTime

revision = "0001"
down_revision = None

METADATA = MetaData()
_TEXT, _TIME, _NUMBER, _DIGEST = PlainText(), UtcTime(), PlainNumber(), String(64)
_REVISION = ("broker", "reference", "revision")


def upgrade() -> None:
    METADATA.create_all(op.get_bind())


def _table(name: str, *others: SchemaItem) -> None:
    """A table of things of one revision, counted by `position`."""
    Table(
        name,
        METADATA,
        *_revision_key(),
        *others,
        ForeignKeyConstraint(_REVISION, [f"revisions.{one}" for one in _REVISION]),
        Index(f"ix_{name}_by_revision", *_REVISION),
    )


def _revision_key() -> tuple[Column[str], Column[str], Column[int]]:
    return _key("broker"), _key("reference"), _count("revision")


def _key(name: str) -> Column[str]:
    return Column(name, _TEXT, primary_key=True)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _text(name: str) -> Column[str]:
    return Column(name, _TEXT, nullable=False)


def _maybe(name: str) -> Column[str]:
    return Column(name, _TEXT)


Table("register", METADATA, _count("version"))
Table("shipments", METADATA, _key("broker"), _key("reference"))
Table("names", METADATA, _key("broker"), _key("name_key"))
Table("originals", METADATA, Column("sha256", _DIGEST, primary_key=True), Column("size", Integer, nullable=False))
Table(
    "revisions",
    METADATA,
    *_revision_key(),
    Column("as_of", Date, nullable=False),
    _text("rules"),
    Column("identity", _DIGEST, nullable=False),
    Column("received_at", _TIME, nullable=False),
    _text("received_by"),
    Column("status", _TEXT, nullable=False, index=True),
    ForeignKeyConstraint(["broker", "reference"], ["shipments.broker", "shipments.reference"]),
    Index("ix_revisions_by_status", "status", "received_at"),
)
_table(
    "files",
    _count("position"),
    _text("file"),
    _text("media_type"),
    Column("sha256", String(64), ForeignKey("originals.sha256"), nullable=False, index=True),
)
_table(
    "documents",
    _count("position"),
    _text("type"),
    _maybe("form"),
    _text("file"),
    Column("sha256", _DIGEST, nullable=False),
    Column("page", Integer),
    _maybe("number"),
    _maybe("number_key"),
    Column("date", Date),
    _maybe("exporter_key"),
    Index("ix_documents_by_number", "broker", "type", "number_key", "exporter_key"),
)
_table(
    "parties",
    _count("document"),
    _key("role"),
    _text("name"),
    _text("name_key"),
    _maybe("country"),
    _maybe("tax_id"),
    Column("received_at", _TIME, nullable=False),
    Index("ix_parties_by_name", "broker", "name_key", "received_at", "reference"),
)
_table(
    "items",
    _count("position"),
    _text("exporter_key"),
    Column("received_at", _TIME, nullable=False),
    Column("as_of", Date, nullable=False),
    _maybe("description"),
    _maybe("part_number"),
    _maybe("hs_code"),
    _maybe("origin"),
    _maybe("unit"),
    Column("quantity", _NUMBER),
    Column("net_mass_kg", _NUMBER),
    Column("item_price", _NUMBER),
    _maybe("currency"),
    Index("ix_items_by_exporter", "broker", "exporter_key", "received_at", "reference"),
)
_table(
    "findings",
    _count("position"),
    Column("code", _TEXT, nullable=False, index=True),
    _text("severity"),
    _text("nature"),
    _text("message"),
    _maybe("file"),
    Column("page", Integer),
    Column("holds", Boolean, nullable=False),
)
