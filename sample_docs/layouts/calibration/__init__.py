"""Layouts on which confidence is calibrated: ordinary trade papers, apart from the training and the sample ones."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.calibration import (
    aligned_invoice,
    chamber_form,
    detail_invoice,
    liner_bill,
    movement_certificate,
    neutral_air_waybill,
    open_packing_list,
    plain_invoice,
    road_note,
    ruled_packing_list,
)
from sample_docs.layouts.layout import Layout

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (
    aligned_invoice.LAYOUT,
    plain_invoice.LAYOUT,
    detail_invoice.LAYOUT,
    ruled_packing_list.LAYOUT,
    open_packing_list.LAYOUT,
    chamber_form.LAYOUT,
    movement_certificate.LAYOUT,
    liner_bill.BILL,
    liner_bill.WAYBILL,
    neutral_air_waybill.LAYOUT,
    road_note.LAYOUT,
)
