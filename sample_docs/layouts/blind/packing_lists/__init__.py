"""Packing lists for which no rule was written."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.blind.packing_lists import loading_list, portal_packing_list
from sample_docs.layouts.layout import Layout

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (loading_list.LAYOUT, portal_packing_list.LAYOUT)
