"""What Alembic runs: the steps go into the transaction of whoever opens the register."""

from __future__ import annotations

from alembic import context

from archive.tables import Row

context.configure(connection=context.config.attributes["connection"], target_metadata=Row.metadata)
context.run_migrations()
