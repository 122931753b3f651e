"""The index of `archive.searching`.

What it needs and older rows do not have is in the archive: every revision is noted as unfinished, so that the next
start indexes it anew, and what is known until then stays.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from archive.tables import Microseconds, PlainText

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "latest",
        *_key("broker", "reference"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("status", PlainText(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("invoices", PlainText(), nullable=False),
        sa.Column("exporter", PlainText()),
        sa.Column("received_at", Microseconds(), nullable=False),
        _of_a_shipment(),
        sa.PrimaryKeyConstraint("broker", "reference"),
    )
    op.create_table(
        "entries",
        *_key("broker", "reference", "kind", "value"),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("received_at", Microseconds(), nullable=False),
        _of_a_shipment(),
        sa.PrimaryKeyConstraint("broker", "reference", "kind", "value"),
        sqlite_with_rowid=False,
    )
    columns = ["kind", "day", "value", "received_at", "broker", "reference"]
    op.create_index("ix_entries_by_value", "entries", columns)
    op.execute(
        "INSERT INTO unfinished SELECT broker, reference, revision FROM revisions "
        "WHERE (broker, reference, revision) NOT IN (SELECT broker, reference, revision FROM unfinished)"
    )


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, PlainText(), nullable=False) for name in names]


def _of_a_shipment() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["broker", "reference"], ["shipments.broker", "shipments.reference"])
