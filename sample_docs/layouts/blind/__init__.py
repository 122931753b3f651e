"""Layouts for which no rule was written: confidences are fitted on them and on those of `calibration`."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.blind import certificates, invoices, packing_lists, transport
from sample_docs.layouts.layout import Layout

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (
    *invoices.LAYOUTS,
    *packing_lists.LAYOUTS,
    *transport.LAYOUTS,
    *certificates.LAYOUTS,
)
