"""UBL 2.x: Invoice, DespatchAdvice and PackingList (OASIS Universal Business Language, EN 16931's first syntax)."""

from __future__ import annotations

from typing import Final

from extractors.structured.xmlfields import PartyPaths, XmlFields, party
from extractors.structured.xmltree import Node
from schemas.documents import InvoiceFields, InvoiceLine, PackingListFields, PackingListLine
from schemas.fields import Field
from schemas.values import Party

PARTY: Final = PartyPaths(
    name=("PartyLegalEntity/RegistrationName", "PartyName/Name"),
    address=(
        "PostalAddress/StreetName", "PostalAddress/AdditionalStreetName", "PostalAddress/AddressLine/Line",
        "PostalAddress/PostalZone", "PostalAddress/CityName", "PostalAddress/CountrySubentity",
    ),
    country=("PostalAddress/Country/IdentificationCode",),
    tax_id=("PartyTaxScheme/CompanyID", "PartyLegalEntity/CompanyID"),
)  # fmt: skip
_FREIGHT: Final = frozenset({"FC", "FCA", "FT", "TAC"})
"""Freight and transport charges (UNTDID 7161)."""
_INSURANCE: Final = frozenset({"IN", "AEO", "INS"})


def invoice(root: Node, make: XmlFields) -> tuple[InvoiceFields, tuple[InvoiceLine, ...]]:
    """Header and lines of an Invoice-2; `make.currency` is set from it."""
    currency = make.coded_currency(root.first("DocumentCurrencyCode"))
    make.currency = currency.value if currency else None
    about = {"currency": currency, **_charges(root, make)}
    header = InvoiceFields.model_validate({**_invoice_header(root, make).present(), **about})
    return header, tuple(_invoice_line(line, make) for line in root.all("InvoiceLine"))


def _invoice_header(root: Node, make: XmlFields) -> InvoiceFields:
    buyer = party(make, root.first("AccountingCustomerParty/Party"), PARTY)
    consignee = party(make, root.first("Delivery/DeliveryParty"), PARTY)
    term = root.first("DeliveryTerms/ID")
    return InvoiceFields(
        number=make.text(root.first("ID")),
        date=make.day(root.first("IssueDate")),
        purchase_order=make.text(root.first("OrderReference/ID")),
        exporter=_seller(root, make),
        consignee=consignee or buyer,
        buyer=buyer if consignee and buyer and consignee.value != buyer.value else None,
        payment_terms=make.text(root.first("PaymentTerms/Note")),
        incoterm=make.incoterm(term),
        incoterm_place=make.text(root.first(*_TERM_PLACES)) if make.incoterm(term) else None,
        country_of_origin=make.country(root.first("Delivery/Shipment/OriginCountry/IdentificationCode")),
        country_of_dispatch=make.country(root.first(*_FROM)),
        country_of_destination=make.country(root.first(*_TO)),
        packages=make.number(root.first("Delivery/Shipment/TotalTransportHandlingUnitQuantity")),
        gross_weight_kg=make.weight(root.first("Delivery/Shipment/GrossWeightMeasure")),
        net_weight_kg=make.weight(root.first("Delivery/Shipment/NetWeightMeasure")),
    )


_TERM_PLACES: Final = (
    "DeliveryTerms/DeliveryLocation/Name", "DeliveryTerms/DeliveryLocation/ID",
    "DeliveryTerms/DeliveryLocation/Address/CityName", "DeliveryTerms/SpecialTerms",
)  # fmt: skip
_FROM: Final = (
    "Delivery/Despatch/DespatchAddress/Country/IdentificationCode",
    "Delivery/Shipment/ExportCountry/IdentificationCode",
)
_TO: Final = ("Delivery/DeliveryLocation/Address/Country/IdentificationCode",)


def _seller(root: Node, make: XmlFields) -> Field[Party] | None:
    """Who invoices; where a seller is named beside an accounting supplier, the seller."""
    return party(make, root.first("SellerSupplierParty/Party", "AccountingSupplierParty/Party"), PARTY)


def _charges(root: Node, make: XmlFields) -> dict[str, object]:
    """Totals, and the charges and allowances of the whole invoice by what they are for."""
    total = root.first("LegalMonetaryTotal/TaxInclusiveAmount", "LegalMonetaryTotal/PayableAmount")
    own = root.all("AllowanceCharge")
    amounts = [(_purpose(node), amount) for node in own for amount in node.all("Amount")]
    found: dict[str, object] = {
        purpose: make.total([amount for its, amount in amounts if its == purpose])
        for purpose in ("freight", "insurance", "discount", "other_charges")
    }
    subtotal = make.amount(root.first("LegalMonetaryTotal/LineExtensionAmount"))
    return {**found, "subtotal": subtotal, "total_amount": make.amount(total)}


