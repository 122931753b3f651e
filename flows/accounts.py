"""Who may sign in at the desk, where the settings say that they are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from archive.accounts.accounts import Accounts
from archive.accounts.accounts import open_accounts as accounts_at
from archive.accounts.people import Lifetime
from archive.stores.filenames import ACCOUNTS
from flows.register_endpoint import register_address
from flows.settings import Settings


@contextmanager
def open_accounts(settings: Settings) -> Iterator[Accounts]:
    """Beside the register in its database, or in a file that outlives the register's."""
    hours, minutes = settings.desk_session_hours, settings.desk_idle_minutes
    lifetime = Lifetime(dt.timedelta(hours=hours), dt.timedelta(minutes=minutes))
    with accounts_at(register_address(settings) or settings.data_dir / ACCOUNTS, lifetime) as accounts:
        yield accounts
