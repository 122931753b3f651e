"""Transport documents for which no rule was written."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.blind.transport import combined_bill, consignment_slip, waybook_cmr
from sample_docs.layouts.layout import Layout

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (combined_bill.LAYOUT, consignment_slip.LAYOUT, waybook_cmr.LAYOUT)
