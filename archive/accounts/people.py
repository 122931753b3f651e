"""What is known of a user and of a session."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal, get_args

from archive.errors import AccountRefused

Role = Literal["broker", "clerk", "supervisor", "auditor", "admin"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
WITH_SECOND_FACTOR: Final[frozenset[Role]] = frozenset({"supervisor", "admin"})
"""Roles that nobody takes up with a password alone."""
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}")


@dataclass(frozen=True, slots=True)
class User:
    """`broker` is the slug of the broker whose shipments a `broker` sees, None for everyone else.

    Who has no password signs in through an identity provider. `must_change` is set while the password is one that
    somebody else knows; `has_second_factor` once it was shown to work.
    """

    id: str
    name: str
    role: Role
    broker: str | None
    has_password: bool
    must_change: bool
    is_disabled: bool
    has_second_factor: bool
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Session:
    """`is_second_factor_given` is of this session alone."""

    user: User
    is_second_factor_given: bool
    opened_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lasts at most, and how long when nothing is asked of it."""

    absolute: dt.timedelta
    idle: dt.timedelta


def login_name(text: str) -> str:
    """The name under which a user is kept: small letters. Raises `AccountRefused` for what cannot be one."""
    name = unicodedata.normalize("NFKC", text).strip().casefold()
    if not _NAME.fullmatch(name):
        remedy = "use up to 64 letters a-z, digits and . _ @ + -, beginning with a letter or digit"
        raise AccountRefused("is no name of a user", "name", remedy=remedy)
    return name


def checked_broker(role: Role, broker: str | None) -> str | None:
    """The broker of a user with that role. Raises `AccountRefused` where one is missing, or told of another role."""
    if role == "broker" and not broker:
        raise AccountRefused("a broker needs the slug whose shipments are his", "broker", remedy="name it")
    if role != "broker" and broker:
        raise AccountRefused(f"the role {role} sees every broker's shipments", "broker", remedy="leave it out")
    return broker or None
