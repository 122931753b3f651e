"""Changes in an inbox that is a folder, as the operating system tells them.

It tells of changes made on this machine only: what another one writes to a shared folder is found by looking. So it is
listened to on file systems that are known to be this machine's own, and elsewhere there is a look every two seconds.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Final

import psutil
from watchfiles import watch

from flows.inbox.waking import AGAIN, Events, Named, NoEvents
from flows.logs import tell

BETWEEN: Final = 30.0
"""Seconds between two looks where nothing is told."""
_OWN: Final = frozenset(
    {"apfs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "hfs", "ntfs", "overlay", "tmpfs", "xfs", "zfs"}
)
_TOGETHER, _STEP, _TELLS = 400, 100, 1000
"""Milliseconds: what changes within the first is told at once; how often the listening thread wakes, and says so."""


@contextmanager
def folder_events(inbox: Path, between: float | None) -> Iterator[Events]:
    """Listen in the folder, which is made where it is missing; `between` seconds are those of `Events`."""
    inbox.mkdir(parents=True, exist_ok=True)
    if not is_own(inbox, ((one.mountpoint, one.fstype) for one in psutil.disk_partitions(all=True))):
        tell("events", level="info", told={"why": "file_system_may_be_shared"})
        yield NoEvents(between or AGAIN)
        return
    events = FolderEvents(inbox, between or BETWEEN)
    listening = Thread(target=events.listen, name="inbox events", daemon=True)
    listening.start()
    try:
        yield events
    finally:
        events.stop()
        listening.join()


class FolderEvents:
    """`Events` of a folder, while a thread runs `listen`. Which shipment changed is not told: looking costs little."""

    def __init__(self, inbox: Path, between: float) -> None:
        self._inbox = inbox
        self._between = between
        self._changed = Event()
        self._over = Event()
        self._is_deaf = False

    @property
    def between(self) -> float:
        return min(self._between, AGAIN) if self._is_deaf else self._between

    def wait(self, seconds: float) -> Named | None:
        self._changed.wait(min(seconds, self.between))
        self._changed.clear()
        return None

    def seen(self) -> None:
        """What changes while somebody looks is told once more, and looked at once more."""

    def listen(self) -> None:
        """Until it is stopped, or the system has no means left to tell: then there is a look every two seconds."""
        try:
            changes = watch(
                self._inbox,
                watch_filter=None,
                debounce=_TOGETHER,
                step=_STEP,
                stop_event=self._over,
                rust_timeout=_TELLS,
                yield_on_timeout=True,
                raise_interrupt=False,
            )
            is_first = True  # What changed before it was listened to is found by a look.
            for told in changes:
                if told or is_first:
                    self._changed.set()
                is_first = False
        except (OSError, RuntimeError) as error:
            tell("events", level="warning", told={"error": type(error).__name__})
        self._is_deaf = True
        self._changed.set()

    def stop(self) -> None:
        self._over.set()


def is_own(folder: Path, mounts: Iterable[tuple[str, str]]) -> bool:
    """Whether its file system is this machine's own, by mount points with the kinds of what is mounted there."""
    place = Path(os.path.realpath(folder))
    found = {Path(point): kind.casefold() for point, kind in mounts}
    nearest = next((found[one] for one in (place, *place.parents) if one in found), "")
    return nearest in _OWN
