"""Layouts that whoever writes the reading rules may look at: papers of many kinds of software, offices and hands."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.layout import Layout

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = ()
