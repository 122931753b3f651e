"""What is done with a shipment: plain functions, in the order in which `plain` and `clear_shipment` call them.

Originals are archived before anything reads them, and what is read is the archived copy. A step that is run again finds
what it did before: records are written once, and equal submissions share one revision.
"""

from __future__ import annotations

import datetime as dt
import getpass
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from archive import keys
from archive.claims import InvoiceClaim
from declarations import declare as declare_shipment
from declarations.exports import exports_of, written
from extractors.calibration import calibrated
from extractors.documents import find_documents
from extractors.engines import EngineError
from extractors.hints import sighted
from extractors.sorting import doubted
from flows import journal
from flows.assigned_pages import assignments_told
from flows.draft_declaration import draft_of, is_draft
from flows.errors import MissingProgramError, NoSuchPathError
from flows.intake import left_out_of, papers_at, readable, reference_of
from flows.isolation import OnPage
from flows.learning import hints_about, learn
from flows.logs import logged
from flows.media_types import media_type_of
from flows.notices.courier import owe
from flows.rules import rules_under
from flows.terms import terms_for
from flows.workshop import Workshop
from schemas.assignments import PageAssignment, PageName, StandingPaper, standing
from schemas.declarations import Declaration
from schemas.documents import Document
from schemas.findings import Evidence, Finding
from schemas.pages import FileReading, Notice, Original, Page
from schemas.profiles import Profile
from schemas.reference import ListVersion
from schemas.results import Export, Intake, IntakeFile, ShipmentResult, Status, Submission
from schemas.shipments import Reconciled, Shipment
from validators import (
    NamedInvoice,
    disputing_duty,
    invoices_of,
    with_claimed,
    with_hinted_suggestions,
    with_what_was_decided,
)
from validators import reconcile as reconcile_shipment


def unseen(file: str, done: int, pages: int) -> None:
    """Progress that nobody watches."""


@logged
def submit(path: Path, workshop: Workshop, *, reference: str | None, as_of: dt.date) -> Submission:
    """Archive every file at the path, and name them as one submission. Raises `ClearingError` and `ArchiveError`."""
    broker = workshop.settings.broker
    named = readable(reference) if reference is not None else reference_of(path)
    # A name that no key can hold is refused before anything is kept.
    keys.Revision(broker, named, 1).key("intake.json")
    papers = papers_at(path)
    lists = workshop.lists.in_force(as_of)
    return Submission(
        broker=broker,
        reference=named,
        as_of=as_of,
        rules=rules_under(workshop.settings, lists),
        received_by=user_here(),
        files=tuple(_archived(name, paper, workshop) for name, paper in papers.items()),
        lists=lists,
        left_out=left_out_of(path),
        decisions=workshop.decisions.of(broker, named),
        assignments=workshop.assignments.of(broker, named),
        hints=workshop.hints.last(broker),
    )


def user_here() -> str:
    """Who runs this; in a container without a list of users it is a number only."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


def _archived(name: str, paper: Path, workshop: Workshop) -> IntakeFile:
    try:
        media_type = media_type_of(paper)
    except OSError as error:
        raise NoSuchPathError(f"{name}: {error.strerror}. Make it readable, or take it out of the shipment") from error
    stored = workshop.archive.put_original(paper, media_type=media_type)
    return IntakeFile(file=name, sha256=stored.sha256, media_type=media_type, size=stored.size)


@logged
def open_intake(broker: str, reference: str, revision: int, workshop: Workshop) -> Intake:
    return workshop.archive.intake(broker, reference, revision)


@logged
def read_papers(intake: Intake, workshop: Workshop, on_page: OnPage) -> tuple[FileReading, ...]:
    """Every paper read from its archived copy, in the order of the intake; the draft declaration is no paper.

    What was read before under the same rules is not read again. Raises `MissingProgramError` where Tesseract or one of
    its languages is not installed.
    """
    originals = originals_of(intake)
    found = {original: kept for original in originals if (kept := workshop.readings.find(original)) is not None}
    for original, kept in found.items():
        on_page(original.file, len(kept.pages), len(kept.pages))
    for read in read_now([original for original in originals if original not in found], workshop, on_page):
        workshop.readings.keep(read)
        found[read.original] = read
    return tuple(found[original] for original in originals)


def read_now(originals: Sequence[Original], workshop: Workshop, on_page: OnPage) -> tuple[FileReading, ...]:
    """The archived copies read, whether they were read before or not; nothing is kept. Raises `MissingProgramError`."""
    if not originals:
        return ()
    with TemporaryDirectory(prefix="tidewaiter-") as folder:
        papers = [(original, fetched(original, Path(folder), workshop)) for original in originals]
        try:
            return workshop.readers.read_all(papers, on_page)
        except EngineError as error:
            raise MissingProgramError(str(error)) from error


def originals_of(intake: Intake) -> tuple[Original, ...]:
    """The papers to be read, in the order of the intake; the broker's draft declaration is none."""
    return tuple(
        Original(file=file.file, sha256=file.sha256, size=file.size, media_type=file.media_type)
        for file in intake.files
        if not is_draft(file)
    )


