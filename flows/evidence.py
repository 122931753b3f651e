"""An evidence pack of one shipment, made of what the archive and the journal hold at this moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from archive import keys
from archive.errors import ObjectMissing
from archive.evidence import html, pdf
from archive.evidence.packing import JournalPart, PackWriter, ProvenEntry, new_pack
from archive.evidence.summary import Case, sections
from archive.journal.book import Journal, Placed
from archive.journal.checkpoints import stated
from flows import steps
from flows.errors import TargetTakenError, UnprovableError
from flows.fetching import intakes_of, names_of
from flows.isolated_reader import Shown
from flows.isolation import OnPage
from flows.workshop import Workshop
from schemas.pages import Original
from schemas.results import Intake

LEAVES: Final = 200_000
"""Up to so many entries all their hashes go along, 32 bytes each; beyond, proofs to the checkpoints asked for."""
_LONGEST: Final = 1600


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose pack, who makes it when (UTC), and the sizes of checkpoints kept elsewhere that it should prove from."""

    broker: str
    reference: str
    by: str
    at: dt.datetime
    since: tuple[int, ...] = ()


def make_pack(wanted: Wanted, target: Path, workshop: Workshop, journal: Journal, on_page: OnPage) -> tuple[str, ...]:
    """Write the pack whole or not at all; returns the keys that the journal names and the archive has no longer.

    Raises:
        NoSuchShipmentError: the archive has no such shipment.
        UnprovableError: the journal has no entry about it, or there is no key to sign a checkpoint with.
        TargetTakenError: the file is there already, or cannot be written.
        OriginalDamaged, ObjectDamaged: an object is not what was stored; see `tidewaiter audit`.
    """
    intakes = intakes_of(wanted.broker, wanted.reference, workshop.archive)
    placed, part = _journal_part(wanted, journal)
    try:
        with new_pack(target) as pack:
            left_out = _objects(intakes, placed, pack, workshop)
            pictures = list(_pictures(intakes, pack, workshop, on_page))
            case = _case(wanted, intakes, part, pack, workshop)
            pack.add("summary.html", html.page(case.title, sections(case), pictures).encode())
            pack.add("summary.pdf", pdf.document(case.title, sections(case)))
            pack.finish(wanted.broker, wanted.reference, part, left_out)
    except FileExistsError as error:
        raise TargetTakenError(f"{target}: is there already. Remove it, or name another file with --into") from error
    except OSError as error:
        raise TargetTakenError(f"{target}: {error.strerror}. Name a file that this user may write") from error
    return tuple(left_out)


def _journal_part(wanted: Wanted, journal: Journal) -> tuple[Sequence[Placed], JournalPart]:
    journal.catch_up()
    checkpoint = journal.checkpoint_now()
    if checkpoint is None:
        raise UnprovableError(
            "no key signs the journal, or nothing stands in it, so nothing could be proved: make a key with "
            "`tidewaiter journal new-key FILE` and set TIDEWAITER_JOURNAL_KEY_FILE"
        )
    size = stated(checkpoint.encode(), "the newest checkpoint")[1].size
    placed = [one for one in journal.entries_of(wanted.broker, wanted.reference) if one.position < size]
    if not placed:
        raise UnprovableError(f"{wanted.reference}: the journal has no entry about it. Run `tidewaiter audit` first")
    entries = tuple(ProvenEntry(one.position, one.entry.leaf, journal.inclusion(one.position, size)) for one in placed)
    leaves = b"".join(journal.index.subtree(0, index) for index in range(size)) if size <= LEAVES else b""
    since = {old: journal.consistency(old, size) for old in wanted.since if 0 < old < size}
    verifiers = tuple(str(key.verifier) for key in journal.keys)
    return placed, JournalPart(entries, checkpoint, verifiers, leaves, since)


def _objects(
    intakes: Sequence[Intake], placed: Iterable[Placed], pack: PackWriter, workshop: Workshop
) -> Mapping[str, str]:
    """Every original and record into the pack; what the journal names and is not there, with the reason."""
    left_out: dict[str, str] = {}
    for path, file in names_of(intakes).items():
        key = keys.original(file.sha256)
        if key in pack.records:
            continue
        try:
            pack.add_record(key, f"originals/{path}", workshop.archive.original(file.sha256))
        except ObjectMissing:
            left_out[key] = "no longer in the archive"
    for key in _keys(intakes[0], placed, workshop):
        if key not in pack.records and key not in left_out:
            try:
                pack.add_record(key, f"records/{key}", workshop.claims.store.get(key))
            except ObjectMissing:
                left_out[key] = "no longer in the archive"
    return left_out


def _keys(intake: Intake, placed: Iterable[Placed], workshop: Workshop) -> Iterator[str]:
    """What lies in the shipment's folder, and what the journal names beside it."""
    folder = f"shipments/{keys.part(intake.broker)}/{keys.part(intake.reference)}/"
    named = (key for one in placed for key in one.entry.records)
    yield from dict.fromkeys((*workshop.claims.store.list(folder), *named))


def _pictures(
    intakes: Sequence[Intake], pack: PackWriter, workshop: Workshop, on_page: OnPage
) -> Iterator[tuple[str, str]]:
    """Path and caption of every page that can be drawn."""
    originals = {one.sha256: one for intake in intakes for one in steps.originals_of(intake)}
    with TemporaryDirectory(prefix="tidewaiter-") as folder:
        for original in originals.values():
            if keys.original(original.sha256) not in pack.records:
                continue
            path = steps.fetched(original, Path(folder), workshop)
            for number, webp in _drawn(original, path, workshop, on_page):
                where = f"pages/{original.sha256[:16]}/{number:03}.webp"
                pack.add(where, webp)
                yield where, f"{original.file}, page {number}"
            path.unlink()


def _drawn(original: Original, path: Path, workshop: Workshop, on_page: OnPage) -> Iterator[tuple[int, bytes]]:
    """Upright where the page was read before."""
    kept = workshop.readings.find(original)
    turns = {page.number: page.turned for page in kept.pages} if kept else {}
    for number in count(1):
        webp = workshop.readers.drawn(original, path, Shown(number, turns.get(number, 0), _LONGEST))
        if webp is None:
            return
        on_page(original.file, number, max(number, len(turns)))
        yield number, webp


def _case(wanted: Wanted, intakes: Sequence[Intake], part: JournalPart, pack: PackWriter, workshop: Workshop) -> Case:
    results = [workshop.archive.result(one.broker, one.reference, one.revision) for one in intakes]
    paths = {key.rpartition("/")[2]: path for key, path in pack.records.items() if key.startswith("originals/")}
    decisions = workshop.decisions.of(wanted.broker, wanted.reference)
    assigned = workshop.assignments.of(wanted.broker, wanted.reference)
    return Case(intakes, results, decisions, part.entries, paths, wanted.at, wanted.by, assigned)
