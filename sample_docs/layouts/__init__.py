"""How papers look. A layout is one module here and one entry in `ALL_LAYOUTS`."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts import (
    air_waybill,
    bill_of_lading,
    book_invoice,
    box_packing_list,
    case_packing_list,
    chamber_certificate,
    cmr,
    column_invoice,
    counter_invoice,
    eur1,
    form_a,
    form_e,
    sea_waybill,
    sidebar_invoice,
    tab_packing_list,
)
from sample_docs.layouts.layout import Layout

__all__ = ["ALL_LAYOUTS", "BY_NAME", "Layout"]

ALL_LAYOUTS: Final = (
    column_invoice.LAYOUT,
    book_invoice.LAYOUT,
    sidebar_invoice.LAYOUT,
    counter_invoice.LAYOUT,
    case_packing_list.LAYOUT,
    box_packing_list.LAYOUT,
    tab_packing_list.LAYOUT,
    chamber_certificate.LAYOUT,
    form_a.LAYOUT,
    eur1.LAYOUT,
    form_e.LAYOUT,
    bill_of_lading.LAYOUT,
    sea_waybill.LAYOUT,
    air_waybill.LAYOUT,
    cmr.LAYOUT,
)
BY_NAME: Final = {layout.name: layout for layout in ALL_LAYOUTS}
