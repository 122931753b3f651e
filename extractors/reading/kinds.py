"""What a file is, told from its first bytes; the name's extension is only compared with it."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePosixPath
from typing import Literal

Kind = Literal[
    "pdf", "tiff", "png", "jpeg",
    "xml",
    "empty", "word", "spreadsheet", "office", "zip", "packed", "email", "image", "html", "text", "unknown",
]  # fmt: skip
"""The first four can be read; the rest are named only to say what to send instead."""

READABLE: frozenset[Kind] = frozenset({"pdf", "tiff", "png", "jpeg"})

_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"RIFF", "image"),
    (b"{\\rtf", "word"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"Rar!\x1a\x07", "packed"),
    (b"7z\xbc\xaf\x27\x1c", "packed"),
    (b"\x1f\x8b", "packed"),
)
_ZIPPED: tuple[tuple[bytes, Kind], ...] = (
    (b"word/", "word"),
    (b"xl/", "spreadsheet"),
    (b"ppt/", "office"),
    (b"opendocument.", "office"),
)
_EXTENSIONS: dict[str, Kind] = {
    ".pdf": "pdf", ".tif": "tiff", ".tiff": "tiff", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".jpe": "jpeg",
    ".docx": "word", ".doc": "office", ".txt": "text", ".eml": "email", ".zip": "zip", ".xlsx": "spreadsheet",
    ".xlsm": "spreadsheet", ".xml": "xml", ".csv": "text",
    ".gif": "image", ".bmp": "image", ".webp": "image", ".heic": "image", ".htm": "html", ".html": "html",
}  # fmt: skip
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\b|<!--|<!doctype\b|<[a-z_][\w.:-]*(?:\s[^<]*)?>)")
_PDF_WITHIN = 1024
"""Readers accept a PDF whose header stands somewhere in the first kilobyte."""


def kind_of(head: bytes) -> Kind:
    """What the file is, from its first 64 KiB or all of it."""
    if not head:
        return "empty"
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    # Before the search for a PDF: a PDF packed without compression stands readable in the archive, one of many.
    if head.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _ZIPPED if mark in head), "zip")
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "pdf"
    if head[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"}:
        return "image"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    return _kind_of_text(head) if head else "text"


def _kind_of_text(head: bytes) -> Kind:
    if b"\x00" in head:
        return "unknown"
    start = head[:_PDF_WITHIN].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    if _XML.match(start):
        return "xml"
    if start.startswith((b"from:", b"received:", b"return-path:", b"mime-version:", b"delivered-to:", b"subject:")):
        return "email"
    printable = sum(byte >= 32 or byte in b"\r\n\t\f" for byte in head)  # noqa: PLR2004  ASCII's first printable sign
    return "text" if printable / len(head) > 0.95 else "unknown"  # noqa: PLR2004  a stray control sign is still text


def extension_misleads(file: str, kind: Kind) -> bool:
    """Whether the name says one known kind and the bytes say another."""
    named = _EXTENSIONS.get(PurePosixPath(file).suffix.lower())
    return named is not None and named != kind
