"""Where a baseline has its text from, and the papers that it is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Protocol

PAPERS: Final = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"})


@dataclass(frozen=True, slots=True)
class TextPage:
    """The lines of a page from top to bottom."""

    file: str
    page: int
    lines: tuple[str, ...]


class TextSource(Protocol):
    """Makes text of papers."""

    @property
    def name(self) -> str: ...

    def about(self) -> str: ...

    def is_installed(self) -> bool: ...

    def is_for(self, level: str) -> bool: ...

    def pages(self, paper: Path) -> Iterator[TextPage]: ...


def papers_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in PAPERS)


def installed_version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
