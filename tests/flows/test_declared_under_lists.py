"""Loaded tariffs, rates and settings reach the declaration; a draft's wrong duty holds the shipment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import JsonValue

from flows import steps
from flows.errors import WrongListError
from flows.settings import Settings
from flows.workshop import Workshop, open_workshop
from schemas.reference import ListVersion, ReferenceKind
from schemas.results import ShipmentResult, Submission
from schemas.shipments import Shipment
from tests.trade_papers import AS_OF, Plain, consistent, reconciled, shipment

TARIFF = "commodity,duty_expression,vat_rate\n630260,12.0%,\n630221,8.0%,\n"
RATES = "currency,units,base,valid_from\nEUR,1.25,GBP,2026-05-01\n"


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    with open_workshop(Settings(data_dir=tmp_path / "data", workers=1)) as opened:
        yield opened


def _load(workshop: Workshop, tmp_path: Path, kind: ReferenceKind, text: str, scope: str = "") -> None:
    file = tmp_path / f"{kind}.csv"
    file.write_text(text, encoding="utf-8")
    version = ListVersion(
        kind=kind, scope=scope, name=file.name, source="a test", valid_from=dt.date(2026, 1, 1), sha256="0" * 64
    )
    workshop.lists.load(file, version, loaded_by="clerk")


def _concluded(
    workshop: Workshop, *, papers: dict[str, Plain] | None = None, draft: dict[str, JsonValue] | None = None
) -> ShipmentResult:
    """The steps from reconciled papers to the result."""
    given = papers or consistent()
    lists = workshop.lists.in_force(AS_OF)
    judged: Shipment = shipment(given).model_copy(
        update={"draft": draft, "draft_file": "draft_declaration.json", "lists": lists}
    )
    handed_in = Submission(
        broker="local", reference="S-1", as_of=AS_OF, rules="r", received_by="me", files=(), lists=lists
    )
    intake = workshop.archive.begin(handed_in)
    compared = steps.compare_duty(judged, reconciled(given), workshop)
    return steps.conclude(intake, judged, compared, steps.declare(judged, compared, workshop))


def test_the_tariff_of_the_union_serves_its_members(workshop: Workshop, tmp_path: Path) -> None:
    _load(workshop, tmp_path, "tariff", TARIFF, "EU")
    declared = _concluded(workshop).declaration
    assert declared is not None
    assert declared.jurisdiction == "DE"
    assert declared.duty_total == Decimal("245.53") + Decimal("127.88")
    assert declared.vat_total == Decimal("763.40")


def test_a_tariff_of_the_place_itself_stands_before_the_unions(workshop: Workshop, tmp_path: Path) -> None:
    _load(workshop, tmp_path, "tariff", TARIFF, "EU")
    _load(workshop, tmp_path, "tariff", TARIFF.replace("12.0%", "Free").replace("8.0%", "Free"), "DE")
    declared = _concluded(workshop).declaration
    assert declared is not None
    assert declared.duty_total == 0


def test_without_a_tariff_for_the_place_no_duty_is_computed(workshop: Workshop, tmp_path: Path) -> None:
    _load(workshop, tmp_path, "tariff", TARIFF, "GB")
    declared = _concluded(workshop).declaration
    assert declared is not None
    assert declared.duty_total is None


def test_a_loaded_rate_converts_and_another_place_is_set(tmp_path: Path) -> None:
    with open_workshop(Settings(data_dir=tmp_path / "data", workers=1, jurisdiction="GB")) as workshop:
        _load(workshop, tmp_path, "exchange_rates", RATES)
        declared = _concluded(workshop).declaration
    assert declared is not None
    assert declared.customs_value == Decimal("2915.60")
    assert declared.exchange_rate is not None
    assert declared.exchange_rate.source == "a test (exchange_rates.csv)"


def test_a_wrong_duty_in_the_draft_holds_the_shipment_and_is_not_declared(workshop: Workshop, tmp_path: Path) -> None:
    _load(workshop, tmp_path, "tariff", TARIFF, "DE")
    assert _concluded(workshop).status == "clear"
    assert _concluded(workshop, draft={"duty_total": "373.41"}).status == "clear"
    held = _concluded(workshop, draft={"duty_total": "100.00"})
    assert held.status == "held"
    [finding] = [one for one in held.findings if one.holds]
    assert finding.code == "duty_mismatch"
    assert "100.00 EUR" in finding.message
    assert "373.41 EUR" in finding.message
    assert held.declaration is not None
    assert held.declaration.duty_total is None
    assert held.declaration.vat_total == Decimal("763.40")
    assert held.declaration.channel is not None
    assert held.declaration.channel.colour == "yellow"


def test_a_tariff_that_is_none_changes_nothing(workshop: Workshop, tmp_path: Path) -> None:
    with pytest.raises(WrongListError, match="line 2"):
        _load(workshop, tmp_path, "tariff", "commodity,duty_expression\n1012100,8%\n", "GB")
    assert workshop.lists.in_force(AS_OF) == ()
