"""XLSX workbooks: the stored values of the visible sheets. Formulas, macros and links are never run or followed."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol, cast

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from extractors.structured.errors import BrokenFileError, TooLargeError
from extractors.structured.grid import MOST_COLUMNS, MOST_ROWS, Entry, Grid
from schemas.values import plain

_DIGITS: Final = 15
"""Significant digits that spreadsheets keep; what a binary fraction has beyond them is noise."""
_MOST_DECIMALS: Final = 6
"""A value with more decimals is a quotient, taken as it is shown."""
_SHOWN_DECIMALS: Final = re.compile(r"0(?:\.(0+))?(?![0#.])")
_ZERO_PADDED: Final = re.compile(r"0{2,}")
_MONEY: Final = re.compile(r"\[\$([^\]\-]+)(?:-[0-9A-Fa-f]+)?\]|\"?\s*([A-Z]{3}|[€£¥$])\s*\"?")
_DAMAGED: Final = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, AttributeError,
    IndexError, EOFError, OSError,
)  # fmt: skip
"""What openpyxl raises on a workbook that is not as it should be; a syntax error is that of an XML parser."""


class _Cell(Protocol):
    """A cell as openpyxl streams it; its own types describe another class."""

    row: int
    column: int
    value: object
    data_type: str
    number_format: str | None


class _Sheet(Protocol):
    title: str
    sheet_state: str

    def reset_dimensions(self) -> None: ...
    def iter_rows(self) -> Iterator[Sequence[_Cell]]: ...


@dataclass(frozen=True, slots=True)
class Sheets:
    """The visible sheets, cells whose formula has no stored value or ended in an error, the hidden sheets' names."""

    grids: tuple[Grid, ...]
    unread: tuple[str, ...]
    hidden: tuple[str, ...]


def sheets_of(content: bytes, stated: int) -> Sheets:
    """The cells of a workbook that has been inspected and states so many sheets. Raises `StructuredError`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that openpyxl leaves out: none of them holds values
            values, formulas = _opened(content, values=True), _opened(content, values=False)
            if not len(values.sheetnames) == len(formulas.sheetnames) == stated:  # it passes over those not there
                raise KeyError(stated)
            return _sheets(values, formulas)
    except _DAMAGED as error:
        raise BrokenFileError("is a workbook that is damaged: save it anew and send it again.") from error


def _opened(content: bytes, *, values: bool) -> Workbook:
    return load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False, keep_vba=False)


def _sheets(values: Workbook, formulas: Workbook) -> Sheets:
    grids: list[Grid] = []
    unread: list[str] = []
    hidden: list[str] = []
    for sheet in cast("list[_Sheet]", values.worksheets):
        if sheet.sheet_state != "visible":
            hidden.append(str(sheet.title))
            continue
        entries = tuple(_entries(sheet))
        known = {(entry.row, entry.column) for entry in entries}
        formulated = [cell for cell in _cells(cast("_Sheet", formulas[sheet.title])) if cell.data_type == "f"]
        unread += [_locator(sheet, cell) for cell in formulated if (cell.row, cell.column) not in known]
        unread += [_locator(sheet, cell) for cell in _cells(sheet) if cell.data_type == "e"]
        grids.append(Grid(str(sheet.title), entries))
    return Sheets(tuple(grids), tuple(dict.fromkeys(unread)), tuple(hidden))


def _cells(sheet: _Sheet) -> Iterator[_Cell]:
    """The cells that hold something; a sheet's own statement of its size is not believed."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), 1):
        filled = [cell for cell in row if cell.value is not None]
        if filled and (number > MOST_ROWS or filled[-1].column > MOST_COLUMNS):
            raise TooLargeError(
                f"has a sheet “{sheet.title}” of more than {MOST_ROWS} rows or {MOST_COLUMNS} columns, "
                "more than any paper: send the cells of this shipment alone, or as PDF."
            )
        yield from filled


def _entries(sheet: _Sheet) -> Iterator[Entry]:
    for cell in _cells(sheet):
        text, typed = _shown(cell)
        if text and cell.data_type != "e":
            yield Entry(cell.row, cell.column, text, _locator(sheet, cell), typed)


def _locator(sheet: _Sheet, cell: _Cell) -> str:
    """As formulas write it: names that are not one word stand in quotes."""
    name = str(sheet.title)
    quoted = name if re.fullmatch(r"\w+", name) else "'" + name.replace("'", "''") + "'"
    return f"{quoted}!{get_column_letter(cell.column)}{cell.row}"


def _shown(cell: _Cell) -> tuple[str, bool]:
    """The cell's text, a line break between its lines, and whether it was a number or date."""
    value = cell.value
    if isinstance(value, bool):
        return ("yes" if value else "no"), False
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%Y-%m-%d"), True
    if isinstance(value, int | float):
        return number_text(value, str(cell.number_format or "General")), True
    text = "\n".join(" ".join(line.split()) for line in str(value).splitlines())
    return text.strip(), False


def number_text(value: float, number_format: str) -> str:
    """The number with a point, and the currency, per cent sign and leading zeros that its format adds."""
    first = number_format.split(";", maxsplit=1)[0]
    money = _MONEY.search(first)
    sign = f" {money[1] or money[2]}" if money else ""
    return _digits(value, first) + sign


def _digits(value: float, first: str) -> str:
    exact = Decimal(f"{value:.{_DIGITS}g}") if isinstance(value, float) else Decimal(value)
    if "%" in first:
        return f"{plain(exact * 100)}%"
    if _ZERO_PADDED.fullmatch(first) and exact == exact.to_integral_value():
        return plain(exact.to_integral_value()).zfill(len(first))
    exponent = exact.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > _MOST_DECIMALS:
        shown = _SHOWN_DECIMALS.search(first)
        decimals = len(shown[1] or "") if shown else _MOST_DECIMALS
        exact = round(exact, decimals)
    whole = exact.to_integral_value()
    return plain(whole if exact == whole and isinstance(value, float) and value.is_integer() else exact)
