"""The import declaration out of reconciled papers. Customs value, duty and tax are computed under the terms."""

from __future__ import annotations

from collections.abc import Mapping

from declarations.channel import channel_of
from declarations.computed import procedure_of, with_value_and_duty
from declarations.terms import DeclarationTerms
from declarations.values import Values
from schemas.declarations import Declaration, DeclarationItem, SupportingDocument, Transport
from schemas.profiles import Profile, profile_for
from schemas.shipments import Reconciled, Shipment


def declare(shipment: Shipment, reconciled: Reconciled, terms: DeclarationTerms) -> Declaration:
    """The declaration that the papers support under these terms.

    While a finding holds, it is provisional: every value in dispute or without a witness is null, and so is whatever
    would be computed from it.
    """
    values = Values(reconciled)
    profile, declared = _under_profile(_declared(shipment, values, terms), shipment, terms)
    whole, said = with_value_and_duty(declared, shipment, values, terms, profile)
    channel = channel_of(reconciled.findings, terms.risk, seed=terms.seed, said=said)
    return whole.model_copy(update={"channel": channel, "sources": dict(values.sources)})


def _under_profile(
    declared: Declaration, shipment: Shipment, terms: DeclarationTerms
) -> tuple[Profile | None, Declaration]:
    """The importer's profile in force, and the declaration under the procedure that it sets."""
    found = profile_for(terms.profiles, declared.importer, jurisdiction=declared.jurisdiction, day=shipment.as_of)
    procedure = terms.procedure or procedure_of(found)
    return found, declared.model_copy(update={"procedure": procedure.code})


def _declared(shipment: Shipment, values: Values, terms: DeclarationTerms) -> Declaration:
    destination = values.text("/country_of_destination")
    return Declaration(
        jurisdiction=terms.jurisdiction or destination,
        exporter=values.party("/exporter"),
        importer=values.party("/importer"),
        country_of_dispatch=values.text("/country_of_dispatch"),
        country_of_destination=destination,
        incoterm=values.text("/incoterm"),
        incoterm_place=values.text("/incoterm_place"),
        currency=values.text("/currency"),
        total_invoice_amount=values.number("/total_invoice_amount"),
        freight=values.number("/freight"),
        insurance=values.number("/insurance"),
        gross_mass_kg=values.number("/gross_mass_kg"),
        packages=values.number("/packages"),
        package_kind=values.text("/package_kind"),
        transport=_transport(values),
        supporting_documents=_supporting(shipment, values, terms.archive_keys),
        items=_items(values.reconciled, values),
    )


def _transport(values: Values) -> Transport:
    return Transport(
        document_number=values.text("/transport/document_number"),
        vessel_or_flight=values.text("/transport/vessel_or_flight"),
        port_of_loading=values.text("/transport/port_of_loading"),
        port_of_discharge=values.text("/transport/port_of_discharge"),
        container_number=values.text("/transport/container_number"),
    )


def _supporting(shipment: Shipment, values: Values, archive_keys: Mapping[str, str]) -> tuple[SupportingDocument, ...]:
    """Every paper of a known type, in the shipment's order, with the first of its files; one that came twice once."""
    papers = [document for n, document in enumerate(shipment.documents) if n not in values.reconciled.twins]
    listed = [document for document in papers if document.type != "other"]
    return tuple(
        SupportingDocument(
            type=document.type,
            number=values.text(f"/supporting_documents/{n}/number"),
            date=values.date(f"/supporting_documents/{n}/date"),
            file=document.parts[0].file,
            sha256=document.parts[0].sha256,
            archive_key=archive_keys.get(document.parts[0].sha256),
        )
        for n, document in enumerate(listed)
    )


def _items(reconciled: Reconciled, values: Values) -> tuple[DeclarationItem, ...]:
    if values.is_withheld("/items"):
        return ()
    return tuple(_item(values, n) for n in range(len(reconciled.items)))


def _item(values: Values, n: int) -> DeclarationItem:
    at = f"/items/{n}"
    return DeclarationItem(
        item_number=n + 1,
        description=values.text(f"{at}/description"),
        hs_code=values.code(f"{at}/hs_code"),
        origin=values.text(f"{at}/origin"),
        quantity=values.number(f"{at}/quantity"),
        unit=values.text(f"{at}/unit"),
        net_mass_kg=values.number(f"{at}/net_mass_kg"),
        gross_mass_kg=values.number(f"{at}/gross_mass_kg"),
        packages=values.number(f"{at}/packages"),
        item_price=values.number(f"{at}/item_price"),
    )
