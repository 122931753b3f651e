"""A complete shipment becomes a revision: its objects archived, its papers put to those of the revisions before.

A late paper makes a revision of all papers so far; one under a name that is known takes the place of the earlier. What
is refused is a notice of the revision, so that nothing is cleared over a paper that nobody could look at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.quarantine import QuarantineRecord
from archive.stores.exchange import Exchange
from flows import journal
from flows.inbox.dating import asked_day, says_something
from flows.inbox.errors import WrongMarkError
from flows.inbox.fetching import fetched
from flows.inbox.names import Dropped
from flows.inbox.quarantine import Refused, quarantine
from flows.inbox.readiness import Ready
from flows.inbox.rules import READY, InboxRules
from flows.intake import is_litter, told_apart
from flows.media_types import media_type_of
from flows.rules import rules_under
from flows.workshop import Workshop
from schemas.pages import Notice
from schemas.results import Intake, IntakeFile, Submission

_READABLE = frozenset({"application/pdf", "image/tiff", "image/png", "image/jpeg"})


@dataclass(frozen=True, slots=True)
class Taken:
    """`intake` is None where nothing can be filed under the name. Then, by keys in the inbox, where the bytes are.

    `originals` holds digests.
    """

    intake: Intake | None
    originals: dict[str, str] = field(default_factory=dict)
    quarantined: dict[str, QuarantineRecord] = field(default_factory=dict)


def take(ready: Ready, workshop: Workshop, exchange: Exchange, rules: InboxRules, *, now: dt.datetime) -> Taken:
    """Archive the objects and begin the revision, or find the one that has them all already.

    Raises `SenderNotDoneError`, `ArchiveError` and `ClearingError`.
    """
    try:
        asked = asked_day(ready, exchange) if rules.dated else None
    except WrongMarkError as error:
        return _misdated(ready, str(error), workshop, exchange, now)
    named = _uniquely_named(ready.papers)
    refused = _refused(named, rules)
    quarantined = quarantine(ready, refused, workshop, exchange, now=now) if refused else {}
    wanted = [one for one in named if one.entry.key not in quarantined]
    archived = {one.entry.key: _archived(one, workshop, exchange) for one in wanted}
    papers = tuple(file for key, file in archived.items() if not _is_litter(key, file))
    litter = (file for key, file in archived.items() if _is_litter(key, file))
    notices = (*_notices(refused, ready, rules), *map(_litter_notice, litter), *_unheard(ready, rules))
    is_filed = all(one.is_filed for one in named) and (papers or refused)
    day = asked or now.astimezone(dt.UTC).date()
    intake = _begun(ready, papers, notices, workshop, day, is_asked=asked is not None) if is_filed else None
    if intake:
        journal.begun(intake, workshop)
    return Taken(intake, {key: file.sha256 for key, file in archived.items()}, quarantined)


def received_by(broker: str) -> str:
    """Who handed in what lay in the inbox."""
    return f"inbox of {broker}"


def give_up(ready: Ready, error: str, workshop: Workshop, exchange: Exchange, *, now: dt.datetime) -> Taken:
    """Quarantine all of the shipment's objects, as the program fails on them."""
    why = "the program failed on this shipment again and again; its operator finds the reason in the quarantine"
    refused = tuple(Refused(one, why, error) for one in ready.papers)
    return Taken(None, quarantined=quarantine(ready, refused, workshop, exchange, now=now) if refused else {})


def _misdated(ready: Ready, why: str, workshop: Workshop, exchange: Exchange, now: dt.datetime) -> Taken:
    """Quarantine all of the shipment's objects: as of another day than the one meant, they may be judged wrong."""
    others = f"the {READY} of its shipment was not understood; drop all its papers again, with a right one or none"
    refused = tuple(Refused(one, why if one.is_ready_mark else others) for one in ready.dropped)
    return Taken(None, quarantined=quarantine(ready, refused, workshop, exchange, now=now))


def _unheard(ready: Ready, rules: InboxRules) -> tuple[Notice, ...]:
    """One that holds nothing where a mark says something and none is listened to."""
    if rules.dated or not says_something(ready):
        return ()
    message = f"{READY}: what it says was not looked at; the papers are judged at the day on which they were taken"
    return (Notice(file=READY, page=None, kind="unsupported", message=message, holds=False),)


def _uniquely_named(papers: Sequence[Dropped]) -> list[Dropped]:
    names = told_apart(one.file for one in papers)
    return [replace(one, file=name) for one, name in zip(papers, names, strict=True)]


def _refused(named: list[Dropped], rules: InboxRules) -> tuple[Refused, ...]:
    if len(named) > rules.files:
        return tuple(Refused(one, _too_many(rules)) for one in named)
    return tuple(Refused(one, why) for one in named if (why := one.trouble or _too_much(one, rules)))


