"""Sessions on the server: who signed in, until when. What the browser holds is an id that means nothing by itself."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Final

from sqlalchemy import Connection, delete, insert, or_, select, update
from sqlalchemy.orm import Session as Rows

from archive.accounts.database import Database
from archive.accounts.passwords import digest
from archive.accounts.people import Lifetime, Session, User
from archive.accounts.tables import SessionRow, UserRow
from archive.accounts.users import end_sessions, user_of

_NOTE_EVERY: Final = dt.timedelta(seconds=30)
"""So rarely it is written that a session was used: a page asks for many things at once."""


class Sessions:
    def __init__(self, database: Database, lifetime: Lifetime) -> None:
        self._database = database
        self._lifetime = lifetime

    def open(self, user: User, now: dt.datetime, *, is_second_factor_given: bool, instead_of: str | None) -> str:
        """A new id; the one that the browser had before, which somebody else may have put there, is of no use."""
        identity = secrets.token_urlsafe(32)
        values = {
            "digest": digest(identity),
            "user_id": user.id,
            "is_second_factor_given": is_second_factor_given,
            "opened_at": now,
            "seen_at": now,
        }
        with self._database.writing() as connection:
            self._sweep(connection, now)
            if instead_of is not None:
                connection.execute(delete(SessionRow).where(SessionRow.digest == digest(instead_of)))
            connection.execute(insert(SessionRow).values(values))
        return identity

    def find(self, identity: str, now: dt.datetime, *, is_used: bool = True) -> Session | None:
        """The session with this id, None where it is over; that it is used by a person is noted."""
        asked = (
            select(SessionRow, UserRow)
            .join(UserRow, UserRow.id == SessionRow.user_id)
            .where(SessionRow.digest == digest(identity), UserRow.is_disabled.is_(False))
        )
        with self._database.reading() as connection, Rows(connection) as rows:
            found = rows.execute(asked).first()
        if found is None:
            return None
        session, user = found
        if self._is_over(session.opened_at, session.seen_at, now):
            return None
        if is_used and now - session.seen_at >= _NOTE_EVERY:
            self._note(identity, now)
        return Session(user_of(user), session.is_second_factor_given, session.opened_at)

    def end(self, identity: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(SessionRow).where(SessionRow.digest == digest(identity)))

    def end_all(self, user: User) -> None:
        with self._database.writing() as connection:
            end_sessions(connection, user)

    def _is_over(self, opened_at: dt.datetime, seen_at: dt.datetime, now: dt.datetime) -> bool:
        return now - opened_at >= self._lifetime.absolute or now - seen_at >= self._lifetime.idle

    def _note(self, identity: str, now: dt.datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(update(SessionRow).where(SessionRow.digest == digest(identity)).values(seen_at=now))

    def _sweep(self, connection: Connection, now: dt.datetime) -> None:
        opened, seen = now - self._lifetime.absolute, now - self._lifetime.idle
        connection.execute(delete(SessionRow).where(or_(SessionRow.opened_at <= opened, SessionRow.seen_at <= seen)))
