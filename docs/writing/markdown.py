"""Markdown as viewers of repositories and the site's builder both read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

WRITTEN = "<!-- Written by `make reference` from the code; a test compares. Change the code, not this page. -->"


def page(title: str, *parts: str) -> str:
    """A whole page: its title, where it comes from, and its parts with empty lines between."""
    return "\n\n".join((f"# {title}", WRITTEN, *(part.strip("\n") for part in parts))) + "\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; what would end a cell is escaped."""
    lines = [columns, ["---"] * len(columns), *([_cell(one) for one in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def code(text: str) -> str:
    return f"`{text}`"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
