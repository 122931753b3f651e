"""The main menu: what a person may open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desk.web.access import Permission, Person


@dataclass(frozen=True, slots=True)
class Entry:
    """`key` names its text among the messages, below `menu`."""

    key: str
    href: str
    permission: Permission


_ENTRIES: Final = (
    Entry("queue", "/queue", Permission.SEE_QUEUE),
    Entry("search", "/audit", Permission.AUDIT),
    Entry("journal", "/audit/journal", Permission.AUDIT),
    Entry("hints", "/hints", Permission.SEE_HINTS),
    Entry("mine", "/mine", Permission.SEE_OWN),
    Entry("users", "/users", Permission.MANAGE_USERS),
)


def menu_for(person: Person | None) -> Sequence[Entry]:
    return tuple(entry for entry in _ENTRIES if person is not None and person.may(entry.permission))


def first_page_of(person: Person) -> str:
    """Where the desk opens for that person."""
    return next((entry.href for entry in menu_for(person)), "/account")
