"""Where a person reads a shipment at the desk, as the outbox and Prefect tell it."""

from __future__ import annotations

from urllib.parse import quote

from flows.settings import Settings


def desk_link(broker: str, reference: str, settings: Settings) -> str | None:
    """`<desk>/shipments/<broker>/<reference>`, None where no desk is set. Names are percent-encoded as a whole."""
    if settings.desk_url is None:
        return None
    return f"{settings.desk_url}/shipments/{quote(broker, safe='')}/{quote(reference, safe='')}"
