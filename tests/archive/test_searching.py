"""Shipments are found by everything their papers carry, in whichever revision, newest first, on every database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.entries import amount_value
from archive.register import Register
from archive.searching import FoundShipment, Search
from schemas.declarations import Declaration, DeclarationItem
from schemas.documents import (
    CertificateFields,
    CertificateLine,
    CertificateOfOrigin,
    CommercialInvoice,
    InvoiceFields,
    InvoiceLine,
    Part,
    TransportDocument,
    TransportFields,
)
from schemas.fields import Field
from schemas.results import Intake, IntakeFile, ShipmentResult, Status
from schemas.values import Party
from tests.archived import sha256
from tests.breadth import mostly_slow

BEGIN = dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.UTC)
Add = Callable[..., None]


def text(value: str) -> Field[str]:
    return Field[str](value=value, confidence=1, page=1, box=(1.0, 1.0, 9.0, 9.0))


def amount(value: str) -> Field[Decimal]:
    return Field[Decimal](value=Decimal(value), confidence=1, page=1, box=(1.0, 1.0, 9.0, 9.0))


def party(name: str) -> Field[Party]:
    return Field[Party](value=Party(name=name), confidence=1, page=1, box=(1.0, 1.0, 9.0, 9.0))


def part(name: str) -> tuple[Part, ...]:
    return (Part(file=name, sha256=sha256(name.encode()), pages=(1,)),)


@dataclass(frozen=True)
class Told:
    """What a revision says, where a test says nothing else."""

    broker: str = "local"
    revision: int = 1
    status: Status = "clear"
    received_at: dt.datetime = BEGIN
    files: tuple[str, ...] = ("invoice.pdf",)
    declaration: Declaration | None = None
    number: str = "INV-7"
    exporter: str = "Kestrelfold Mills Ltd."
    total: str = "1250.00"
    currency: str | None = "EUR"
    code: str = "84818099"

    def intake(self, reference: str) -> Intake:
        return Intake(
            broker=self.broker,
            reference=reference,
            revision=self.revision,
            as_of=BEGIN.date(),
            rules="1",
            received_by="clerk",
            received_at=self.received_at,
            files=tuple(
                IntakeFile(file=name, sha256=sha256(name.encode()), media_type="application/pdf", size=9)
                for name in self.files
            ),
        )

    def result(self, reference: str) -> ShipmentResult:
        return ShipmentResult(
            broker=self.broker,
            reference=reference,
            revision=self.revision,
            as_of=BEGIN.date(),
            status=self.status,
            documents=(BILL, self._invoice(), self._certificate()),
            declaration=self.declaration,
        )

    def _invoice(self) -> CommercialInvoice:
        return CommercialInvoice(
            parts=part("invoice.pdf"),
            fields=InvoiceFields(
                number=text(self.number),
                exporter=party(self.exporter),
                consignee=party("Müller & Söhne GmbH"),
                currency=text(self.currency) if self.currency else None,
                total_amount=amount(self.total),
                purchase_order=text("PO-17; PO-18"),
            ),
            lines=(InvoiceLine(hs_code=text(self.code)), InvoiceLine(description=text("no code"))),
        )

    def _certificate(self) -> CertificateOfOrigin:
        return CertificateOfOrigin(
            parts=part("coo.pdf"),
            form="eur1",
            fields=CertificateFields(number=text(f"A {self.number}"), producer=party("Verso Works")),
            lines=(CertificateLine(hs_code=text("7318")),),
        )


BILL = TransportDocument(parts=part("bl.pdf"), fields=TransportFields(master_document_number=text("MAEU 4711")))


@pytest.fixture
def add(register: Register) -> Add:
    """Records a revision, each received a minute after the one before unless told otherwise."""
    minutes = count()

    def record(reference: str, **told: object) -> None:
        when = {"received_at": BEGIN + dt.timedelta(minutes=next(minutes)), **told}
        revision = Told(**when)  # type: ignore[arg-type]  # the keywords are those of `Told`
        register.record(revision.intake(reference), revision.result(reference))

    return record


def found(register: Register, **asked: object) -> list[str]:
    page = register.find(Search(**asked), limit=100)  # type: ignore[arg-type]  # the keywords are those of `Search`
    assert not page.has_more
    return [one.reference for one in page.shipments]


def test_without_a_condition_all_are_found_newest_first(register: Register, add: Add) -> None:
    assert found(register) == []
    for reference in ("A", "C", "B"):
        add(reference)
    assert found(register) == ["B", "C", "A"]


def test_a_shipment_is_told_as_its_latest_revision_stands(register: Register, add: Add) -> None:
    add("A-1", number="INV-1")
    add("A-1", revision=2, status="held", number="INV-2; INV-3", exporter="Kestrelfold Mills (UK) Ltd.")
    assert register.find(Search(), limit=5).shipments == (
        FoundShipment(
            broker="local",
            reference="A-1",
            revision=2,
            status="held",
            as_of=BEGIN.date(),
            received_at=BEGIN,
            invoices=("INV-2", "INV-3"),
            exporter="Kestrelfold Mills (UK) Ltd.",
        ),
    )


def test_only_the_status_of_the_latest_revision_counts(register: Register, add: Add) -> None:
    add("A-1", status="held")
    add("A-2", status="held")
    add("A-1", revision=2)
    assert found(register, status="held") == ["A-2"]
    assert found(register, status="clear") == ["A-1"]
    assert found(register, status="rejected") == []


def test_what_any_revision_carried_finds_the_shipment(register: Register, add: Add) -> None:
    add("A-1", number="OLD-1", code="61099020", exporter="Former Ltd", total="99", files=("first.pdf",))
    add("A-1", revision=2)
    for asked in (
        {"number": "old1"},
        {"hs_code": "6109"},
        {"party": "former"},
        {"amount": Decimal(99)},
        {"file": "first"},
        {"number": "old1", "hs_code": "8481", "amount": Decimal(1250)},
    ):
        assert found(register, **asked) == ["A-1"], asked


def test_revisions_may_come_in_any_order(register: Register, add: Add) -> None:
    later, first = BEGIN + dt.timedelta(days=40), BEGIN
    add("A-1", revision=2, status="held", received_at=later, number="INV-2")
    add("B-1", received_at=BEGIN + dt.timedelta(days=20))
    assert found(register) == ["A-1", "B-1"]
    add("A-1", revision=1, received_at=first, number="INV-1")
    assert found(register) == ["B-1", "A-1"]
    assert found(register, status="held", since=first.date(), until=first.date()) == ["A-1"]
    assert found(register, number="INV-2", until=first.date()) == ["A-1"]
    assert found(register, since=later.date()) == []


def test_a_reference_is_found_by_its_beginning_or_as_a_whole(register: Register, add: Add) -> None:
    for reference in ("KVP 22", "KVP 229", "KV", "kvp 22/1"):
        add(reference)
    assert found(register, reference="kvp 22") == ["kvp 22/1", "KVP 229", "KVP 22"]
    assert found(register, reference="KVP 22", is_exact=True) == ["KVP 22"]
    assert found(register, reference="VP") == []


def test_signs_that_a_database_would_take_for_a_pattern_stand_for_themselves(register: Register, add: Add) -> None:
    for reference in ("A%1", "A_1", "AB1", "A*1"):
        add(reference)
    assert found(register, reference="A%") == ["A%1"]
    assert found(register, reference="A_") == ["A_1"]
    assert found(register, reference="A*") == ["A*1"]
    assert found(register, file="%") == found(register, file="invoice_") == []
    assert found(register, party="%") == found(register, party="_") == []
    assert found(register, reference="' OR 1=1 --") == []


def test_a_document_is_found_by_every_number_that_names_one(register: Register, add: Add) -> None:
    add("A-1", number="INV-22/91")
    add("A-2", number="INV-22/92")
    for number in ("inv 2291", "INV-22/91", "A inv-22/91"):
        assert found(register, number=number) == ["A-1"], number
    for number in ("MAEU4711", "po 18", "PO-17"):
        assert found(register, number=number) == ["A-2", "A-1"], number
    assert found(register, number="INV-22/9") == []


def test_a_party_is_found_however_it_is_written_in_any_role(register: Register, add: Add) -> None:
    add("A-1", exporter="Kestrelfold Mills Ltd.")
    add("A-2", exporter="Kestrel Ltd.")
    assert found(register, party="KESTRELFOLD MILLS LIMITED", is_exact=True) == ["A-1"]
    assert found(register, party="kestrel") == ["A-2", "A-1"]
    assert found(register, party="Kestrel", is_exact=True) == ["A-2"]
    for name in ("Mueller und Soehne", "verso"):
        assert found(register, party=name) == ["A-2", "A-1"]
    assert found(register, party="***") == []


def test_codes_are_found_by_their_beginning_on_papers_and_in_the_declaration(register: Register, add: Add) -> None:
    declared = Declaration(items=(DeclarationItem(item_number=1, hs_code="9405420000"),), currency="EUR")
    add("clear", code="84818099", declaration=declared)
    add("held", code="84819000", status="held")
    assert found(register, hs_code="8481") == ["held", "clear"]
    assert found(register, hs_code="84818") == ["clear"]
    assert found(register, hs_code="94") == found(register, hs_code="9405420000") == ["clear"]
    assert found(register, hs_code="7318") == ["held", "clear"]
    assert found(register, hs_code="73180") == found(register, hs_code="11") == []


def test_an_amount_is_found_exactly_and_in_a_range_of_its_currency(register: Register, add: Add) -> None:
    for reference, total, currency in (
        ("a", "0.1", "EUR"), ("b", "1250", "EUR"), ("c", "1250.005", "EUR"), ("d", "1250.00", "USD"), ("e", "-3", None),
    ):  # fmt: skip
        add(reference, total=total, currency=currency)
    assert found(register, amount=Decimal("1250.0")) == ["d", "b"]
    assert found(register, amount=Decimal(1250), currency="EUR") == ["b"]
    assert found(register, amount=Decimal("0.10")) == ["a"]
    assert found(register, amount=Decimal(-3)) == ["e"]
    assert found(register, at_least=Decimal(1250), at_most=Decimal("1250.004"), currency="EUR") == ["b"]
    assert found(register, at_least=Decimal("1250.001"), currency="EUR") == ["c"]
    assert found(register, at_most=Decimal(1), currency="EUR") == ["a"]
    assert found(register, currency="USD") == ["d"]
    assert found(register, amount=Decimal("1e999999999")) == []


def test_a_declared_total_finds_its_shipment(register: Register, add: Add) -> None:
    add("A-1", declaration=Declaration(currency="CHF", total_invoice_amount=Decimal("77.10")))
    assert found(register, amount=Decimal("77.1"), currency="CHF") == ["A-1"]


def test_an_original_tells_whose_it_is(register: Register, add: Add) -> None:
    add("A-1", files=("from her/Rechnung 7.PDF", "bl.pdf"))
    add("A-2", broker="other", files=("bl.pdf",))
    digest = sha256(b"bl.pdf")
    assert found(register, digest=digest) == found(register, digest=digest[:12]) == ["A-2", "A-1"]
    assert found(register, digest=sha256(b"nobody's")) == []
    for name in ("rechnung 7.pdf", "From Her/Rechnung 7.pdf"):
        assert found(register, file=name, is_exact=True) == ["A-1"]


def test_days_are_those_of_the_first_receipt_in_utc(register: Register, add: Add) -> None:
    add("A-1", received_at=BEGIN)  # 23:30 in UTC, the next day in Berlin
    add("A-2", received_at=BEGIN + dt.timedelta(minutes=30))
    add("A-1", revision=2, received_at=BEGIN + dt.timedelta(days=9))
    day = BEGIN.date()
    assert found(register, until=day) == found(register, since=day, until=day) == ["A-1"]
    assert found(register, since=day + dt.timedelta(days=1)) == ["A-2"]
    assert found(register, since=day, until=day - dt.timedelta(days=1)) == []
    assert found(register, since=dt.date.min, until=dt.date.max) == ["A-2", "A-1"]


def test_a_clock_that_was_wrong_once_hides_nothing(register: Register, add: Add) -> None:
    add("first", received_at=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    add("now")
    add("last", received_at=dt.datetime(2199, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC))
    assert found(register, number="INV-7", status="clear") == ["last", "now", "first"]


def test_a_shipment_that_was_disposed_of_is_found_no_more(register: Register, add: Add) -> None:
    add("A-1")
    add("A-2")
    register.forget("local", "A-1")
    assert found(register) == found(register, number="INV-7") == ["A-2"]


def test_every_condition_must_be_met(register: Register, add: Add) -> None:
    for number in range(24):
        add(f"R-{number:02}", status="held" if number % 2 else "clear", broker="small" if number % 3 else "local")
    assert found(register, status="held", broker="local") == ["R-21", "R-15", "R-09", "R-03"]
    assert found(register, status="held", broker="local", reference="r-1", hs_code="84", party="Verso") == ["R-15"]
    assert found(register, status="held", broker="nobody") == []


def test_a_shipment_with_several_values_that_fit_is_found_once(register: Register, add: Add) -> None:
    add("A-1")
    add("A-1", revision=2, code="84819000", total="1251", number="INV-8")
    assert found(register, hs_code="84") == ["A-1"]
    assert found(register, at_least=Decimal(1), currency="EUR") == ["A-1"]


SEARCHES = (Search(), Search(hs_code="84"), Search(status="clear", party="k"), Search(number="INV-7"))


@pytest.mark.parametrize("asked", mostly_slow(SEARCHES, quick=SEARCHES[2:3]))
def test_pages_show_every_shipment_once(register: Register, add: Add, asked: Search) -> None:
    apart = (0, 0, 0, 1, 5, 5, 30, 90, 400, 400, 401, 2000)  # days; several came at one moment
    for number, days in enumerate(apart):
        add(f"R-{number:02}", received_at=BEGIN + dt.timedelta(days=days))
    whole = [one.reference for one in register.find(asked, limit=100).shipments]
    assert whole == [f"R-{number:02}" for number in reversed(range(len(apart)))]
    for size in (1, 4, 5):
        seen, after = list[str](), None
        while True:
            page = register.find(asked, limit=size, after=after)
            seen.extend(one.reference for one in page.shipments)
            if not page.has_more:
                break
            after = page.shipments[-1].place
        assert seen == whole


def test_a_page_goes_on_where_it_ended_though_new_shipments_came(register: Register, add: Add) -> None:
    for reference in ("A", "B", "C"):
        add(reference)
    first = register.find(Search(), limit=2)
    add("D")
    add("A", revision=2)
    rest = register.find(Search(), limit=2, after=first.shipments[-1].place)
    assert [one.reference for one in (*first.shipments, *rest.shipments)] == ["C", "B", "A"]


def test_a_register_that_knows_of_more_says_so(register: Register, add: Add) -> None:
    add("A-1")
    assert not register.find(Search(), limit=5).is_whole  # Nobody has looked whether the archive has more.


def test_the_rarest_condition_leads_whatever_is_asked_first(register: Register, add: Add) -> None:
    for number in range(60):
        add(
            f"R-{number:03}",
            code="01010101" if number == 3 else "84818099",
            received_at=BEGIN + number * dt.timedelta(hours=1),
        )
    assert found(register, reference="r-", hs_code="0101", status="clear") == ["R-003"]
    page = register.find(Search(reference="r-", hs_code="84", status="clear"), limit=3)
    assert [one.reference for one in page.shipments] == ["R-059", "R-058", "R-057"]


DECIMALS = st.decimals(
    allow_nan=False, allow_infinity=False, places=None, min_value=-(10**24) + 1, max_value=10**24 - 1
)


@given(DECIMALS, DECIMALS)
def test_amounts_sort_as_the_numbers_do(one: Decimal, other: Decimal) -> None:
    first, second = amount_value(one), amount_value(other)
    if first is not None and second is not None:
        assert (first < second) == (one < other)
        assert (first == second) == (one == other)


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_every_number_has_a_value_of_a_length_that_an_index_takes_or_none(number: Decimal) -> None:
    value = amount_value(number)
    assert value is None or len(value) <= 50
