"""The examples and the figures of header fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from extractors.layout import rows_of
from extractors.learned.fields import DIMENSION, NAME, NONE, PAPERS, Spot, features_of, spots
from extractors.learned.model import Model
from extractors.learned.training.fitting import Example, Metrics, Recipe, fitted, folds
from extractors.learned.training.pages import Sample
from extractors.learned.training.varying import Wordings, chance_variation, every_wording, varied
from extractors.lexicon import lexicon
from sample_docs.generator.chance import Chance

RECIPE: Final = Recipe(name=NAME, version="1", dimension=DIMENSION, strength=3.0, seed=20250614)
SURE: Final = 0.7
_FOLDS: Final = 5
_NONE_SHARE: Final = 0.3
_GOODS_SHARE: Final = 0.1
_STOPPED_SHARE: Final = 0.15
_UNNAMED_SHARE: Final = 0.25
_FEWEST: Final = 25
"""Examples under which a field is not learned."""
_SHIFTED: Final = frozenset({
    "date", "invoice_number", "purchase_order", "total_amount", "document_number", "packages", "gross_weight_kg"
})  # fmt: skip
"""Fields like whose values others stand on papers: due dates, customer numbers, deposits."""
_SYLLABLES: Final = tuple(c + v + e for c in "bdfgklmnprstvz" for v in "aeiou" for e in ("", "n", "r", "s", "t"))
_STOPS: Final = ("stop_due_date", "stop_deposit", "stop_tax", "stop_other", "party_detail")


def examples(samples: Sequence[Sample], chance: Chance, wordings: Wordings = every_wording) -> Iterator[Example]:
    """The spots of every page of invoices and packing lists, varied; of what is no field only a share."""
    for at, sample in enumerate(samples):
        if sample.type in PAPERS:
            own = chance.branch("page", at)
            variation = replace(chance_variation(own, wordings), headless=0.0)
            yield from _page_examples(varied(sample, variation, own), own)


def _page_examples(sample: Sample, chance: Chance) -> Iterator[Example]:
    names = {id(word): sample.names.get(at, "") for at, word in enumerate(sample.page.words)}
    for spot in spots(rows_of(sample.page), sample.type):
        kind = _field(spot, sample.type, names)
        if chance.happens(_UNNAMED_SHARE):
            spot = _unnamed(spot, chance)  # noqa: PLW2901  its labels in a language never seen
        goods = any(names[id(w)].startswith("lines.") for w in spot.span.words)
        if kind != NONE or chance.happens(_GOODS_SHARE if goods else _NONE_SHARE):
            yield Example(features_of(spot), kind, sample.layout)
        if kind in _SHIFTED and chance.happens(_STOPPED_SHARE):
            yield Example(features_of(_stopped(spot, chance)), NONE, sample.layout)


def _field(spot: Spot, paper: str, names: Mapping[int, str]) -> str:
    """The field whose whole printed value the spot's words are."""
    own = {names[id(w)] for w in spot.span.words}
    first = names[id(spot.span.words[0])]
    concept = {"commercial_invoice": "invoice_number", "packing_list": "document_number"}[paper]
    if first.endswith(".name") and own == {first}:
        return first.removesuffix(".name")
    if own <= {"incoterm", "incoterm_place", "incoterm_edition", ""} and first == "incoterm":
        return "incoterm"
    if first == "packages" and own <= {"packages", "package_kind"}:
        return "packages"
    if not first or own - {first, ""} or "." in first or (names[id(spot.span.words[-1])] == "" and len(own) > 1):
        return NONE
    return concept if first == "number" else first


def _stopped(spot: Spot, chance: Chance) -> Spot:
    """The spot under a label of something that is no field of ours."""
    concept = chance.pick(_STOPS)
    phrases = [p for some in lexicon().entries[concept].values() for p in some]
    label = chance.pick(phrases)
    if spot.inline:
        return replace(spot, inline=label)
    return replace(spot, beside=label) if spot.beside else replace(spot, above=label)


def _unnamed(spot: Spot, chance: Chance) -> Spot:
    """The spot with its nearest label in words that nobody knows: what is left is its shape and its place."""
    word = "".join(chance.pick(_SYLLABLES) for _ in range(chance.whole(2, 4)))
    word += chance.pick(("", "", " no", " nr", " " + chance.pick(_SYLLABLES) + chance.pick(_SYLLABLES)))
    word += chance.pick((":", ""))
    if spot.inline:
        return replace(spot, inline=word)
    return replace(spot, beside=word) if spot.beside else replace(spot, above=word if spot.above else "")


def learnable(found: Sequence[Example]) -> list[Example]:
    """The examples without those of fields too rare to be learned."""
    counts = Counter(e.kind for e in found)
    return [e for e in found if counts[e.kind] >= _FEWEST]


def held_out(found: Sequence[Example]) -> Metrics:
    """Figures on layouts that the fitting never saw, each layout held out once."""
    counts: Counter[str] = Counter()
    for held in folds([e.layout for e in found], _FOLDS):
        model = fitted([e for e in found if e.layout not in held], RECIPE)
        counts.update(_counted(model, [e for e in found if e.layout in held]))
    return _shares(counts)


def measured(model: Model, found: Sequence[Example]) -> Metrics:
    """Figures on papers apart from training."""
    return _shares(_counted(model, found))


def _counted(model: Model, found: Sequence[Example]) -> Counter[str]:
    """Spots that are a field, and of those called one with a belief that counts, the right ones."""
    counts: Counter[str] = Counter()
    for example in found:
        shares = model.probabilities(example.features)
        best = max(shares, key=lambda kind: shares[kind])
        said = best != NONE and shares[best] >= SURE
        right = said and best == example.kind
        counts.update({"spots": 1, "fields": example.kind != NONE, "said": said, "right": right})
    return counts


def _shares(counts: Counter[str]) -> Metrics:
    precision, recall = counts["right"] / max(1, counts["said"]), counts["right"] / max(1, counts["fields"])
    return {
        "spots": counts["spots"],
        "fields": counts["fields"],
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
    }
