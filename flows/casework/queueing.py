"""Cases looked for by what a clerk types: a reference, the number of a paper, or a party, each by its beginning."""

from __future__ import annotations

import datetime as dt
from typing import Final

from archive.searching import Search
from flows.workshop import Records, Workshop
from schemas.casework import QueuedCase

MOST: Final = 50
"""Cases that each way of looking finds at most."""


def looked_for(
    text: str, workshop: Workshop | Records, *, broker: str | None = None, now: dt.datetime
) -> tuple[QueuedCase, ...]:
    """Held shipments with such a reference, paper or party, the most urgent first."""
    told = text.strip()
    if not told:
        return ()
    searches = (
        Search(status="held", broker=broker, reference=told),
        Search(status="held", broker=broker, number=told),
        Search(status="held", broker=broker, party=told),
    )
    found = (one for search in searches for one in workshop.register.find(search, limit=MOST).shipments)
    keys = list(dict.fromkeys((one.broker, one.reference) for one in found))
    return workshop.register.cases.among(keys, now=now)
