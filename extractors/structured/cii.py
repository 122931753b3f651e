"""Cross Industry Invoice (UN/CEFACT D16B and later): what Factur-X, ZUGFeRD 2 and XRechnung carry."""

from __future__ import annotations

from typing import Final

from extractors.structured.ubl import purpose_of
from extractors.structured.xmlfields import PartyPaths, XmlFields, party
from extractors.structured.xmltree import Node
from schemas.documents import InvoiceFields, InvoiceLine

PARTY: Final = PartyPaths(
    name=("Name", "SpecifiedLegalOrganization/TradingBusinessName"),
    address=(
        "PostalTradeAddress/LineOne", "PostalTradeAddress/LineTwo", "PostalTradeAddress/LineThree",
        "PostalTradeAddress/PostcodeCode", "PostalTradeAddress/CityName", "PostalTradeAddress/CountrySubDivisionName",
    ),
    country=("PostalTradeAddress/CountryID",),
    tax_id=("SpecifiedTaxRegistration/ID", "SpecifiedLegalOrganization/ID"),
)  # fmt: skip
_AGREEMENT: Final = "ApplicableHeaderTradeAgreement"
_DELIVERY: Final = "ApplicableHeaderTradeDelivery"
_SETTLEMENT: Final = "ApplicableHeaderTradeSettlement"
_SUMS: Final = "SpecifiedTradeSettlementHeaderMonetarySummation"


def invoice(root: Node, make: XmlFields) -> tuple[InvoiceFields, tuple[InvoiceLine, ...]]:
    """Header and lines; profiles under EN 16931 have no lines. `make.currency` is set from the invoice."""
    trade = root.first("SupplyChainTradeTransaction")
    if trade is None:
        return InvoiceFields(), ()
    currency = make.coded_currency(trade.first(f"{_SETTLEMENT}/InvoiceCurrencyCode"))
    make.currency = currency.value if currency else None
    about = {
        "number": make.text(root.first("ExchangedDocument/ID")),
        "date": make.day(root.first("ExchangedDocument/IssueDateTime/DateTimeString")),
        "currency": currency,
    }
    header = InvoiceFields.model_validate({**_header(trade, make).present(), **about, **_charges(trade, make)})
    return header, tuple(_line(line, make) for line in trade.all("IncludedSupplyChainTradeLineItem"))


def _header(trade: Node, make: XmlFields) -> InvoiceFields:
    buyer = party(make, trade.first(f"{_AGREEMENT}/BuyerTradeParty"), PARTY)
    consignee = party(make, trade.first(f"{_DELIVERY}/ShipToTradeParty"), PARTY)
    terms = f"{_AGREEMENT}/ApplicableTradeDeliveryTerms"
    term = make.incoterm(trade.first(f"{terms}/DeliveryTypeCode"))
    place = trade.first(
        f"{terms}/RelevantTradeLocation/Name", f"{terms}/RelevantTradeLocation/ID", f"{terms}/Description"
    )
    return InvoiceFields(
        purchase_order=make.text(trade.first(f"{_AGREEMENT}/BuyerOrderReferencedDocument/IssuerAssignedID")),
        exporter=party(make, trade.first(f"{_AGREEMENT}/SellerTradeParty"), PARTY),
        consignee=consignee or buyer,
        buyer=buyer if consignee and buyer and consignee.value != buyer.value else None,
        payment_terms=make.text(trade.first(f"{_SETTLEMENT}/SpecifiedTradePaymentTerms/Description")),
        incoterm=term,
        incoterm_place=make.text(place) if term else None,
        country_of_destination=make.country(trade.first(f"{_DELIVERY}/ShipToTradeParty/PostalTradeAddress/CountryID")),
        country_of_dispatch=make.country(trade.first(f"{_DELIVERY}/ShipFromTradeParty/PostalTradeAddress/CountryID")),
        gross_weight_kg=make.weight(trade.first(f"{_DELIVERY}/RelatedSupplyChainConsignment/GrossWeightMeasure")),
        net_weight_kg=make.weight(trade.first(f"{_DELIVERY}/RelatedSupplyChainConsignment/NetWeightMeasure")),
    )


def _charges(trade: Node, make: XmlFields) -> dict[str, object]:
    settlement = trade.first(_SETTLEMENT)
    if settlement is None:
        return {}
    amounts = [
        (_purpose(node), amount)
        for node in settlement.all("SpecifiedTradeAllowanceCharge")
        for amount in node.all("ActualAmount")
    ]
    amounts += [
        (purpose_of("FC", _said(node, "Description")), amount)
        for node in settlement.all("SpecifiedLogisticsServiceCharge")
        for amount in node.all("AppliedAmount")
    ]
    found: dict[str, object] = {
        purpose: make.total([amount for its, amount in amounts if its == purpose])
        for purpose in ("freight", "insurance", "discount", "other_charges")
    }
    subtotal = make.amount(settlement.first(f"{_SUMS}/LineTotalAmount"))
    total = make.amount(settlement.first(f"{_SUMS}/GrandTotalAmount", f"{_SUMS}/DuePayableAmount"))
    return {**found, "subtotal": subtotal, "total_amount": total}


def _said(node: Node, path: str) -> str:
    found = node.first(path)
    return found.text if found is not None else ""


def _purpose(node: Node) -> str:
    if _said(node, "ChargeIndicator/Indicator") not in ("true", "1"):
        return "discount"
    return purpose_of(_said(node, "ReasonCode"), _said(node, "Reason"))


def _line(line: Node, make: XmlFields) -> InvoiceLine:
    product, settled = "SpecifiedTradeProduct", "SpecifiedLineTradeSettlement"
    price = "SpecifiedLineTradeAgreement/NetPriceProductTradePrice"
    quantity = line.first("SpecifiedLineTradeDelivery/BilledQuantity")
    allowances = [node for node in line.all(f"{settled}/SpecifiedTradeAllowanceCharge") if _purpose(node) == "discount"]
    return InvoiceLine(
        number=make.text(line.first("AssociatedDocumentLineDocument/LineID")),
        description=make.text(line.first(f"{product}/Name", f"{product}/Description")),
        part_number=make.text(line.first(f"{product}/SellerAssignedID")),
        hs_code=make.hs_code(line.all(f"{product}/DesignatedProductClassification/ClassCode")),
        origin=make.country(line.first(f"{product}/OriginTradeCountry/ID")),
        quantity=make.number(quantity),
        unit=make.unit(quantity),
        unit_price=make.amount(line.first(f"{price}/ChargeAmount")),
        price_basis=make.number(line.first(f"{price}/BasisQuantity")),
        discount=make.total([amount for node in allowances for amount in node.all("ActualAmount")]),
        amount=make.amount(line.first(f"{settled}/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount")),
        net_weight_kg=make.weight(line.first("SpecifiedLineTradeDelivery/NetWeightMeasure")),
    )
