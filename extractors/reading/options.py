"""How far reading goes: limits and resolution."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """Limits of one file, and what the page is read with.

    `max_megapixels` is of one page's picture: larger ones are read smaller. `dpi` is the resolution at which a PDF page
    becomes a picture; a page that is one stored scan keeps the scan's own if that is lower. `languages` are those the
    papers may be in, as Tesseract names them; a page is read in English and in the one it turns out to be in.
    """

    max_pages: int = 500
    max_megapixels: int = 100
    dpi: int = 300
    languages: tuple[str, ...] = ("eng", "deu", "fra", "spa", "ita", "chi_sim")