def fetched(original: Original, folder: Path, workshop: Workshop) -> Path:
    """A copy in the folder, named by its digest, which is proven; raises as `Archive.original`."""
    copy = folder / original.sha256
    if not copy.exists():
        copy.write_bytes(workshop.archive.original(original.sha256))
    return copy


@logged
def join(intake: Intake, readings: tuple[FileReading, ...], workshop: Workshop) -> Shipment:
    """The papers found on the pages, with the broker's draft. Where no page has a single word there is no paper."""
    return with_papers(papers_in(readings, intake.assignments, workshop), intake, readings, workshop)


def papers_in(
    readings: Sequence[FileReading], assignments: Sequence[PageAssignment], workshop: Workshop
) -> tuple[Document, ...]:
    """The papers on all pages, sorted as people said where they did, and what files hold as figures."""
    pages = pages_of(readings)
    structured = tuple(document for reading in readings for document in reading.structured)
    return (*_papers_on(pages, _assigned(readings, assignments), workshop), *structured)


def _assigned(readings: Sequence[FileReading], assignments: Sequence[PageAssignment]) -> tuple[StandingPaper, ...]:
    there = [PageName(sha256=page.sha256, page=page.number) for page in pages_of(readings)]
    return standing(assignments, there)


def with_papers(
    documents: tuple[Document, ...], intake: Intake, readings: tuple[FileReading, ...], workshop: Workshop
) -> Shipment:
    """The shipment of papers that were found before, with the broker's draft and what the readers noticed."""
    draft, about_drafts = draft_of(intake, workshop.archive)
    notices = tuple(notice for reading in readings for notice in reading.notices)
    hints = hints_about(intake, documents, workshop)
    return Shipment(
        broker=intake.broker,
        reference=intake.reference,
        as_of=intake.as_of,
        documents=documents,
        notices=(
            *intake.left_out,
            *notices,
            *(_only_blank(reading) for reading in readings if _is_blank(reading)),
            *doubted(pages_of(readings), _assigned(readings, intake.assignments)),
            *about_drafts,
        ),
        draft=draft,
        draft_file=next((paper.file for paper in intake.files if is_draft(paper)), None),
        lists=intake.lists,
        identity=intake.undecided_identity,
        decisions=intake.decisions,
        assignments=intake.assignments,
        hints=hints,
        hinted=tuple(one.reading for one in sighted(documents, pages_of(readings), hints)),
    )


def pages_of(readings: Sequence[FileReading]) -> tuple[Page, ...]:
    return tuple(page for reading in readings for page in reading.pages)


def _papers_on(pages: tuple[Page, ...], assigned: Sequence[StandingPaper], workshop: Workshop) -> tuple[Document, ...]:
    """The documents that the pages hold, each value with the confidence that readings of its kind have earned."""
    found = find_documents(pages, assigned) if any(page.words for page in pages) else ()
    return calibrated(found, pages, workshop.calibration)


def _is_blank(reading: FileReading) -> bool:
    """Whether the file was read to its end and not a word stood on it."""
    read = bool(reading.pages) and not any(page.words for page in reading.pages)
    return read and not any(notice.holds for notice in reading.notices)


def _only_blank(reading: FileReading) -> Notice:
    """One blank page among others is a back; a file of nothing else may be a paper scanned from its wrong side."""
    file = reading.original.file
    message = f"“{file}” holds nothing but blank pages: scan the other side, or take it out."
    return Notice(file=file, page=None, kind="blank", message=message)


def reconcile(shipment: Shipment, workshop: Workshop) -> Reconciled:
    """The papers solved together, under the lists that stand in the shipment's record; hints name values beside."""
    reconciled = reconcile_shipment(
        shipment,
        similarity=workshop.similarity,
        earlier=workshop.register.earlier(shipment.broker, shipment.reference, workshop.claims),
        tolerances=workshop.tolerances,
        references=workshop.lists.references(shipment.lists),
        jurisdiction=workshop.settings.jurisdiction,
    )
    return with_hinted_suggestions(reconciled, shipment)


