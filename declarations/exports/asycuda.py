"""The single administrative document as ASYCUDA World reads it from a file. Experimental: UNCTAD publishes no schema.

Names and nesting of the elements are those of files that ASYCUDA World itself saves; every country asks for more or
less of them, and none of their customs has been asked whether it takes this one. Codes of office, procedure and traders
are the importing country's own and come from the profile's section `asycuda`.
"""

from __future__ import annotations

from decimal import Decimal

from declarations.exports.cds_items import NO_PREFERENCE, commodity_code
from declarations.exports.elements import lacking, table
from declarations.exports.filing import Filing
from declarations.exports.markup import Element, leaf, node, one_line
from schemas.results import Missing
from schemas.values import Party, plain

_CODE, _PRECISION = 8, 11


def declaration(filing: Filing) -> Element:
    children = (
        _property(filing),
        _identification(filing),
        _traders(filing),
        _declarant(filing),
        _general_information(filing),
        _transport(filing),
        node("Financial", leaf("Total_invoice", filing.declaration.total_invoice_amount)),
        _valuation(filing),
        *(_item(filing, n) for n in range(len(filing.declaration.items))),
    )
    return Element("ASYCUDA", children=tuple(one for one in children if one is not None))


def missing(_filing: Filing, message: Element) -> tuple[Missing, ...]:
    return lacking(message, table("asycuda_elements", "Item"))


def _property(filing: Filing) -> Element | None:
    declared = filing.declaration
    return node(
        "Property",
        leaf("Sad_flow", "I"),
        node(
            "Nbers",
            leaf("Total_number_of_items", len(declared.items) or None),
            leaf("Total_number_of_packages", declared.packages),
        ),
    )


def _identification(filing: Filing) -> Element | None:
    stated = filing.profile.asycuda
    return node(
        "Identification",
        node(
            "Office_segment",
            leaf("Customs_clearance_office_code", stated.office_code),
            leaf("Customs_Clearance_office_name", stated.office_name),
        ),
        node(
            "Type",
            leaf("Type_of_declaration", stated.declaration_type),
            leaf("Declaration_gen_procedure_code", stated.general_procedure),
        ),
    )


def _traders(filing: Filing) -> Element | None:
    declared, stated = filing.declaration, filing.profile.asycuda
    return node(
        "Traders",
        node("Exporter", leaf("Exporter_name", _named(declared.exporter))),
        node(
            "Consignee",
            leaf("Consignee_code", stated.importer_code),
            leaf("Consignee_name", _named(declared.importer)),
        ),
    )


def _named(party: Party | None) -> str | None:
    """Name, address and country as ASYCUDA holds them: in one text."""
    if party is None:
        return None
    return ", ".join(one_line(part) for part in (party.name, party.address, party.country) if part)


def _declarant(filing: Filing) -> Element | None:
    stated = filing.profile.asycuda
    return node(
        "Declarant",
        leaf("Declarant_code", stated.declarant_code),
        leaf("Declarant_name", stated.declarant_name),
        node("Reference", leaf("Number", filing.filled(filing.profile.lrn))),
    )


def _general_information(filing: Filing) -> Element | None:
    declared = filing.declaration
    destination = declared.country_of_destination or filing.profile.country_of_destination
    return node(
        "General_information",
        node(
            "Country",
            node("Export", leaf("Export_country_code", filing.dispatch)),
            node("Destination", leaf("Destination_country_code", destination)),
        ),
    )


def _transport(filing: Filing) -> Element | None:
    declared, border = filing.declaration, filing.border
    identity = filing.filled(border.identity) or declared.transport.vessel_or_flight
    return node(
        "Transport",
        node(
            "Means_of_transport",
            node("Departure_arrival_information", leaf("Identity", identity), leaf("Nationality", border.nationality)),
            node("Border_information", leaf("Identity", identity), leaf("Mode", filing.mode)),
        ),
        leaf("Container_flag", "true" if declared.transport.container_number else "false"),
        node("Delivery_terms", leaf("Code", declared.incoterm), leaf("Place", declared.incoterm_place)),
        node("Place_of_loading", leaf("Name", declared.transport.port_of_loading)),
        leaf("Location_of_goods", filing.profile.location.identification if filing.profile.location else None),
    )


def _valuation(filing: Filing) -> Element | None:
    declared = filing.declaration
    return node(
        "Valuation",
        node("Weight", leaf("Gross_weight", declared.gross_mass_kg)),
        node("Gs_Invoice", *_money(declared.total_invoice_amount, declared.currency)),
        node("Gs_external_freight", *_money(declared.freight, declared.currency)),
        node("Gs_insurance", *_money(declared.insurance, declared.currency)),
        node("Total", leaf("Total_invoice", declared.total_invoice_amount)),
    )


def _money(amount: Decimal | None, currency: str | None) -> tuple[Element | None, ...]:
    """In the invoice's currency; ASYCUDA has the rates of its own country."""
    if amount is None or currency is None:
        return ()
    return (leaf("Amount_foreign_currency", plain(amount)), leaf("Currency_code", currency))


def _item(filing: Filing, n: int) -> Element | None:
    one, declared = filing.declaration.items[n], filing.declaration
    return node(
        "Item",
        node(
            "Packages",
            leaf("Number_of_packages", one.packages),
            leaf("Marks1_of_packages", filing.marks),
            leaf("Kind_of_packages_code", declared.package_kind),
        ),
        node("IncoTerms", leaf("Code", declared.incoterm), leaf("Place", declared.incoterm_place)),
        _tarification(filing, n),
        node(
            "Goods_description",
            leaf("Country_of_origin_code", one.origin),
            leaf("Description_of_goods", one.description),
        ),
        node(
            "Previous_doc",
            leaf("Summary_declaration", declared.transport.document_number),
        ),
        node(
            "Valuation_item",
            node(
                "Weight_itm",
                leaf("Gross_weight_itm", one.gross_mass_kg),
                leaf("Net_weight_itm", one.net_mass_kg),
            ),
            node("Item_Invoice", *_money(one.item_price, declared.currency)),
        ),
    )


def _tarification(filing: Filing, n: int) -> Element | None:
    one, profile = filing.declaration.items[n], filing.profile
    code = commodity_code(filing, n) or ""
    preference = one.preference.code if one.preference is not None else None
    return node(
        "Tarification",
        node(
            "HScode",
            leaf("Commodity_code", code[:_CODE]),
            leaf("Precision_1", code[_CODE:_PRECISION]),
        ),
        leaf("Preference_code", None if preference == NO_PREFERENCE else preference),
        leaf("Extended_customs_procedure", profile.procedure),
        leaf("National_customs_procedure", next(iter(profile.additional_procedures), None)),
        leaf("Item_price", one.item_price),
    )
