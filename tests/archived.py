"""Shipments to archive: what was handed in, and results small enough to compare by eye."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from decimal import Decimal
from itertools import count

from archive.archive import Archive, FinishedRevision
from archive.stores.protocol import ObjectStore
from schemas.declarations import Declaration, DeclarationItem, FieldRef, Source
from schemas.documents import CommercialInvoice, InvoiceFields, InvoiceLine, PackingList, Part
from schemas.fields import Field
from schemas.findings import Evidence, Finding
from schemas.results import Intake, IntakeFile, ShipmentResult, Status, Submission
from schemas.values import Party

AS_OF = dt.date(2026, 3, 2)
PAPERS = {"invoice.pdf": b"the invoice", "packing list.pdf": b"the packing list"}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def ticking() -> Iterator[dt.datetime]:
    """Each look at this clock is a minute later; in Auckland's zone, so that UTC must be made of it."""
    zone = dt.timezone(dt.timedelta(hours=13))
    return (dt.datetime(2026, 3, 2, 8, tzinfo=zone) + dt.timedelta(minutes=minute) for minute in count())


def archive_in(store: ObjectStore) -> Archive:
    return Archive(store, ticking().__next__)


def submission(
    reference: str = "A-1", papers: dict[str, bytes] = PAPERS, *, as_of: dt.date = AS_OF, rules: str = "1"
) -> Submission:
    return Submission(
        broker="local",
        reference=reference,
        as_of=as_of,
        rules=rules,
        received_by="clerk",
        files=tuple(
            IntakeFile(file=name, sha256=sha256(content), media_type="application/pdf", size=len(content))
            for name, content in papers.items()
        ),
    )


def invoice(number: str = "INV-7", exporter: str = "Sunrise Electronics Co., Ltd.") -> CommercialInvoice:
    box = (10.0, 20.0, 110.0, 32.0)
    return CommercialInvoice(
        parts=(Part(file="invoice.pdf", sha256=sha256(PAPERS["invoice.pdf"]), pages=(1,)),),
        fields=InvoiceFields(
            number=Field[str](value=number, confidence=1, page=1, box=box),
            date=Field[dt.date](value=dt.date(2026, 2, 1), confidence=1, page=1, box=box),
            exporter=Field[Party](value=Party(name=exporter, country="CN"), confidence=1, page=1, box=box),
            consignee=Field[Party](value=Party(name="Müller GmbH"), confidence=0.9, page=1, box=box),
        ),
        lines=(InvoiceLine(part_number=Field[str](value="SE-40", confidence=1, page=1, box=box)),),
    )


def declaration(price: str = "90.00") -> Declaration:
    """One item, declared from the first line of the first paper."""
    item = DeclarationItem(
        item_number=1,
        description="LED lamp",
        hs_code="94054200",
        origin="CN",
        quantity=Decimal(60),
        unit="C62",
        net_mass_kg=Decimal("15.5"),
        item_price=Decimal(price),
    )
    source = Source(fields=(FieldRef(document=0, field="amount", line=0),))
    return Declaration(currency="EUR", gross_mass_kg=None, items=(item,), sources={"/items/0/item_price": source})


def packing_list() -> PackingList:
    return PackingList(parts=(Part(file="packing list.pdf", sha256=sha256(PAPERS["packing list.pdf"]), pages=(1, 2)),))


def result_of(
    intake: Intake,
    status: Status = "clear",
    *,
    number: str = "INV-7",
    exporter: str = "Sunrise Electronics Co., Ltd.",
    price: str = "90.00",
) -> ShipmentResult:
    """The same for the same arguments."""
    evidence = Evidence(file="invoice.pdf", page=1, document="commercial_invoice")
    return ShipmentResult(
        broker=intake.broker,
        reference=intake.reference,
        revision=intake.revision,
        as_of=intake.as_of,
        status=status,
        documents=(invoice(number, exporter), packing_list()),
        findings=(
            Finding(code="value_mismatch", severity="info", message="differs", evidence=(Evidence(), evidence)),
            Finding(code="document_missing", severity="error", message="none", nature="missing"),
        ),
        declaration=declaration(price) if status != "rejected" else None,
    )


def clear(
    archive: Archive,
    handed_in: Submission,
    papers: dict[str, bytes] = PAPERS,
    *,
    status: Status = "clear",
    **told: str,
) -> ShipmentResult:
    """All that the archive is asked while one shipment is cleared, in order; `told` is that of `result_of`."""
    if found := archive.find(handed_in):
        return found
    for content in papers.values():
        archive.put_original(content, media_type="application/pdf")
    intake = archive.begin(handed_in)
    return archive.commit(intake, result_of(intake, status, **told))


def finished(archive: Archive, result: ShipmentResult) -> FinishedRevision:
    return FinishedRevision(archive.intake(result.broker, result.reference, result.revision), result)
