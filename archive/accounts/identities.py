"""Who a user is at an identity provider: told by issuer and subject, which providers never give anew; names they may.

A user either has a password or signs in through a provider. The first time a provider's user comes under the name of
such a user of ours the two are bound, for good: somebody else who is given that name there later is refused here.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Rows

from archive.accounts.database import Database
from archive.accounts.people import User
from archive.accounts.tables import IdentityRow, UserRow
from archive.accounts.users import user_of
from archive.errors import AccountRefused


@dataclass(frozen=True, slots=True)
class Identity:
    """`issuer` is the provider's address, `subject` what it calls the person."""

    issuer: str
    subject: str


class Identities:
    def __init__(self, database: Database) -> None:
        self._database = database

    def user_of(self, identity: Identity) -> User | None:
        """The user who is bound to it, disabled or not."""
        known = (IdentityRow.issuer == identity.issuer) & (IdentityRow.subject == identity.subject)
        asked = select(UserRow).join(IdentityRow, IdentityRow.user_id == UserRow.id).where(known)
        with self._database.reading() as connection, Rows(connection) as rows:
            row = rows.scalar(asked)
            return None if row is None else user_of(row)

    def bind(self, user: User, identity: Identity) -> None:
        """Raises `AccountRefused` where either is bound to another already, or the user has a password."""
        values = {"issuer": identity.issuer, "subject": identity.subject, "user_id": user.id}
        refused = AccountRefused("signs in another way", user.name, remedy="`tidewaiter user list` shows how")
        with self._database.writing(alone=True) as connection:
            password = connection.scalar(select(UserRow.password).where(UserRow.id == user.id))
            if password != "":
                raise refused
            try:
                with connection.begin_nested():
                    connection.execute(insert(IdentityRow).values(values))
            except IntegrityError as error:
                raise refused from error
