"""The examples and the figures of page typing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from extractors.learned.model import Model
from extractors.learned.pages import DIMENSION, NAME, features_of
from extractors.learned.training.fitting import Example, Metrics, Recipe, fitted, folds
from extractors.learned.training.pages import Sample
from extractors.learned.training.prose import other_title, prose
from extractors.learned.training.varying import chance_variation, retitled, varied
from sample_docs.generator.chance import Chance

RECIPE: Final = Recipe(name=NAME, version="1", dimension=DIMENSION, strength=10.0, seed=20250614)
_FOLDS: Final = 5
_PROSE_SHARE: Final = 0.25
_RETITLED: Final = 0.08
_LIKE_OTHERS: Final = frozenset({"commercial_invoice", "packing_list"})
SURE: Final = 0.8
"""Belief from which the figures count an answer as given."""


def examples(samples: Sequence[Sample], chance: Chance, *, retitled_share: float = _RETITLED) -> Iterator[Example]:
    """Each page twice, varied, some under another paper's title, and letters and terms among them."""
    for at, sample in enumerate([*samples, *samples]):
        own = chance.branch("page", at)
        if sample.page.number == 1 and sample.type in _LIKE_OTHERS and own.happens(retitled_share):
            yield _example(retitled(sample, other_title(sample.language, own)))
        else:
            yield _example(varied(sample, chance_variation(own), own))
    for at in range(int(2 * _PROSE_SHARE * len(samples))):
        own = chance.branch("prose", at)
        yield _example(varied(prose(own), chance_variation(own), own))


def _example(sample: Sample) -> Example:
    return Example(features_of(sample.page), sample.type, sample.layout)


def held_out(found: Sequence[Example]) -> Metrics:
    """Right answers on layouts that the fitting never saw, each layout held out once."""
    right: Counter[str] = Counter()
    for held in folds([e.layout for e in found], _FOLDS):
        model = fitted([e for e in found if e.layout not in held], RECIPE)
        right.update(_counted(model, [e for e in found if e.layout in held]))
    return _shares(right)


def measured(model: Model, found: Sequence[Example]) -> Metrics:
    """Right answers on papers apart from training."""
    return _shares(_counted(model, found))


def _counted(model: Model, found: Sequence[Example]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for example in found:
        shares = model.probabilities(example.features)
        best = max(shares, key=lambda kind: shares[kind])
        sure = shares[best] >= SURE
        counts.update(
            {"all": 1, "right": best == example.kind, "sure": sure, "sure_right": sure and best == example.kind}
        )
    return counts


def _shares(counts: Counter[str]) -> Metrics:
    return {
        "pages": counts["all"],
        "right": round(counts["right"] / max(1, counts["all"]), 4),
        "sure": round(counts["sure"] / max(1, counts["all"]), 4),
        "right_where_sure": round(counts["sure_right"] / max(1, counts["sure"]), 4),
    }
