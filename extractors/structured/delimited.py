"""CSV files: the encoding and the delimiter told from the content, every cell a text."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from extractors.structured.errors import BrokenFileError, TooLargeError
from extractors.structured.grid import MOST_COLUMNS, MOST_ROWS, Entry, Grid, labels

MOST_BYTES: Final = 16 * 1024 * 1024
_DELIMITERS: Final = (",", ";", "\t", "|")
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HIGH_RUN: Final = re.compile(rb"[\x80-\xff]+")
_SHOWN_AS_TEXT: Final = re.compile(r'="([^"]*)"')
"""How spreadsheets keep leading zeros in CSV; it is a text, no formula to evaluate."""


def decoded(content: bytes) -> str:
    """The text, by its byte order mark, else UTF-8, else GB 18030 or Windows-1252; raises `BrokenFileError`.

    In GB 18030 the letters that ASCII lacks come in pairs of high bytes; in Western papers they stand alone.
    """
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    paired = [len(run) % 2 == 0 for run in _HIGH_RUN.findall(content)]
    legacy = "gb18030" if sum(paired) > 0.8 * len(paired) else "cp1252"
    for encoding in [marked] if marked else ["utf-8", legacy]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BrokenFileError("is a text file in an unknown encoding: save it as UTF-8 and send it again.")


def grid_of(content: bytes) -> tuple[Grid, tuple[str, ...]]:
    """The cells, and the locators of formulas, which are not evaluated; raises `StructuredError`."""
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise TooLargeError(f"is a text file of more than {most} MB, too large for a paper: send the paper as PDF.")
    rows = _best_rows(decoded(content))
    header = max(range(len(rows)), key=lambda at: (labels(rows[at]), -at), default=0)
    names = rows[header] if rows and labels(rows[header]) > 1 else []
    entries: list[Entry] = []
    formulas: list[str] = []
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            text = " ".join(_SHOWN_AS_TEXT.sub(r"\1", cell).split())
            place = _place(at, column, names if at > header else [])
            if text.startswith("="):
                formulas.append(place)
            elif text:
                entries.append(Entry(at + 1, column + 1, text, place))
    return Grid("", tuple(entries)), tuple(formulas)


def _place(row: int, column: int, names: Sequence[str]) -> str:
    name = " ".join(names[column].split()) if column < len(names) else ""
    return f'row {row + 1}, column "{name}"' if name else f"row {row + 1}, column {column + 1}"


def _best_rows(text: str) -> list[list[str]]:
    """The rows by the delimiter that makes the most labels of columns, then the most rows of one width."""
    said = re.match(r"sep=(.)\r?\n", text)
    if said:
        return _rows(text[said.end() :], said[1], empty_before=1)
    tried = [_rows(text, delimiter) for delimiter in _DELIMITERS]
    return max(tried, key=lambda rows: (max(map(labels, rows[:60]), default=0), _evenness(rows)))


def _evenness(rows: Sequence[Sequence[str]]) -> int:
    """How many rows have the commonest number of cells above one."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(widths.values(), default=0)


def _rows(text: str, delimiter: str, empty_before: int = 0) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(empty_before)]
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
                most = f"{MOST_ROWS} rows or {MOST_COLUMNS} columns"
                raise TooLargeError(f"has more than {most}, more than any paper: send the paper as PDF.")
    except csv.Error as error:
        raise BrokenFileError("is a text file that is no table: send the paper as PDF or XLSX.") from error
    return rows
