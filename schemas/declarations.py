"""The reconciled import declaration, in the contract's names. Values not on any paper are None."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import ConfigDict
from pydantic import Field as Limit

from schemas.findings import Decision
from schemas.values import Amount, Frozen, HsCode, Party, Sha256


class FieldRef(Frozen):
    """Names one field: index of the document in the result, field name, and 0-based line where it is a line's."""

    document: int
    field: str
    line: int | None = None


class Source(Frozen):
    """Where one declared value came from: fields that state it, or the decision that set it."""

    fields: tuple[FieldRef, ...] = ()
    witnesses: tuple[str, ...] = ()
    decision: Decision | None = None


class ExchangeRate(Frozen):
    """Units of `to` for one unit of `from`."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True, validate_by_alias=True)

    from_: str = Limit(alias="from")
    to: str
    rate: Amount
    date: dt.date
    source: str


class ValuationAdjustment(Frozen):
    """What is added to the price for the customs value, or taken off (below zero); `why` names the currency."""

    code: str
    amount: Amount
    why: str


class Transport(Frozen):
    """How the goods came, from the transport document."""

    document_number: str | None = None
    vessel_or_flight: str | None = None
    port_of_loading: str | None = None
    port_of_discharge: str | None = None
    container_number: str | None = None


class SupportingDocument(Frozen):
    """A paper that the declaration rests on; `archive_key` is where its original lies."""

    type: str
    number: str | None
    date: dt.date | None
    file: str
    sha256: Sha256
    archive_key: str | None = None


class Preference(Frozen):
    """The preference claimed for an item; `form` is that of the proof of origin."""

    code: str | None = None
    agreement: str | None = None
    form: str
    certificate_number: str | None = None
    criterion: str | None = None


class Tax(Frozen):
    """One duty or tax. `type` is A00 (duty), A20, A30, B00 (VAT) or a national code; amounts in customs currency."""

    type: str
    base: Amount | None = None
    base_unit: str | None = None
    expression: str | None = None
    amount: Amount | None = None
    relieved: Amount | None = None
    suspended: Amount | None = None
    source: str | None = None


class DeclarationItem(Frozen):
    """One goods item. `item_price` is in the invoice's currency, `customs_value`, `duty`, `vat` in customs currency."""

    item_number: int
    description: str | None = None
    hs_code: HsCode | None = None
    origin: str | None = None
    preference: Preference | None = None
    quantity: Amount | None = None
    unit: str | None = None
    supplementary_quantity: Amount | None = None
    net_mass_kg: Amount | None = None
    gross_mass_kg: Amount | None = None
    packages: Amount | None = None
    item_price: Amount | None = None
    customs_value: Amount | None = None
    taxes: tuple[Tax, ...] = ()
    duty: Amount | None = None
    vat: Amount | None = None
    measures: tuple[str, ...] = ()


class Channel(Frozen):
    """Advice to the declarant, not a customs decision."""

    colour: Literal["green", "yellow", "red"]
    reasons: tuple[str, ...] = ()


class Declaration(Frozen):
    """The whole. `sources` says, by JSON pointer of each declared value, where it came from."""

    type: Literal["import"] = "import"
    jurisdiction: str | None = None
    procedure: str | None = None
    exporter: Party | None = None
    importer: Party | None = None
    declarant: Party | None = None
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    incoterm: str | None = None
    incoterm_place: str | None = None
    currency: str | None = None
    total_invoice_amount: Amount | None = None
    freight: Amount | None = None
    insurance: Amount | None = None
    exchange_rate: ExchangeRate | None = None
    valuation_method: str | None = None
    valuation_adjustments: tuple[ValuationAdjustment, ...] = ()
    customs_currency: str | None = None
    customs_value: Amount | None = None
    gross_mass_kg: Amount | None = None
    packages: Amount | None = None
    package_kind: str | None = None
    transport: Transport = Transport()
    supporting_documents: tuple[SupportingDocument, ...] = ()
    items: tuple[DeclarationItem, ...] = ()
    duty_total: Amount | None = None
    vat_total: Amount | None = None
    channel: Channel | None = None
    sources: dict[str, Source] = Limit(default_factory=dict)
