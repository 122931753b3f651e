"""Making the papers of a shipment hard to read: effects on the page, values typed askew, barred or scribbled over."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.truth import Overwriting, Paper, ShipmentTruth

# Each with how often it meets a paper that is worn, of a hundred. What turns a page comes last: it moves all before it.
_EFFECTS: Final = {
    "tinted_paper": 14,
    "security_background": 14,
    "bleed_through": 12,
    "highlighter": 14,
    "stamp": 24,
    "stamp_over_text": 26,
    "received_stamp": 24,
    "signature_over_text": 22,
    "handwriting": 16,
    "fold": 14,
    "fold_lines": 18,
    "punch_holes": 22,
    "uneven_light": 24,
    "upside_down": 5,
    "sideways": 5,
}
_HUNDRED: Final = 100


def worn(truth: ShipmentTruth, share: float, chance: Chance) -> ShipmentTruth:
    """The shipment with about this share of its papers worn, the values that are then unreadable left out of its truth.

    Such a shipment may be held because a value is missing or illegible.
    """
    papers = tuple(
        _worn(paper, own) if own.happens(share) else paper
        for paper in truth.papers
        for own in (chance.branch(paper.type),)
    )
    if papers == truth.papers:
        return truth
    return replace(truth, papers=papers, acceptable=(*truth.acceptable, "field_missing", "illegible"))


def _worn(paper: Paper, chance: Chance) -> Paper:
    effects = tuple(name for name, often in _EFFECTS.items() if chance.happens(often / _HUNDRED))
    if {"upside_down", "sideways"} <= set(effects):
        effects = effects[:-1]
    overwriting = Overwriting(
        bars=chance.whole(1, 3) if chance.happens(0.12) else 0,
        scribbles=chance.whole(1, 2) if chance.happens(0.12) else 0,
        typed=paper.form is not None and chance.happens(0.35),
    )
    return replace(paper, effects=effects if paper.level != "digital" else (), overwriting=overwriting)
