"""Layouts that models are trained on: composed anew for every paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sample_docs.layouts.layout import Layout

LAYOUTS: Final[tuple[Layout, ...]] = ()
