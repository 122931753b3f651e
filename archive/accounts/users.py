"""Users, as they are kept: every change that takes something away ends the user's sessions in the same transaction.

Nobody is removed or renamed, only disabled: records name people by these names for years, and a name that was given
anew would have somebody else decide what the first one proposed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Rows

from archive.accounts.database import Database
from archive.accounts.people import Role, User, checked_broker, login_name
from archive.accounts.tables import IdentityRow, SessionRow, UserRow
from archive.errors import AccountRefused


@dataclass(frozen=True, slots=True)
class NewUser:
    """`password` is the hash of one that the user must change when it is first used; empty for who has none."""

    name: str
    role: Role
    broker: str | None
    password: str


class Users:
    """Every method that names a user raises `AccountRefused` where there is none of that name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, user: NewUser, now: dt.datetime) -> User:
        """Raises `AccountRefused` where the name is taken or no name, or the broker does not fit the role."""
        values = _values(user, now)
        with self._database.writing() as connection:
            try:
                with connection.begin_nested():
                    connection.execute(insert(UserRow).values(values))
            except IntegrityError as error:
                raise AccountRefused("is the name of another user", user.name, remedy="choose another one") from error
        return self.named(user.name)

    def add_first(self, user: NewUser, now: dt.datetime) -> bool:
        """Add the user if there is none at all; whether it was added."""
        values = _values(user, now)
        if self.listed():
            return False
        with self._database.writing(alone=True) as connection:
            if connection.scalar(select(func.count()).select_from(UserRow)):
                return False
            connection.execute(insert(UserRow).values(values))
        return True

    def listed(self) -> tuple[User, ...]:
        with self._database.reading() as connection, Rows(connection) as rows:
            return tuple(user_of(row) for row in rows.scalars(select(UserRow).order_by(UserRow.name)))

    def named(self, name: str) -> User:
        with self._database.reading() as connection, Rows(connection) as rows:
            row = rows.scalar(select(UserRow).where(UserRow.name == login_name(name)))
            if row is None:
                raise AccountRefused("is nobody's name", name, remedy="`tidewaiter user list` has those there are")
            return user_of(row)

    def password_of(self, user: User) -> str | None:
        """The hash; None for a user who is disabled or gone, empty for one without a password."""
        asked = select(UserRow.password).where(UserRow.id == user.id, UserRow.is_disabled.is_(False))
        with self._database.reading() as connection:
            return connection.scalar(asked)

    def set_password(self, user: User, password: str, *, must_change: bool) -> None:
        """Set the hash, and end every session of the user, who signs in through no identity provider any more."""
        self._change(user, password=password, must_change=must_change)

    def set_no_password(self, user: User) -> None:
        """The user signs in through the identity provider from now on, as whoever first comes under the name there."""
        self._change(user, password="", must_change=False)

    def set_role(self, user: User, role: Role, broker: str | None) -> None:
        self._change(user, role=role, broker=checked_broker(role, broker))

    def set_disabled(self, user: User, *, is_disabled: bool) -> None:
        self._change(user, is_disabled=is_disabled)

    def _change(self, user: User, **values: str | bool | None) -> None:
        with self._database.writing() as connection:
            connection.execute(update(UserRow).where(UserRow.id == user.id).values(values))
            if "password" in values:
                connection.execute(delete(IdentityRow).where(IdentityRow.user_id == user.id))
            end_sessions(connection, user)


def end_sessions(connection: Connection, user: User) -> None:
    connection.execute(delete(SessionRow).where(SessionRow.user_id == user.id))


def user_of(row: UserRow) -> User:
    return User(
        id=row.id,
        name=row.name,
        role=row.role,
        broker=row.broker,
        has_password=bool(row.password),
        must_change=row.must_change,
        is_disabled=row.is_disabled,
        has_second_factor=row.totp_confirmed,
        created_at=row.created_at,
    )


def _values(user: NewUser, now: dt.datetime) -> dict[str, object]:
    return {
        "id": uuid4().hex,
        "name": login_name(user.name),
        "role": user.role,
        "broker": checked_broker(user.role, user.broker),
        "password": user.password,
        "must_change": bool(user.password),
        "is_disabled": False,
        "totp_secret": None,
        "totp_confirmed": False,
        "totp_step": 0,
        "created_at": now,
    }
