"""Told before papers are read: what Tesseract lacks. A scan in a language without data is read as English, worse."""

from __future__ import annotations

import shutil
from typing import Final

from desk.running import say

_ENGLISH: Final = "eng"
_TURNING: Final = "osd"
"""Its data of no language: how a page is turned."""


def tell_what_tesseract_lacks() -> None:
    """For those that watch an inbox, where shipments wait for what is missing."""
    if shutil.which("tesseract") is None:
        say(
            "Tesseract is not installed: shipments with scanned pages wait in the inbox until it is. "
            "`make install` installs it, or names what to install"
        )
    tell_missing_languages()


def tell_missing_languages() -> None:
    """Silent where there is no Tesseract at all: digital papers need none, and a scan is refused by name."""
    # They are imported already where papers are read, and take a moment.
    from extractors.engines import tesseract_version  # noqa: PLC0415
    from extractors.reading.options import ReadingOptions  # noqa: PLC0415

    program, *installed = tesseract_version().split() or [""]
    lacking = [one for one in (*ReadingOptions().languages, _TURNING) if one not in installed]
    if program and lacking:
        packages = " ".join(f"tesseract-ocr-{one.replace('_', '-')}" for one in lacking)
        say(f"Tesseract has no data for {', '.join(lacking)}; {_consequences(lacking)}: apt-get install {packages}")


def _consequences(lacking: list[str]) -> str:
    if _ENGLISH in lacking:
        return f"without {_ENGLISH} no scanned page can be read"
    languages = ", ".join(one for one in lacking if one != _TURNING)
    told = [f"scans in {languages} are read as English, and worse"] if languages else []
    return " and ".join(told + ["pages that lie turned are read as they lie"] * (_TURNING in lacking))
