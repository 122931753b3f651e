"""Header values that several papers repeat."""

from __future__ import annotations

REPEATED: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("commercial_invoice", "number"), ("packing_list", "invoice_number"), ("certificate_of_origin",
        "invoice_number") ), (("commercial_invoice", "date"), ("certificate_of_origin", "invoice_date")), (
        ("commercial_invoice", "gross_weight_kg"), ("packing_list", "gross_weight_kg"), ("transport_document",
        "gross_weight_kg"), ("certificate_of_origin", "gross_weight_kg"), ("draft_declaration", "gross_mass_kg") ),
        (("commercial_invoice", "net_weight_kg"), ("packing_list", "net_weight_kg")), ( ("commercial_invoice",
        "packages"), ("packing_list", "packages"), ("transport_document", "packages"), ("draft_declaration",
        "packages") ), (("commercial_invoice", "currency"), ("draft_declaration", "currency")), (("commercial_invoice",
        "incoterm"), ("draft_declaration", "incoterm")), (("commercial_invoice", "total_amount"), ("draft_declaration",
        "total_invoice_amount")), (("commercial_invoice", "freight"), ("draft_declaration", "freight")),
        (("commercial_invoice", "insurance"), ("draft_declaration", "insurance")), (("commercial_invoice",
        "country_of_origin"), ("certificate_of_origin", "country_of_origin")), (("commercial_invoice",
        "transport_document_number"), ("transport_document", "number")), (("packing_list", "container_number"),
        ("transport_document", "container_number")), (("commercial_invoice", "purchase_order"), ("packing_list",
        "purchase_order")) )  # fmt: skip
"""Each as (document type, field)."""
