"""The single administrative document for ASYCUDA World, which is experimental."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from declarations.exports import asycuda
from tests.declarations.exported import cleared, files, missing, profile

CODES = {
    "office_code": "FXTPT",
    "office_name": "Port office",
    "declaration_type": "IM",
    "general_procedure": "4",
    "importer_code": "C-100",
    "declarant_code": "D-7",
    "declarant_name": "Quayside Agents",
}
SECTIONS = [
    "Property", "Identification", "Traders", "Declarant", "General_information", "Transport", "Financial", "Valuation",
    "Item", "Item",
]  # fmt: skip


def test_the_sections_stand_in_the_order_of_asycudas_own_files() -> None:
    content = files(cleared(), profile(asycuda=CODES))["declaration.asycuda.xml"]
    root = ET.fromstring(content)  # noqa: S314 - written by this project
    assert root.tag == "ASYCUDA"
    assert [child.tag for child in root] == SECTIONS


def test_papers_and_profile_are_in_it() -> None:
    content = files(cleared(), profile(asycuda=CODES))["declaration.asycuda.xml"]
    root = ET.fromstring(content)  # noqa: S314 - written by this project
    told = {path: root.findtext(path) for path in (
        "Identification/Office_segment/Customs_clearance_office_code", "Traders/Consignee/Consignee_code",
        "Traders/Exporter/Exporter_name", "Transport/Delivery_terms/Code", "Valuation/Gs_Invoice/Currency_code",
        "Item/Tarification/HScode/Commodity_code", "Item/Tarification/HScode/Precision_1",
        "Item/Valuation_item/Weight_itm/Net_weight_itm",
    )}  # fmt: skip
    assert list(told.values()) == [
        "FXTPT", "C-100", "Norwick Looms Pvt. Ltd.", "CIF", "EUR", "63026000", "00", "290.00",
    ]  # fmt: skip


def test_what_only_the_countrys_own_codes_can_say_is_asked_of_the_profile() -> None:
    told = missing(cleared(), "asycuda", profile())
    assert {one.where_to_set for one in told} == {
        "profile: asycuda.office_code",
        "profile: asycuda.declaration_type",
        "profile: asycuda.general_procedure",
        "profile: asycuda.importer_code",
        "profile: asycuda.declarant_code",
    }


def test_it_is_marked_as_experimental() -> None:
    assert "Experimental" in (asycuda.__doc__ or "")
