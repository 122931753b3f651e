"""Passwords and one-time secrets: how they are made, kept and compared."""

from __future__ import annotations

import hashlib
import secrets
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from archive.errors import AccountRefused

SHORTEST: Final = 12
_LONGEST: Final = 256
_AT_ONCE: Final = 2
"""Each comparison takes 64 MiB, so that whoever sends many at once must not be able to fill the memory."""
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without the signs that are read for each other."""


class Passwords:
    """Argon2id with the parameters of RFC 9106's second choice, unless others are told."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._doors = BoundedSemaphore(_AT_ONCE)
        self._nobodys = self._hasher.hash(secrets.token_hex())

    def hashed(self, password: str) -> str:
        with self._doors:
            return self._hasher.hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether the password is the kept one; without a kept one (None or empty) it takes as long, and never is."""
        with self._doors:
            try:
                return self._hasher.verify(kept or self._nobodys, password[:_LONGEST]) and bool(kept)
            except (VerificationError, InvalidHashError):
                return False


def acceptable(password: str, name: str) -> str:
    """The password, where it is long enough. Raises `AccountRefused`, whose message never quotes it.

    Length is what counts (NIST SP 800-63B, 3.1.1.2); no kind of sign is asked for.
    """
    remedy = f"choose one of {SHORTEST} to {_LONGEST} characters that has not your name in it"
    if not SHORTEST <= len(password) <= _LONGEST:
        raise AccountRefused("is too short or too long", "password", remedy=remedy)
    if name in password.casefold() or len(set(password)) < SHORTEST // 3:
        raise AccountRefused("is easily guessed", "password", remedy=remedy)
    return password


def one_time() -> str:
    """A password to hand over: 99 bits in four groups of five letters and digits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))


def digest(secret: str) -> str:
    """SHA-256: what is kept of a session id or recovery code, which are random and long and so need no slow hash.

    Also of the name that somebody tried to get in with, which is kept for a quarter of an hour.
    """
    return hashlib.sha256(secret.encode()).hexdigest()
