"""What the register remembers of earlier shipments: certificates, goods, parties; and only what came before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from archive import memory
from archive.archive import Archive
from archive.register import Register
from archive.stores.local import LocalStore
from schemas.documents import CertificateFields, CertificateOfOrigin, Part
from schemas.fields import Field
from schemas.results import Submission
from tests.archived import AS_OF, archive_in, result_of, submission

EXPORTER = "Sunrise Electronics"
CERTIFICATE = Part(file="certificate.pdf", sha256="c" * 64, pages=(1,))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return archive_in(LocalStore(tmp_path))


def add(archive: Archive, register: Register, handed_in: Submission, **told: str) -> None:
    intake = archive.begin(handed_in)
    result = result_of(intake, **told)  # type: ignore[arg-type]  # the keywords are those of `result_of`
    register.record(intake, archive.commit(intake, result))


def add_with_certificate(
    archive: Archive, register: Register, reference: str, number: str = "EUR 77-123", form: str = "eur1"
) -> None:
    intake = archive.begin(submission(reference))
    printed = Field[str](value=number, confidence=1, page=1, box=(1.0, 1.0, 9.0, 9.0))
    certificate = CertificateOfOrigin.model_validate(
        {"parts": (CERTIFICATE,), "form": form, "fields": CertificateFields(number=printed)}
    )
    result = result_of(intake)
    whole = result.model_copy(update={"documents": (*result.documents, certificate)})
    register.record(intake, archive.commit(intake, whole))


def prices(register: Register, reference: str, exporter: str = EXPORTER) -> list[tuple[str, Decimal | None]]:
    return [(one.reference, one.item_price) for one in register.earlier("local", reference).goods_of(exporter)]


def test_declared_goods_of_a_clear_shipment_are_remembered_with_the_article_number_of_their_line(
    archive: Archive, register: Register
) -> None:
    add(archive, register, submission("A-1"))
    [goods] = register.earlier("local", "A-2").goods_of("SUNRISE ELECTRONICS COMPANY LIMITED")
    assert (goods.reference, goods.as_of, goods.part_number) == ("A-1", AS_OF, "SE-40")
    assert (goods.description, goods.hs_code, goods.origin, goods.unit) == ("LED lamp", "94054200", "CN", "C62")
    assert (goods.quantity, goods.net_mass_kg, goods.item_price) == (Decimal(60), Decimal("15.5"), Decimal("90.00"))
    assert goods.currency == "EUR"


def test_goods_come_the_latest_first_and_of_this_exporter_and_broker_alone(
    archive: Archive, register: Register
) -> None:
    add(archive, register, submission("A-1"), price="90.00")
    add(archive, register, submission("A-2"), price="91.00")
    add(archive, register, submission("A-3"), exporter="Rossi S.p.A.")
    add(archive, register, submission("A-4").model_copy(update={"broker": "other"}))
    assert prices(register, "new") == [("A-2", Decimal("91.00")), ("A-1", Decimal("90.00"))]
    assert prices(register, "new", "Rossi") == [("A-3", Decimal("90.00"))]
    assert prices(register, "new", "!") == []


def test_an_exporter_read_with_a_wrong_letter_has_the_same_goods(archive: Archive, register: Register) -> None:
    add(archive, register, submission("A-1"), exporter="Sunrlse Electr0nics Co., Ltd")
    add(archive, register, submission("A-2"))
    assert [reference for reference, _ in prices(register, "new")] == ["A-2", "A-1"]


def test_only_goods_of_shipments_that_stand_clear_are_remembered(archive: Archive, register: Register) -> None:
    for reference, status in (("A-1", "held"), ("A-2", "rejected"), ("A-3", "clear")):
        add(archive, register, submission(reference), status=status)
    add(archive, register, submission("A-4"))
    add(archive, register, submission("A-4", rules="2"), status="held")
    assert [reference for reference, _ in prices(register, "new")] == ["A-3"]


def test_of_several_clear_revisions_the_last_one_counts(archive: Archive, register: Register) -> None:
    add(archive, register, submission("A-1"), price="90.00")
    add(archive, register, submission("A-1", rules="2"), price="95.00")
    assert prices(register, "new") == [("A-1", Decimal("95.00"))]


def test_a_shipment_cleared_anew_learns_nothing_of_itself_or_of_what_came_after(
    archive: Archive, register: Register
) -> None:
    add(archive, register, submission("A-1"), price="90.00")
    add(archive, register, submission("A-2"), price="91.00")
    add(archive, register, submission("A-1", rules="2"), price="97.00")
    add(archive, register, submission("A-3"), price="92.00")
    assert prices(register, "A-1") == []
    assert prices(register, "A-2") == [("A-1", Decimal("90.00"))]


def test_of_two_received_at_one_moment_the_smaller_reference_came_first(tmp_path: Path, register: Register) -> None:
    archive = Archive(LocalStore(tmp_path), lambda: dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
    for reference in ("B", "A"):
        add(archive, register, submission(reference))
    assert prices(register, "A") == []
    assert [reference for reference, _ in prices(register, "B")] == ["A"]


def test_the_number_of_goods_is_bounded_and_the_oldest_are_left_out(
    archive: Archive, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "GOODS_LIMIT", 2)
    for reference in ("A-1", "A-2", "A-3"):
        add(archive, register, submission(reference))
    assert [reference for reference, _ in prices(register, "new")] == ["A-3", "A-2"]


def certified(register: Register, reference: str, number: str, form: str = "eur1") -> Sequence[str]:
    return register.earlier("local", reference).with_certificate(number, form)


def test_a_certificate_is_found_by_form_and_number_whatever_the_spelling(archive: Archive, register: Register) -> None:
    add_with_certificate(archive, register, "A-1")
    add_with_certificate(archive, register, "A-2", "EUR 77-124")
    assert certified(register, "new", "eur 77 123") == ["A-1"]
    assert certified(register, "new", "EUR 77-123", "form_a") == []
    assert certified(register, "A-1", "EUR 77-123") == []
    assert register.earlier("other", "new").with_certificate("EUR 77-123", "eur1") == []


def test_a_certificate_is_not_found_in_a_shipment_that_came_later(archive: Archive, register: Register) -> None:
    for reference in ("A-1", "A-2"):
        add_with_certificate(archive, register, reference)
    assert certified(register, "A-1", "EUR 77-123") == []
    assert certified(register, "A-2", "EUR 77-123") == ["A-1"]


def test_a_number_too_short_to_be_a_serial_number_is_no_certificate_found(archive: Archive, register: Register) -> None:
    add_with_certificate(archive, register, "A-1", "12")
    assert certified(register, "new", "12") == []


def test_a_party_is_known_in_any_role_and_with_a_letter_misread(archive: Archive, register: Register) -> None:
    add(archive, register, submission("A-1"), status="held")
    earlier = register.earlier("local", "new")
    assert all(earlier.knows_party(name) for name in ("Sunrise Electronics", "MULLER GmbH", "Sunrlse Electronics"))
    assert not earlier.knows_party("Rossi S.p.A.")


def test_nobody_is_new_while_nothing_is_remembered(archive: Archive, register: Register) -> None:
    assert register.earlier("local", "A-1").knows_party("Rossi S.p.A.")
    add(archive, register, submission("A-1"))
    assert register.earlier("local", "A-1").knows_party("Rossi S.p.A.")
    assert not register.earlier("local", "A-2").knows_party("Rossi S.p.A.")
    assert register.earlier("other", "A-2").knows_party("Rossi S.p.A.")
