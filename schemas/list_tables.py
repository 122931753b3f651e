"""The text of a loaded list as rows of named cells: CSV with a header, or a JSON array of objects.

CSV may use comma, semicolon or tab; lines that begin with `#` before the header are comments. Everything that cannot be
taken for what it says is refused with its line and column: nothing of a list is guessed, skipped or shifted.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from typing_extensions import override

MOST_ROWS = 500_000
"""More rows than any list of this kind has; a file beyond it is something else."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# What a spreadsheet would compute: a formula was saved where its value was meant.
_FORMULA = re.compile(r"=|[@+-][A-Za-z_.]+\(")
_SEPARATORS = ",;\t"
_SEPARATOR = re.compile(r"sep=[,;\t]\s*$")


class ListError(ValueError):
    """A list that cannot be taken: `line` (or entry of JSON) and `column` where known, and the `remedy`."""

    def __init__(
        self, what: str, *, remedy: str, line: int | None = None, column: str | None = None, unit: str = "line"
    ) -> None:
        super().__init__(what)
        places = (f"{unit} {line}" if line is not None else "", f"column {column}" if column is not None else "")
        where = ", ".join(place for place in places if place)
        self.what, self.remedy, self.line, self.column = what, remedy, line, column
        self.sentence = f"{where}: {what}; {remedy}" if where else f"{what}; {remedy}"

    @override
    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: `line` is that of the file, 1-based, of JSON the entry. Empty cells are empty strings."""

    line: int
    cells: Mapping[str, str]
    unit: str = "line"

    def error(self, what: str, *, remedy: str, column: str | None = None) -> ListError:
        return ListError(what, remedy=remedy, line=self.line, column=column, unit=self.unit)

    def day(self, column: str) -> dt.date | None:
        """None where the cell is empty or the column is not there; raises `ListError` for what is no date."""
        text = self.cells.get(column, "")
        try:
            return dt.date.fromisoformat(text) if text else None
        except ValueError as error:
            raise self.error(f"{text!r} is no date", remedy="write it as 2026-05-31", column=column) from error


@dataclass(frozen=True, slots=True)
class Columns:
    """Names that a table has, in small letters with `_`. None for `known` takes any other column too."""

    required: Collection[str]
    known: Collection[str] | None = None

    def check(self, header: Collection[str], line: int, unit: str = "line") -> None:
        """Raises `ListError` at the first name that is missing or unknown."""
        missing = [name for name in self.required if name not in header]
        if missing:
            what = f"there is no column {_listed(missing)}; the header reads {_listed(header)}"
            remedy = f"these must be there: {_listed(self.required)}"
            raise ListError(what, remedy=remedy, line=line, unit=unit)
        unknown = [] if self.known is None else [name for name in header if name not in self.known]
        if unknown:
            remedy = f"rename or remove it; the columns are {_listed(self.known or ())}"
            raise ListError("is no column of this kind of list", remedy=remedy, line=line, column=unknown[0], unit=unit)


def table_rows(text: str, columns: Columns) -> Iterator[TableRow]:
    """The rows of a CSV or JSON text, checked as they are taken; raises `ListError`."""
    _refuse_control_characters(text)
    rows = _json_rows(text) if text.lstrip().startswith(("[", "{")) else _csv_rows(text, columns)
    for number, row in enumerate(rows):
        if number == MOST_ROWS:
            raise ListError(f"there are more than {MOST_ROWS} rows", remedy="load a list of this kind, or its parts")
        if row.unit == "entry":
            columns.check(row.cells, row.line, row.unit)
        yield row


def _refuse_control_characters(text: str) -> None:
    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        what = f"there is a control character (U+{ord(found.group()):04X})"
        raise ListError(what, remedy="save the file as UTF-8 text (CSV) again", line=line)


class _Lines(Iterator[str]):
    """The file's lines as `csv` takes them, with line feeds inside quotation marks; `taken` counts them."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.taken = 0

    @override
    def __next__(self) -> str:
        line = next(self._lines)
        self.taken += 1
        return line

    def header(self) -> str:
        """The first line that is no comment, not empty and not a spreadsheet's `sep=;`; empty where none is left."""
        return next((line for line in self if line.strip() and line[0] != "#" and not _SEPARATOR.match(line)), "")


