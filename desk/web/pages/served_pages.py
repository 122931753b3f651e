"""Which pages of papers were given to which session: nobody decides about a place whose page was never sent to him.

It is remembered in this process alone. After a restart a browser asks for the pictures anew when it loads the case.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from fastapi import Request

from desk.web.visits import visit_of

MOST: Final = 100_000
"""Pages of sessions, those given longest ago forgotten first."""


@dataclass(frozen=True, slots=True)
class ServedPages:
    known: OrderedDict[tuple[str, str, int], None] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def note(self, request: Request, sha256: str, number: int) -> None:
        """The page of that number of the file was given to whoever asks."""
        one = (_session(request), sha256, number)
        with self.lock:
            self.known[one] = None
            self.known.move_to_end(one)
            while len(self.known) > MOST:
                self.known.popitem(last=False)

    def has(self, request: Request, sha256: str, number: int) -> bool:
        with self.lock:
            return (_session(request), sha256, number) in self.known


def _session(request: Request) -> str:
    """Names the session without being its id."""
    return visit_of(request).csrf_token or ""


SERVED: Final = ServedPages()
"""Those of this process."""
