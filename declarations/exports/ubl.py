"""The papers as read, as UBL 2.1 documents (ISO/IEC 19845): invoice, packing list, certificate of origin.

Only values in force are written. What UBL asks for and the paper does not have, or nobody witnessed, is named as
missing; an element that UBL asks for and that may be empty stays empty rather than say what no paper says.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from declarations.exports.elements import lacking, table
from declarations.exports.markup import Element, leaf, node
from declarations.exports.ubl_parts import (
    INVOICE_TYPE,
    ORDER_TYPE,
    amount,
    classification,
    date,
    in_force,
    party,
    party_inside,
    quantity,
    reference,
    root,
    volume,
    weight,
    words,
)
from schemas.documents import (
    CertificateLine,
    CertificateOfOrigin,
    CommercialInvoice,
    InvoiceFields,
    InvoiceLine,
    PackingList,
    PackingListFields,
    PackingListLine,
)
from schemas.fields import Field
from schemas.results import Missing

Written = CommercialInvoice | PackingList | CertificateOfOrigin
NAMES: Final = {
    "commercial_invoice": "ubl_invoice",
    "packing_list": "ubl_packing_list",
    "certificate_of_origin": "ubl_certificate_of_origin",
}
_ITEMS: Final = {
    "commercial_invoice": "cac:InvoiceLine",
    "packing_list": "cac:Shipment/cac:GoodsItem",
    "certificate_of_origin": "cac:CertificateOfOriginApplication/cac:Shipment/cac:GoodsItem",
}


def document(paper: Written, reference_number: str) -> Element:
    """The paper's message; `reference_number` is the shipment's own."""
    match paper:
        case CommercialInvoice():
            return _invoice(paper)
        case PackingList():
            return _packing_list(paper, reference_number)
        case CertificateOfOrigin():
            return _certificate(paper, reference_number)


def missing(paper: Written, message: Element) -> tuple[Missing, ...]:
    return lacking(message, table(f"{NAMES[paper.type]}_elements", _ITEMS[paper.type]))


def _invoice(paper: CommercialInvoice) -> Element:
    fields, currency = paper.fields, in_force(paper.fields.currency)
    return root(
        "Invoice",
        leaf("cbc:ID", in_force(fields.number)),
        date("cbc:IssueDate", fields.date),
        leaf("cbc:InvoiceTypeCode", INVOICE_TYPE),
        leaf("cbc:DocumentCurrencyCode", currency),
        node("cac:OrderReference", leaf("cbc:ID", in_force(fields.purchase_order))),
        party_inside("cac:AccountingSupplierParty", fields.exporter),
        party_inside("cac:AccountingCustomerParty", fields.buyer or fields.consignee),
        _delivery(fields),
        node(
            "cac:DeliveryTerms",
            leaf("cbc:ID", in_force(fields.incoterm)),
            node("cac:DeliveryLocation", leaf("cbc:Name", words(fields.incoterm_place))),
        ),
        node("cac:PaymentTerms", leaf("cbc:Note", words(fields.payment_terms))),
        *_charges(fields, currency),
        node(
            "cac:LegalMonetaryTotal",
            amount("cbc:LineExtensionAmount", fields.subtotal, currency),
            amount("cbc:PayableAmount", fields.total_amount, currency),
        ),
        *(_invoice_line(n, line, currency) for n, line in enumerate(paper.lines, 1)),
    )


def _delivery(fields: InvoiceFields) -> Element | None:
    consignee = party("cac:DeliveryParty", fields.consignee)
    return node("cac:Delivery", consignee, party("cac:NotifyParty", fields.notify_party))


def _charges(fields: InvoiceFields, currency: str | None) -> Iterator[Element | None]:
    stated = (
        ("true", "Freight", fields.freight),
        ("true", "Insurance", fields.insurance),
        ("true", "Other charges", fields.other_charges),
        ("false", "Discount", fields.discount),
    )
    yield from (_charge(is_charge, reason, value, currency) for is_charge, reason, value in stated)


def _charge(is_charge: str, reason: str, value: Field[Decimal] | None, currency: str | None) -> Element | None:
    if in_force(value) is None or currency is None:
        return None
    return node(
        "cac:AllowanceCharge",
        leaf("cbc:ChargeIndicator", is_charge),
        leaf("cbc:AllowanceChargeReason", reason),
        amount("cbc:Amount", value, currency),
    )


def _invoice_line(n: int, line: InvoiceLine, currency: str | None) -> Element | None:
    return node(
        "cac:InvoiceLine",
        leaf("cbc:ID", in_force(line.number) or n),
        quantity("cbc:InvoicedQuantity", line.quantity, line.unit),
        amount("cbc:LineExtensionAmount", line.amount, currency),
        _charge("false", "Discount", line.discount, currency),
        node(
            "cac:Item",
            leaf("cbc:Description", words(line.description)),
            node("cac:SellersItemIdentification", leaf("cbc:ID", in_force(line.part_number))),
            node("cac:OriginCountry", leaf("cbc:IdentificationCode", in_force(line.origin))),
            classification(line.hs_code),
        ),
        _price(line, currency),
    )


def _price(line: InvoiceLine, currency: str | None) -> Element | None:
    price = amount("cbc:PriceAmount", line.unit_price, currency)
    return node("cac:Price", price, quantity("cbc:BaseQuantity", line.price_basis, line.unit)) if price else None


def _packing_list(paper: PackingList, reference_number: str) -> Element:
    fields = paper.fields
    return root(
        "PackingList",
        leaf("cbc:ID", in_force(fields.number)),
        date("cbc:IssueDate", fields.date),
        party("cac:ConsignorParty", fields.exporter),
        node(
            "cac:Shipment",
            leaf("cbc:ID", reference_number),
            weight("cbc:GrossWeightMeasure", fields.gross_weight_kg),
            weight("cbc:NetWeightMeasure", fields.net_weight_kg),
            volume("cbc:GrossVolumeMeasure", fields.volume_m3),
            node("cac:Consignment", leaf("cbc:ID", reference_number), party("cac:ConsigneeParty", fields.consignee)),
            *(_packed(n, line) for n, line in enumerate(paper.lines, 1)),
            _handling_unit(fields),
        ),
        reference("cac:DocumentReference", fields.invoice_number, kind=INVOICE_TYPE),
        reference("cac:DocumentReference", fields.purchase_order, kind=ORDER_TYPE),
    )


def _packed(n: int, line: PackingListLine) -> Element | None:
    return node(
        "cac:GoodsItem",
        leaf("cbc:ID", in_force(line.number) or n),
        leaf("cbc:Description", words(line.description)),
        weight("cbc:GrossWeightMeasure", line.gross_weight_kg),
        weight("cbc:NetWeightMeasure", line.net_weight_kg),
        volume("cbc:GrossVolumeMeasure", line.volume_m3),
        quantity("cbc:Quantity", line.quantity, line.unit),
        node(
            "cac:Item",
            node("cac:SellersItemIdentification", leaf("cbc:ID", in_force(line.part_number))),
            classification(line.hs_code),
        ),
        node(
            "cac:ContainingPackage",
            leaf("cbc:ID", in_force(line.package_range)),
            leaf("cbc:Quantity", in_force(line.packages)),
        ),
    )


def _handling_unit(fields: PackingListFields) -> Element | None:
    return node(
        "cac:TransportHandlingUnit",
        leaf("cbc:TransportHandlingUnitTypeCode", in_force(fields.package_kind)),
        leaf("cbc:TotalPackageQuantity", in_force(fields.packages)),
        leaf("cbc:ShippingMarks", words(fields.marks)),
        node("cac:TransportEquipment", leaf("cbc:ID", in_force(fields.container_number))),
    )


def _certificate(paper: CertificateOfOrigin, reference_number: str) -> Element:
    fields, number = paper.fields, in_force(paper.fields.number)
    return root(
        "CertificateOfOrigin",
        leaf("cbc:ID", number),
        date("cbc:IssueDate", fields.date),
        party("cac:ExporterParty", fields.exporter),
        party("cac:ImporterParty", fields.consignee),
        _application(paper, reference_number),
        node(
            "cac:IssuerEndorsement",
            leaf("cbc:DocumentID", number),
            # Stamp and signature are not looked at.
            leaf("cbc:ApprovalStatus", "not verified"),
            _endorser(paper),
        ),
    )


def _application(paper: CertificateOfOrigin, reference_number: str) -> Element | None:
    fields = paper.fields
    return node(
        "cac:CertificateOfOriginApplication",
        leaf("cbc:ReferenceID", in_force(fields.number)),
        leaf("cbc:CertificateType", paper.form),
        leaf("cbc:OriginalJobID", reference_number),
        node(
            "cac:Shipment",
            leaf("cbc:ID", reference_number),
            weight("cbc:GrossWeightMeasure", fields.gross_weight_kg),
            *(_certified(n, line, paper) for n, line in enumerate(paper.lines, 1)),
        ),
        _endorser(paper),
        party("cac:PreparationParty", fields.exporter),
        _issuer("cac:IssuerParty", paper),
        # The paper names who issued it, not in which country; UBL takes the element empty.
        Element("cac:IssuingCountry"),
        reference(
            "cac:SupportingDocumentReference", fields.invoice_number, kind=INVOICE_TYPE, issued=fields.invoice_date
        ),
    )


def _issuer(name: str, paper: CertificateOfOrigin) -> Element | None:
    return node(name, node("cac:PartyName", leaf("cbc:Name", words(paper.fields.issued_by))))


def _endorser(paper: CertificateOfOrigin) -> Element | None:
    issuer = _issuer("cac:Party", paper)
    if issuer is None:
        return None
    role, first = leaf("cbc:RoleCode", "issuer"), leaf("cbc:SequenceNumeric", 1)
    return node("cac:EndorserParty", role, first, issuer, Element("cac:SignatoryContact"))


def _certified(n: int, line: CertificateLine, paper: CertificateOfOrigin) -> Element | None:
    origin = in_force(line.origin) or in_force(paper.fields.country_of_origin)
    return node(
        "cac:GoodsItem",
        leaf("cbc:ID", in_force(line.number) or n),
        leaf("cbc:Description", words(line.description)),
        weight("cbc:GrossWeightMeasure", line.gross_weight_kg),
        quantity("cbc:Quantity", line.quantity, line.unit),
        leaf("cbc:PreferenceCriterionCode", in_force(line.origin_criterion)),
        node("cac:Item", classification(line.hs_code)),
        node("cac:OriginAddress", node("cac:Country", leaf("cbc:IdentificationCode", origin))),
        node(
            "cac:ContainingPackage",
            leaf("cbc:ID", words(line.marks)),
            leaf("cbc:Quantity", in_force(line.packages)),
        ),
    )
