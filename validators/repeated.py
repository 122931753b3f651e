"""Header values that several papers repeat: whoever compares or witnesses them goes by this table."""

from __future__ import annotations

_I, _P, _C = "commercial_invoice", "packing_list", "certificate_of_origin"
_T, _D = "transport_document", "draft_declaration"

REPEATED: tuple[tuple[tuple[str, str], ...], ...] = (
    ((_I, "number"), (_P, "invoice_number"), (_C, "invoice_number")),
    ((_I, "date"), (_C, "invoice_date")),
    (
        (_I, "gross_weight_kg"),
        (_P, "gross_weight_kg"),
        (_T, "gross_weight_kg"),
        (_C, "gross_weight_kg"),
        (_D, "gross_mass_kg"),
    ),
    ((_I, "net_weight_kg"), (_P, "net_weight_kg")),
    ((_I, "packages"), (_P, "packages"), (_T, "packages"), (_D, "packages")),
    ((_I, "currency"), (_D, "currency")),
    ((_I, "incoterm"), (_D, "incoterm")),
    ((_I, "total_amount"), (_D, "total_invoice_amount")),
    ((_I, "freight"), (_D, "freight")),
    ((_I, "insurance"), (_D, "insurance")),
    ((_I, "country_of_origin"), (_C, "country_of_origin")),
    ((_I, "transport_document_number"), (_T, "number")),
    ((_P, "container_number"), (_T, "container_number")),
    ((_I, "purchase_order"), (_P, "purchase_order")),
)
"""Each as (document type, field)."""
