"""The columns of each kind of list, and its rows made of them. A column is named as the row's field is.

Cells that hold several values part them with `|` or `;`. Every code is checked where it is loaded: a list with a code
that nothing can match would watch for nothing, and nobody would notice.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from types import MappingProxyType
from typing import TypeVar

import pycountry
from pydantic import ValidationError

from schemas.list_tables import Columns, ListError, TableRow, parts_of, table_rows
from schemas.reference import (
    ArticleRecord,
    ChargeRate,
    GoodsMeasure,
    IpRight,
    ListVersion,
    PartyRecord,
    ReferenceKind,
    ReferencePrice,
    Row,
    WatchedParty,
)

R = TypeVar("R", bound=Row)

ROWS: Mapping[ReferenceKind, type[Row]] = MappingProxyType({
    "watch_list": WatchedParty,
    "restricted_goods": GoodsMeasure,
    "licences": GoodsMeasure,
    "ip_rights": IpRight,
    "reference_prices": ReferencePrice,
    "parties": PartyRecord,
    "articles": ArticleRecord,
    "charges": ChargeRate,
})  # fmt: skip
"""What a row of each kind is; kinds that are not here have forms of their own."""

_OURS = frozenset({"line", "scope"})
_DATES = frozenset({"valid_from", "valid_until"})
_COUNTRIES = frozenset({"country", "origin", "destination", "country_of_dispatch"})
_CODES = frozenset({"code", "codes", "hs_code"})
_AMOUNTS = frozenset({"price", "percent_of_value", "per_kg"})
_SEVERAL = frozenset({"aliases", "words", "document_codes", "codes", "licensees"})
# Cells of these that name several stand for as many rows.
_REPEATING = ("code", "origin", "destination")
BESIDE_ISO_3166: Mapping[str, str] = MappingProxyType({
    "EU": "European Union",
    "XI": "Northern Ireland",
    "XK": "Kosovo",
    "XC": "Ceuta",
    "XL": "Melilla",
})  # fmt: skip
"""Codes that customs tariffs use beside ISO 3166-1, with what they stand for."""
_COUNTRY_CODES = frozenset({*BESIDE_ISO_3166, *(country.alpha_2 for country in pycountry.countries)})
_LONGEST_CELL = 10_000
"""Characters; a quotation mark that is never closed makes one cell of the rest of the file."""


def rows_as(row_type: type[R], text: str, version: ListVersion) -> tuple[R, ...]:
    """The rows of such a list; raises `ListError` at the first that cannot be taken, and where there is none."""
    taken = table_rows(text, columns_of(version.kind))
    rows = tuple(made for row in taken for made in _rows(row_type, row, version.scope))
    if not rows:
        raise ListError("there is not a single row", remedy="load a list that holds something")
    return rows


def columns_of(kind: ReferenceKind) -> Columns:
    """Required and known columns of a kind in `ROWS`. The names of a watched party are a name and its aliases."""
    fields = {name: field for name, field in ROWS[kind].model_fields.items() if name not in _OURS}
    required = [name for name, field in fields.items() if field.is_required()]
    return Columns(
        ["name" if name == "names" else name for name in required],
        [column for name in fields for column in (("name", "aliases") if name == "names" else (name,))],
    )


def _rows(row_type: type[R], row: TableRow, scope: str) -> Iterator[R]:
    values = {name: value for name in row.cells if (value := _value(row_type, row, name)) is not None}
    _refuse_what_says_nothing(row_type, row, values)
    values |= {"line": row.line, "scope": scope}
    if row_type is WatchedParty:
        values["names"] = _all_names(row, values.pop("name", None), values.pop("aliases", ()))
    for places in _repeated(values) if row_type is GoodsMeasure else ({},):
        yield _made(row_type, row, {**values, **places})


def _repeated(values: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """Each code with each origin and destination that the row names; it holds for all of them alike."""
    several = [value if isinstance(value := values.get(name), tuple) else (None,) for name in _REPEATING]
    for one in product(*several):
        yield dict(zip(_REPEATING, one, strict=True))


def _made(row_type: type[R], row: TableRow, values: Mapping[str, object]) -> R:
    try:
        return row_type.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        column = str(first["loc"][0]) if first["loc"] else None
        missing = first["type"] == "missing"
        remedy = "fill the cell, or remove the row" if missing else "write it as the table in docs/lists.md says"
        raise row.error("is empty" if missing else first["msg"], remedy=remedy, column=column) from error


def _all_names(row: TableRow, name: object, aliases: object) -> tuple[str, ...]:
    if not isinstance(name, str):
        raise row.error("is empty", remedy="fill the cell, or remove the row", column="name")
    return (name, *(aliases if isinstance(aliases, tuple) else ()))


def _value(row_type: type[Row], row: TableRow, column: str) -> object:
    """What the cell says, None for an empty one; raises `ListError` that names the column."""
    cell = row.cells[column]
    if not cell:
        return None
    if len(cell) > _LONGEST_CELL:
        raise row.error(f"is {len(cell)} characters long", remedy="close the quotation mark before it", column=column)
    if column in _SEVERAL or (row_type is GoodsMeasure and column in _REPEATING):
        return tuple(_single(row, column, part) for part in parts_of(cell)) or None
    return _single(row, column, cell)


def _single(row: TableRow, column: str, text: str) -> object:
    if column in _DATES:
        return _date(row, column, text)
    if column in _CODES:
        return _goods_code(row, column, text)
    if column in _AMOUNTS:
        return _amount(row, column, text)
    if column in _COUNTRIES:
        return _country(row, column, text)
    if column == "currency":
        return _currency(row, column, text)
    return text


def _date(row: TableRow, column: str, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise row.error(f"{text!r} is no date", remedy="write it as 2026-05-31", column=column) from error


def _goods_code(row: TableRow, column: str, text: str) -> str:
    digits = re.sub(r"[.\s]", "", text)
    if not re.fullmatch(r"[0-9]{2,10}", digits) or digits.startswith("00"):
        remedy = "write 2 to 10 digits of the tariff, such as 6403 or 640351"
        raise row.error(f"{text!r} is no tariff code", remedy=remedy, column=column)
    if len(digits) % 2:
        remedy = "write all of them: spreadsheets drop a leading zero"
        raise row.error(f"{text!r} has an odd number of digits", remedy=remedy, column=column)
    return digits


def _amount(row: TableRow, column: str, text: str) -> Decimal:
    if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,10})?", text):
        remedy = "write digits with a point, such as 1250.50"
        raise row.error(f"{text!r} is no amount", remedy=remedy, column=column)
    return Decimal(text)


def is_country(code: str) -> bool:
    """Whether it is a code of ISO 3166-1, or one of those that customs tariffs use beside it."""
    return code in _COUNTRY_CODES


def _country(row: TableRow, column: str, text: str) -> str:
    code = text.upper()
    if not is_country(code):
        remedy = "write its two letters (ISO 3166-1, also EU, XI, XK), several with | between"
        raise row.error(f"{text!r} is no country", remedy=remedy, column=column)
    return code


def _currency(row: TableRow, column: str, text: str) -> str:
    code = text.upper()
    if pycountry.currencies.get(alpha_3=code) is None:
        raise row.error(f"{text!r} is no currency", remedy="write its three letters (ISO 4217)", column=column)
    return code


def _refuse_what_says_nothing(row_type: type[Row], row: TableRow, values: Mapping[str, object]) -> None:
    """A row without what makes it hold for anything, or one that never counts."""
    since, until = values.get("valid_from"), values.get("valid_until")
    if isinstance(since, dt.date) and isinstance(until, dt.date) and until < since:
        raise row.error(f"{until} is before valid_from", remedy="exchange the two days", column="valid_until")
    needed = _ONE_OF.get(row_type, ())
    if needed and not any(name in values for name in needed):
        raise row.error(f"neither {' nor '.join(needed)} is given", remedy="fill one of them", column=needed[0])
    if "per_kg" in values and "currency" not in values:
        raise row.error("an amount per kilogram needs its currency", remedy="fill the cell", column="currency")


_ONE_OF: Mapping[type[Row], tuple[str, ...]] = MappingProxyType({
    GoodsMeasure: ("code", "words"),
    ArticleRecord: ("part_number", "description"),
    ChargeRate: ("percent_of_value", "per_kg"),
})  # fmt: skip
