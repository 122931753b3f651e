"""Layouts that nothing is written for, trained or fitted on: they judge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sample_docs.layouts.layout import Layout

LAYOUTS: Final[tuple[Layout, ...]] = ()
