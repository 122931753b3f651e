"""What of the S3 server's own lines may stand in our log: errors, and no name that a broker gave a file.

Its lines quote the keys of objects, and a key may hold a line break, so that what looks like a line may be the rest of
a name. So of a line only its head is told (level, time, place in its source); the text of an error only while it
starts, and never where it speaks of objects.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from flows.inbox.rules import INBOX

_HEAD: Final = re.compile(r"(?P<head>(?P<level>[A-Z])\d{4} [\d:.]+\s+(?:\d+ )?[\w./-]{1,60}:\d{1,6})\]? ")
_OF_OBJECTS: Final = re.compile(rf"{INBOX}|outbox/|/buckets/|%2F|object|entry|\.\.", re.IGNORECASE)
_BROKEN: Final = ("panic:", "fatal error:")


@dataclass(slots=True)
class ObjectServerLines:
    """The lines of one process. With `in_full` the heads of those that are no errors are told as well.

    `starts_for` seconds after it was made the start is over.
    """

    in_full: bool
    starts_for: float
    clock: Callable[[], float] = monotonic
    _since: float = field(init=False)
    _talks: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._since = self.clock()

    def told(self, line: str) -> str | None:
        """What may be told of it, None where nothing may."""
        headed = _HEAD.match(line)
        if headed is None:
            return self._told_of_a_bare_one(line)
        self._talks = True
        is_error = headed["level"] in "EF"
        if is_error and self._is_starting and not _OF_OBJECTS.search(line):
            return line
        return headed["head"] if is_error or self.in_full else None

    def _told_of_a_bare_one(self, line: str) -> str | None:
        """Before its first own line it complains of its options, and knows of no object yet."""
        if self._is_starting and not self._talks:
            return line
        return next((kind for kind in _BROKEN if line.startswith(kind)), None)

    @property
    def _is_starting(self) -> bool:
        return self.clock() - self._since < self.starts_for
