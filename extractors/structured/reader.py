"""Structured originals: e-invoices, workbooks and CSV files read exactly, alone or embedded in a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from extractors.reading import notices
from extractors.reading.kinds import Kind, kind_of
from extractors.reading.notices import notice
from extractors.structured.attachments import Attachment, attachments
from extractors.structured.container import inspected, is_encrypted_office, is_old_workbook
from extractors.structured.delimited import grid_of
from extractors.structured.einvoice import read_einvoice
from extractors.structured.errors import StructuredError
from extractors.structured.grid import Grid
from extractors.structured.notices import refused, some
from extractors.structured.sheets import read_sheet
from extractors.structured.workbook import Sheets, sheets_of
from schemas.documents import Document
from schemas.pages import Notice, Original

_HEAD: Final = 65_536


def is_structured(content: bytes) -> bool:
    """Whether `read_structured` is to read it and not the reader of pages."""
    kind = kind_of(content[:_HEAD])
    return kind in ("xml", "spreadsheet", "text") or is_encrypted_office(content) or is_old_workbook(content)


def read_structured(original: Original, content: bytes | Path) -> Iterator[Document | Notice]:
    """The documents in an XML, XLSX or CSV file, and notices of what it holds that was not read; raises nothing."""
    stored = content.read_bytes() if isinstance(content, Path) else content
    kind: Kind = kind_of(stored[:_HEAD])
    try:
        if kind == "xml":
            yield from read_einvoice(original, stored)
        elif kind == "text":
            yield from _table_of_text(original, stored)
        elif kind == "spreadsheet":
            yield from _workbook(original, stored)
        elif is_encrypted_office(stored):
            yield notices.encrypted(original.file)
        else:
            says = "is a workbook of a kind before 2007: save it as .xlsx, or print it to PDF, and send that."
            yield notice(original.file, "unsupported", says)
    except StructuredError as error:
        yield refused(original.file, error)


def read_attached(original: Original, content: bytes | Path) -> Iterator[Document | Notice]:
    """The e-invoices embedded in a PDF; other attached files are named and left alone. Raises nothing."""
    stored = content.read_bytes() if isinstance(content, Path) else content
    if kind_of(stored[:_HEAD]) != "pdf":
        return
    try:
        found = attachments(stored)
    except StructuredError as error:
        yield refused(original.file, error)
        return
    for attachment in found:
        yield from _attached(original, attachment)


def _attached(original: Original, attachment: Attachment) -> Iterator[Document | Notice]:
    if not attachment.is_xml:
        says = f"holds an attached file “{attachment.name}”, which was not opened: send it as a file of its own."
        yield notice(original.file, "unsupported", says)
        return
    try:
        yield from read_einvoice(original, attachment.content(), attached=attachment.name)
    except StructuredError as error:
        yield refused(original.file, error, f"holds an attached file “{attachment.name}”, which ")


def _table_of_text(original: Original, content: bytes) -> Iterator[Document | Notice]:
    grid, formulas = grid_of(content)
    if grid.header_row is None:
        yield _no_table(original)
        return
    yield from _formulas(original, formulas)
    yield from _sheet(original, grid, alone=True)


def _no_table(original: Original) -> Notice:
    if original.file.casefold().endswith((".csv", ".tsv")):
        says = "is a CSV file without a table of goods: no row names two columns that an invoice or packing list has."
        return notice(original.file, "unsupported", f"{says} Send it with the column names, or the paper as PDF.")
    return notices.unsupported(original.file, "text")


def _formulas(original: Original, places: tuple[str, ...]) -> Iterator[Notice]:
    if places:
        says = f"has formulas without a stored value, which are not evaluated, or errors: {some(places)}."
        yield notice(
            original.file, "unreadable", f"{says} Open it in a spreadsheet program, save it and send it again."
        )


def _sheet(original: Original, grid: Grid, *, alone: bool) -> Iterator[Document | Notice]:
    if not grid.entries:
        return
    reading = read_sheet(grid, original)
    sheet = f"sheet “{grid.name}” " if grid.name else ""
    if reading.document is not None:
        yield reading.document
    elif alone or grid.header_row is not None:
        says = f"has no table of goods that could be read{' on ' + sheet.strip() if sheet else ''}"
        yield notice(original.file, "unreadable", f"{says}: send the paper as PDF.")
    else:
        yield notice(original.file, "blank", f"has a {sheet}without a table of goods: it was not read.", holds=False)
    if reading.unsettled:
        says = f"has numbers that may mean thousands or thousandths: {some(reading.unsettled)}. They were left out"
        yield notice(original.file, "unreadable", f"{says}: ask the sender which they are.")


def _workbook(original: Original, content: bytes) -> Iterator[Document | Notice]:
    container = inspected(content)
    file = original.file
    if container.macros:
        yield notice(
            file, "unsupported", "is a workbook with macros: they were not run; its values were read.", holds=False
        )
    if container.external_links:
        says = "takes values from other workbooks: they were not opened; the values stored in this one were read."
        yield notice(file, "unsupported", says, holds=False)
    if container.hidden:
        yield notice(file, "reduced", "has hidden rows or columns: they were read like the others.", holds=False)
    sheets = sheets_of(content, container.sheets)
    yield from _formulas(original, sheets.unread)
    for name in sheets.hidden:
        yield notice(file, "reduced", f"has a hidden sheet “{name}”: it was not read.", holds=False)
    yield from _grids(original, sheets)


def _grids(original: Original, sheets: Sheets) -> Iterator[Document | Notice]:
    filled = [grid for grid in sheets.grids if grid.entries]
    if not filled:
        yield notice(original.file, "empty", "is a workbook whose sheets are blank: send it again.")
    for grid in filled:
        yield from _sheet(original, grid, alone=len(filled) == 1)