def _too_many(rules: InboxRules) -> str:
    return f"the shipment has over {rules.files} files; send the papers alone, or several pages in one file"


def _notices(refused: tuple[Refused, ...], ready: Ready, rules: InboxRules) -> tuple[Notice, ...]:
    """One for each object; one for all where there are too many of them."""
    if len(refused) <= rules.files:
        return tuple(map(_notice, refused))
    message = f"“{ready.reference}” was not taken, as {_too_many(rules)}."
    return (Notice(file=ready.reference, page=None, kind="too_large", message=message),)


def _too_much(one: Dropped, rules: InboxRules) -> str | None:
    if one.entry.size > rules.file_bytes:
        return (
            f"it has {one.entry.size:,} bytes and {rules.file_bytes:,} are taken; send it in parts, or scan it smaller"
        )
    is_nothing = one.entry.size == 0 and not any(map(is_litter, one.file.split("/")))
    return "it is empty; send the file again" if is_nothing else None


def _archived(one: Dropped, workshop: Workshop, exchange: Exchange) -> IntakeFile:
    with TemporaryDirectory(prefix="tidewaiter-") as folder:
        # The ending alone is the sender's: a draft declaration is told by it.
        ending = ".json" if one.file.casefold().endswith(".json") else ""
        copy = fetched(one.entry, Path(folder) / f"object{ending}", exchange)
        media_type = media_type_of(copy)
        stored = workshop.archive.put_original(copy, media_type=media_type)
        return IntakeFile(
            file=one.file,
            sha256=stored.sha256,
            media_type=media_type,
            size=stored.size,
            dropped_at=one.entry.modified,
        )


def _is_litter(key: str, file: IntakeFile) -> bool:
    """What a computer left there; what can be read is a paper, whatever its name."""
    return file.media_type not in _READABLE and any(map(is_litter, key.split("/")[1:]))


def _litter_notice(file: IntakeFile) -> Notice:
    message = f"{file.file}: left out, as it belongs to the computer and not to the shipment"
    return Notice(file=file.file, page=None, kind="unsupported", message=message, holds=False)


def _notice(refused: Refused) -> Notice:
    file = refused.dropped.file
    message = f"“{file}” was not taken, as {refused.why}."
    return Notice(file=file, page=None, kind="unsupported", message=message)


def _begun(
    ready: Ready,
    files: tuple[IntakeFile, ...],
    notices: tuple[Notice, ...],
    workshop: Workshop,
    day: dt.date,
    *,
    is_asked: bool,
) -> Intake:
    """The revision of all papers so far; the last one where nothing new came. Who loses the number looks again.

    A day that was asked for makes a revision where the last one is of another day, or of other rules, as it would with
    `tidewaiter clear`; the day on which papers come does not.
    """
    while True:
        last = workshop.archive.last_intake(ready.broker, ready.reference)
        submission = _submission(ready, workshop, day)
        is_anew = is_asked and last and (last.as_of, last.rules) != (day, submission.rules)
        if last and _brings_nothing(files, notices, last) and not is_anew:
            return last
        submission = submission.model_copy(
            update={
                "files": _merged(last.files if last else (), files),
                "left_out": _still_left_out(last.left_out if last else (), notices, files),
            }
        )
        intake = workshop.archive.begin_after(submission, last.revision if last else 0)
        if intake.identity == submission.identity and intake.left_out == submission.left_out:
            return intake


def _submission(ready: Ready, workshop: Workshop, day: dt.date) -> Submission:
    """The shipment as of that day, without its papers, with what people decided about earlier revisions."""
    lists = workshop.lists.in_force(day)
    return Submission(
        broker=ready.broker,
        reference=ready.reference,
        as_of=day,
        rules=rules_under(workshop.settings, lists),
        received_by=received_by(ready.broker),
        files=(),
        lists=lists,
        decisions=workshop.decisions.of(ready.broker, ready.reference),
        assignments=workshop.assignments.of(ready.broker, ready.reference),
        hints=workshop.hints.last(ready.broker),
    )


def _brings_nothing(files: tuple[IntakeFile, ...], notices: tuple[Notice, ...], last: Intake) -> bool:
    known = {(file.file, file.sha256) for file in last.files}
    return all((file.file, file.sha256) in known for file in files) and all(
        one in last.left_out for one in notices if one.holds
    )


def _merged(before: tuple[IntakeFile, ...], now: tuple[IntakeFile, ...]) -> tuple[IntakeFile, ...]:
    """In the order in which they first came."""
    return tuple(({file.file: file for file in before} | {file.file: file for file in now}).values())


def _still_left_out(
    before: tuple[Notice, ...], now: tuple[Notice, ...], files: tuple[IntakeFile, ...]
) -> tuple[Notice, ...]:
    """A paper that came after all is no longer left out."""
    taken = {file.file for file in files}
    return tuple(dict.fromkeys(one for one in (*before, *now) if one.file not in taken))
