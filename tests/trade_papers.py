"""A small consistent shipment in plain values, to be altered by a test and built into what checks are given."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from schemas.documents import (
    CertificateFields,
    CertificateLine,
    CertificateOfOrigin,
    CommercialInvoice,
    InvoiceFields,
    InvoiceLine,
    OtherDocument,
    PackingList,
    PackingListFields,
    PackingListLine,
    PageMark,
    Part,
    TransportDocument,
    TransportFields,
    TransportLine,
)
from schemas.fields import Field
from schemas.findings import Finding
from schemas.pages import Notice
from schemas.ports import EarlierGoods
from schemas.shipments import Reconciled, Shipment
from schemas.values import Party
from validators import Tolerances, reconcile

Plain = dict[str, Any]

_KINDS = {
    "commercial_invoice": (CommercialInvoice, InvoiceFields, InvoiceLine),
    "packing_list": (PackingList, PackingListFields, PackingListLine),
    "certificate_of_origin": (CertificateOfOrigin, CertificateFields, CertificateLine),
    "transport_document": (TransportDocument, TransportFields, TransportLine),
}
_NUMBERS = {
    "packages", "gross_weight_kg", "net_weight_kg", "volume_m3", "subtotal", "freight", "insurance", "discount",
    "other_charges", "total_amount", "quantity", "unit_price", "price_basis", "amount",
}  # fmt: skip
_DATES = {"date", "invoice_date", "shipped_on_board_date", "arrival_date"}
_PARTIES = {"exporter", "consignee", "buyer", "notify_party", "producer"}

AS_OF = dt.date(2026, 5, 4)


class WordsInCommon:
    """A stand-in for meaning: the share of words that two texts have in common."""

    def scores(self, left: Sequence[str], right: Sequence[str]) -> Sequence[Sequence[float]]:
        return [[_share(set(a.lower().split()), set(b.lower().split())) for b in right] for a in left]


def _share(a: set[str], b: set[str]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


class Register:
    """Earlier shipments by the number of their invoice or certificate, their goods, and the parties that are new."""

    def __init__(
        self,
        known: Mapping[str, Sequence[str]] | None = None,
        goods: Sequence[EarlierGoods] = (),
        new: Sequence[str] = (),
        certificates: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.known, self.goods, self.new, self.certificates = known or {}, goods, new, certificates or {}

    def with_invoice(self, exporter: str, number: str) -> Sequence[str]:
        return self.known.get(number, ()) if exporter else ()

    def with_certificate(self, number: str, form: str) -> Sequence[str]:
        return self.certificates.get(number, ()) if form else ()

    def goods_of(self, exporter: str) -> Sequence[EarlierGoods]:
        return self.goods if exporter else ()

    def knows_party(self, name: str) -> bool:
        return name not in self.new


def consistent() -> dict[str, Plain]:
    """Two kinds of goods from Norwick Looms in India for Halden Textil in Germany, by sea, with a Form A."""
    parties = {"exporter": "Norwick Looms Pvt. Ltd.", "consignee": "Halden Textil GmbH"}
    return {
        "invoice": {
            "type": "commercial_invoice", "number": "NL-204", "date": "2026-03-30", **parties, "currency": "EUR",
            "incoterm": "CIF", "incoterm_place": "Hamburg", "country_of_destination": "DE", "freight": "210.00",
            "insurance": "14.50", "subtotal": "3420.00", "total_amount": "3644.50",
            "lines": [
                {"description": "Cotton bath towel 70 x 140 cm", "hs_code": "63026000", "origin": "IN",
                 "quantity": "600", "unit": "C62", "unit_price": "3.20", "amount": "1920.00"},
                {"description": "Bed linen of cotton, printed", "hs_code": "63022100", "origin": "IN",
                 "quantity": "250", "unit": "SET", "unit_price": "6.00", "amount": "1500.00"},
            ],
        },
        "packing": {
            "type": "packing_list", "invoice_number": "NL-204", **parties, "packages": "35", "package_kind": "CT",
            "gross_weight_kg": "655.00", "net_weight_kg": "590.00",
            "lines": [
                {"description": "Bath towel cotton", "quantity": "600", "unit": "C62", "packages": "20",
                 "net_weight_kg": "290.00", "gross_weight_kg": "330.00"},
                {"description": "Cotton bed linen printed", "quantity": "250", "unit": "SET", "packages": "15",
                 "net_weight_kg": "300.00", "gross_weight_kg": "325.00"},
            ],
        },
        "certificate": {
            "type": "certificate_of_origin", "form": "form_a", "number": "IN-77", "date": "2026-04-01", **parties,
            "country_of_origin": "IN", "invoice_number": "NL-204", "invoice_date": "2026-03-30",
            "gross_weight_kg": "655.00",
            "lines": [
                {"description": "Cotton bath towel", "origin_criterion": '"P"', "quantity": "600", "unit": "C62"},
                {"description": "Bed linen of cotton", "origin_criterion": "W 6302.21", "quantity": "250",
                 "unit": "SET"},
            ],
        },
        "transport": {
            "type": "transport_document", "form": "bill_of_lading", "number": "HLB5521",
            "date": "2026-04-03", **parties, "packages": "35", "gross_weight_kg": "655.00",
            "vessel_or_flight": "MV Aster",
            "lines": [{"description": "Household textiles", "packages": "35", "gross_weight_kg": "655.00"}],
        },
    }  # fmt: skip


def value_of(name: str, plain: object) -> object:
    if isinstance(plain, str) and name in _NUMBERS:
        return Decimal(plain)
    if isinstance(plain, str) and name in _DATES:
        return dt.date.fromisoformat(plain)
    return Party(name=plain) if isinstance(plain, str) and name in _PARTIES else plain


def _field(name: str, plain: object, at: tuple[str, int, str]) -> Field[Any]:
    """A plain value as a field; a Field is taken as it is, and a dict gives the field's other attributes."""
    if isinstance(plain, Field):
        return plain
    file, row, reader = at
    extra = plain if isinstance(plain, dict) else {"value": plain}
    value = value_of(name, extra["value"])
    text = str(extra["value"])
    place = {"file": file, "page": 1, "box": (10.0, 20.0 + 12 * row, 90.0, 30.0 + 12 * row)}
    return Field(**{"confidence": 0.98, "text": text, "reader": reader, **place, **extra, "value": value})


