"""Where a person reads a shipment at the desk, as its pages, the outbox and Prefect tell it."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, unquote

from flows.settings import Settings

_ENCODED_TWICE: Final = str.maketrans({"%": "%25", "/": "%2F", "\\": "%5C"})
"""Servers and proxies decode an address once before they look for the slashes in it."""
_FOLDERS: Final = frozenset({".", ".."})
"""Browsers take these away, percent-encoded ones too (URL Standard, 4.1: dot segments)."""


def desk_link(broker: str, reference: str, settings: Settings) -> str | None:
    """`<desk>/shipments/<broker>/<reference>`, None where no desk is set."""
    if settings.desk_url is None:
        return None
    return f"{settings.desk_url}/shipments/{segment(broker)}/{segment(reference)}"


def segment(name: str) -> str:
    """The name as one part of an address, whatever stands in it; `name_in` tells it from what a server makes of it.

    Most names are percent-encoded as any; what would end the part is encoded twice, as `%252F` for a slash.
    """
    inner = name.replace(".", "%2E") if name in _FOLDERS else name.translate(_ENCODED_TWICE)
    return quote(inner, safe="")


def name_in(decoded: str) -> str:
    """The name that `segment` made a part of, from the part as a server hands it on: decoded once."""
    return unquote(decoded)
