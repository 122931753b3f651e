"""From the pages of a shipment to its documents."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.documents.context import Context
from extractors.documents.invoice import invoice_fields
from extractors.documents.packing_list import packing_list_fields
from extractors.documents.styles import completed, dotted_order
from extractors.headers.occurrences import Sheet
from extractors.layout import rows_of
from extractors.sorting import Bundle, bundles
from extractors.tables.lines import invoice_lines, packing_lines
from extractors.tables.table import Table, find_table
from extractors.values.dates import date_order
from extractors.values.numbers import number_style
from schemas.documents import CommercialInvoice, Document, OtherDocument, PackingList, PageMark, Part, TextSource
from schemas.pages import Page


def find_documents(pages: Sequence[Page]) -> tuple[Document, ...]:
    """The documents in these pages, in page order. Every page is in exactly one; nothing is raised for odd papers."""
    found = bundles(pages)
    contexts = completed([_context(b.pages) for b in found], [p for b in found for p in b.pages])
    return tuple(_document(b, c) for b, c in zip(found, contexts, strict=True))


def _context(pages: Sequence[Page]) -> Context:
    lines = [span.text for p in pages for row in rows_of(p) for span in row.spans]
    return Context(number_style(lines), date_order(lines) or dotted_order(lines))


def _parts(pages: Sequence[Page]) -> tuple[Part, ...]:
    digests = {p.file: p.sha256 for p in pages}
    return tuple(
        Part(file=name, sha256=digest, pages=tuple(p.number for p in pages if p.file == name))
        for name, digest in digests.items()
    )


def _source(pages: Sequence[Page]) -> TextSource:
    kinds = {p.text_source for p in pages}
    return next(iter(kinds)) if len(kinds) == 1 else "mixed"


def _marks(bundle: Bundle) -> tuple[PageMark, ...]:
    return tuple(
        PageMark(file=p.file, page=p.number, number=m[0], of=m[1])
        for p, m in zip(bundle.pages, bundle.marks, strict=True)
        if m is not None
    )


def _document(bundle: Bundle, context: Context) -> Document:
    common = {
        "parts": _parts(bundle.pages),
        "text_source": _source(bundle.pages),
        "reasons": bundle.reasons,
        "page_marks": _marks(bundle),
        "language": context.language,
    }
    if bundle.type == "commercial_invoice":
        table = find_table(bundle.pages, bundle.type)
        return CommercialInvoice(
            **common,
            fields=invoice_fields(_sheets(bundle.pages, table), bundle.pages, context),
            lines=invoice_lines(table, context.number_style) if table else (),
            complete_by=table.complete_by if table else (),
        )
    if bundle.type == "packing_list":
        table = find_table(bundle.pages, bundle.type)
        return PackingList(
            **common,
            fields=packing_list_fields(_sheets(bundle.pages, table), table, context),
            lines=packing_lines(table, context.number_style) if table else (),
            complete_by=table.complete_by if table else (),
        )
    return OtherDocument(**common)


def _sheets(pages: Sequence[Page], table: Table | None) -> list[Sheet]:
    regions = table.regions if table else ()
    return [Sheet.of(p, [box for page, box in regions if page is p]) for p in pages]
