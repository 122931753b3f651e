"""Layouts that nothing is written for, trained or fitted on: they judge."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen import (
    card_invoice,
    carton_packing_list,
    elements_certificate,
    erp_invoice,
    eur1_overprint,
    grid_invoice,
    gsp_certificate,
    house_waybill,
    liner_bill,
    merged_invoice,
    neutral_awb,
    order_invoice,
    road_note,
    typewriter_invoice,
    union_certificate,
    unit_packing_list,
    wide_packing_list,
)

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (
    erp_invoice.LAYOUT,
    grid_invoice.LAYOUT,
    typewriter_invoice.LAYOUT,
    card_invoice.LAYOUT,
    merged_invoice.LAYOUT,
    order_invoice.LAYOUT,
    carton_packing_list.LAYOUT,
    unit_packing_list.LAYOUT,
    wide_packing_list.LAYOUT,
    eur1_overprint.LAYOUT,
    union_certificate.LAYOUT,
    gsp_certificate.LAYOUT,
    elements_certificate.LAYOUT,
    liner_bill.LAYOUT,
    house_waybill.LAYOUT,
    neutral_awb.LAYOUT,
    road_note.LAYOUT,
)
