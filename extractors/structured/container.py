"""What a workbook's ZIP file holds, looked at before anything unpacks it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from extractors.structured.errors import BrokenFileError, ForbiddenXmlError, TooLargeError

MOST_UNPACKED: Final = 64 * 1024 * 1024
_MOST_ENTRIES: Final = 2_000
_HEAD: Final = 65_536
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\s")
_HIDDEN: Final = re.compile(rb"<(?:row|col) [^>]*\bhidden=\"(?:1|true)\"")
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of Office files before 2007, and of encrypted ones since."""
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_OLD_WORKBOOK: Final = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book\0"))


@dataclass(frozen=True, slots=True)
class Container:
    """What stands in the workbook beside its cells."""

    macros: bool
    external_links: bool
    hidden: bool
    sheets: int


def is_encrypted_office(content: bytes) -> bool:
    return content.startswith(OLE) and _ENCRYPTED in content


_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What zipfile raises on a broken archive; ValueError where a stated place lies before the file's beginning."""


def is_old_workbook(content: bytes) -> bool:
    return content.startswith(OLE) and any(name in content for name in _OLD_WORKBOOK)


def inspected(content: bytes) -> Container:
    """The container; raises `StructuredError` where unpacking it would be dangerous or impossible."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_size(entries)
            names = [entry.filename for entry in entries]
            sheets = _stated_sheets(archive)
            hidden = any(
                _looked_into(archive, entry) for entry in entries if entry.filename.endswith((".xml", ".rels"))
            )
    except _DAMAGED as error:
        raise BrokenFileError("is a workbook that is damaged: send it again.") from error
    return Container(
        macros=any("vbaProject" in name or "macrosheets/" in name for name in names),
        external_links=any("externalLinks/" in name for name in names),
        hidden=hidden,
        sheets=sheets,
    )


def _stated_sheets(archive: zipfile.ZipFile) -> int:
    """How many sheets the workbook says that it has; raises `BadZipFile` where it says nothing."""
    parts = [name for name in archive.namelist() if re.fullmatch(r"xl/workbook\d*\.xml", name)]
    if not parts:
        raise zipfile.BadZipFile
    return len(_SHEET.findall(archive.read(parts[0])))


def _check_size(entries: list[zipfile.ZipInfo]) -> None:
    """By the sizes that the archive states: reading an entry never yields more than its stated size."""
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or unpacked > MOST_UNPACKED:
        raise TooLargeError(
            f"is a workbook that unpacks to {unpacked // 1024 // 1024} MB in {len(entries)} parts, "
            "more than any paper: send the sheet of this shipment alone, or as PDF."
        )


def _looked_into(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether a sheet has hidden rows or columns; raises `ForbiddenXmlError` for any part with a DTD."""
    is_sheet = "worksheets/" in entry.filename
    with archive.open(entry) as part:
        head = part.read() if is_sheet else part.read(_HEAD)
    if _DOCTYPE.search(head[:_HEAD]):
        raise ForbiddenXmlError("is a workbook that defines XML entities: save it anew in a spreadsheet program.")
    return is_sheet and bool(_HIDDEN.search(head))
