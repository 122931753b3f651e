"""All that one run found out: a card for each level and in all, and the readers side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from pydantic import TypeAdapter

from benchmarks.scorecard.card import Card, figures
from benchmarks.scorecard.rivals import Compared

ALL: Final = "all"
"""The column of every level together."""
PLOTS: Final[Mapping[str, str]] = {
    "values": "What became of every printed value, by level of damage",
    "readers": "Readers side by side, of the fields that the regular expressions look for",
    "mismatches": "Planted mismatches by kind: how many of them were found",
    "endings": "How shipments ended, by level of damage",
    "confidence": "Confidence and truth",
    "time": "Seconds for each page",
}
"""Name of each plot's file, and its title."""


@dataclass(frozen=True, slots=True)
class Report:
    """`cards` by level, the last one of all. `compared` by level."""

    scene: Mapping[str, str]
    cards: Mapping[str, Card]
    compared: Mapping[str, Sequence[Compared]]

    @property
    def whole(self) -> Card:
        return self.cards[ALL]

    def to_json(self) -> bytes:
        """Counts and shares, by level."""
        told = {
            "scene": dict(self.scene),
            "levels": {level: {"figures": figures(card), "counts": asdict(card)} for level, card in self.cards.items()},
            "readers": {level: [asdict(one) for one in rows] for level, rows in self.compared.items()},
        }
        return TypeAdapter(dict[str, object]).dump_json(told, indent=1) + b"\n"
