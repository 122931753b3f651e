"""OCRmyPDF puts Tesseract's text into a PDF; pdfplumber takes it out again.

The command is whatever `ocrmypdf` is on the path. Its own clean-up of pages that needs `unpaper` is left off.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.scorecard.baselines.sources import TextPage
from benchmarks.scorecard.baselines.text_layer import text_pages

_LANGUAGES: Final = "eng+deu+fra+spa+ita+chi_sim"
_OPTIONS: Final = (
    "--jobs", "1", "--skip-text", "--deskew", "--rotate-pages", "--optimize", "0", "--output-type", "pdf",
    "--image-dpi", "200", "--quiet", "-l", _LANGUAGES,
)  # fmt: skip
_SECONDS: Final = 600


class OcrMyPdf:
    """Text layers are taken as they are, pictures are turned, deskewed and read."""

    @property
    def name(self) -> str:
        return "OCRmyPDF"

    def about(self) -> str:
        if not self.is_installed():
            return "OCRmyPDF, not installed"
        return f"OCRmyPDF {_version()}, {' '.join(_OPTIONS)}"

    def is_installed(self) -> bool:
        return shutil.which("ocrmypdf") is not None

    def is_for(self, level: str) -> bool:
        return bool(level)

    def pages(self, paper: Path) -> Iterator[TextPage]:
        """A paper that it refuses, or is not done with in time, has no text."""
        with TemporaryDirectory(prefix="scorecard-") as folder:
            out = Path(folder) / "out.pdf"
            command = ["ocrmypdf", *_OPTIONS, str(paper), str(out)]
            with suppress(subprocess.TimeoutExpired):
                subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS)  # noqa: S603
            if out.exists():
                yield from text_pages(out, paper.name)


@cache
def _version() -> str:
    told = subprocess.run(["ocrmypdf", "--version"], check=True, capture_output=True, text=True)  # noqa: S607
    return told.stdout.strip()
