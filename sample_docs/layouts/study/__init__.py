"""Layouts that whoever writes the reading rules may look at: papers of many kinds of software, offices and hands."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import (
    book_sheet_invoice,
    central_invoice,
    delivery_packing_list,
    letter_invoice,
    pallet_packing_list,
    span_packing_list,
    weight_list,
    window_invoice,
)

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (
    book_sheet_invoice.LAYOUT,
    central_invoice.LAYOUT,
    delivery_packing_list.LAYOUT,
    letter_invoice.LAYOUT,
    pallet_packing_list.LAYOUT,
    span_packing_list.LAYOUT,
    weight_list.LAYOUT,
    window_invoice.LAYOUT,
)
