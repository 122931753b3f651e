"""The summary as one page without scripts. What stands on papers is text here, never markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final
from urllib.parse import quote

from archive.evidence.summary import Cell, Section

_POLICY: Final = "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'"
_STYLE: Final = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #1a1a1a; }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .3rem .6rem;
border-bottom: 1px solid #ddd; overflow-wrap: break-word } th { color: #555; font-weight: 600; overflow-wrap: normal }
figure { display: inline-block; margin: .5rem; width: 20rem } img { width: 100%; border: 1px solid #bbb }
figcaption { font-size: .85rem; color: #555; overflow-wrap: anywhere }
"""


def page(title: str, sections: Iterable[Section], pictures: Sequence[tuple[str, str]]) -> str:
    """`pictures` are paths within the pack with their captions."""
    shown = escape(title)
    return "".join(
        (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            f"<title>{shown}</title><style>{_STYLE}</style></head><body><h1>{shown}</h1>\n",
            *(text for section in sections for text in _section(section)),
            *_gallery(pictures),
            "</body></html>\n",
        )
    )


def _section(section: Section) -> Iterator[str]:
    yield f"<h2>{escape(section.title)}</h2>\n"
    for paragraph in section.says:
        yield f"<p>{escape(paragraph)}</p>\n"
    if section.table:
        head, *rows = section.table
        yield f"<table><thead><tr>{_cells('th', head)}</tr></thead><tbody>\n"
        yield from (f"<tr>{_cells('td', row)}</tr>\n" for row in rows)
        yield "</tbody></table>\n"


def _cells(tag: str, cells: Sequence[Cell]) -> str:
    return "".join(f"<{tag}>{escape(cell or '')}</{tag}>" for cell in cells)


def _gallery(pictures: Sequence[tuple[str, str]]) -> Iterator[str]:
    if pictures:
        yield "<h2>Pages</h2>\n"
    for path, caption in pictures:
        told = escape(caption, quote=True)
        where = escape(quote(path), quote=True)
        yield f'<figure><a href="{where}"><img loading="lazy" src="{where}" alt="{told}"></a>'
        yield f"<figcaption>{told}</figcaption></figure>\n"
