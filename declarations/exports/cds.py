"""The full import declaration (H1) as the UK Customs Declaration Service takes it: WCO Data Model 3.6, DEC-DMS:2.

The order of elements is the schema's. Which data element stands where, and which must be there, says `h1_elements.csv`;
sources: HMRC's CDS Declaration Completion Guide for imports and the annotated samples of its declarations interface.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from declarations.exports.addresses import AddressParts, parts_of
from declarations.exports.cds_items import item, proof
from declarations.exports.charges import charges_of
from declarations.exports.elements import Table, lacking, table
from declarations.exports.filing import AIR, SEA, Filing
from declarations.exports.markup import Element, leaf, node
from schemas.profiles import Location, Supplier
from schemas.results import Missing
from schemas.values import plain

_ITEMS = "GoodsShipment/GovernmentAgencyGoodsItem"
_DMS = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"
_DEC = "urn:wco:datamodel:WCO:DEC-DMS:2"
_ORIGINAL = "9"
_OPEN_CHARGES = "Additions and deductions: prices, freight and insurance do not make up the value"
_REPRESENTATION = {"direct": "2", "indirect": "3"}
_IDENTITY_TYPES = {SEA: "11", AIR: "40"}


def elements() -> Table:
    return table("h1_elements", _ITEMS)


def declaration(filing: Filing) -> Element:
    """The message inside its envelope, with everything that is known."""
    head = (
        leaf("md:WCODataModelVersionCode", "3.6"),
        leaf("md:WCOTypeName", "DEC"),
        leaf("md:ResponsibleCountryCode", "GB"),
        leaf("md:ResponsibleAgencyName", "HMRC"),
        leaf("md:AgencyAssignedCustomizationVersionCode", "v2.1"),
    )
    children = (*(one for one in head if one is not None), _declaration(filing))
    return Element("md:MetaData", children=children, attributes=(("xmlns:md", _DMS), ("xmlns", _DEC)))


def missing(filing: Filing, message: Element) -> tuple[Missing, ...]:
    """What the message still lacks, by the table of data elements and by what no table can say."""
    if filing.declaration.jurisdiction != "GB":
        where = "setting TIDEWAITER_JURISDICTION"
        name = f"CDS takes declarations of GB, this one is for {filing.declaration.jurisdiction or 'nowhere yet'}"
        return (Missing(element="5/8", name=name, where_to_set=where),)
    root = message.children[-1]
    return (*lacking(root, elements()), *_broken_rules(filing))


def _declaration(filing: Filing) -> Element:
    declared, profile = filing.declaration, filing.profile
    kind = profile.declaration_type + (profile.additional_declaration_type or "?")
    children = (
        leaf("FunctionCode", _ORIGINAL),
        leaf("FunctionalReferenceID", filing.filled(profile.lrn)),
        leaf("TypeCode", None if "?" in kind else kind),
        leaf("GoodsItemQuantity", len(declared.items) or None),
        leaf("InvoiceAmount", declared.total_invoice_amount, currencyID=declared.currency),
        None if filing.is_weighed_by_item else leaf("TotalGrossMassMeasure", declared.gross_mass_kg),
        leaf("TotalPackageQuantity", _whole(declared.packages)),
        *(_deferment(one.category, one.account, one.type) for one in profile.deferments),
        node("Agent", leaf("FunctionCode", _REPRESENTATION.get(profile.declarant.representation or ""))),
        *(
            node("AuthorisationHolder", leaf("ID", one.eori), leaf("CategoryCode", one.category))
            for one in profile.authorisations
        ),
        node(
            "BorderTransportMeans",
            leaf("RegistrationNationalityCode", filing.border.nationality),
            leaf("ModeCode", filing.mode),
        ),
        node("Declarant", leaf("ID", profile.declarant.eori)),
        _exporter(filing),
        _goods_shipment(filing),
        *(
            node("ObligationGuarantee", leaf("ID", one.reference), leaf("SecurityDetailsCode", one.type))
            for one in profile.guarantees
        ),
        node("SupervisingOffice", leaf("ID", profile.supervising_office)),
    )
    return Element("Declaration", children=tuple(one for one in children if one is not None))


def _whole(number: Decimal | None) -> Decimal | None:
    """12.00 packages are 12; 12.5 stays, and is told as unfit."""
    return number.quantize(Decimal(1)) if number is not None and number == number.to_integral_value() else number


def _deferment(category: str, account: str, kind: str) -> Element | None:
    return node("AdditionalDocument", leaf("CategoryCode", category), leaf("ID", account), leaf("TypeCode", kind))


def _exporter(filing: Filing) -> Element | None:
    """By its number where it has one; else by name and address, as CDS asks for either (3/1, 3/2)."""
    exporter, supplier = filing.declaration.exporter, filing.supplier
    if supplier is not None and supplier.eori is not None:
        return node("Exporter", leaf("ID", supplier.eori))
    if exporter is None:
        return None
    known = supplier or Supplier(names=())
    country = known.country or filing.exporters_country
    printed = parts_of(exporter.address, country) or AddressParts()
    return node(
        "Exporter",
        leaf("Name", exporter.name),
        node(
            "Address",
            leaf("CityName", known.city or printed.city),
            leaf("CountryCode", country),
            leaf("Line", known.street or printed.street),
            leaf("PostcodeID", known.postcode or printed.postcode),
        ),
    )


def _goods_shipment(filing: Filing) -> Element | None:
    declared, profile, own = filing.declaration, filing.profile, filing.consignment
    destination = own.country_of_destination or declared.country_of_destination or profile.country_of_destination
    previous = own.previous_documents or profile.previous_documents
    return node(
        "GoodsShipment",
        leaf("TransactionNatureCode", profile.nature_of_transaction),
        _consignment(filing),
        _charges(filing),
        node("Destination", leaf("CountryCode", destination)),
        *(
            node("DomesticDutyTaxParty", leaf("ID", number), leaf("RoleCode", "FR1"))
            for number in profile.fiscal_references
        ),
        node("ExportCountry", leaf("ID", filing.dispatch)),
        *(item(filing, n) for n in range(len(declared.items))),
        node("Importer", leaf("ID", profile.importer.eori)),
        *(
            node(
                "PreviousDocument",
                leaf("CategoryCode", one.category),
                leaf("ID", filing.filled(one.id)),
                leaf("TypeCode", one.type),
                leaf("LineNumeric", one.line),
            )
            for one in previous
        ),
        _trade_terms(filing),
        node("UCR", leaf("TraderAssignedReferenceID", filing.filled(profile.ucr))),
    )


def _consignment(filing: Filing) -> Element | None:
    border = filing.border
    identity = filing.filled(border.identity) or filing.declaration.transport.vessel_or_flight
    return node(
        "Consignment",
        leaf("ContainerCode", _container_code(filing)),
        node(
            "ArrivalTransportMeans",
            leaf("ID", identity),
            leaf("IdentificationTypeCode", border.identity_type or _IDENTITY_TYPES.get(filing.mode or "")),
            leaf("ModeCode", border.inland_mode),
        ),
        _location(filing.profile.location),
        *(
            node("TransportEquipment", leaf("SequenceNumeric", n), leaf("ID", number))
            for n, number in enumerate(_containers(filing), 1)
        ),
    )


def _location(place: Location | None) -> Element | None:
    if place is None:
        return None
    return node(
        "GoodsLocation",
        leaf("Name", place.identification),
        leaf("ID", place.additional),
        leaf("TypeCode", place.type),
        node("Address", leaf("TypeCode", place.qualifier), leaf("CountryCode", place.country)),
    )


def _containers(filing: Filing) -> list[str]:
    joined = filing.declaration.transport.container_number or ""
    return [number for part in joined.split(";") if (number := re.sub(r"\s+", "", part))]


def _container_code(filing: Filing) -> str | None:
    """By sea, goods without a container's number may be in one that no paper names: then only the profile can say."""
    if _containers(filing):
        return "1"
    if filing.border.containerised is not None:
        return str(int(filing.border.containerised))
    return None if filing.mode in {None, SEA} else "0"


