"""The terms that a shipment is declared under: settings, the lists it is judged by, and rates that ship."""

from __future__ import annotations

from archive import keys
from declarations import DeclarationTerms, Risk
from declarations.value.ecb import ecb_rates
from flows.workshop import Workshop
from schemas.exchange import RateTable
from schemas.jurisdictions import jurisdiction
from schemas.profiles import Profile
from schemas.reference import ListVersion
from schemas.shipments import Reconciled, Shipment
from schemas.tariffs import Tariff


def terms_for(shipment: Shipment, reconciled: Reconciled, workshop: Workshop) -> DeclarationTerms:
    """Everything from outside that decides the declaration, from the lists that stand in the shipment's record."""
    place = workshop.settings.jurisdiction or _destination(reconciled)
    return DeclarationTerms(
        jurisdiction=workshop.settings.jurisdiction,
        archive_keys={part.sha256: keys.original(part.sha256) for paper in shipment.documents for part in paper.parts},
        tariff=_tariff(place, shipment, workshop),
        rates=tuple(workshop.lists.parsed(RateTable, one) for one in shipment.lists if one.kind == "exchange_rates"),
        fallback_rates=ecb_rates(),
        charges=workshop.lists.references(shipment.lists).charges,
        apportion_by=workshop.settings.freight_by,
        profiles=tuple(workshop.lists.parsed(Profile, one) for one in shipment.lists if one.kind == "profiles"),
        seed=shipment.identity,
        risk=Risk(workshop.settings.random_share, loaded=frozenset(one.kind for one in shipment.lists)),
    )


def _destination(reconciled: Reconciled) -> str | None:
    """Where the papers say that the goods go; None where they do not agree."""
    standing = reconciled.standings.get("/country_of_destination")
    if standing is None or "/country_of_destination" in reconciled.withheld:
        return None
    [ref] = standing.fields
    fields = reconciled.documents[ref.document].fields
    found = fields.get(ref.field)
    return found.value if found is not None and isinstance(found.value, str) else None


def _tariff(place: str | None, shipment: Shipment, workshop: Workshop) -> Tariff | None:
    """The tariff loaded for the place, else for its union; one loaded for no place at all serves every one."""
    where = jurisdiction(place)
    scopes = [scope for scope in (place, where.union if where else None, "") if scope is not None]
    loaded: dict[str, ListVersion] = {one.scope: one for one in shipment.lists if one.kind == "tariff"}
    found = next((loaded[scope] for scope in scopes if scope in loaded), None)
    return None if found is None else workshop.lists.parsed(Tariff, found)
