"""Layouts that whoever writes the reading rules may look at: papers of many kinds of software, offices and hands."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import (
    bilingual_certificate,
    bilingual_cmr,
    book_sheet_invoice,
    central_invoice,
    cloud_invoice,
    courier_waybill,
    delivery_packing_list,
    form_d_certificate,
    freight_receipt,
    house_bill,
    ledger_invoice,
    letter_invoice,
    pallet_packing_list,
    rcep_certificate,
    span_packing_list,
    strip_invoice,
    tally_invoice,
    weight_list,
    window_invoice,
)

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (
    bilingual_certificate.LAYOUT,
    bilingual_cmr.LAYOUT,
    book_sheet_invoice.LAYOUT,
    central_invoice.LAYOUT,
    cloud_invoice.LAYOUT,
    courier_waybill.LAYOUT,
    delivery_packing_list.LAYOUT,
    form_d_certificate.LAYOUT,
    freight_receipt.LAYOUT,
    house_bill.LAYOUT,
    ledger_invoice.LAYOUT,
    letter_invoice.LAYOUT,
    pallet_packing_list.LAYOUT,
    rcep_certificate.LAYOUT,
    span_packing_list.LAYOUT,
    strip_invoice.LAYOUT,
    tally_invoice.LAYOUT,
    weight_list.LAYOUT,
    window_invoice.LAYOUT,
)
