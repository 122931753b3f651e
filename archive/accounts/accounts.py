"""The accounts as a whole, in one database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.accounts.attempts import Attempts
from archive.accounts.database import Database
from archive.accounts.identities import Identities
from archive.accounts.passwords import Passwords
from archive.accounts.people import Lifetime
from archive.accounts.second_factor import SecondFactors
from archive.accounts.sessions import Sessions
from archive.accounts.users import Users


@dataclass(frozen=True, slots=True)
class Accounts:
    """Every method of its parts raises `AccountsUnavailable` (try again) or `AccountsUnusable`."""

    users: Users
    identities: Identities
    sessions: Sessions
    attempts: Attempts
    second_factors: SecondFactors
    passwords: Passwords


@contextmanager
def open_accounts(
    database: Path | str, lifetime: Lifetime, *, passwords: Passwords | None = None
) -> Iterator[Accounts]:
    """The accounts in a SQLite file or at a SQLAlchemy address; several processes may use them at once."""
    with closing(Database(database)) as opened:
        yield Accounts(
            users=Users(opened),
            identities=Identities(opened),
            sessions=Sessions(opened, lifetime),
            attempts=Attempts(opened),
            second_factors=SecondFactors(opened),
            passwords=passwords or Passwords(),
        )
