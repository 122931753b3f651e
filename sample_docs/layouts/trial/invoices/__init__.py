"""Invoices drawn before anyone saw how they are read; rules were then written while looking at them."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial.invoices import footer_invoice, portal_invoice, release_invoice, spreadsheet_invoice

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (
    footer_invoice.LAYOUT,
    portal_invoice.LAYOUT,
    release_invoice.LAYOUT,
    spreadsheet_invoice.LAYOUT,
)
