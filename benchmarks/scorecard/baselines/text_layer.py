"""pdfplumber's text of digital PDFs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pdfplumber

from benchmarks.scorecard.baselines.sources import TextPage, installed_version


class TextLayer:
    """Reads nothing that is a picture."""

    @property
    def name(self) -> str:
        return "pdfplumber"

    def about(self) -> str:
        return f"pdfplumber {installed_version('pdfplumber')}, extract_text with x_tolerance_ratio 0.15"

    def is_installed(self) -> bool:
        return True

    def is_for(self, level: str) -> bool:
        return level == "digital"

    def pages(self, paper: Path) -> Iterator[TextPage]:
        if paper.suffix.lower() == ".pdf":
            yield from text_pages(paper, paper.name)


def text_pages(pdf: Path, file: str) -> Iterator[TextPage]:
    """The text layer's lines, under the name of the paper that they are of."""
    with pdfplumber.open(pdf) as opened:
        for number, page in enumerate(opened.pages, 1):
            yield TextPage(file, number, tuple(page.extract_text(x_tolerance_ratio=0.15).splitlines()))
