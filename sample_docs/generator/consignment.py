"""The facts of one shipment before any paper is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sample_docs.generator.goods import GoodsLine
from sample_docs.generator.truth import Company, Style

NOTHING = Decimal(0)
# What an invoice may state beyond the usual, each where its layout has a place for it.
STATED = (
    "buyer",
    "country_of_dispatch",
    "other_charges",
    "price_basis",
    "transport_document_number",
    "vessel_or_flight",
)


@dataclass(frozen=True, slots=True)
class Voyage:
    """How the goods travel. `mode` is `sea`, `air` or `road`; ports are as printed, countries ISO codes."""

    mode: str
    form: str
    number: str
    date: dt.date
    loading: str
    discharge: str
    vessel: str
    carrier: str
    issue_place: str
    container: str = ""
    seal: str = ""
    freight_terms: str = "prepaid"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of origin. `criterion` stands on every line of the forms that ask for one."""

    form: str
    number: str
    date: dt.date
    issued_by: str
    issue_place: str
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How one paper is made: layout and the pool it is in, style, level of damage and effects."""

    layout: str
    style: Style
    level: str = "digital"
    effects: tuple[str, ...] = ()
    pool: str = "samples"


@dataclass(frozen=True, slots=True)
class Consignment:
    """Everything the papers may state.

    `stated` are those of `STATED` that the invoice states; `traps` are harmless differences between papers, by name:
    `party_name_variants`, `short_descriptions`, `tonnes_on_transport_document`, `line_order_differs`,
    `consolidated_on_certificate`.
    """

    id: str
    exporter: Company
    consignee: Company
    goods: tuple[GoodsLine, ...]
    currency: str
    invoice_number: str
    invoice_date: dt.date
    packing_number: str
    packing_date: dt.date
    purchase_order: str
    incoterm: str
    incoterm_place: str
    payment: str
    voyage: Voyage
    looks: Mapping[str, Look]
    marks: str = ""
    notify: Company | None = None
    certificate: Certificate | None = None
    freight: Decimal = NOTHING
    insurance: Decimal = NOTHING
    discount: Decimal = NOTHING
    bank: str = ""
    buyer: Company | None = None
    other_charges: Decimal = NOTHING
    stated: frozenset[str] = frozenset()
    traps: frozenset[str] = field(default_factory=frozenset)

    @property
    def subtotal(self) -> Decimal:
        return sum((line.amount for line in self.goods), NOTHING)

    @property
    def total(self) -> Decimal:
        return self.subtotal + self.freight + self.insurance + self.other_charges - self.discount

    @property
    def packages(self) -> int:
        return sum(line.packages for line in self.goods)

    @property
    def package_kind(self) -> str:
        """The common kind; PK (package) where they differ."""
        kinds = {line.article.package for line in self.goods}
        return kinds.pop() if len(kinds) == 1 else "PK"

    @property
    def net_kg(self) -> Decimal:
        return sum((line.net_kg for line in self.goods), NOTHING)

    @property
    def gross_kg(self) -> Decimal:
        return sum((line.gross_kg for line in self.goods), NOTHING)

    @property
    def volume_m3(self) -> Decimal:
        return sum((line.volume_m3 for line in self.goods), NOTHING)

    @property
    def origins(self) -> frozenset[str]:
        return frozenset(line.origin for line in self.goods)

    @property
    def as_of(self) -> dt.date:
        """The day of import to assume: four weeks after the goods left."""
        return self.voyage.date + dt.timedelta(days=28)
