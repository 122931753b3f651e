"""The broker's draft declaration as one more paper: its JSON values become fields whose place is their JSON pointer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pydantic import JsonValue

from schemas.documents import FieldSet
from schemas.fields import Field
from schemas.values import Party
from validators.papers import DRAFT, DRAFT_TYPE, Paper

NUMBERS = frozenset({
    "total_invoice_amount", "freight", "insurance", "gross_mass_kg", "packages", "quantity", "net_mass_kg",
    "item_price",
})  # fmt: skip
DATES = frozenset({"date"})
PARTIES = frozenset({"exporter", "importer"})
_DIGITS = 18
"""Before or behind the point. `1e400000000` is a number too, and no sum survives it."""


class DraftFields(FieldSet):
    """Header values of a declaration that papers can contradict, in the contract's names."""

    exporter: Field[Party] | None = None
    importer: Field[Party] | None = None
    country_of_dispatch: Field[str] | None = None
    country_of_destination: Field[str] | None = None
    incoterm: Field[str] | None = None
    incoterm_place: Field[str] | None = None
    currency: Field[str] | None = None
    total_invoice_amount: Field[Decimal] | None = None
    freight: Field[Decimal] | None = None
    insurance: Field[Decimal] | None = None
    gross_mass_kg: Field[Decimal] | None = None
    packages: Field[Decimal] | None = None
    package_kind: Field[str] | None = None
    transport_document_number: Field[str] | None = None
    vessel_or_flight: Field[str] | None = None
    port_of_loading: Field[str] | None = None
    port_of_discharge: Field[str] | None = None
    container_number: Field[str] | None = None


class DraftDocument(FieldSet):
    """A paper that the draft names; `type` is that of a document, or a code of the EU's and UK's lists."""

    type: Field[str] | None = None
    number: Field[str] | None = None
    date: Field[dt.date] | None = None


class DraftItem(FieldSet):
    """Values of one goods item of a draft, with the preference it claims."""

    description: Field[str] | None = None
    hs_code: Field[str] | None = None
    origin: Field[str] | None = None
    quantity: Field[Decimal] | None = None
    unit: Field[str] | None = None
    net_mass_kg: Field[Decimal] | None = None
    gross_mass_kg: Field[Decimal] | None = None
    packages: Field[Decimal] | None = None
    item_price: Field[Decimal] | None = None
    preference_form: Field[str] | None = None
    certificate_number: Field[str] | None = None
    preference_criterion: Field[str] | None = None


_OF_TRANSPORT = {
    "document_number": "transport_document_number", "vessel_or_flight": "vessel_or_flight",
    "port_of_loading": "port_of_loading", "port_of_discharge": "port_of_discharge",
    "container_number": "container_number",
}  # fmt: skip
_OF_PREFERENCE = {
    "form": "preference_form", "certificate_number": "certificate_number", "criterion": "preference_criterion",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft's paper, the papers it names, and the JSON pointers of values that are not what their name says."""

    paper: Paper
    documents: tuple[DraftDocument, ...] = ()
    unreadable: tuple[str, ...] = ()


def _party(value: JsonValue) -> Party | None:
    """The name alone: it is what papers can contradict."""
    if isinstance(value, str) and value.strip():
        return Party(name=value)
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        return None
    return Party(name=str(value["name"]))


def stated_number(value: JsonValue) -> Decimal | None:
    """The number that a draft gives, as a JSON number or text; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= _DIGITS else None


def _date(value: JsonValue) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _value(name: str, value: JsonValue) -> str | Decimal | Party | dt.date | None:
    if name in PARTIES:
        return _party(value)
    if name in DATES:
        return _date(value)
    if name in NUMBERS:
        return stated_number(value)
    return value.strip() if isinstance(value, str) and value.strip() else None


class _Reader:
    """Takes values out of the JSON and remembers the pointers of those that make no sense."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.unreadable: list[str] = []

    def fields(self, found: Mapping[str, JsonValue], names: Sequence[str], at: str) -> dict[str, object]:
        """Fields of those names; null and absent are the same: the draft does not say."""
        read: dict[str, object] = {}
        for name in names:
            stated = found.get(name)
            if stated is None:
                continue
            value = _value(name, stated)
            if value is None:
                self.unreadable.append(f"{at}/{name}")
            else:
                read[name] = self.field(value, f"{at}/{name}")
        return read

    def renamed(self, found: JsonValue, names: Mapping[str, str], at: str) -> dict[str, object]:
        """Fields of an object inside the draft, under the names they have here; nothing where it is no object."""
        if not isinstance(found, dict):
            return {}
        return {names[name]: field for name, field in self.fields(found, tuple(names), at).items()}

    def field(
        self, value: str | Decimal | Party | dt.date, locator: str
    ) -> Field[str] | Field[Decimal] | Field[Party] | Field[dt.date]:
        if isinstance(value, dt.date):
            return Field[dt.date](
                value=value, confidence=1, file=self.file, locator=locator, text=value.isoformat(), reader="structured"
            )
        if isinstance(value, Party):
            place_of_party: Field[Party] = Field(
                value=value, confidence=1, file=self.file, locator=locator, text=value.name, reader="structured"
            )
            return place_of_party
        if isinstance(value, Decimal):
            return Field[Decimal](
                value=value, confidence=1, file=self.file, locator=locator, text=str(value), reader="structured"
            )
        return Field[str](value=value, confidence=1, file=self.file, locator=locator, text=value, reader="structured")

    def item(self, found: JsonValue, at: str) -> DraftItem:
        """One goods item; what is not an object is noted as unreadable and empty."""
        if not isinstance(found, dict):
            self.unreadable.append(at)
            return DraftItem()
        names = [name for name in DraftItem.model_fields if name not in _OF_PREFERENCE.values()]
        claimed = self.renamed(found.get("preference"), _OF_PREFERENCE, f"{at}/preference")
        return DraftItem.model_validate({**self.fields(found, names, at), **claimed})

    def listed(self, stated: Mapping[str, JsonValue], name: str) -> list[JsonValue]:
        """A list of the draft; what is none is noted as unreadable and empty."""
        found = stated.get(name) or []
        if isinstance(found, list):
            return found
        self.unreadable.append(f"/{name}")
        return []

    def document(self, found: JsonValue, at: str) -> DraftDocument:
        names = tuple(DraftDocument.model_fields)
        return DraftDocument.model_validate(self.fields(found, names, at) if isinstance(found, dict) else {})


def read_draft(stated: Mapping[str, JsonValue], file: str) -> Draft:
    """The draft as a paper. Never raises for odd content: a value that cannot be read is named instead."""
    reader = _Reader(file)
    names = [name for name in DraftFields.model_fields if name not in _OF_TRANSPORT.values()]
    moved = reader.renamed(stated.get("transport"), _OF_TRANSPORT, "/transport")
    header = DraftFields.model_validate({**reader.fields(stated, names, ""), **moved})
    items = tuple(reader.item(item, f"/items/{n}") for n, item in enumerate(reader.listed(stated, "items")))
    named = reader.listed(stated, "supporting_documents")
    documents = tuple(reader.document(one, f"/supporting_documents/{n}") for n, one in enumerate(named))
    paper = Paper(DRAFT, DRAFT_TYPE, file, header, items, complete_by=("structured",))
    return Draft(paper, documents, tuple(reader.unreadable))
