"""What is about to be committed is noted, so that no start has to look through the whole archive for it."""

from __future__ import annotations

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from archive.tables import PlainText

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "unfinished",
        sa.Column("broker", PlainText(), nullable=False),
        sa.Column("reference", PlainText(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("broker", "reference", "revision"),
    )
    op.drop_table("register")
    register = op.create_table(
        "register",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )
    op.bulk_insert(register, [{"version": 3, "id": uuid4().hex, "is_complete": False}])
    # Some registers are from before this index was thought of.
    op.create_index("ix_revisions_by_status", "revisions", ["status", "received_at"], if_not_exists=True)