@logged
def claim_invoices(shipment: Shipment, reconciled: Reconciled, workshop: Workshop) -> Reconciled:
    """Claim the shipment's invoices in the archive, and hold it where another shipment has one of them.

    The register's check found what has finished; of two judged at the same moment, the claim lets only one be cleared.
    An invoice that the register knows from before there were claims is claimed for the first shipment that has it.
    """
    broker, reference = shipment.broker, shipment.reference
    earlier = workshop.register.earlier(broker, reference, workshop.claims)
    holders: dict[NamedInvoice, str] = {}
    for invoice in invoices_of(reconciled):
        first = next(iter(earlier.with_invoice(invoice.exporter, invoice.number)), reference)
        wanted = InvoiceClaim(broker=broker, reference=first, exporter=invoice.exporter, number=invoice.number)
        holder = workshop.claims.claim(wanted).reference
        if holder != reference:
            holders[invoice] = holder
    return with_claimed(reconciled, holders, shipment.decisions) if holders else reconciled


@logged
def compare_duty(shipment: Shipment, reconciled: Reconciled, workshop: Workshop) -> Reconciled:
    """The papers with what the draft's duty and tax contradict, where the broker's draft states any."""
    if shipment.draft is None:
        return reconciled
    return disputing_duty(reconciled, shipment, declare(shipment, reconciled, workshop))


@logged
def declare(shipment: Shipment, reconciled: Reconciled, workshop: Workshop) -> Declaration:
    return declare_shipment(shipment, reconciled, terms_for(shipment, reconciled, workshop))


@logged
def conclude(intake: Intake, shipment: Shipment, reconciled: Reconciled, declaration: Declaration) -> ShipmentResult:
    """The result with its status. A rejected shipment has no declaration."""
    status = _status(shipment, reconciled)
    return ShipmentResult(
        broker=intake.broker,
        reference=intake.reference,
        revision=intake.revision,
        as_of=intake.as_of,
        status=status,
        documents=reconciled.documents,
        findings=(
            *with_what_was_decided(reconciled, shipment),
            *assignments_told(shipment),
            *(_noted(notice) for notice in shipment.notices if not notice.holds),
        ),
        declaration=None if status == "rejected" else declaration,
        exports=(Export(format="json", ready=status == "clear"),),
    )


def _noted(notice: Notice) -> Finding:
    """What a reader did that a person should know and need not settle: a picture read smaller, a blank page, litter."""
    place = Evidence(file=notice.file, page=notice.page)
    return Finding(code="illegible", severity="info", message=notice.message, evidence=(place,), nature="policy")


# Pointers into the declaration whose values must have a witness before a shipment is clear. Others may stay null.
_WITNESSED = ("/currency", "/total_invoice_amount", "/gross_mass_kg", "/packages", "/incoterm", "/items")


def _status(shipment: Shipment, reconciled: Reconciled) -> Status:
    """Clear only where nothing holds: no finding, no notice of something unread, no value that must not be withheld."""
    if not shipment.documents:
        return "rejected"
    holds = (
        any(finding.holds for finding in reconciled.findings)
        or any(notice.holds and not _is_settled(notice, reconciled) for notice in shipment.notices)
        or any(pointer.startswith(_WITNESSED) for pointer in reconciled.withheld)
    )
    return "held" if holds else "clear"


def _is_settled(notice: Notice, reconciled: Reconciled) -> bool:
    """Whether a person decided about the finding that the notice became."""
    told = [one for one in reconciled.findings if one.message == notice.message and one.decision is not None]
    return any(not one.holds for one in told)


@logged
def file(intake: Intake, result: ShipmentResult, workshop: Workshop) -> ShipmentResult:
    """Store the result and index it; returns the one that counts, which is that of whoever finished first.

    Beside it goes the declaration in each format that lacks nothing, and the result says what the others lack.
    """
    profiles = _profiles_of(intake.lists, workshop)
    whole = result.model_copy(update={"exports": exports_of(result, profiles)})
    owe(intake, workshop.settings)
    workshop.register.note(intake)  # Who is killed before `record` is caught up with.
    counted = workshop.archive.commit(intake, whole, formats_of=partial(written, profiles=profiles))
    workshop.register.record(intake, counted)
    learn(intake, counted, workshop)
    journal.filed(intake, workshop)
    return counted


def _profiles_of(lists: tuple[ListVersion, ...], workshop: Workshop) -> tuple[Profile, ...]:
    """The profiles that were in force when the papers were handed in: one loaded since is for another revision."""
    return tuple(workshop.lists.parsed(Profile, one) for one in lists if one.kind == "profiles")
