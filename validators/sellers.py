"""Who sells the goods of an invoice, by which prices and invoice numbers of the past are found."""

from __future__ import annotations

from schemas.values import Party
from validators.papers import Cell, Paper, Papers

_OTHERS = ("packing_list", "transport_document", "certificate_of_origin")
"""Papers that name the exporter where the invoice does not, as one whose letterhead is a picture."""


def seller_of(papers: Papers, invoice: Paper) -> Cell[Party] | None:
    """The exporter as the invoice names it, else as another paper does."""
    return invoice.party("exporter") or next(iter(papers.parties("exporter", *_OTHERS)), None)


def claimed_by(papers: Papers, invoice: Paper) -> tuple[Cell[str], Cell[Party]] | None:
    """The number and exporter by which an invoice is known to earlier shipments; None where either is not there."""
    number, exporter = invoice.text("number"), seller_of(papers, invoice)
    return None if number is None or exporter is None else (number, exporter)
