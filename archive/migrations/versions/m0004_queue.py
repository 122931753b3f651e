"""The queue of held shipments, and who works on what: `archive.case_queue`.

What the queue orders by is in the archive: every shipment that is held is noted as unfinished, so that the next start
indexes it anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from archive.tables import Microseconds, PlainNumber, PlainText

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "held",
        *_key("broker", "reference"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("head_start", sa.BigInteger(), nullable=False),
        sa.Column("received_at", Microseconds(), nullable=False),
        sa.Column("severity", PlainText(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("value", PlainNumber()),
        sa.Column("currency", PlainText()),
        _of_a_shipment(),
        sa.PrimaryKeyConstraint("broker", "reference"),
    )
    op.create_index("ix_held_by_urgency", "held", ["due", "broker", "reference"])
    op.create_index("ix_held_by_broker", "held", ["broker", "due", "reference"])
    op.create_table(
        "held_codes",
        *_key("broker", "reference", "code"),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        _of_a_shipment(),
        sa.PrimaryKeyConstraint("broker", "reference", "code"),
    )
    op.create_index("ix_held_codes_by_code", "held_codes", ["code", "due", "broker", "reference"])
    op.create_table(
        "case_claims",
        *_key("broker", "reference"),
        sa.Column("person", PlainText(), nullable=False),
        sa.Column("since", Microseconds(), nullable=False),
        sa.Column("until", Microseconds(), nullable=False),
        sa.Column("taken_from", PlainText()),
        sa.PrimaryKeyConstraint("broker", "reference"),
    )
    op.execute(
        "INSERT INTO unfinished SELECT broker, reference, revision FROM latest WHERE status = 'held' "
        "AND (broker, reference, revision) NOT IN (SELECT broker, reference, revision FROM unfinished)"
    )


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, PlainText(), nullable=False) for name in names]


def _of_a_shipment() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["broker", "reference"], ["shipments.broker", "shipments.reference"])
