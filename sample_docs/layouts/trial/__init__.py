"""Layouts drawn before anyone saw how they are read; rules were then written while looking at them."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial import certificates, invoices, packing_lists, transport

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (
    *invoices.LAYOUTS,
    *packing_lists.LAYOUTS,
    *transport.LAYOUTS,
    *certificates.LAYOUTS,
)
