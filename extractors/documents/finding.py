"""From the pages of a shipment to its documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from extractors.context import Context
from extractors.documents.certificate import certificate_document, certificate_form
from extractors.documents.invoice import invoice_fields
from extractors.documents.packing_list import packing_list_fields
from extractors.documents.styles import completed, dotted_order
from extractors.documents.transport import transport_document, transport_form
from extractors.headers.footing import above_footing
from extractors.headers.occurrences import Sheet
from extractors.headers.proposals import with_proposals
from extractors.layout import rows_of
from extractors.lexicon import language_of
from extractors.sorting import Bundle, bundles_as_assigned
from extractors.tables.lines import invoice_lines, packing_lines
from extractors.tables.table import Table, find_table
from extractors.values.dates import date_order
from extractors.values.numbers import number_style
from schemas.assignments import StandingPaper
from schemas.documents import (
    CertificateOfOrigin,
    CommercialInvoice,
    Document,
    DocumentBase,
    OtherDocument,
    PackingList,
    PageMark,
    Part,
    TextSource,
    TransportDocument,
)
from schemas.pages import Page

D = TypeVar("D", bound=DocumentBase)


def find_documents(pages: Sequence[Page], assigned: Sequence[StandingPaper] = ()) -> tuple[Document, ...]:
    """The documents in these pages, in page order. Every page is in exactly one; nothing is raised for odd papers.

    What a person `assigned` is read as the paper that it was said to be.
    """
    found = bundles_as_assigned(pages, assigned)
    contexts = completed([_context(b.pages) for b in found], [p for b in found for p in b.pages])
    return tuple(_document(b, c) for b, c in zip(found, contexts, strict=True))


def document_of(kind: str, pages: Sequence[Page], context: Context) -> Document:
    """The one document that these pages are, where its type is known; what `context` leaves open the pages settle."""
    bundle = Bundle(kind, None, tuple(pages), (), (None,) * len(pages))
    own = _context(pages)
    settled = Context(context.number_style, context.date_order or own.date_order, own.language)
    return _document(bundle, settled)


def _context(pages: Sequence[Page]) -> Context:
    lines = [span.text for p in pages for row in rows_of(p) for span in row.spans]
    language = language_of(row.words for p in pages for row in rows_of(p))
    return Context(number_style(lines), date_order(lines) or dotted_order(lines), language)


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
    parts = _parts(bundle.pages)
    match bundle.type:
        case "commercial_invoice":
            return _framed(_invoice(bundle, parts, context), bundle, context)
        case "packing_list":
            return _framed(_packing_list(bundle, parts, context), bundle, context)
        case "certificate_of_origin":
            form = certificate_form(bundle.pages)
            fields, lines = certificate_document(bundle.pages, form, context)
            return _framed(CertificateOfOrigin(parts=parts, form=form, fields=fields, lines=lines), bundle, context)
        case "transport_document":
            kind = transport_form(bundle.pages)
            header, cargo = transport_document(bundle.pages, kind, context)
            return _framed(TransportDocument(parts=parts, form=kind, fields=header, lines=cargo), bundle, context)
        case _:
            return _framed(OtherDocument(parts=parts), bundle, context)


def _framed(document: D, bundle: Bundle, context: Context) -> D:
    """The document with what every type has."""
    frame = {
        "text_source": _source(bundle.pages),
        "reasons": bundle.reasons,
        "page_marks": _marks(bundle),
        "language": context.language,
    }
    return document.model_copy(update=frame)


def _invoice(bundle: Bundle, parts: tuple[Part, ...], context: Context) -> CommercialInvoice:
    table = find_table(bundle.pages, bundle.type)
    sheets = _sheets(bundle.pages, table)
    return CommercialInvoice(
        parts=parts,
        fields=with_proposals(invoice_fields(sheets, bundle.pages, context), sheets, context=context),
        lines=invoice_lines(table, context.number_style) if table else (),
        complete_by=table.complete_by if table else (),
    )


def _packing_list(bundle: Bundle, parts: tuple[Part, ...], context: Context) -> PackingList:
    table = find_table(bundle.pages, bundle.type)
    sheets = _sheets(bundle.pages, table)
    return PackingList(
        parts=parts,
        fields=with_proposals(packing_list_fields(sheets, table, context), sheets, context=context),
        lines=packing_lines(table, context.number_style) if table else (),
        complete_by=table.complete_by if table else (),
    )


def _sheets(pages: Sequence[Page], table: Table | None) -> list[Sheet]:
    """Each page without its goods; of a table that seems to run on, the labelled facts at its foot stay."""
    regions = table.regions if table else ()
    return [Sheet.of(p, [above_footing(Sheet.of(p), box) for page, box in regions if page is p]) for p in pages]
