"""PDFs that hold files."""

from __future__ import annotations

import io

from pypdf import PdfWriter
from pypdf.generic import StreamObject


def with_attachment(pdf: bytes, name: str, content: bytes) -> bytes:
    """The PDF with one embedded file, packed as PDFs pack."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.add_attachment(name, content)
    for thing in writer._objects:  # noqa: SLF001  the one way to pack a file that was added unpacked
        if isinstance(thing, StreamObject) and thing.get("/Type") == "/EmbeddedFile":
            packed = thing.flate_encode()
            thing.update(packed)
            thing._data = packed._data  # noqa: SLF001
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