def _charges(filing: Filing) -> Element | None:
    currency = filing.declaration.currency
    return node(
        "CustomsValuation",
        *(
            node(
                "ChargeDeduction",
                leaf("ChargesTypeCode", one.code),
                leaf("OtherChargeDeductionAmount", one.amount, currencyID=currency),
            )
            for one in charges_of(filing) or ()
        ),
    )


def _trade_terms(filing: Filing) -> Element | None:
    """The place by its UN/LOCODE where the profile knows it, else as the paper names it."""
    term, place = filing.declaration.incoterm, filing.declaration.incoterm_place
    known = {one.name.casefold(): one.unlocode for one in filing.profile.places}
    code = known.get((place or "").casefold())
    return node(
        "TradeTerms",
        leaf("ConditionCode", term),
        leaf("LocationID", code),
        leaf("LocationName", None if code else place),
    )


def _broken_rules(filing: Filing) -> Iterator[Missing]:
    declarant, importer = filing.profile.declarant, filing.profile.importer
    is_another = declarant.eori is None or declarant.eori != importer.eori
    if is_another and declarant.representation in {None, "self"}:
        yield _named("3/21", "Representative status", "profile: declarant.representation (direct or indirect)")
    yield from _packages(filing)
    if charges_of(filing) is None:
        yield _named("4/9", _OPEN_CHARGES, "the papers: what freight and insurance cost; exchange rates for the value")
    for n in range(len(filing.declaration.items)):
        yield from _item_rules(filing, n)


def _packages(filing: Filing) -> Iterator[Missing]:
    """CDS adds up 6/10 and compares with 6/18; items packed together are declared with 0 on all but one."""
    each = [one.packages for one in filing.declaration.items]
    counted = [number for number in each if number is not None]
    total = filing.declaration.packages
    if total is not None and each and len(counted) == len(each) and sum(counted, Decimal(0)) != total:
        told = f"Total packages: the items have {plain(sum(counted, Decimal(0)))}, the shipment {plain(total)}"
        yield _named("6/18", told, "the paper: packages of each line on the packing list")


def _item_rules(filing: Filing, n: int) -> Iterator[Missing]:
    one, goods = filing.declaration.items[n], filing.goods(n)
    item_name = f"(item {one.item_number})"
    if goods is not None and one.hs_code is not None and goods.commodity_code[:6] != one.hs_code[:6]:
        told = f"Commodity code {item_name}: the profile says {goods.commodity_code}, the papers {one.hs_code}"
        yield _named("6/14", told, "profile: goods (commodity_code)")
    if one.preference is not None and proof(filing, one.preference) is None:
        told = f"Proof of the preference claimed {item_name}: no code, or no number, for {one.preference.form}"
        yield _named("2/3", told, "profile: paper_codes")
    paid = {payment.tax for payment in filing.profile.payments}
    for tax in dict.fromkeys(tax.type for tax in one.taxes if tax.type not in paid):
        yield _named("4/8", f"Method of payment of {tax} {item_name}", "profile: payments")


def _named(element: str, name: str, where: str) -> Missing:
    return Missing(element=element, name=name, where_to_set=where)
