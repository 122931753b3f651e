"""E-invoices, workbooks and PDFs that hold them, made by code, all of one small delivery."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

from schemas.documents import CommercialInvoice, Document, PackingList
from schemas.pages import Notice, Original

EXPORTER = ("Brightwater Tools Ltd", "12 Mill Lane", "LS1 4AB", "Leeds", "GB", "GB123456789")
CONSIGNEE = ("Northern Orchard GmbH", "Hafenstrasse 7", "20457", "Hamburg", "DE", "DE987654321")


@dataclass(frozen=True, slots=True)
class Goods:
    """One line: description, tariff code, origin, quantity, unit, price, amount."""

    description: str
    hs: str
    origin: str
    quantity: str
    unit: str
    price: str
    amount: str


GOODS = (
    Goods("Hand saws, 300 mm", "82021000", "GB", "120", "C62", "4.50", "540.00"),
    Goods("Wood chisels, set of four", "82053000", "GB", "60", "SET", "12.25", "735.00"),
    Goods("Spirit levels", "90153010", "CN", "200", "C62", "3.75", "750.00"),
)
NUMBER, DAY, TOTAL = "BT-2041", dt.date(2026, 3, 17), "2025.00"


def received(file: str, content: bytes) -> Original:
    return Original(file, hashlib.sha256(content).hexdigest(), len(content), "application/octet-stream")


def documents(read: Iterable[Document | Notice]) -> list[Document]:
    return [item for item in read if not isinstance(item, Notice)]


def notices(read: Iterable[Document | Notice]) -> list[Notice]:
    return [item for item in read if isinstance(item, Notice)]


def values(document: Document) -> dict[str, object]:
    return {name: field.value for name, field in document.fields.present().items()}


def rows(document: Document) -> list[dict[str, object]]:
    return [{name: field.value for name, field in line.present().items()} for line in document.lines]


def invoice_in(read: Iterable[Document | Notice]) -> CommercialInvoice:
    [document] = documents(read)
    assert isinstance(document, CommercialInvoice)
    return document


def packing_list_in(read: Iterable[Document | Notice]) -> PackingList:
    [document] = documents(read)
    assert isinstance(document, PackingList)
    return document


UBL = "urn:oasis:names:specification:ubl:schema:xsd:"


def _ubl_party(party: Sequence[str]) -> str:
    name, street, zone, city, country, tax = party
    return (
        f"<cac:Party><cac:PartyName><cbc:Name>{name}</cbc:Name></cac:PartyName><cac:PostalAddress>"
        f"<cbc:StreetName>{street}</cbc:StreetName><cbc:CityName>{city}</cbc:CityName><cbc:PostalZone>{zone}"
        f"</cbc:PostalZone><cac:Country><cbc:IdentificationCode>{country}</cbc:IdentificationCode></cac:Country>"
        f"</cac:PostalAddress><cac:PartyTaxScheme><cbc:CompanyID>{tax}</cbc:CompanyID></cac:PartyTaxScheme></cac:Party>"
    )


def _ubl_line(at: int, goods: Goods) -> str:
    return (
        f'<cac:InvoiceLine><cbc:ID>{at}</cbc:ID><cbc:InvoicedQuantity unitCode="{goods.unit}">{goods.quantity}'
        f'</cbc:InvoicedQuantity><cbc:LineExtensionAmount currencyID="EUR">{goods.amount}</cbc:LineExtensionAmount>'
        f"<cac:Item><cbc:Name>{escape(goods.description)}</cbc:Name><cac:OriginCountry><cbc:IdentificationCode>"
        f"{goods.origin}</cbc:IdentificationCode></cac:OriginCountry><cac:CommodityClassification>"
        f'<cbc:ItemClassificationCode listID="STI">44-10</cbc:ItemClassificationCode></cac:CommodityClassification>'
        f'<cac:CommodityClassification><cbc:ItemClassificationCode listID="HS">{goods.hs}</cbc:ItemClassificationCode>'
        f'</cac:CommodityClassification></cac:Item><cac:Price><cbc:PriceAmount currencyID="EUR">{goods.price}'
        "</cbc:PriceAmount></cac:Price></cac:InvoiceLine>"
    )


def ubl_invoice(goods: Sequence[Goods] = GOODS, *, number: str = NUMBER, total: str = TOTAL, head: str = "") -> bytes:
    """`head` stands before the root element."""
    lines = "".join(_ubl_line(at, one) for at, one in enumerate(goods, 1))
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<Invoice xmlns="{UBL}Invoice-2" '
        f'xmlns:cac="{UBL}CommonAggregateComponents-2" xmlns:cbc="{UBL}CommonBasicComponents-2">'
        f"<cbc:ID>{number}</cbc:ID><cbc:IssueDate>{DAY}</cbc:IssueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>"
        "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cac:OrderReference><cbc:ID>PO-88</cbc:ID>"
        f"</cac:OrderReference><cac:AccountingSupplierParty>{_ubl_party(EXPORTER)}</cac:AccountingSupplierParty>"
        f"<cac:AccountingCustomerParty>{_ubl_party(CONSIGNEE)}</cac:AccountingCustomerParty><cac:DeliveryTerms>"
        "<cbc:ID>FCA</cbc:ID><cac:DeliveryLocation><cbc:Name>Leeds</cbc:Name></cac:DeliveryLocation>"
        "</cac:DeliveryTerms><cac:LegalMonetaryTotal>"
        '<cbc:LineExtensionAmount currencyID="EUR">2025.00</cbc:LineExtensionAmount>'
        f'<cbc:PayableAmount currencyID="EUR">{total}</cbc:PayableAmount></cac:LegalMonetaryTotal>{lines}</Invoice>'
    )
    return text.encode()


def _cii_party(tag: str, party: Sequence[str]) -> str:
    name, street, zone, city, country, tax = party
    return (
        f"<ram:{tag}><ram:Name>{name}</ram:Name><ram:PostalTradeAddress><ram:PostcodeCode>{zone}</ram:PostcodeCode>"
        f"<ram:LineOne>{street}</ram:LineOne><ram:CityName>{city}</ram:CityName><ram:CountryID>{country}"
        "</ram:CountryID></ram:PostalTradeAddress><ram:SpecifiedTaxRegistration>"
        f'<ram:ID schemeID="VA">{tax}</ram:ID></ram:SpecifiedTaxRegistration></ram:{tag}>'
    )


def _cii_line(at: int, goods: Goods) -> str:
    return (
        f"<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>{at}</ram:LineID>"
        f"</ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct><ram:Name>{escape(goods.description)}"
        "</ram:Name><ram:DesignatedProductClassification>"
        f'<ram:ClassCode listID="HS">{goods.hs}</ram:ClassCode></ram:DesignatedProductClassification>'
        f"<ram:OriginTradeCountry><ram:ID>{goods.origin}</ram:ID></ram:OriginTradeCountry></ram:SpecifiedTradeProduct>"
        "<ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>"
        f"{goods.price}</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>"
        f'<ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="{goods.unit}">{goods.quantity}'
        "</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax>"
        "<ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>G</ram:CategoryCode><ram:RateApplicablePercent>0"
        "</ram:RateApplicablePercent></ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation>"
        f"<ram:LineTotalAmount>{goods.amount}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>"
        "</ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>"
    )


CII = "urn:un:unece:uncefact:data:standard:"


def cii_invoice(goods: Sequence[Goods] = GOODS, *, number: str = NUMBER, total: str = TOTAL) -> bytes:
    """Of the profile EN 16931, by its schema."""
    lines = "".join(_cii_line(at, one) for at, one in enumerate(goods, 1))
    text = (
        f'<rsm:CrossIndustryInvoice xmlns:rsm="{CII}CrossIndustryInvoice:100" '
        f'xmlns:ram="{CII}ReusableAggregateBusinessInformationEntity:100" xmlns:udt="{CII}UnqualifiedDataType:100">'
        "<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:cen.eu:en16931:2017"
        "</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>"
        f"<rsm:ExchangedDocument><ram:ID>{number}</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime>"
        f'<udt:DateTimeString format="102">{DAY:%Y%m%d}</udt:DateTimeString></ram:IssueDateTime>'
        "</rsm:ExchangedDocument>"
        f"<rsm:SupplyChainTradeTransaction>{lines}<ram:ApplicableHeaderTradeAgreement>"
        f"{_cii_party('SellerTradeParty', EXPORTER)}{_cii_party('BuyerTradeParty', CONSIGNEE)}"
        "</ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeDelivery/><ram:ApplicableHeaderTradeSettlement>"
        "<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode><ram:ApplicableTradeTax><ram:CalculatedAmount>0.00"
        "</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode><ram:ExemptionReason>Export</ram:ExemptionReason>"
        "<ram:BasisAmount>2025.00</ram:BasisAmount><ram:CategoryCode>G</ram:CategoryCode><ram:RateApplicablePercent>0"
        "</ram:RateApplicablePercent></ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
        "<ram:LineTotalAmount>2025.00</ram:LineTotalAmount><ram:TaxBasisTotalAmount>2025.00</ram:TaxBasisTotalAmount>"
        f"<ram:GrandTotalAmount>{total}</ram:GrandTotalAmount><ram:DuePayableAmount>{total}</ram:DuePayableAmount>"
        "</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>"
        "</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"
    )
    return text.encode()


HEADER = ("No.", "Description", "HS Code", "Origin", "Qty", "Unit", "Unit price", "Amount")
Row = Sequence[object]


def invoice_rows(goods: Sequence[Goods] = GOODS) -> list[Row]:
    lines = [
        (at, one.description, int(one.hs), one.origin, int(one.quantity), one.unit, float(one.price), float(one.amount))
        for at, one in enumerate(goods, 1)
    ]
    return [
        ("COMMERCIAL INVOICE",), (), ("Invoice No:", NUMBER, None, "Date:", DAY), (),
        ("Exporter:",), (EXPORTER[0],), (EXPORTER[1],), (f"{EXPORTER[3]} {EXPORTER[2]}",), ("United Kingdom",), (),
        ("Consignee:",), (CONSIGNEE[0],), (CONSIGNEE[1],), (f"{CONSIGNEE[2]} {CONSIGNEE[3]}",), ("Germany",), (),
        ("Terms of delivery:", "FCA Leeds"), ("Currency:", "EUR"), (),
        HEADER, *lines, (),
        (*(None,) * 6, "Total EUR", float(TOTAL)), ("Gross weight (kg):", 412.5), ("Packages:", "14 cartons"),
    ]  # fmt: skip


def workbook(sheets: dict[str, Sequence[Row]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, content in sheets.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def repacked(content: bytes, changes: dict[str, bytes], *, drop: frozenset[str] = frozenset()) -> bytes:
    """The archive with these entries put in or replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in changes and entry.filename not in drop:
                new.writestr(entry.filename, old.read(entry))
        for name, changed in changes.items():
            new.writestr(name, changed)
    return target.getvalue()


