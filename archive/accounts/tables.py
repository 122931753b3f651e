"""The tables of the accounts."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
from sqlalchemy.types import TypeEngine

from archive.accounts.people import Role
from archive.tables import PlainText, UtcTime

VERSION: Final = 2
"""2 has `account_identities`."""
_ID: Final = 32
_DIGEST: Final = 64


class AccountRow(MappedAsDataclass, DeclarativeBase):
    """Base of the accounts' rows, apart from those of the register, which are dropped when it is rebuilt."""

    type_annotation_map: ClassVar[dict[type, type[TypeEngine[str]]]] = {str: PlainText}


class FormatRow(AccountRow):
    """One row: of which version these tables are."""

    __tablename__ = "account_format"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class UserRow(AccountRow):
    """`password` is a hash, or empty for who signs in through an identity provider.

    `totp_secret` counts once `totp_confirmed`; `totp_step` is the last step of time of which a code was taken.
    """

    __tablename__ = "account_users"

    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role] = mapped_column(PlainText)
    broker: Mapped[str | None]
    password: Mapped[str]
    must_change: Mapped[bool]
    is_disabled: Mapped[bool]
    totp_secret: Mapped[str | None]
    totp_confirmed: Mapped[bool]
    totp_step: Mapped[int]
    created_at: Mapped[dt.datetime] = mapped_column(UtcTime)


class IdentityRow(AccountRow):
    """Who a user without a password is at an identity provider."""

    __tablename__ = "account_identities"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(String(_ID), ForeignKey(UserRow.id), unique=True)


class RecoveryRow(AccountRow):
    """The SHA-256 of a code that stands in for a second factor once."""

    __tablename__ = "account_recovery"

    user_id: Mapped[str] = mapped_column(String(_ID), ForeignKey(UserRow.id), primary_key=True)
    digest: Mapped[str] = mapped_column(String(_DIGEST), primary_key=True)


class SessionRow(AccountRow):
    """`digest` is the SHA-256 of the id in the cookie."""

    __tablename__ = "account_sessions"

    digest: Mapped[str] = mapped_column(String(_DIGEST), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(_ID), ForeignKey(UserRow.id), index=True)
    is_second_factor_given: Mapped[bool]
    opened_at: Mapped[dt.datetime] = mapped_column(UtcTime)
    seen_at: Mapped[dt.datetime] = mapped_column(UtcTime)


class AttemptRow(AccountRow):
    """A try to get in that did not succeed, or is under way. `name` is what was typed, as a digest."""

    __tablename__ = "account_attempts"
    __table_args__ = (Index("ix_account_attempts_at", "at"), Index("ix_account_attempts_name", "name", "address"))

    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    name: Mapped[str] = mapped_column(String(_DIGEST))
    address: Mapped[str] = mapped_column(index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcTime)
