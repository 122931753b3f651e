"""Packing lists for which no rule was written."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import weight_list

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (weight_list.LAYOUT,)
