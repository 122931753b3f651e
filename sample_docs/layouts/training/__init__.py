"""Layouts that models are trained on: composed anew for every paper from the seed of its style."""

from __future__ import annotations

from typing import Final

from sample_docs.layouts.layout import Layout
from sample_docs.layouts.training import carriage, certificates, invoice, packing_list

LAYOUTS: Final[tuple[Layout, ...]] = (invoice.LAYOUT, packing_list.LAYOUT, *certificates.LAYOUTS, *carriage.LAYOUTS)
