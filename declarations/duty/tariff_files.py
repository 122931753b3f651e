"""A tariff out of a loaded file: the project's own columns, or the UK Global Tariff as published.

Own form, one row for each rate: `commodity` and `duty_expression`, then any of `description`, `origin` (a country or
group; empty for all), `preference` (100, 300 …), `agreement`, `tax_type` (A00, A20, A30 …), `supplementary_unit`,
`additional_code`, `end_use` (yes), `measures`, `proofs` (forms of certificate, as `form_a`), `vat_rate` (percent),
`valid_from`, `valid_until`. Rows of `tax_type` "group" list the countries (`measures`) of the group
that `origin` names.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from schemas.list_tables import Columns, ListError, TableRow, parts_of, table_rows
from schemas.reference import ListVersion
from schemas.tariffs import IMPORT_DUTY, NORMAL, Tariff, TariffLine

GROUP: Final = "group"
TRADE_REMEDY: Final = "trade_remedy"
CET: Final = "cet_until_review"
_OWN: Final = Columns(
    required=("commodity", "duty_expression"),
    known=(
        "commodity", "description", "duty_expression", "origin", "preference", "agreement", "tax_type",
        "supplementary_unit", "additional_code", "end_use", "measures", "proofs", "vat_rate", "valid_from",
        "valid_until",
    ),
)  # fmt: skip
_PUBLISHED: Final = Columns(required=("commodity", "description", "ukgt_duty_rate"))
_PUBLISHED_RATE: Final = "ukgt_duty_rate"
# Columns of the published file that say what its rate leaves out, and the measure noted for it.
_NOTED: Final = (
    ("trade_remedy_applies", TRADE_REMEDY),
    ("cet_applies_until_trade_remedy_transition_reviews_concluded", CET),
    ("suspension_applies", "suspension"),
    ("atq_applies", "quota"),
)
_DIGITS: Final = re.compile(r"[0-9]{2,10}")
_YES: Final = frozenset({"yes", "true", "1"})
_LONGEST: Final = 10
_WHOLE_CODE: Final = "write all its digits: spreadsheets drop a leading zero"


def parse_tariff(text: str, version: ListVersion) -> Tariff:
    """The tariff that the file holds for the jurisdiction of its scope; raises `ListError` at the first fault."""
    published = _PUBLISHED_RATE in _first_line(text).lower()
    rows = list(table_rows(text, _PUBLISHED if published else _OWN))
    if not rows:
        raise ListError("there is not a single rate", remedy="load a tariff that holds some")
    groups = {} if published else _groups(rows)
    lines = tuple(_published(row) if published else _own(row) for row in rows if row.cells.get("tax_type", "") != GROUP)
    return Tariff(
        lines=lines,
        name=version.name,
        source=version.source,
        jurisdiction=version.scope,
        valid_from=version.valid_from,
        code_digits=max(len(one.code) for one in lines) if lines else _LONGEST,
        countries=groups,
    )


def _first_line(text: str) -> str:
    """The header: the first line that is no comment."""
    return next((line for line in io.StringIO(text) if line.strip() and not line.startswith("#")), "")


def _published(row: TableRow) -> TariffLine:
    """A line of the published file, where the leading zero of every second code is lost."""
    code = row.cells["commodity"]
    noted = tuple(measure for column, measure in _NOTED if row.cells.get(column, "").lower() in _YES)
    return TariffLine(
        code=_code(row, code.zfill(len(code) + len(code) % 2)),
        description=row.cells["description"],
        expression=row.cells[_PUBLISHED_RATE],
        measures=noted,
        line=row.line,
    )


def _own(row: TableRow) -> TariffLine:
    cell = row.cells.get
    expression = row.cells["duty_expression"]
    if not expression:
        raise row.error("is empty", remedy="write the rate, or Free", column="duty_expression")
    return TariffLine(
        code=_code(row, re.sub(r"[.\s]", "", row.cells["commodity"])),
        description=cell("description", ""),
        expression=expression,
        origin=cell("origin", "").upper(),
        preference=cell("preference", "") or NORMAL,
        agreement=cell("agreement", ""),
        tax_type=cell("tax_type", "") or IMPORT_DUTY,
        supplementary_unit=cell("supplementary_unit", "").upper(),
        additional_code=cell("additional_code", ""),
        end_use=cell("end_use", "").lower() in _YES,
        measures=parts_of(cell("measures", "")),
        proofs=parts_of(cell("proofs", "")),
        vat_rate=_percent(row, "vat_rate"),
        valid_from=row.day("valid_from"),
        valid_until=row.day("valid_until"),
        line=row.line,
    )


def _code(row: TableRow, digits: str) -> str:
    if not _DIGITS.fullmatch(digits) or len(digits) % 2:
        raise row.error(f"{digits!r} is no tariff code", remedy=_WHOLE_CODE, column="commodity")
    return digits


def _percent(row: TableRow, column: str) -> Decimal | None:
    text = row.cells.get(column, "").removesuffix("%").strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,4})?", text):
        raise row.error(f"{text!r} is no percentage", remedy="write digits with a point, such as 5.5", column=column)
    return Decimal(text)


def _groups(rows: Iterable[TableRow]) -> Mapping[str, frozenset[str]]:
    listed = [row for row in rows if row.cells.get("tax_type", "") == GROUP]
    return {row.cells.get("origin", "").upper(): frozenset(parts_of(row.cells.get("measures", ""))) for row in listed}
