"""The first user of a desk that nobody can sign in to yet: made and told once, and never where it would be kept."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from desk.running import now, say

if TYPE_CHECKING:
    from archive.accounts.accounts import Accounts

_FIRST: Final = "admin"
_IN_A_LOG: Final = (
    "nobody can sign in yet, and what is written here is kept by systemd's journal, where no password belongs. "
    "Make the first user at a terminal: `tidewaiter user add NAME --role admin`"
)


def tell_first_sign_in(accounts: Accounts) -> None:
    """Make the user `admin` where there is no user at all, and tell the one-time password; else do nothing.

    Under systemd nobody is made: standard error goes to the journal there, which others may read.
    """
    if _is_journal():
        if not accounts.users.listed():
            say(_IN_A_LOG)
        return
    password = _first_administrator(accounts)
    if password is not None:
        say(f"nobody can sign in yet. Sign in as {_FIRST} with the one-time password {password}")


def _first_administrator(accounts: Accounts) -> str | None:
    """The one-time password of the first user, None where there is a user already."""
    from archive.accounts.passwords import one_time  # noqa: PLC0415 - SQLAlchemy takes a moment to import
    from archive.accounts.users import NewUser  # noqa: PLC0415 - likewise

    password = one_time()
    new = NewUser(_FIRST, "admin", None, accounts.passwords.hashed(password))
    return password if accounts.users.add_first(new, now()) else None


def _is_journal() -> bool:
    """Whether systemd keeps what we write: it names device and inode of its stream (systemd.exec, JOURNAL_STREAM)."""
    told = os.environ.get("JOURNAL_STREAM", "")
    try:
        own = os.fstat(sys.stderr.fileno())
    except (OSError, ValueError):
        return False
    return told == f"{own.st_dev}:{own.st_ino}"
