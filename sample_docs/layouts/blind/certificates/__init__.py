"""Certificates of origin for which no rule was written."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.blind.certificates import letter_origin, treaty_form_e, typed_eur1, union_sheet
from sample_docs.layouts.layout import Layout

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (
    letter_origin.LAYOUT,
    treaty_form_e.LAYOUT,
    typed_eur1.LAYOUT,
    union_sheet.LAYOUT,
)
