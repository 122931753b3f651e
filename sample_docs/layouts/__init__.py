"""How papers look. A layout is one module here, or in the package of another pool, and one entry in its tuple."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sample_docs.layouts import (
    air_waybill,
    bill_of_lading,
    blind,
    book_invoice,
    box_packing_list,
    calibration,
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
    study,
    tab_packing_list,
    training,
    trial,
    unseen,
)
from sample_docs.layouts.layout import Layout

__all__ = ["ALL_LAYOUTS", "BY_NAME", "POOLS", "Layout"]

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
# Whole layouts are held apart: what is trained on one pool is calibrated on the next and judged on the last.
POOLS: Final[Mapping[str, tuple[Layout, ...]]] = {
    "samples": ALL_LAYOUTS,
    "training": training.LAYOUTS,
    "calibration": calibration.LAYOUTS,
    "unseen": unseen.LAYOUTS,
    "study": study.LAYOUTS,
    "trial": trial.LAYOUTS,
    "blind": blind.LAYOUTS,
}
# By pool and name: two pools may name their layouts alike.
BY_NAME: Final = {(pool, layout.name): layout for pool, layouts in POOLS.items() for layout in layouts}
