"""Certificates of origin drawn before anyone saw how they are read; rules were then written while looking at them."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial.certificates import (
    circulation_eur1,
    council_origin,
    gsp_typed,
    numbered_usmca,
    portal_origin,
    sworn_origin,
)

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (
    circulation_eur1.LAYOUT,
    council_origin.LAYOUT,
    gsp_typed.LAYOUT,
    numbered_usmca.LAYOUT,
    portal_origin.LAYOUT,
    sworn_origin.LAYOUT,
)
