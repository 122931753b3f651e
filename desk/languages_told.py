"""Told before papers are read: what Tesseract lacks. A scan in a language without data is read as English, worse."""

from __future__ import annotations

import shutil

from desk.running import say


def tell_missing_languages() -> None:
    """Silent where there is no Tesseract at all: digital papers need none, and a scan is refused by name."""
    # They are imported already where papers are read, and take seconds.
    from extractors.engines import tesseract_version  # noqa: PLC0415
    from extractors.reading.options import ReadingOptions  # noqa: PLC0415

    _, _, *installed = tesseract_version().split() or ("", "")
    lacking = [one for one in ReadingOptions().languages if one not in installed]
    if installed and lacking:
        packages = " ".join(f"tesseract-ocr-{one.replace('_', '-')}" for one in lacking)
        what = f"Tesseract has no data for {', '.join(lacking)}, and reads scans in them as English, and worse"
        say(f"{what}: apt-get install {packages}")


def tell_missing_program() -> None:
    if shutil.which("tesseract") is None:
        say(
            "Tesseract is not installed: shipments with scanned pages wait in the inbox until it is. "
            "`make install` installs it, or names what to install"
        )
