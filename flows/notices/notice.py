"""What a notice says."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from typing import Final, Literal

from flows.intake import readable
from flows.links import desk_link
from flows.settings import Settings
from schemas.results import ShipmentResult, Status
from schemas.values import Frozen

Event = Literal["held", "released", "rejected"]
_EVENTS: Final[Mapping[Status, Event]] = {"clear": "released", "held": "held", "rejected": "rejected"}


class Notice(Frozen):
    """`codes` are those of the findings that hold, with how many of each; `link` is None where no desk is set."""

    id: str
    event: Event
    broker: str
    reference: str
    revision: int
    link: str | None
    codes: Mapping[str, int]

    @property
    def body(self) -> bytes:
        """The posted form: JSON with its names sorted."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True).encode()

    @property
    def subject(self) -> str:
        return f"Tidewaiter: {readable(self.reference)} {self.event}"

    @property
    def text(self) -> str:
        """For a person."""
        lines = [
            f"Shipment {readable(self.reference)} of {readable(self.broker)}, revision {self.revision}: {self.event}.",
            *(f"{code}: {count}" for code, count in sorted(self.codes.items())),
            *([self.link] if self.link else []),
        ]
        return "".join(f"{line}\n" for line in lines)


def notice_of(result: ShipmentResult, settings: Settings) -> Notice:
    """The same for the same revision: whoever is told twice knows it by the id."""
    named = json.dumps([result.broker, result.reference, result.revision])
    return Notice(
        id=hashlib.sha256(named.encode("ascii")).hexdigest()[:32],
        event=_EVENTS[result.status],
        broker=result.broker,
        reference=result.reference,
        revision=result.revision,
        link=desk_link(result.broker, result.reference, settings),
        codes=dict(Counter(one.code for one in result.findings if one.holds)),
    )