def _fields(model: Any, plain: Plain, at: tuple[str, int, str]) -> Any:  # noqa: ANN401 - one of eight models
    known = {name: value for name, value in plain.items() if name in model.model_fields and value is not None}
    return model(**{name: _field(name, value, at) for name, value in known.items()})


def document(name: str, plain: Plain, reader: str = "text_layer") -> Any:  # noqa: ANN401 - one of five models
    file = f"{name}.pdf"
    part = Part(file=file, sha256=hashlib.sha256(file.encode()).hexdigest(), pages=tuple(plain.get("pages", (1,))))
    marks = tuple(
        PageMark(file=file, page=n, number=number, of=of)
        for n, (number, of) in enumerate(plain.get("page_marks", ()), 1)
    )
    base = {
        "parts": (part,), "language": plain.get("language", "en"), "page_marks": marks,
        "complete_by": tuple(plain.get("complete_by", ())),
    }  # fmt: skip
    if plain["type"] == "other":
        return OtherDocument(**base)
    kind, header, line = _KINDS[plain["type"]]
    lines = tuple(_fields(line, one, (file, n + 1, reader)) for n, one in enumerate(plain["lines"]))
    form = {"form": plain["form"]} if "form" in plain else {}
    return kind(**base, **form, fields=_fields(header, plain, (file, 0, reader)), lines=lines)


def shipment(
    papers: Mapping[str, Plain], *, reader: str = "text_layer", draft: object = None, notices: Sequence[Notice] = ()
) -> Shipment:
    return Shipment(
        broker="local",
        reference="S-1",
        as_of=AS_OF,
        documents=tuple(document(name, plain, reader) for name, plain in papers.items()),
        notices=tuple(notices),
        draft=draft,  # type: ignore[arg-type]  # tests hand in what a broker's file may hold
        draft_file="draft_declaration.json" if draft else None,
    )


def reconciled(
    papers: Mapping[str, Plain],
    *,
    reader: str = "text_layer",
    draft: object = None,
    notices: Sequence[Notice] = (),
    register: Register | None = None,
    tolerances: Tolerances | None = None,
) -> Reconciled:
    return reconcile(
        shipment(papers, reader=reader, draft=draft, notices=notices),
        similarity=WordsInCommon(),
        earlier=register or Register(),
        tolerances=tolerances or Tolerances(),
    )


def holding(result: Reconciled) -> list[Finding]:
    return [finding for finding in result.findings if finding.holds]


def codes(result: Reconciled) -> list[str]:
    """The codes of what holds, each once, sorted."""
    return sorted({finding.code for finding in holding(result)})


def only(result: Reconciled, code: str) -> Finding:
    """The one finding of that code; fails where there are none or several."""
    (finding,) = [finding for finding in result.findings if finding.code == code]
    return finding


def witnesses(result: Reconciled, document_at: int, name: str, line: int | None = None) -> tuple[str, ...]:
    """The witnesses of one field; fails where the document has no such field."""
    read = result.documents[document_at]
    field = (read.fields if line is None else read.lines[line]).get(name)
    assert field is not None
    return field.witnesses
