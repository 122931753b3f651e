"""An XML file to the document it is, by its root: UBL or Cross Industry Invoice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from extractors.reading.notices import notice
from extractors.structured import cii, ubl
from extractors.structured.errors import StructuredError
from extractors.structured.notices import refused, values_not_taken
from extractors.structured.xmlfields import XmlFields
from extractors.structured.xmltree import Node, parsed
from schemas.documents import CommercialInvoice, Document, PackingList, Part
from schemas.pages import Notice, Original

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_CII: Final = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:"
_CREDITS: Final = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"})
"""Document types that give money back (UNTDID 1001)."""
_EXACT: Final = ("structured",)
"""A file for machines loses no rows."""


def read_einvoice(original: Original, content: bytes, *, attached: str | None = None) -> Iterator[Document | Notice]:
    """The document of an XML file, or of the file `attached` to a PDF, and what could not be taken from it."""
    inside = "" if attached is None else f"holds a file “{attached}”, which "
    try:
        root = parsed(content)
    except StructuredError as error:
        yield refused(original.file, error, inside)
        return
    make = XmlFields(original.file, "" if attached is None else f"{attached}#")
    document = _document(root, make, original)
    if document is None:
        yield notice(original.file, "unsupported", inside + _no_paper(root))
        return
    yield document
    if make.faults:
        yield values_not_taken(original.file, make.faults)


def _document(root: Node, make: XmlFields, original: Original) -> Document | None:
    parts = (Part(file=original.file, sha256=original.sha256, pages=()),)
    if _is_credit(root):
        return None
    match root.namespace, root.name:
        case namespace, "Invoice" if namespace.startswith(_UBL):
            fields, lines = ubl.invoice(root, make)
        case namespace, "CrossIndustryInvoice" if namespace.startswith(_CII):
            fields, lines = cii.invoice(root, make)
        case namespace, "DespatchAdvice" | "PackingList" as name if namespace.startswith(_UBL):
            read = ubl.despatch if name == "DespatchAdvice" else ubl.packing_list
            packed, rows = read(root, make)
            return PackingList(parts=parts, text_source="structured", fields=packed, lines=rows, complete_by=_EXACT)
        case _:
            return None
    return CommercialInvoice(parts=parts, text_source="structured", fields=fields, lines=lines, complete_by=_EXACT)


def _is_credit(root: Node) -> bool:
    code = root.first("InvoiceTypeCode", "ExchangedDocument/TypeCode")
    return root.name == "CreditNote" or (code is not None and code.text in _CREDITS)


def _no_paper(root: Node) -> str:
    if _is_credit(root):
        return "is a credit note, not an invoice: send the invoice of the goods."
    return (
        f"is an XML file of a kind that is not read (its root is “{root.name[:60]}”): "
        "send a UBL or Cross Industry Invoice, or the paper as PDF."
    )
