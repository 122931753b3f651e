"""The full import declaration (H1) for the UK's Customs Declaration Service."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from declarations.exports import exports_of
from schemas.declarations import Preference, Tax, ValuationAdjustment
from schemas.results import ShipmentResult
from schemas.values import Party
from tests.declarations.exported import cds_schema, cleared, export, faults, files, missing, papers, profile
from tests.trade_papers import consistent

DEC = "{urn:wco:datamodel:WCO:DEC-DMS:2}"
CDS = "declaration.cds.xml"


def _tree(content: bytes) -> ET.Element:
    root = ET.fromstring(content)  # noqa: S314 - written by this project
    return root.find(f"{DEC}Declaration") or root


def _texts(content: bytes, path: str) -> list[str | None]:
    steps = "/".join(DEC + step for step in path.split("/"))
    return [found.text for found in _tree(content).findall(steps)]


def _with_item(result: ShipmentResult, n: int, **changed: object) -> ShipmentResult:
    declared = result.declaration
    assert declared is not None
    items = list(declared.items)
    items[n] = items[n].model_copy(update=changed)
    return result.model_copy(update={"declaration": declared.model_copy(update={"items": tuple(items)})})


def test_a_cleared_shipment_with_its_profile_is_ready_and_lacks_nothing() -> None:
    told = export(cleared(), "cds", profile())
    assert told.missing == ()
    assert told.ready


def test_the_message_validates_inside_the_submit_wrapper() -> None:
    content = files(cleared(), profile())[CDS]
    assert faults(cds_schema(), content) == []


def test_the_message_says_what_the_papers_and_the_profile_say() -> None:
    content = files(cleared(), profile())[CDS]
    items = "GoodsShipment/GovernmentAgencyGoodsItem"
    assert _texts(content, "TypeCode") == ["IMD"]
    assert _texts(content, "FunctionalReferenceID") == ["S-1-2"]
    assert _texts(content, "InvoiceAmount") == ["3420.00"]
    assert _texts(content, "GoodsShipment/PreviousDocument/ID") == ["6GB444555666000-S-1"]
    assert _texts(content, "Exporter/Address/CityName") == ["Erode"]
    assert _texts(content, f"{items}/Commodity/Description") == [
        "Cotton bath towel 70 x 140 cm",
        "Bed linen of cotton, printed",
    ]
    assert _texts(content, f"{items}/Commodity/Classification/ID") == ["63026000", "00", "63022100", "00"]
    assert _texts(content, f"{items}/Packaging/QuantityQuantity") == ["20", "15"]
    assert _texts(content, f"{items}/AdditionalDocument/ID")[0] == "NL-204/30.03.2026"
    assert _texts(content, f"{items}/Commodity/DutyTaxFee/DutyRegimeCode") == ["100", "100"]


def test_the_same_result_gives_the_same_bytes() -> None:
    assert files(cleared(), profile()) == files(cleared(), profile())


def test_without_a_profile_everything_that_it_would_say_is_named_with_its_number_and_place() -> None:
    lacks = missing(cleared(), "cds")
    numbers = {one.element for one in lacks}
    assert {"1/1", "1/10", "1/11", "2/1", "2/5", "3/16", "3/18", "3/21", "4/3", "4/8", "4/13", "4/16"} <= numbers
    assert {"5/14", "5/23", "6/14", "6/15", "7/15", "8/5"} <= numbers
    assert {"4/1", "4/10", "4/14", "5/15", "6/1", "6/5", "6/8", "6/10", "6/18", "7/4"}.isdisjoint(numbers)
    assert all(one.where_to_set for one in lacks)
    assert next(one.where_to_set for one in lacks if one.element == "3/18") == "profile: declarant.eori"


def test_a_profile_of_another_importer_day_or_jurisdiction_is_not_used() -> None:
    others = (
        profile(importer={"names": ["Halden Textil AG"], "eori": "GB999999999000"}),
        profile(valid_from="2026-12-01"),
        profile(valid_until="2026-02-01"),
        profile(jurisdiction="AU"),
    )
    for other in others:
        assert "3/16" in {one.element for one in missing(cleared(), "cds", other)}


def test_the_latest_profile_in_force_counts() -> None:
    later = profile(valid_from="2026-03-01", lrn="LATER-{reference}")
    content = files(cleared(), profile(), later)[CDS]
    assert _texts(content, "FunctionalReferenceID") == ["LATER-S-1"]


def test_another_jurisdiction_is_named_as_the_one_thing_that_stands_against_it() -> None:
    (only,) = missing(cleared(jurisdiction="DE"), "cds", profile())
    assert (only.element, only.where_to_set) == ("5/8", "setting TIDEWAITER_JURISDICTION")


def test_nothing_is_ready_or_written_while_the_shipment_is_held() -> None:
    held = cleared(status="held")
    assert not any(one.ready for one in exports_of(held, [profile()]))
    assert files(held, profile()) == {}


def test_six_digits_of_the_papers_are_no_commodity_code_and_none_is_made_of_them() -> None:
    lacks = missing(cleared(), "cds", profile(goods=None))
    assert {"6/14", "6/15"} == {one.element for one in lacks}
    assert "profile: goods" in lacks[0].where_to_set


def test_ten_digits_of_a_paper_count_only_where_its_supplier_prints_the_importing_countrys_codes() -> None:
    given = papers()
    given["invoice"]["lines"][0]["hs_code"] = "6302600000"
    supplier = {"names": ["Norwick Looms Pvt. Ltd."], "eori": "GB777888999000", "country_of_dispatch": "IN"}
    unknown = profile(goods=[{"hs_code": "63022100", "commodity_code": "6302210000"}])
    assert missing(cleared(given), "cds", unknown)[0].name == "Commodity code (item 1)"
    known = unknown.model_copy(
        update={"suppliers": profile(suppliers=[{**supplier, "prints_import_codes": True}]).suppliers}
    )
    assert missing(cleared(given), "cds", known) == ()


def test_a_profile_that_gives_goods_another_code_than_the_papers_is_a_question() -> None:
    wrong = [
        {"description": "Cotton bath towel 70 x 140 cm", "commodity_code": "9403600000"},
        {"hs_code": "63022100", "commodity_code": "6302210000"},
    ]
    told = [one.name for one in missing(cleared(), "cds", profile(goods=wrong)) if one.element == "6/14"]
    assert "Commodity code (item 1): the profile says 9403600000, the papers 63026000" in told


def test_a_description_too_long_is_said_and_never_cut() -> None:
    long = _with_item(cleared(), 1, description="x" * 513)
    (only,) = missing(long, "cds", profile())
    assert (only.element, only.name) == ("6/8", "Description of goods (item 2): it has 513 characters, at most 512 fit")
    assert files(long, profile()).get(CDS) is None


def test_hostile_text_is_text() -> None:
    hostile = "</Description><ID>1</ID> & \"quoted\" 'text' ]]> <!-- 電熱水壺\r\n\tend"
    content = files(_with_item(cleared(), 0, description=hostile), profile())[CDS]
    assert _texts(content, "GoodsShipment/GovernmentAgencyGoodsItem/Commodity/Description")[0] == " ".join(
        hostile.split()
    )
    assert faults(cds_schema(), content) == []


@pytest.mark.parametrize("character", ["\x00", "\x1f", "\ufffe", "\ud800"])
def test_a_character_that_xml_cannot_carry_is_named_and_not_dropped(character: str) -> None:
    (only,) = missing(_with_item(cleared(), 0, description=f"Towel{character}"), "cds", profile())
    assert (only.element, f"U+{ord(character):04X}" in only.name) == ("6/8", True)


@settings(deadline=None)  # the first example waits for the papers to be solved
@given(st.text(min_size=1, max_size=600))
def test_any_description_is_written_as_it_stands_or_named(description: str) -> None:
    result = _with_item(cleared(), 0, description=description)
    content = files(result, profile()).get(CDS)
    if content is None:
        assert {one.element for one in missing(result, "cds", profile())} == {"6/8"}
    else:
        found = _texts(content, "GoodsShipment/GovernmentAgencyGoodsItem/Commodity/Description")[0]
        assert re.split(r"[ \t\r\n]+", found or "") == re.split(r"[ \t\r\n]+", description.strip(" \t\r\n"))


def test_a_preference_brings_its_code_its_origin_and_its_proof() -> None:
    claimed = Preference(code="200", form="form_a", certificate_number="IN-77", criterion="P")
    content = files(_with_item(cleared(), 0, preference=claimed), profile())[CDS]
    items = "GoodsShipment/GovernmentAgencyGoodsItem"
    assert _texts(content, f"{items}/Commodity/DutyTaxFee/DutyRegimeCode") == ["200", "100"]
    assert _texts(content, f"{items}/Origin/TypeCode") == ["1", "2", "1"]
    first = _tree(content).findall(f"{DEC}GoodsShipment/{DEC}GovernmentAgencyGoodsItem")[0]
    assert "865" in [found.text for found in first.findall(f"{DEC}AdditionalDocument/{DEC}TypeCode")]


def test_a_preference_whose_proof_has_no_code_asks_the_profile_for_it() -> None:
    claimed = Preference(code="300", form="rcep", certificate_number="R-1")
    told = missing(_with_item(cleared(), 1, preference=claimed), "cds", profile())
    assert [(one.element, one.where_to_set) for one in told] == [("2/3", "profile: paper_codes")]


def test_the_union_as_origin_is_no_country_of_origin() -> None:
    told = missing(_with_item(cleared(), 0, origin="EU"), "cds", profile())
    assert [(one.element, one.name) for one in told] == [("5/15", "Country of origin (item 1)")]


def test_a_gross_mass_missing_for_one_item_is_declared_for_the_whole() -> None:
    content = files(_with_item(cleared(), 0, gross_mass_kg=None), profile())[CDS]
    assert _texts(content, "TotalGrossMassMeasure") == ["655.00"]
    assert _texts(content, "GoodsShipment/GovernmentAgencyGoodsItem/Commodity/GoodsMeasure/GrossMassMeasure") == []
    assert faults(cds_schema(), content) == []


def test_packages_of_items_that_are_not_the_total_are_a_question() -> None:
    told = missing(_with_item(cleared(), 0, packages=Decimal(19)), "cds", profile())
    assert [one.element for one in told] == ["6/18"]


def test_half_a_package_does_not_fit() -> None:
    halves = _with_item(_with_item(cleared(), 0, packages=Decimal("19.5")), 1, packages=Decimal("15.5"))
    assert [one.element for one in missing(halves, "cds", profile())] == ["6/10", "6/10"]


def test_what_is_known_of_one_consignment_stands_before_the_profile() -> None:
    own = [{"reference": "S-1", "border": {"nationality": "LR", "identity": "SEA HOLLY"}, "country_of_dispatch": "LK"}]
    content = files(cleared(), profile(consignments=own))[CDS]
    assert _texts(content, "BorderTransportMeans/RegistrationNationalityCode") == ["LR"]
    assert _texts(content, "GoodsShipment/Consignment/ArrivalTransportMeans/ID") == ["SEA HOLLY"]
    assert _texts(content, "GoodsShipment/ExportCountry/ID") == ["LK"]


def test_freight_and_insurance_that_make_up_the_total_are_added_though_no_value_was_computed() -> None:
    content = files(cleared(consistent()), profile())[CDS]
    charges = "GoodsShipment/CustomsValuation/ChargeDeduction"
    assert _texts(content, f"{charges}/ChargesTypeCode") == ["AK"]
    assert _texts(content, f"{charges}/OtherChargeDeductionAmount") == ["224.50"]


@pytest.mark.parametrize(
    "changed", [{"incoterm": "FOB"}, {"total_amount": "3700.00"}, {"incoterm": "CPT", "insurance": None}]
)
def test_a_value_whose_parts_are_not_all_stated_is_a_question(changed: dict[str, str | None]) -> None:
    result = cleared(papers())
    assert result.declaration is not None
    told = {
        "incoterm": changed.get("incoterm", "CIF"),
        "total_invoice_amount": Decimal(changed.get("total_amount") or 3420),
    }
    other = result.model_copy(update={"declaration": result.declaration.model_copy(update=told)})
    assert [one.element for one in missing(other, "cds", profile())] == ["4/9"]


def test_adjustments_of_the_value_are_declared_by_code_in_the_invoices_currency() -> None:
    added = ValuationAdjustment(code="AK", amount=Decimal("210.00"), why="freight")
    taken = ValuationAdjustment(code="BT", amount=Decimal("-20.00"), why="discount")
    content = files(_adjusted(added, taken), profile())[CDS]
    charges = "GoodsShipment/CustomsValuation/ChargeDeduction"
    assert _texts(content, f"{charges}/ChargesTypeCode") == ["AK", "BT"]
    assert _texts(content, f"{charges}/OtherChargeDeductionAmount") == ["210.00", "20.00"]
    assert b'<OtherChargeDeductionAmount currencyID="EUR">210.00' in content
    assert faults(cds_schema(), content) == []


def test_an_adjustment_without_a_code_asks_the_profile_for_one() -> None:
    other = ValuationAdjustment(code="other_charges", amount=Decimal("12.00"), why="documents")
    assert [one.element for one in missing(_adjusted(other), "cds", profile())] == ["4/9"]
    coded = profile(charge_codes=[{"charge": "other_charges", "code": "AL"}])
    assert missing(_adjusted(other), "cds", coded) == ()


def _adjusted(*adjustments: ValuationAdjustment) -> ShipmentResult:
    result = cleared()
    assert result.declaration is not None
    changed = {"valuation_method": "1", "valuation_adjustments": adjustments}
    return result.model_copy(update={"declaration": result.declaration.model_copy(update=changed)})


def test_an_exporter_whose_papers_give_two_countries_has_none_in_the_message() -> None:
    given = papers()
    given["invoice"]["exporter"] = Party(name="Norwick Looms Pvt. Ltd.", address="Mill Road 4", country="SB")
    given["packing"]["exporter"] = Party(name="Norwick Looms Pvt. Ltd.", address="Mill Road 4", country="IN")
    known = {"names": ["Norwick Looms Pvt. Ltd."], "street": "Mill Road 4", "city": "Erode", "postcode": "638001"}
    told = missing(cleared(given), "cds", profile(suppliers=[known], country_of_dispatch="IN"))
    assert [(one.element, one.name) for one in told] == [("3/1", "Exporter, country")]


def test_a_hundred_items_are_one_question_and_not_a_hundred() -> None:
    result = cleared()
    assert result.declaration is not None
    items = tuple(result.declaration.items[0].model_copy(update={"item_number": n}) for n in range(1, 101))
    many = result.declaration.model_copy(update={"items": items, "packages": Decimal(2000), "valuation_method": "1"})
    told = missing(result.model_copy(update={"declaration": many}), "cds", profile())
    assert [(one.element, "at most 99" in one.where_to_set) for one in told] == [("1/9", True)]


def test_one_who_declares_for_himself_has_no_representative_and_another_must_have_one() -> None:
    own = profile(declarant={"eori": "GB111222333000", "representation": "self"})
    assert missing(cleared(), "cds", own) == ()
    assert _texts(files(cleared(), own)[CDS], "Agent/FunctionCode") == []
    other = profile(declarant={"eori": "GB444555666000", "representation": "self"})
    assert [one.element for one in missing(cleared(), "cds", other)] == ["3/21"]


def test_tax_amounts_are_left_to_customs_unless_the_profile_declares_them() -> None:
    duty = Tax(type="A00", base=Decimal("1630.00"), base_unit="GBP", expression="12.00%", amount=Decimal("195.60"))
    vat = Tax(type="B00", base=Decimal("1825.60"), base_unit="GBP", expression="20%", amount=Decimal("365.12"))
    weighed = Tax(type="A30", base=Decimal(290), base_unit="KGM", expression="3.00 EUR/100 kg", amount=Decimal("7.30"))
    taxed = _with_item(cleared(), 0, taxes=(duty, vat, weighed))
    payments = [{"tax": tax, "method": "E"} for tax in ("A00", "B00", "A30")]
    fees = "GoodsShipment/GovernmentAgencyGoodsItem/Commodity/DutyTaxFee"
    left = files(taxed, profile(payments=payments))[CDS]
    assert _texts(left, f"{fees}/Payment/PaymentAmount") == []
    content = files(taxed, profile(payments=payments, tax_amounts="declared"))[CDS]
    assert _texts(content, f"{fees}/Payment/PaymentAmount") == ["195.60", "365.12", "7.30"]
    assert _texts(content, f"{fees}/AdValoremTaxBaseAmount") == ["1630.00", "1825.60"]
    assert _texts(content, f"{fees}/SpecificTaxBaseQuantity") == ["290"]
    assert _texts(content, f"{fees}/TaxRateNumeric") == ["12.00", "20"]
    assert faults(cds_schema(), content) == []


def test_a_tax_that_nobody_said_how_to_pay_asks_for_it() -> None:
    taxed = _with_item(cleared(), 1, taxes=(Tax(type="A30", amount=Decimal("7.30")),))
    told = missing(taxed, "cds", profile())
    assert [(one.element, one.name) for one in told] == [("4/8", "Method of payment of A30 (item 2)")]
