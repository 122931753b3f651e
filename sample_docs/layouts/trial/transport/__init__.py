"""Transport documents drawn before anyone saw how they are read; rules were then written while looking at them."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import bilingual_cmr, courier_waybill, house_bill

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (bilingual_cmr.LAYOUT, courier_waybill.LAYOUT, house_bill.LAYOUT)