def _purpose(node: Node) -> str:
    indicator = node.first("ChargeIndicator")
    if indicator is None or indicator.text not in ("true", "1"):
        return "discount"
    code, reason = node.first("AllowanceChargeReasonCode"), node.first("AllowanceChargeReason")
    return purpose_of(code.text if code else "", reason.text if reason else "")


def purpose_of(code: str, reason: str) -> str:
    """What a charge is for, by its code (UNTDID 7161) or the word in its reason."""
    word = reason.casefold()
    if code in _FREIGHT or any(one in word for one in ("freight", "fracht", "fret", "flete", "nolo", "transport")):
        return "freight"
    insured = code in _INSURANCE or any(one in word for one in ("insurance", "versicherung", "assurance", "seguro"))
    return "insurance" if insured else "other_charges"


def _invoice_line(line: Node, make: XmlFields) -> InvoiceLine:
    allowances = [node for node in line.all("AllowanceCharge") if _purpose(node) == "discount"]
    quantity = line.first("InvoicedQuantity")
    return InvoiceLine(
        number=make.text(line.first("ID")),
        description=make.text(line.first("Item/Name", "Item/Description")),
        part_number=make.text(line.first("Item/SellersItemIdentification/ID")),
        hs_code=make.hs_code(line.all("Item/CommodityClassification/ItemClassificationCode")),
        origin=make.country(line.first("Item/OriginCountry/IdentificationCode")),
        quantity=make.number(quantity),
        unit=make.unit(quantity),
        unit_price=make.amount(line.first("Price/PriceAmount")),
        price_basis=make.number(line.first("Price/BaseQuantity")),
        discount=make.total([amount for node in allowances for amount in node.all("Amount")]),
        amount=make.amount(line.first("LineExtensionAmount")),
    )


def despatch(root: Node, make: XmlFields) -> tuple[PackingListFields, tuple[PackingListLine, ...]]:
    """Header and lines of a DespatchAdvice-2."""
    header = _packing_header(root, make, "DespatchSupplierParty/Party", "DeliveryCustomerParty/Party")
    return header, tuple(_despatch_line(line, make) for line in root.all("DespatchLine"))


def _despatch_line(line: Node, make: XmlFields) -> PackingListLine:
    quantity = line.first("DeliveredQuantity")
    goods = "Shipment/GoodsItem"
    return PackingListLine(
        number=make.text(line.first("ID")),
        description=make.text(line.first("Item/Name", "Item/Description")),
        part_number=make.text(line.first("Item/SellersItemIdentification/ID")),
        hs_code=make.hs_code(line.all("Item/CommodityClassification/ItemClassificationCode")),
        quantity=make.number(quantity),
        unit=make.unit(quantity),
        net_weight_kg=make.weight(line.first(f"{goods}/NetWeightMeasure")),
        gross_weight_kg=make.weight(line.first(f"{goods}/GrossWeightMeasure")),
        volume_m3=make.volume(line.first(f"{goods}/GrossVolumeMeasure")),
    )


def packing_list(root: Node, make: XmlFields) -> tuple[PackingListFields, tuple[PackingListLine, ...]]:
    """Header and lines of a PackingList-2, whose goods stand in its shipment."""
    header = _packing_header(root, make, "ConsignorParty", "ConsigneeParty")
    return header, tuple(_goods_item(item, make) for item in root.all("Shipment/GoodsItem"))


def _packing_header(root: Node, make: XmlFields, sender: str, receiver: str) -> PackingListFields:
    return PackingListFields(
        number=make.text(root.first("ID")),
        date=make.day(root.first("IssueDate")),
        invoice_number=make.text(root.first("InvoiceReference/ID", "InvoiceDocumentReference/ID")),
        purchase_order=make.text(root.first("OrderReference/ID")),
        exporter=party(make, root.first(sender), PARTY),
        consignee=party(make, root.first(receiver), PARTY),
        packages=make.number(root.first("Shipment/TotalTransportHandlingUnitQuantity")),
        gross_weight_kg=make.weight(root.first("Shipment/GrossWeightMeasure")),
        net_weight_kg=make.weight(root.first("Shipment/NetWeightMeasure")),
        volume_m3=make.volume(root.first("Shipment/GrossVolumeMeasure")),
    )


def _goods_item(item: Node, make: XmlFields) -> PackingListLine:
    quantity = item.first("Quantity")
    return PackingListLine(
        number=make.text(item.first("ID")),
        description=make.text(item.first("Description", "Item/Name", "Item/Description")),
        hs_code=make.hs_code(item.all("Item/CommodityClassification/ItemClassificationCode")),
        quantity=make.number(quantity),
        unit=make.unit(quantity),
        packages=make.total(item.all("ContainingPackage/Quantity")),
        net_weight_kg=make.weight(item.first("NetWeightMeasure")),
        gross_weight_kg=make.weight(item.first("GrossWeightMeasure")),
        volume_m3=make.volume(item.first("GrossVolumeMeasure")),
    )
