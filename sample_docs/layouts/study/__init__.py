"""Layouts that whoever writes the reading rules may look at: papers of many kinds of software, offices and hands."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import (
    book_sheet_invoice,
    central_invoice,
    letter_invoice,
    window_invoice,
)

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (
    central_invoice.LAYOUT,
    window_invoice.LAYOUT,
    letter_invoice.LAYOUT,
    book_sheet_invoice.LAYOUT,
)
