"""Which pages there are. Each is a function without arguments that returns the page's text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from docs.writing.archive_keys import archive_page
from docs.writing.commands import commands_page
from docs.writing.findings import findings_page
from docs.writing.result_form import result_page
from docs.writing.settings import settings_page

FOLDER: Final = Path(__file__).parents[1] / "reference"
PAGES: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "findings.md": findings_page,
        "settings.md": settings_page,
        "commands.md": commands_page,
        "result.md": result_page,
        "archive.md": archive_page,
    }
)