def invoice_page(goods: Sequence[Goods] = GOODS, *, number: str = NUMBER, total: str = TOTAL) -> bytes:
    """The same invoice as a digital PDF."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=1)
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(50, 790, "COMMERCIAL INVOICE")
    canvas.setFont("Helvetica", 9)
    for x, y, text in _printed(goods, number, total):
        canvas.drawString(x, y, text)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _printed(goods: Sequence[Goods], number: str, total: str) -> list[tuple[float, float, str]]:
    lines = [(330.0, 760.0, f"Invoice No: {number}"), (330.0, 746.0, f"Date: {DAY:%d %B %Y}")]
    for x, title, party in ((50.0, "Exporter:", EXPORTER), (330.0, "Consignee:", CONSIGNEE)):
        country = "United Kingdom" if party is EXPORTER else "Germany"
        block = (title, party[0], party[1], f"{party[2]} {party[3]}", country)
        lines += [(x, 700.0 - 12 * at, text) for at, text in enumerate(block)]
    lines += [(50.0, 620.0, "Terms of delivery: FCA Leeds"), (330.0, 620.0, "Currency: EUR")]
    columns = (50.0, 80.0, 240.0, 300.0, 345.0, 385.0, 430.0, 500.0)
    lines += [(x, 580.0, text) for x, text in zip(columns, HEADER, strict=True)]
    for at, one in enumerate(goods, 1):
        cells = (str(at), one.description, one.hs, one.origin, one.quantity, one.unit, one.price, one.amount)
        lines += [(x, 580.0 - 18 * at, text) for x, text in zip(columns, cells, strict=True)]
    foot = 550.0 - 18 * len(goods)
    return [*lines, (430.0, foot, "Total EUR"), (500.0, foot, total), (50.0, foot - 30, "Gross weight: 412.50 kg")]
