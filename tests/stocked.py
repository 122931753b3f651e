"""A desk on an archive with a few shipments of two brokers, as if they had been cleared, with hostile words in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.accounts.accounts import open_accounts
from archive.accounts.passwords import Passwords
from archive.hints import HintLog
from archive.journal.keyring import make_key
from desk.web.app import create_app
from desk.web.hall import Hall
from flows import journal
from flows.settings import Settings
from flows.workshop import Workshop, open_records, open_workshop
from schemas.findings import Evidence, Finding
from schemas.hints import ArticleHint, Hint, HintEntry, HintSource, LabelHint, Lesson, PartyHint
from schemas.results import IntakeFile, ShipmentResult, Status, Submission
from tests.archived import AS_OF, result_of, sha256
from tests.desks import LIFETIME, NOON, Clock, Desk

SCRIPT = "<script>alert('from a paper')</script>"
PAPER = b"%PDF-1.7 the paper of "
ASKED = Finding(
    code="quantity_mismatch",
    severity="error",
    message=f"invoice, page 1, line 4 says 480, packing list says 542 {SCRIPT}",
    evidence=(Evidence(file="invoice.pdf", page=1, document="commercial_invoice", field="quantity", value="480"),),
)


def settings_in(folder: Path, *, signed: bool = True) -> Settings:
    """Those of a desk all of whose places are below the folder, with a key that signs the journal."""
    key = folder / "journal.key"
    if signed:
        make_key(key, "example.com/journal")
    return Settings(
        data_dir=folder / "data",
        exchange_dir=folder / "exchange",
        journal_key_file=key if signed else None,
        inbox_file_bytes=1000,
    )


@contextmanager
def stocked_desk(folder: Path, passwords: Passwords, *, signed: bool = True) -> Iterator[Desk]:
    """A held and a clear shipment of the broker `anker`, and a held one of `brise`."""
    settings = settings_in(folder, signed=signed)
    with open_workshop(settings) as workshop:
        put(workshop, "anker", "A-1", "held")
        put(workshop, "anker", "A-2", "clear")
        put(workshop, "brise", "B-1", "held")
    with (
        open_records(settings) as records,
        open_workshop(settings) as workshop,
        open_accounts(folder / "accounts.sqlite", LIFETIME, passwords=passwords) as accounts,
    ):
        clock = Clock()
        hall = Hall(settings, records, workshop, accounts, clock)
        yield Desk(create_app(hall), hall, clock)


def put(workshop: Workshop, broker: str, reference: str, status: Status) -> ShipmentResult:
    """A shipment with one paper, whose file name and finding hold a script."""
    content = PAPER + reference.encode()
    name = f"{SCRIPT.replace('/', '')} {reference}.pdf"
    workshop.archive.put_original(content, media_type="application/pdf")
    paper = IntakeFile(file=name, sha256=sha256(content), media_type="application/pdf", size=len(content))
    submission = Submission(
        broker=broker, reference=reference, as_of=AS_OF, rules="1", received_by=f"inbox of {broker}", files=(paper,)
    )
    intake = workshop.archive.begin(submission)
    journal.begun(intake, workshop)
    findings = () if status == "clear" else (ASKED,)
    result = result_of(intake, status, number=f"I-{reference}").model_copy(update={"findings": findings})
    workshop.archive.commit(intake, result)
    workshop.register.record(intake, result)
    journal.filed(intake, workshop)
    return result


LESSONS: tuple[Lesson, ...] = (
    LabelHint(document="commercial_invoice", field="number", label=f"qualm {SCRIPT}", beside="below"),
    PartyHint(field="consignee", printed="Halden", registered="Halden Textil GmbH"),
    ArticleHint(part_number="KX-1778", hs_code="841370"),
)


def taught(desk: Desk, *, exporter: str = "Norwick Looms") -> list[str]:
    """The ids of the hints that a shipment of the broker `anker` taught."""
    source = HintSource(reference="A-1", revision=1, decision=1, by="ann", at=NOON)
    hints = tuple(Hint(exporter=exporter, lesson=one, source=source) for one in LESSONS)
    log = HintLog(desk.hall.records.store)
    log.append("anker", lambda last: HintEntry(broker="anker", number=last + 1, by="ann", at=NOON, learned=hints))
    return [one.id for one in hints]
