"""Which Prefect server is told of runs, and that what it is told cannot be read on the way."""

from __future__ import annotations

from prefect.settings import get_current_settings

from flows.endpoints import protected
from flows.settings import Settings


def protected_server(settings: Settings) -> str | None:
    """The server's address as Prefect itself has it (environment or profile), None where there is none.

    Raises `UnprotectedEndpointError` for one beyond this machine without TLS.
    """
    address = get_current_settings().api.url
    return protected(address, settings, name="PREFECT_API_URL") if address else None
