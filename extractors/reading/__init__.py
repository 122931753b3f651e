"""Bytes in, pages out: words with their places and printed lines, from text layers and by OCR."""

from __future__ import annotations

from extractors.reading.display import page_picture
from extractors.reading.errors import ReadingError
from extractors.reading.looking import Look, looks
from extractors.reading.options import ReadingOptions
from extractors.reading.reader import page_count, read_file, read_original
from extractors.reading.rereading import Sighting, reread

__all__ = [
    "Look",
    "ReadingError",
    "ReadingOptions",
    "Sighting",
    "looks",
    "page_count",
    "page_picture",
    "read_file",
    "read_original",
    "reread",
]
