"""Every cleared sample in the formats that customs and partners read, as if it went to Great Britain."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Protocol

import pytest

from declarations.exports import exports_of, written
from schemas.declarations import Declaration, ValuationAdjustment
from schemas.profiles import Profile
from schemas.results import ShipmentResult
from tests.breadth import mostly_slow
from tests.declarations.exported import EVERYTHING, cds_schema, faults, ubl_schema

REFERENCES = sorted(path.stem for path in (Path(__file__).parents[2] / "sample_docs" / "truth").glob("*.json"))
# Three digital ones and a scan; the others read many pages from their pictures.
EVERY = pytest.mark.parametrize("reference", mostly_slow(REFERENCES, quick={"S01", "S02", "S07", "S10"}))
UBL = {
    "declaration.ubl_invoice.xml": "Invoice",
    "declaration.ubl_packing_list.xml": "PackingList",
    "declaration.ubl_certificate_of_origin.xml": "CertificateOfOrigin",
}


class Sample(Protocol):
    result: ShipmentResult


class Samples(Protocol):
    def __getitem__(self, reference: str) -> Sample: ...


def _profile(declared: Declaration) -> Profile:
    """One in which the importer knows the code of each article and where its supplier sits; all of it invented."""
    goods = {
        item.description: {"description": item.description, "commodity_code": f"{item.hs_code or '':0<10}"[:10]}
        for item in declared.items
        if item.description
    }
    supplier = {
        "street": "Works Road 1", "city": "Town", "postcode": "1000", "country": "CN", "country_of_dispatch": "CN",
    }  # fmt: skip
    assert declared.importer is not None
    assert declared.exporter is not None
    own = {
        "importer": {"names": [declared.importer.name], "eori": "GB111222333000"},
        "suppliers": [{"names": [declared.exporter.name], **supplier}],
        "goods": list(goods.values()),
        "border": {
            "mode": "6",
            "nationality": "PA",
            "identity": "HALDIS",
            "identity_type": "11",
            "containerised": False,
        },
        "charge_codes": [{"charge": "other_charges", "code": "AL"}],
    }
    return Profile.model_validate({**EVERYTHING, **own})


def _into_britain(result: ShipmentResult) -> tuple[ShipmentResult, Profile]:
    declared = result.declaration
    assert declared is not None
    # Valued as if somebody had said what carriage cost: another country's basis may not have asked for it.
    carriage = ValuationAdjustment(code="AK", amount=declared.freight or Decimal(100), why="carriage")
    own = {"jurisdiction": "GB", "valuation_method": "1", "valuation_adjustments": (carriage,)}
    going = declared.model_copy(update=own)
    profile = _profile(going)
    moved = result.model_copy(update={"declaration": going})
    return moved.model_copy(update={"exports": exports_of(moved, [profile])}), profile


@EVERY
def test_a_cleared_sample_is_ready_for_cds_and_validates_inside_the_wrapper(reference: str, samples: Samples) -> None:
    if samples[reference].result.status != "clear":
        pytest.skip("held: nothing is written")
    schema = cds_schema()
    result, profile = _into_britain(samples[reference].result)
    assert next(export for export in result.exports if export.format == "cds").missing == ()
    content = written(result, [profile])["declaration.cds.xml"]
    assert faults(schema, content) == []


@EVERY
def test_what_is_written_of_a_cleared_sample_as_ubl_validates(reference: str, samples: Samples) -> None:
    if samples[reference].result.status != "clear":
        pytest.skip("held: nothing is written")
    result, profile = _into_britain(samples[reference].result)
    named = {name: content for name, content in written(result, [profile]).items() if name in UBL}
    assert "declaration.ubl_invoice.xml" in named
    assert [fault for name, content in named.items() for fault in faults(ubl_schema(UBL[name]), content)] == []
