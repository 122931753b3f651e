"""Invoices for which no rule was written."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.blind.invoices import typed_invoice
from sample_docs.layouts.layout import Layout

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (typed_invoice.LAYOUT,)
