"""Layouts that confidence is fitted on, apart from those of training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sample_docs.layouts.layout import Layout

LAYOUTS: Final[tuple[Layout, ...]] = ()
