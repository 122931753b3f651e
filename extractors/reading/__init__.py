"""Bytes in, pages out: words with their places and printed lines, from text layers and by OCR."""

from __future__ import annotations

from extractors.reading.errors import ReadingError
from extractors.reading.options import ReadingOptions
from extractors.reading.reader import page_count, read_file, read_original

__all__ = ["ReadingError", "ReadingOptions", "page_count", "read_file", "read_original"]
