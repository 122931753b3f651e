"""Notices owed, and their delivery beside the work.

watch/notices/<id>-<target>-<n>    owed; the nth try comes next, counted from 0

A try that fails puts the note of the next one before it strikes off its own, so that no moment is without one. Times of
waiting are told by the exchange's clock alone.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final

from pydantic import ValidationError

from archive.archive import Archive
from archive.errors import ArchiveError, ObjectMissing
from archive.stores.exchange import Entry, Exchange
from flows.logs import noting, tell
from flows.notices.errors import NoticeError, TargetRefusedError
from flows.notices.mailing import mail
from flows.notices.notice import Notice, notice_of
from flows.notices.posting import post
from flows.settings import Settings
from flows.workshop import Workshop, open_exchange
from schemas.results import Intake
from schemas.values import Frozen

NOTICES: Final = "watch/notices/"
TRIES: Final = 8
_FIRST_WAIT: Final = dt.timedelta(seconds=30)
_UNFINISHED: Final = dt.timedelta(days=7)
_AT_ONCE: Final = 50
_EVERY: Final = 5.0
_KIND: Final = "application/json"
Deliver = Callable[[Notice], None]


class OwedNotice(Frozen):
    """Which revision's end is to be told; what is told of it is read from its result then."""

    broker: str
    reference: str
    revision: int


def owe(intake: Intake, settings: Settings) -> None:
    """Note that the end of this revision is to be told, before it is filed. No trouble of it stops the work."""
    if not settings.tells_anybody:
        return
    owed = OwedNotice(broker=intake.broker, reference=intake.reference, revision=intake.revision)
    try:
        exchange = open_exchange(settings)
        for target in deliveries(settings):
            exchange.put_new(_key(intake.identity, target, 0), owed.model_dump_json().encode(), media_type=_KIND)
    except ArchiveError as error:
        tell("notice_not_owed", level="error", told={"error": type(error).__name__})


def deliveries(settings: Settings) -> Mapping[str, Deliver]:
    """How each target is told."""
    found: dict[str, Deliver] = {}
    if settings.notice_url is not None:
        found["web"] = lambda notice: post(notice, settings, dt.datetime.now(dt.UTC))
    if settings.notice_mail_to:
        found["mail"] = partial(mail, settings=settings)
    return found


@dataclass(frozen=True, slots=True)
class Courier:
    """Delivers what is owed in an exchange. Every method raises the `StoreError`s of exchange and archive."""

    settings: Settings
    archive: Archive
    exchange: Exchange
    deliveries: Mapping[str, Deliver]

    def look(self, now: dt.datetime) -> int:
        """Deliver what is due, each once, up to a bound; how many were delivered."""
        due = (entry for entry in self.exchange.entries(NOTICES) if now - entry.modified >= _wait(entry))
        return sum(self._handled(entry, now) for entry in list(islice(due, _AT_ONCE)))

    def _handled(self, entry: Entry, now: dt.datetime) -> bool:
        target, number = _parts(entry.key)
        deliver = self.deliveries.get(target)
        owed = self._read(entry)
        if owed is None or deliver is None or number >= TRIES:
            self.exchange.remove(entry)
            return False
        notice = self._notice(owed)
        if notice is None:
            if now - entry.modified > _UNFINISHED:
                self.exchange.remove(entry)
            return False
        return self._tried(entry, notice, deliver, owed)

    def _tried(self, entry: Entry, notice: Notice, deliver: Deliver, owed: OwedNotice) -> bool:
        with noting(owed.broker, owed.reference):
            try:
                deliver(notice)
            except NoticeError as error:
                self._put_off(entry, error)
                return False
            self.exchange.remove(entry)
            return True

    def _put_off(self, entry: Entry, error: NoticeError) -> None:
        name, _, number = entry.key.rpartition("-")
        is_last = isinstance(error, TargetRefusedError) or int(number) + 1 >= TRIES
        tell("notice_given_up" if is_last else "notice_put_off", level="error", told={"error": type(error).__name__})
        if not is_last:
            content = self.exchange.get(entry.key)
            self.exchange.put_new(f"{name}-{int(number) + 1}", content, media_type=_KIND)
        self.exchange.remove(entry)

    def _notice(self, owed: OwedNotice) -> Notice | None:
        """None while the revision has no result."""
        try:
            result = self.archive.result(owed.broker, owed.reference, owed.revision)
        except ObjectMissing:
            return None
        return notice_of(result, self.settings)

    def _read(self, entry: Entry) -> OwedNotice | None:
        """None for what is gone, and for what nobody of us wrote."""
        try:
            return OwedNotice.model_validate_json(self.exchange.get(entry.key))
        except (ObjectMissing, ValidationError):
            return None


@contextmanager
def telling(workshop: Workshop) -> Iterator[None]:
    """Deliver notices in a thread of its own while the work goes on inside; what is owed at the end stays noted."""
    told = deliveries(workshop.settings)
    if not told:
        yield
        return
    courier = Courier(workshop.settings, workshop.archive, open_exchange(workshop.settings), told)
    is_over = threading.Event()
    thread = threading.Thread(target=_go_round, args=(courier, is_over), name="notices", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _go_round(courier: Courier, is_over: threading.Event) -> None:
    while not is_over.wait(_EVERY):
        try:
            courier.look(dt.datetime.now(dt.UTC))
        except ArchiveError as error:
            tell("notices", level="error", told={"error": type(error).__name__})


def _key(identity: str, target: str, number: int) -> str:
    return f"{NOTICES}{identity[:32]}-{target}-{number}"


def _parts(key: str) -> tuple[str, int]:
    """Target and number of a note; of anything else a target that there is not."""
    _, _, named = key.rpartition("/")
    parts = named.split("-")
    is_ours = len(parts) == 3 and parts[2].isdecimal()  # noqa: PLR2004 - as `_key` makes it
    return (parts[1], int(parts[2])) if is_ours else ("", 0)


def _wait(entry: Entry) -> dt.timedelta:
    """Before the try that the note is for: none, then half a minute, doubled each time. None for a try too many."""
    _, number = _parts(entry.key)
    if number >= TRIES:
        return dt.timedelta(0)
    return _FIRST_WAIT * 2 ** (number - 1) if number else dt.timedelta(0)
