"""The packing list."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractors.documents.context import Context
from extractors.documents.invoice import packages_of
from extractors.headers.goods_paper import HeaderSearch
from extractors.headers.occurrences import Sheet
from schemas.documents import PackingListFields


def packing_list_fields(sheets: Sequence[Sheet], context: Context) -> PackingListFields:
    """The header and total fields of a packing list; `sheets` leave out the goods table."""
    search = HeaderSearch.over(sheets, context)
    count, kind = packages_of(search)
    return PackingListFields(
        number=search.field("document_number", str),
        date=search.date(),
        invoice_number=search.field("invoice_number", str),
        purchase_order=search.field("purchase_order", str),
        exporter=search.exporter(),
        consignee=search.consignee(),
        packages=count,
        package_kind=kind,
        gross_weight_kg=search.field("gross_weight_kg", Decimal),
        net_weight_kg=search.field("net_weight_kg", Decimal),
        volume_m3=search.field("volume_m3", Decimal),
        marks=search.field("marks", str),
        vessel_or_flight=search.field("vessel_or_flight", str),
        container_number=search.field("container_number", str),
    )
