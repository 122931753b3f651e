"""Entering what the records of the archive tell of and the journal lacks: at once, after a kill, and for all of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from archive.errors import ObjectDamaged, ObjectMissing, RecordDamaged
from archive.journal.book import Journal
from archive.journal.events import event_id, hold_keys, revisions_with_unentered, unentered, unentered_holds
from archive.keys import Revision
from schemas.journal import JournalEntry


def enter(journal: Journal, revision: Revision, now: dt.datetime) -> int:
    """What the journal lacks about the records of the revision; how many entries that were.

    Raises what the journal and its store raise, and `RecordDamaged`; here and below.
    """
    return journal.append(unentered(journal, revision, now))


def enter_received(journal: Journal, revision: Revision, decided: frozenset[int], now: dt.datetime) -> int:
    """That the papers of the revision came, and before it what was decided about the revisions named, as one batch.

    A note is kept until `enter_filed`: whoever is killed in between is caught up with.
    """
    if journal.index.known([event_id("received", revision)]):
        return 0
    journal.index.owe(revision)
    about = [Revision(revision.broker, revision.reference, number) for number in sorted(decided)]
    return journal.append(entry for one in (*about, revision) for entry in unentered(journal, one, now))


def enter_filed(journal: Journal, revision: Revision, now: dt.datetime) -> int:
    """What became of the revision, and all that is missing about it."""
    entered = enter(journal, revision, now)
    journal.index.settle(revision)
    return entered


def enter_owed(journal: Journal, now: dt.datetime) -> int:
    """What killed processes left over; a revision that nobody finished yet stays noted."""
    entered = 0
    for revision in journal.index.owed():
        entered += enter(journal, revision, now)
        if journal.index.known([event_id("found", revision)]):
            journal.index.settle(revision)
    return entered


def enter_everything(
    journal: Journal, now: dt.datetime, damaged: Callable[[RecordDamaged | ObjectDamaged], None]
) -> int:
    """What the journal lacks about anything in the archive: after it was away, or came later than the papers.

    `damaged` is told of what cannot be read, or is not what was written: such a hold is passed over, and all of such a
    revision, as is one that is disposed of meanwhile.
    """
    journal.catch_up()
    holds: list[JournalEntry] = []
    for key in hold_keys(journal):
        with _telling(damaged):
            holds += unentered_holds(journal, [key])
    entered = journal.append(holds)
    for revision in revisions_with_unentered(journal):
        with _telling(damaged):
            entered += enter(journal, revision, now)
    return entered


@contextmanager
def _telling(damaged: Callable[[RecordDamaged | ObjectDamaged], None]) -> Iterator[None]:
    try:
        yield
    except (RecordDamaged, ObjectDamaged) as error:
        damaged(error)
    except ObjectMissing:
        return  # Disposed of since it was listed.
