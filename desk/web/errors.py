"""What the desk refuses: one tree, drawn in the package's docstring."""

# ruff: noqa: N818 -- the names say what happened; that it is an error is said by the base class.
from __future__ import annotations

from typing_extensions import override


class DeskError(Exception):
    """A request that is not served, or a desk that does not start."""


class NotSignedIn(DeskError):
    """`where` is the page at which the person goes on."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where

    @override
    def __str__(self) -> str:
        return f"go on at {self.where}"


class Forged(DeskError):
    """The message says which proof is missing, for the log."""


class AnothersLink(DeskError):
    """A link to a file that was made for another session."""


class NotVouchedFor(DeskError):
    """An identity provider lets nobody in. `told` is the key of what the person reads, the message is for the log."""

    def __init__(self, told: str, why: str) -> None:
        super().__init__(why)
        self.told = told


class TooMany(DeskError):
    """Too many wrong passwords or codes of late; the password was not looked at."""


class UnguardedRoute(DeskError):
    """The message names the route and what it has to declare."""