def _csv_rows(text: str, columns: Columns) -> Iterator[TableRow]:
    lines = _Lines(text)
    first = lines.header()
    if not first:
        raise ListError("there is no header", remedy="begin with a line that names the columns")
    at = lines.taken
    separator = max(_SEPARATORS, key=first.count)
    header = _header(next(csv.reader([first], delimiter=separator)), at)
    columns.check(header, at)
    for line, cells in _records(lines, separator):
        yield _row(line, header, cells)


def _records(lines: _Lines, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line that it begins on; empty lines are left out."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        begun = lines.taken + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            remedy = "close every quotation mark, and double those inside a cell"
            raise ListError(f"this is no CSV ({error})", remedy=remedy, line=begun) from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield begun, cells


def _header(titles: Sequence[str], line: int, unit: str = "line") -> tuple[str, ...]:
    names = tuple(_name(title) for title in titles)
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        what = f"two columns have the name {twice!r}" if twice else "two columns have no name"
        raise ListError(what, remedy="give every column one name of its own", line=line, unit=unit)
    return names


def _name(title: str) -> str:
    return re.sub(r"[\s-]+", "_", title.strip()).lower()


def _row(line: int, header: Sequence[str], cells: Sequence[str]) -> TableRow:
    if len(cells) != len(header):
        what = f"there are {len(cells)} cells where the header has {len(header)} columns"
        remedy = "quote a cell that holds the separator, and keep empty cells"
        raise ListError(what, remedy=remedy, line=line)
    row = TableRow(line, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
    return _without_formulas(row)


def _without_formulas(row: TableRow) -> TableRow:
    found = next((name for name, cell in row.cells.items() if _FORMULA.match(cell)), None)
    if found is not None:
        remedy = "save the value that it gives, not the formula"
        raise row.error(f"there is a formula ({row.cells[found][:40]})", remedy=remedy, column=found)
    return row


def _json_rows(text: str) -> Iterator[TableRow]:
    try:
        entries = json.loads(text, parse_float=str, parse_int=str, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise ListError(f"this is no JSON ({error})", remedy="save an array of objects", line=line) from error
    if not isinstance(entries, list):
        raise ListError("this JSON is no array", remedy="save an array of objects, one for each row")
    for number, entry in enumerate(entries, 1):
        yield _without_formulas(_entry(number, entry))


class _Pairs(tuple[tuple[str, object], ...]):
    """An object of JSON with every name that it has, as a dictionary keeps only the last of two that are equal."""

    __slots__ = ()


def _entry(number: int, entry: object) -> TableRow:
    if not isinstance(entry, _Pairs):
        raise ListError("is no object", remedy="save an array of objects", line=number, unit="entry")
    header = _header([name for name, _ in entry], number, "entry")
    cells = {column: _cell(value, number, column) for column, (_, value) in zip(header, entry, strict=True)}
    return TableRow(number, cells, "entry")


def _cell(value: object, number: int, column: str) -> str:
    """The text of a JSON value; a list of texts becomes one, as CSV has it."""
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case list() if all(isinstance(one, str) for one in value):
            return "|".join(one.strip() for one in value)
        case _:
            remedy = "give a text, a number, or a list of texts"
            raise ListError("is no value of a table", remedy=remedy, line=number, column=column, unit="entry")


def parts_of(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several, with `|` or `;` between them, in their order and each once."""
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[|;]", cell) if part.strip()))


def _listed(names: Collection[str]) -> str:
    return ", ".join(names) or "nothing"
