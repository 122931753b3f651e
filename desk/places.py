"""Where a page of found shipments goes on, as one word for an address or a shell."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from archive import keys
from archive.errors import KeyInvalid

if TYPE_CHECKING:
    from archive.searching import Place


def place_text(place: Place) -> str:
    """`<received>/<broker>/<reference>`, percent-encoded."""
    at = place.received_at.isoformat().replace("+00:00", "Z")
    return f"{at}/{keys.part(place.broker)}/{keys.part(place.reference)}"


def place_of(text: str) -> Place:
    """What `place_text` made; raises `ValueError` for anything else."""
    from archive.searching import Place  # noqa: PLC0415 - it brings the database, which a command's help needs not

    try:
        at, broker, reference = text.split("/")
        received_at = dt.datetime.fromisoformat(at).astimezone(dt.UTC)
        return Place(received_at, keys.name_of(broker), keys.name_of(reference))
    except (OverflowError, KeyInvalid) as error:
        raise ValueError("is no place") from error
