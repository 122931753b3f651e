"""What UBL's documents have in common: values in force, parties, amounts, weights, references to other papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, TypeVar

from declarations.exports.markup import Element, leaf, node
from schemas.fields import Field
from schemas.values import Party

T = TypeVar("T")

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd"
INVOICE_TYPE: Final = "380"
ORDER_TYPE: Final = "105"
"""UN/EDIFACT 1001: 380 commercial invoice, 105 purchase order."""


def root(name: str, *children: Element | None) -> Element:
    """A UBL 2.1 document."""
    spaces = (
        ("xmlns", f"{_UBL}:{name}-2"),
        ("xmlns:cac", f"{_UBL}:CommonAggregateComponents-2"),
        ("xmlns:cbc", f"{_UBL}:CommonBasicComponents-2"),
    )
    version = leaf("cbc:UBLVersionID", "2.1")
    return Element(name, children=tuple(one for one in (version, *children) if one is not None), attributes=spaces)


def in_force(field: Field[T] | None) -> T | None:
    """The value of a number, date, code or identifier; one that rests on a reading alone is left out."""
    return None if field is None or field.needs_witness else field.value


def words(field: Field[T] | None) -> T | None:
    """The value of a name, address or description, which need no witness."""
    return None if field is None else field.value


def date(name: str, field: Field[dt.date] | None) -> Element | None:
    value = in_force(field)
    return leaf(name, value.isoformat() if value is not None else None)


def amount(name: str, field: Field[Decimal] | None, currency: str | None) -> Element | None:
    return leaf(name, in_force(field), currencyID=currency)


def weight(name: str, field: Field[Decimal] | None) -> Element | None:
    return leaf(name, in_force(field), unitCode="KGM")


def volume(name: str, field: Field[Decimal] | None) -> Element | None:
    return leaf(name, in_force(field), unitCode="MTQ")


def quantity(name: str, field: Field[Decimal] | None, unit: Field[str] | None) -> Element | None:
    """With its unit (UN/ECE Recommendation 20) where the paper gives one."""
    code = in_force(unit)
    return leaf(name, in_force(field)) if code is None else leaf(name, in_force(field), unitCode=code)


def party(name: str, field: Field[Party] | None) -> Element | None:
    """An element of UBL's party type."""
    return node(name, *_party(field.value)) if field is not None else None


def party_inside(name: str, field: Field[Party] | None) -> Element | None:
    """A role that has the party as its child, as seller and buyer of an invoice do."""
    return node(name, party("cac:Party", field))


def _party(one: Party) -> Iterator[Element | None]:
    """The address as printed, in one line: its parts are not told apart."""
    yield node("cac:PartyIdentification", leaf("cbc:ID", one.tax_id))
    yield node("cac:PartyName", leaf("cbc:Name", one.name))
    country = node("cac:Country", leaf("cbc:IdentificationCode", one.country))
    yield node("cac:PostalAddress", node("cac:AddressLine", leaf("cbc:Line", one.address)), country)


def reference(
    name: str, number: Field[str] | None, *, kind: str, issued: Field[dt.date] | None = None
) -> Element | None:
    """Another paper that this one names."""
    value = in_force(number)
    if value is None:
        return None
    return node(name, leaf("cbc:ID", value), date("cbc:IssueDate", issued), leaf("cbc:DocumentTypeCode", kind))


def classification(code: Field[str] | None) -> Element | None:
    return node("cac:CommodityClassification", leaf("cbc:ItemClassificationCode", in_force(code), listID="HS"))
