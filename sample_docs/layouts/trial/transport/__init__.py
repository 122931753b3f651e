"""Transport documents drawn before anyone saw how they are read; rules were then written while looking at them."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial.transport import forwarder_hawb, ocean_carrier_bill, release_waybill, tms_cmr

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (
    forwarder_hawb.LAYOUT,
    ocean_carrier_bill.LAYOUT,
    release_waybill.LAYOUT,
    tms_cmr.LAYOUT,
)
