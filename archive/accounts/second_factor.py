"""One-time codes of an authenticator (TOTP, RFC 6238), and the recovery codes for who has lost it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import pyotp
from sqlalchemy import delete, insert, select, update

from archive.accounts.database import Database
from archive.accounts.passwords import digest, one_time
from archive.accounts.people import User
from archive.accounts.tables import RecoveryRow, UserRow
from archive.accounts.users import end_sessions

RECOVERY_CODES: Final = 10
_STEP_SECONDS: Final = 30
_ISSUER: Final = "Tidewaiter"


class SecondFactors:
    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, user: User) -> str:
        """The secret to put into an authenticator, the same until it was confirmed."""
        fresh = pyotp.random_base32()
        mine = UserRow.id == user.id
        with self._database.writing() as connection:
            unset = mine & UserRow.totp_secret.is_(None)
            connection.execute(update(UserRow).where(unset).values(totp_secret=fresh))
            return connection.execute(select(UserRow.totp_secret).where(mine)).scalar_one() or fresh

    def confirm(self, user: User, code: str, now: dt.datetime) -> Sequence[str]:
        """Recovery codes, where the code shows that the authenticator works; none where it does not."""
        if not self._take(user, code, now):
            return ()
        codes = [one_time() for _ in range(RECOVERY_CODES)]
        rows = [{"user_id": user.id, "digest": digest(one)} for one in codes]
        with self._database.writing() as connection:
            connection.execute(update(UserRow).where(UserRow.id == user.id).values(totp_confirmed=True))
            connection.execute(delete(RecoveryRow).where(RecoveryRow.user_id == user.id))
            connection.execute(insert(RecoveryRow), rows)
        return codes

    def accepts(self, user: User, code: str, now: dt.datetime) -> bool:
        """Whether it is a code of now, or a recovery code; either is taken once."""
        return self._take(user, code, now) or self._take_recovery(user, code)

    def forget(self, user: User) -> None:
        """The user begins anew with another authenticator; every session ends."""
        values = {"totp_secret": None, "totp_confirmed": False, "totp_step": 0}
        with self._database.writing() as connection:
            connection.execute(update(UserRow).where(UserRow.id == user.id).values(values))
            connection.execute(delete(RecoveryRow).where(RecoveryRow.user_id == user.id))
            end_sessions(connection, user)

    def _take(self, user: User, code: str, now: dt.datetime) -> bool:
        step = int(now.timestamp()) // _STEP_SECONDS
        with self._database.writing() as connection:
            secret = connection.scalar(select(UserRow.totp_secret).where(UserRow.id == user.id))
            fitting = secret and next((one for one in (step, step - 1, step + 1) if _fits(secret, code, one)), None)
            if not fitting:
                return False
            newer = (UserRow.id == user.id) & (UserRow.totp_step < fitting)
            return connection.execute(update(UserRow).where(newer).values(totp_step=fitting)).rowcount == 1

    def _take_recovery(self, user: User, code: str) -> bool:
        mine = (RecoveryRow.user_id == user.id) & (RecoveryRow.digest == digest(code.strip().casefold()))
        with self._database.writing() as connection:
            return connection.execute(delete(RecoveryRow).where(mine)).rowcount == 1


def address_of(user: User, secret: str) -> str:
    """The `otpauth:` address that authenticators take."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.name, issuer_name=_ISSUER)


def _fits(secret: str, code: str, step: int) -> bool:
    expected = pyotp.TOTP(secret).generate_otp(step)
    return pyotp.utils.strings_equal(expected, "".join(code.split()))
