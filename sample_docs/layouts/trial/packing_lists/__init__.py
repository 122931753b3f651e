"""Packing lists drawn before anyone saw how they are read; rules were then written while looking at them."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial.packing_lists import (
    cells_packing_list,
    crate_specification,
    dispatch_note,
    typed_packing_note,
)

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (
    cells_packing_list.LAYOUT,
    crate_specification.LAYOUT,
    dispatch_note.LAYOUT,
    typed_packing_note.LAYOUT,
)
