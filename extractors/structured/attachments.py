"""Files embedded in a PDF: unpacked under a limit where they are XML, named and left alone where they are not.

The PDF's own structure is read by pdfminer; nothing attached is ever run, and no link followed.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, dict_value, resolve1, stream_value
from pdfminer.psexceptions import PSException
from pdfminer.psparser import literal_name
from pdfminer.utils import decode_text

from extractors.structured.errors import BrokenFileError, TooLargeError
from extractors.structured.xmltree import MOST_BYTES

_MOST: Final = 50
_DEEPEST: Final = 16
"""Levels of a name tree; two hold thousands of names."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One embedded file by its name, packed as it stands in the PDF."""

    name: str
    stream: PDFStream

    @property
    def is_xml(self) -> bool:
        return self.name.casefold().endswith(".xml")

    def content(self) -> bytes:
        """The file unpacked; raises `TooLargeError` over the limit, `BrokenFileError` where it cannot be unpacked."""
        packed = self.stream.get_rawdata()
        filters = [literal_name(name) for name, _ in self.stream.get_filters()]
        if packed is None or any(name not in ("FlateDecode", "Fl") for name in filters) or len(filters) > 1:
            raise BrokenFileError("is packed in a way that is not read: send it as a file of its own.")
        content = _inflated(packed) if filters else packed
        if len(content) > MOST_BYTES:
            most = MOST_BYTES // 1024 // 1024
            raise TooLargeError(f"unpacks to more than {most} MB, too large for an invoice: send the invoice alone.")
        return content


def _inflated(packed: bytes) -> bytes:
    """At most one byte more than the limit."""
    try:
        return zlib.decompressobj().decompress(packed, MOST_BYTES + 1)
    except zlib.error as error:
        raise BrokenFileError("is damaged: send it as a file of its own.") from error


def attachments(content: bytes) -> list[Attachment]:
    """The embedded files, the first fifty; none where the PDF cannot be opened, which its pages' reader tells."""
    try:
        document = pypdfium2.PdfDocument(content)
        count = document.count_attachments()
        document.close()
    except pypdfium2.PdfiumError:
        return []
    if not count:
        return []
    try:
        return [one for _, one in zip(range(_MOST), _embedded(content), strict=False)]
    except (PSException, PDFException, TypeError, ValueError, KeyError, RecursionError) as error:
        raise BrokenFileError("holds attached files that cannot be read: send them as files of their own.") from error


def _embedded(content: bytes) -> Iterator[Attachment]:
    names = dict_value(PDFDocument(PDFParser(io.BytesIO(content))).catalog.get("Names", {}))
    for entry in _leaves(resolve1(names.get("EmbeddedFiles")), 0):
        described = dict_value(entry)
        files = dict_value(described.get("EF", {}))
        stream = files.get("UF", files.get("F"))
        name = resolve1(described.get("UF", described.get("F", b"")))
        if stream is not None:
            yield Attachment(_readable(name), stream_value(stream))


def _readable(name: object) -> str:
    text = decode_text(name) if isinstance(name, bytes) else ""
    return "".join(sign if sign.isprintable() else "�" for sign in text)[:120] or "without a name"


def _leaves(tree: object, depth: int) -> Iterator[object]:
    """The values of a name tree."""
    if not isinstance(tree, dict) or depth > _DEEPEST:
        return
    named = resolve1(tree.get("Names")) or []
    yield from (resolve1(value) for value in named[1::2])
    for kid in resolve1(tree.get("Kids")) or []:
        yield from _leaves(resolve1(kid), depth + 1)
