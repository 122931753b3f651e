"""Signing in: what is typed is counted, looked at, and answered alike whatever was wrong with it.

Each step on the way in gives the browser a new session id, so that one that somebody else knew or placed is of no use.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from archive.accounts.passwords import acceptable
from archive.accounts.people import Session, User
from archive.errors import AccountRefused
from desk.web.errors import TooMany
from desk.web.hall import Hall
from desk.web.visits import Visit
from flows.logs import tell


@dataclass(frozen=True, slots=True)
class Door:
    """Where somebody knocks: `address` is that of the browser's machine, or of the proxy before us."""

    hall: Hall
    visit: Visit
    address: str

    def sign_in(self, name: str, password: str) -> str | None:
        """The id of a session, None where the password is wrong; raises `TooMany`.

        That there is no such user, or a disabled one, takes as long to say as that the password is wrong.
        """
        typed = name.strip().casefold()
        self._count(typed)
        user = self._named(typed)
        kept = self.hall.accounts.users.password_of(user) if user is not None else None
        if not self.hall.accounts.passwords.fits(kept, password) or user is None:
            tell("desk_refused", level="warning", told={"why": "password"})
            return None
        self.hall.accounts.attempts.succeeded(typed, self.address)
        tell("desk_signed_in")
        return self._opened(user, is_second_factor_given=False)

    def admit(self, user: User, *, is_second_factor_given: bool) -> str:
        """The id of a session for whom an identity provider vouched."""
        tell("desk_signed_in")
        return self._opened(user, is_second_factor_given=is_second_factor_given)

    @contextmanager
    def counted(self, what: str) -> Iterator[None]:
        """Counts as a try that failed, for the address, where the block raises; raises `TooMany` before it."""
        self._count(what)
        yield
        self.hall.accounts.attempts.succeeded(what, self.address)

    def give_code(self, session: Session, code: str) -> str | None:
        """The id of a session with the second factor, None where the code is wrong or was used; raises `TooMany`."""
        counted = _codes_of(session.user)
        self._count(counted)
        if not self.hall.accounts.second_factors.accepts(session.user, code, self.hall.clock()):
            tell("desk_refused", level="warning", told={"why": "code"})
            return None
        self.hall.accounts.attempts.succeeded(counted, self.address)
        return self._opened(session.user, is_second_factor_given=True)

    def enrol(self, session: Session, code: str) -> tuple[str, Sequence[str]] | None:
        """The id of a session and the recovery codes, None where the code is wrong; raises `TooMany`."""
        counted = _codes_of(session.user)
        self._count(counted)
        recovery = self.hall.accounts.second_factors.confirm(session.user, code, self.hall.clock())
        if not recovery:
            return None
        self.hall.accounts.attempts.succeeded(counted, self.address)
        return self._opened(session.user, is_second_factor_given=True), recovery

    def change_password(self, session: Session, *, old: str, new: str) -> str | None:
        """The id of a session, None where the old one is wrong; every other session of the user ends.

        Raises `AccountRefused` for a new one that is none, and `TooMany`.
        """
        user, accounts = session.user, self.hall.accounts
        counted = f"password of {user.id}"
        self._count(counted)
        if not accounts.passwords.fits(accounts.users.password_of(user), old):
            return None
        if old == new:
            raise AccountRefused("is the old one", "password", remedy="choose another one")
        accounts.users.set_password(user, accounts.passwords.hashed(acceptable(new, user.name)), must_change=False)
        accounts.attempts.succeeded(counted, self.address)
        return self._opened(user, is_second_factor_given=session.is_second_factor_given)

    def _opened(self, user: User, *, is_second_factor_given: bool) -> str:
        now, before = self.hall.clock(), self.visit.identity
        return self.hall.accounts.sessions.open(
            user, now, is_second_factor_given=is_second_factor_given, instead_of=before
        )

    def _count(self, what: str) -> None:
        if self.hall.accounts.attempts.begin(what, self.address, self.hall.clock()) is None:
            tell("desk_refused", level="warning", told={"why": "too_many"})
            raise TooMany

    def _named(self, name: str) -> User | None:
        try:
            return self.hall.accounts.users.named(name)
        except AccountRefused:
            return None


def _codes_of(user: User) -> str:
    return f"code of {user.id}"
