"""What a shipment is found by: entries of a kind and a value, in which what a searcher types is found again.

| kind | value | from |
| --- | --- | --- |
| broker, reference, status | themselves; of the reference, capitals do not count | the latest revision |
| number | `archive.names.number_key` | every field of papers and declaration that names a document |
| party | `archive.names.party_key` | every paper, and the declaration |
| hs | its digits | the papers' lines and the declared items |
| amount, amount EUR | `amount_value` | the invoices' totals and the declared one, without and with their currency |
| digest, file | SHA-256; the name without capitals | the originals as the sender named them, with folders and without |

What papers and declaration say counts whatever became of the revision, held or rejected, and whichever came after it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from archive.names import LONGEST, number_key, party_key
from schemas.declarations import Declaration
from schemas.documents import AnyField, Document
from schemas.results import Intake, ShipmentResult
from schemas.values import Party, plain

_NUMBERS: Final = (
    "number",
    "invoice_number",
    "purchase_order",
    "transport_document_number",
    "master_document_number",
)
_DIGITS: Final = 24
_COMPLEMENT: Final = str.maketrans("0123456789", "9876543210")
_FIRST_DAY: Final = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    kind: str
    value: str


def day_of(moment: dt.datetime) -> int:
    """Days since 1 January 1970, in UTC."""
    return (moment.astimezone(dt.UTC).date() - _FIRST_DAY).days


def entries(intake: Intake, result: ShipmentResult) -> frozenset[Entry]:
    """Those that stay with the shipment whatever comes after this revision: all but the status."""
    told = (
        Entry("broker", intake.broker),
        Entry("reference", folded(intake.reference)),
        *_of_originals(intake),
        *(entry for document in result.documents for entry in _of_a_document(document)),
        *(_of_a_declaration(result.declaration) if result.declaration else ()),
    )
    return frozenset(entry for entry in told if entry.value)


def folded(text: str) -> str:
    """Without capitals, and no longer than an index takes."""
    return text.casefold()[:LONGEST]


def amount_kind(currency: str | None) -> str:
    return f"amount {currency}" if currency else "amount"


def amount_value(amount: Decimal) -> str | None:
    """The decimal as text that sorts as the number does, exactly; None for one of more than 24 digits on a side.

    After the sign stand 24 digits before the point, then those behind it without trailing zeros; of a number below zero
    the nines' complements, and a last sign above every digit.
    """
    if not amount.is_finite() or amount.adjusted() >= _DIGITS or _places(amount) > _DIGITS:
        return None
    whole, _, fraction = plain(abs(amount)).partition(".")
    digits = whole.zfill(_DIGITS) + fraction.rstrip("0")
    return f"p{digits}" if amount >= 0 else f"n{digits.translate(_COMPLEMENT)}~"


def _places(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _of_originals(intake: Intake) -> Iterator[Entry]:
    for file in intake.files:
        yield Entry("digest", file.sha256)
        yield Entry("file", folded(file.file))
        yield Entry("file", folded(file.file.rpartition("/")[2]))


def _of_a_document(document: Document) -> Iterator[Entry]:
    fields = document.fields
    for name in _NUMBERS:
        yield from _of_numbers(_text(fields.get(name)))
    for field in fields.present().values():
        if isinstance(field.value, Party):
            yield Entry("party", party_key(field.value.name))
    for line in document.lines:
        yield Entry("hs", _text(line.get("hs_code")))
    if document.type == "commercial_invoice":
        total, currency = document.fields.total_amount, document.fields.currency
        yield from _of_an_amount(total.value if total else None, currency.value if currency else None)


def _text(field: AnyField | None) -> str:
    return field.value if field and isinstance(field.value, str) else ""


def _of_numbers(text: str) -> Iterator[Entry]:
    """A field may hold several, joined by semicolons."""
    for one in (text, *text.split(";")):
        yield Entry("number", number_key(one))


def _of_an_amount(amount: Decimal | None, currency: str | None) -> Iterator[Entry]:
    value = amount_value(amount) if amount is not None else None
    if value is not None:
        for kind in {amount_kind(None), amount_kind(currency)}:
            yield Entry(kind, value)


def _of_a_declaration(declaration: Declaration) -> Iterator[Entry]:
    for party in (declaration.exporter, declaration.importer, declaration.declarant):
        yield Entry("party", party_key(party.name) if party else "")
    for item in declaration.items:
        yield Entry("hs", item.hs_code or "")
    for number in (declaration.transport.document_number, *(one.number for one in declaration.supporting_documents)):
        yield from _of_numbers(number or "")
    yield from _of_an_amount(declaration.total_invoice_amount, declaration.currency)
