"""The logical documents of a shipment: one class for each type, with the fields the contract lists for it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, SerializerFunctionWrapHandler, computed_field, model_serializer
from pydantic import Field as Limit

from schemas.fields import Field
from schemas.values import Amount, CountryCode, CurrencyCode, Frozen, HsCode, OriginStatement, Party, Sha256

DocumentType = Literal["commercial_invoice", "packing_list", "certificate_of_origin", "transport_document", "other"]
CertificateForm = Literal[
    "form_a",
    "eur1",
    "eur_med",
    "atr",
    "form_e",
    "form_d",
    "rcep",
    "usmca",
    "chafta",
    "cptpp",
    "chamber",
    "invoice_declaration",
    "statement_on_origin",
    "other",
]
TransportForm = Literal["bill_of_lading", "sea_waybill", "air_waybill", "cmr", "other"]
TextSource = Literal["digital", "ocr", "structured", "mixed"]

Text = Field[str] | None
Number = Field[Amount] | None
Date = Field[dt.date] | None
PartyField = Field[Party] | None
Country = Field[CountryCode] | None
Flag = Field[bool] | None
AnyField = Field[str] | Field[Decimal] | Field[dt.date] | Field[Party] | Field[bool] | Field[OriginStatement]


class FieldSet(Frozen):
    """Named fields; what the paper does not carry is None and absent from the JSON form."""

    def present(self) -> dict[str, AnyField]:
        """The fields that the paper carries, in the contract's order."""
        return {name: field for name in type(self).model_fields if (field := getattr(self, name)) is not None}

    def replacing(self, **fields: AnyField | None) -> Self:
        """The same with these fields in place of what it has; checked anew, which `model_copy` would not do."""
        return type(self).model_validate({**self.present(), **fields})

    @model_serializer(mode="wrap")
    def _without_absent(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        return {name: value for name, value in handler(self).items() if value is not None}

    def get(self, name: str) -> AnyField | None:
        """The field of that name, None where absent or where this type has no such field."""
        return getattr(self, name, None) if name in type(self).model_fields else None


class Part(Frozen):
    """Where a document stands: 1-based pages of one file."""

    file: str
    sha256: Sha256
    pages: tuple[int, ...]


class PageMark(Frozen):
    """A printed "page 2 of 3" and where it stands; `of` is None where only the number is printed."""

    file: str
    page: int
    number: int
    of: int | None = None


class InvoiceFields(FieldSet):
    """Of a whole invoice; amounts are in `currency`."""

    number: Text = None
    date: Date = None
    purchase_order: Text = None
    exporter: PartyField = None
    consignee: PartyField = None
    buyer: PartyField = None
    notify_party: PartyField = None
    currency: Field[CurrencyCode] | None = None
    incoterm: Text = None
    incoterm_edition: Text = None
    incoterm_place: Text = None
    payment_terms: Text = None
    country_of_origin: Country = None
    country_of_dispatch: Country = None
    country_of_destination: Country = None
    port_of_loading: Text = None
    port_of_discharge: Text = None
    vessel_or_flight: Text = None
    transport_document_number: Text = None
    packages: Number = None
    package_kind: Text = None
    gross_weight_kg: Number = None
    net_weight_kg: Number = None
    subtotal: Number = None
    freight: Number = None
    insurance: Number = None
    discount: Number = None
    other_charges: Number = None
    total_amount: Number = None
    reason_for_export: Text = None
    origin_statement: Field[OriginStatement] | None = None


class InvoiceLine(FieldSet):
    """Of one line of goods. `unit_price` is for `price_basis` units, one where absent."""

    number: Text = None
    description: Text = None
    part_number: Text = None
    hs_code: Field[HsCode] | None = None
    origin: Country = None
    quantity: Number = None
    unit: Text = None
    unit_price: Number = None
    price_basis: Number = None
    discount: Number = None
    amount: Number = None
    net_weight_kg: Number = None


class PackingListFields(FieldSet):
    """Of a whole packing list."""

    number: Text = None
    date: Date = None
    invoice_number: Text = None
    purchase_order: Text = None
    exporter: PartyField = None
    consignee: PartyField = None
    packages: Number = None
    package_kind: Text = None
    gross_weight_kg: Number = None
    net_weight_kg: Number = None
    volume_m3: Number = None
    marks: Text = None
    vessel_or_flight: Text = None
    container_number: Text = None


class PackingListLine(FieldSet):
    """Of one line; `package_range` is as printed, such as 1-20."""

    number: Text = None
    description: Text = None
    part_number: Text = None
    hs_code: Field[HsCode] | None = None
    quantity: Number = None
    unit: Text = None
    packages: Number = None
    package_range: Text = None
    net_weight_kg: Number = None
    gross_weight_kg: Number = None
    volume_m3: Number = None


class CertificateFields(FieldSet):
    """Of a whole certificate of origin; `number` is its reference."""

    number: Text = None
    date: Date = None
    exporter: PartyField = None
    consignee: PartyField = None
    producer: PartyField = None
    country_of_origin: Country = None
    country_of_destination: Country = None
    invoice_number: Text = None
    invoice_date: Date = None
    issued_by: Text = None
    issued_retrospectively: Flag = None
    preference: Text = None
    gross_weight_kg: Number = None
    vessel_or_flight: Text = None


class CertificateLine(FieldSet):
    """Of one line of goods."""

    number: Text = None
    marks: Text = None
    description: Text = None
    hs_code: Field[HsCode] | None = None
    origin_criterion: Text = None
    origin: Country = None
    quantity: Number = None
    unit: Text = None
    packages: Number = None
    gross_weight_kg: Number = None


class TransportFields(FieldSet):
    """Of a whole bill, waybill or consignment note; `exporter` is its shipper."""

    number: Text = None
    master_document_number: Text = None
    date: Date = None
    shipped_on_board_date: Date = None
    arrival_date: Date = None
    exporter: PartyField = None
    consignee: PartyField = None
    notify_party: PartyField = None
    vessel_or_flight: Text = None
    port_of_loading: Text = None
    port_of_discharge: Text = None
    packages: Number = None
    package_kind: Text = None
    gross_weight_kg: Number = None
    volume_m3: Number = None
    container_number: Text = None
    seal_number: Text = None
    freight_terms: Field[Literal["prepaid", "collect"]] | None = None


class TransportLine(FieldSet):
    """Of one line of goods."""

    description: Text = None
    packages: Number = None
    gross_weight_kg: Number = None


class DocumentBase(Frozen):
    """What every logical document has.

    `reasons` say why the pages were typed and joined so. `complete_by` names the witnesses that no row of the table was
    lost ("row_numbers", "sums", "ruled_rows", "packages"); empty where nothing proves it.
    """

    # A result read back carries the first part's file, sha256 and pages, which are computed.
    model_config = ConfigDict(extra="ignore")

    parts: tuple[Part, ...] = Limit(min_length=1)
    text_source: TextSource = "digital"
    language: str | None = None
    reasons: tuple[str, ...] = ()
    page_marks: tuple[PageMark, ...] = ()
    complete_by: tuple[str, ...] = ()

    @computed_field  # type: ignore[prop-decorator]  # mypy knows no decorator on a property
    @property
    def file(self) -> str:
        return self.parts[0].file

    @computed_field  # type: ignore[prop-decorator]  # mypy knows no decorator on a property
    @property
    def sha256(self) -> str:
        return self.parts[0].sha256

    @computed_field  # type: ignore[prop-decorator]  # mypy knows no decorator on a property
    @property
    def pages(self) -> tuple[int, ...]:
        return self.parts[0].pages


class CommercialInvoice(DocumentBase):
    type: Literal["commercial_invoice"] = "commercial_invoice"
    form: None = None
    fields: InvoiceFields = InvoiceFields()
    lines: tuple[InvoiceLine, ...] = ()


class PackingList(DocumentBase):
    type: Literal["packing_list"] = "packing_list"
    form: None = None
    fields: PackingListFields = PackingListFields()
    lines: tuple[PackingListLine, ...] = ()


class CertificateOfOrigin(DocumentBase):
    type: Literal["certificate_of_origin"] = "certificate_of_origin"
    form: CertificateForm = "other"
    fields: CertificateFields = CertificateFields()
    lines: tuple[CertificateLine, ...] = ()


class TransportDocument(DocumentBase):
    type: Literal["transport_document"] = "transport_document"
    form: TransportForm = "other"
    fields: TransportFields = TransportFields()
    lines: tuple[TransportLine, ...] = ()


class OtherDocument(DocumentBase):
    type: Literal["other"] = "other"
    form: None = None
    fields: FieldSet = FieldSet()
    lines: tuple[FieldSet, ...] = ()


Document = Annotated[
    CommercialInvoice | PackingList | CertificateOfOrigin | TransportDocument | OtherDocument,
    Limit(discriminator="type"),
]
