"""One declaration on its way into a message: the result it comes from, and the profile that says what no paper can."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Final

from schemas.declarations import Declaration, FieldRef, SupportingDocument
from schemas.documents import AnyField, CommercialInvoice, Document, InvoiceLine, PackingList, TransportDocument
from schemas.profiles import BorderTransport, Consignment, Goods, PaperCode, Profile, Supplier, name_key
from schemas.results import ShipmentResult
from schemas.values import Party

_ANY: Final = "*"
SEA: Final = "1"
AIR: Final = "4"
# A bill of lading or sea waybill is of carriage by sea, an air waybill by air. A CMR note's lorry may cross the border
# on a ferry, on a train or on its wheels: only the profile can say.
_MODES: Final = {"bill_of_lading": SEA, "sea_waybill": SEA, "air_waybill": AIR}


@dataclass(frozen=True)
class Filing:
    """A declaration with its papers and profile; `declaration` is that of the result."""

    result: ShipmentResult
    declaration: Declaration
    profile: Profile

    @cached_property
    def consignment(self) -> Consignment:
        return self.profile.consignment(self.result.reference)

    @cached_property
    def supplier(self) -> Supplier | None:
        return self.profile.supplier(self.declaration.exporter)

    @cached_property
    def border(self) -> BorderTransport:
        """The profile's, with what is known of this shipment before it."""
        own = self.consignment.border.model_dump(exclude_none=True)
        return self.profile.border.model_copy(update=own)

    @cached_property
    def exporters_country(self) -> str | None:
        """As the declared exporter's papers give it; None where two of them give two."""
        exporter, source = self.declaration.exporter, self.declaration.sources.get("/exporter")
        fields = [self._field(ref) for ref in source.fields] if source is not None else []
        parties = [field.value for field in fields if field is not None and isinstance(field.value, Party)]
        countries = {party.country for party in (exporter, *parties) if party is not None and party.country is not None}
        return countries.pop() if len(countries) == 1 else None

    def _field(self, ref: FieldRef) -> AnyField | None:
        paper = self.result.documents[ref.document]
        return (paper.fields if ref.line is None else paper.lines[ref.line]).get(ref.field)

    @cached_property
    def is_weighed_by_item(self) -> bool:
        """CDS takes the gross mass of each item or of the whole, never of some items."""
        return all(one.gross_mass_kg is not None for one in self.declaration.items)

    @property
    def mode(self) -> str | None:
        """Mode of transport at the border; None where neither the profile nor a transport document says."""
        named = {_MODES.get(paper.form) for paper in self.result.documents if isinstance(paper, TransportDocument)}
        return self.border.mode or (named.pop() if len(named) == 1 else None)

    @property
    def dispatch(self) -> str | None:
        """Country of dispatch as the papers say; else as is known of this shipment, this supplier, this importer."""
        supplier = self.supplier
        return (
            self.declaration.country_of_dispatch
            or self.consignment.country_of_dispatch
            or (supplier.country_of_dispatch if supplier is not None else None)
            or self.profile.country_of_dispatch
        )

    def filled(self, pattern: str | None, *, number: str | None = None, date: dt.date | None = None) -> str | None:
        """The pattern with its placeholders filled; None where one of them has no value here."""
        if pattern is None:
            return None
        values = self._placeholders() | {"number": number, "date": date and date.strftime("%d.%m.%Y")}
        named = re.findall(r"\{(\w+)\}", pattern)
        if any(values[name] is None for name in named):
            return None
        return pattern.format_map(values)

    def _placeholders(self) -> dict[str, str | None]:
        result, profile, transport = self.result, self.profile, self.declaration.transport
        return {
            "reference": result.reference,
            "revision": str(result.revision),
            "year": str(result.as_of.year),
            "year_digit": str(result.as_of.year % 10),
            "importer_eori": profile.importer.eori,
            "declarant_eori": profile.declarant.eori,
            "transport_document": transport.document_number,
            "vessel_or_flight": transport.vessel_or_flight,
        }

    @cached_property
    def marks(self) -> str | None:
        """The marks that the packing lists print, else what the profile says."""
        lists = [paper for paper in self.result.documents if isinstance(paper, PackingList)]
        printed = dict.fromkeys(paper.fields.marks.value for paper in lists if paper.fields.marks is not None)
        return "; ".join(printed) or self.profile.shipping_marks

    def paper_code(self, *names: str) -> PaperCode | None:
        """The code of a kind of paper, by its form or type: the profile's own, else the one that ships."""
        codes = (*self.profile.paper_codes, *_shipped_codes())
        return next((code for name in names for code in codes if code.paper == name), None)

    def paper_of(self, supporting: SupportingDocument) -> Document | None:
        """The document that a supporting document of the declaration stands for."""
        same = (paper for paper in self.result.documents if paper.type == supporting.type)
        return next((paper for paper in same if paper.parts[0].sha256 == supporting.sha256), None)

    def invoice_line(self, n: int) -> InvoiceLine | None:
        """The invoice line that item `n` (0-based) was declared from."""
        sources = (self.declaration.sources.get(f"/items/{n}/{name}") for name in ("item_price", "hs_code", "quantity"))
        for ref in (ref for source in sources if source is not None for ref in source.fields):
            paper = self.result.documents[ref.document]
            if isinstance(paper, CommercialInvoice) and ref.line is not None:
                return paper.lines[ref.line]
        return None

    def goods(self, n: int) -> Goods | None:
        """The profile's record of item `n`: by article number, else by description, else by the code alone."""
        item, line = self.declaration.items[n], self.invoice_line(n)
        field = line.part_number if line is not None else None
        number = name_key(field.value) if field is not None and not field.needs_witness else ""
        ways = (("part_number", number), ("description", name_key(item.description or "")), ("hs_code", _ANY))
        candidates = [one for way in ways if way[1] for one in self._goods.get(way, ())]
        return next((one for one in candidates if (item.hs_code or "").startswith(one.hs_code or "")), None)

    @cached_property
    def _goods(self) -> Mapping[tuple[str, str], Sequence[Goods]]:
        """The profile's goods by how they are known, in its order."""
        found: dict[tuple[str, str], list[Goods]] = {}
        for one in self.profile.goods:
            found.setdefault(_known_by(one), []).append(one)
        return found


def _known_by(goods: Goods) -> tuple[str, str]:
    if goods.part_number is not None:
        return ("part_number", name_key(goods.part_number))
    if goods.description is not None:
        return ("description", name_key(goods.description))
    return ("hs_code", _ANY)


@cache
def _shipped_codes() -> tuple[PaperCode, ...]:
    text = files("declarations.exports").joinpath("document_codes.csv").read_text(encoding="utf-8")
    return tuple(_code_rows(csv.DictReader(text.splitlines())))


def _code_rows(rows: csv.DictReader[str]) -> Iterator[PaperCode]:
    for row in rows:
        yield _paper_code(row)


def _paper_code(row: Mapping[str, str]) -> PaperCode:
    return PaperCode(
        paper=row["paper"], category=row["category"], type=row["type"], status=row["status"] or None, id=row["id"]
    )
