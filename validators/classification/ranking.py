"""Which subheadings goods are likeliest in, by what their descriptions name: nouns, words in common, and meaning.

The weights were fitted on the goods of `sample_docs` alone; `benchmarks/classification.py` measures them on others,
and on goods that the index of nouns was not written for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

import numpy as np

from schemas.nomenclature import HEADING, nomenclature
from schemas.ports import Similarity
from validators.classification.naming import Naming, naming
from validators.classification.texts import Scores, tariff_texts

_NOUN: Final = 0.93
_USUAL: Final = 0.35
_WORDS: Final = 0.93
_MEANING: Final = 0.26
_MEANING_OF_SUBHEADING: Final = 0.19
_CONTRARY: Final = 0.43
_UNSAID: Final = 0.26
"""Points for: a noun that the heading takes, and, as a share of them, one whose goods usually stand in the subheading;
words in common; likeness in meaning of heading and subheading. Against: words that contradict, and words of the
subheading alone that the description does not say."""
_UNSAID_HALF: Final = 3.0
"""Unsaid words at which half of their points are lost."""
_UNKNOWN: Final = 8.0
"""What a word tells that no text has: about as much as one that stands in two of them."""
_CANDIDATES: Final = 12
"""Headings whose subheadings are compared in meaning."""
_CONTRARIES: Final[Mapping[str, str]] = MappingProxyType({
    "woven": "knitted", "knitted": "woven", "man": "woman", "woman": "man", "boy": "girl", "girl": "boy",
    "mostly": "partly", "partly": "mostly", "frozen": "fresh", "roasted": "decaffeinated",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subheading that goods may belong to. `words` are those of the papers that speak for it, as printed."""

    code: str
    score: float
    words: tuple[str, ...]


def candidates(
    items: Sequence[Sequence[str]], similarity: Similarity, *, count: int = 3, within: str = ""
) -> list[tuple[Candidate, ...]]:
    """The likeliest subheadings of each item, best first, at most `count`; none where nothing is known of its words.

    An item comes with all that papers call it. `within` are digits that the codes begin with.
    """
    named = [[naming(text) for text in texts] for texts in items]
    scores = _scored(named, similarity)
    return [_best(names, row, count, within) for names, row in zip(named, scores, strict=True)]


def _best(named: Sequence[Naming], scores: Scores, count: int, within: str) -> tuple[Candidate, ...]:
    if not any(one.words or one.terms for one in named):
        return ()
    codes = tariff_texts().subheadings
    first, last = bisect_left(codes, within), bisect_right(codes, within + "~")
    order = np.argsort(-scores[first:last], kind="stable")[:count] + first
    return tuple(Candidate(codes[at], float(scores[at]), _speaking_for(int(at), named)) for at in order)


def _speaking_for(column: int, named: Sequence[Naming]) -> tuple[str, ...]:
    """The words of the descriptions that a subheading's heading takes or its texts have."""
    heading = tariff_texts().subheadings[column][:HEADING]
    return tuple(
        dict.fromkeys(
            term.printed
            for one in named
            for term in one.terms
            if heading in term.headings or _has(column, term.meaning.entry.tariff.split()[0])
        )
    )


def _has(column: int, word: str) -> bool:
    places = tariff_texts().postings.get(word)
    return places is not None and bool((places[0] == column).any())


def _scored(items: Sequence[Sequence[Naming]], similarity: Similarity) -> list[Scores]:
    """A score for each subheading, for each item."""
    texts = tariff_texts()
    english = [" ".join(dict.fromkeys(one.english for one in item)) for item in items]
    meaning = np.asarray(similarity.scores(english, list(_heading_texts())), dtype=np.float64)
    found = [_by_words(item) for item in items]
    wide = np.diff([*texts.starts, len(texts.subheadings)])
    rows = [row + _MEANING * np.repeat(near, wide) for row, near in zip(found, meaning, strict=True)]
    _add_meaning_of_subheadings(rows, english, similarity)
    return rows


def _by_words(item: Sequence[Naming]) -> Scores:
    """Nouns, words in common and contradictions: the mean over an item's descriptions."""
    rows = [_NOUN * noun_scores(one) + _WORDS * word_scores(one) - _against(one) for one in item]
    total: Scores = np.mean(rows, axis=0) if rows else np.zeros(len(tariff_texts().subheadings))
    return total


def noun_scores(named: Naming) -> Scores:
    """For each subheading the weight of the noun that says most among those its heading takes."""
    codes = tariff_texts().subheadings
    scores = np.zeros(len(codes))
    for heading, weight in named.headings.items():
        scores[bisect_left(codes, heading) : bisect_right(codes, heading + "~")] = weight
    for code, weight in named.subheadings.items():
        scores[bisect_left(codes, code)] += _USUAL * weight
    return scores


def word_scores(named: Naming) -> Scores:
    """For each subheading the share of the description's telling words that its texts have, 0 to 1."""
    texts = tariff_texts()
    scores = np.zeros(len(texts.subheadings))
    told = {word: weight * texts.telling.get(word, _UNKNOWN) for word, weight in named.words.items()}
    whole = sum(told.values())
    for word, weight in told.items():
        if word in texts.postings:
            columns, counts = texts.postings[word]
            scores[columns] += counts * weight / whole
    return scores


def _against(named: Naming) -> Scores:
    texts = tariff_texts()
    said = frozenset(named.words)
    unsaid = _unsaid(said)
    for word in said & _CONTRARIES.keys():
        other = _CONTRARIES[word]
        if other not in said and other in texts.postings:
            unsaid[texts.postings[other][0]] += _CONTRARY
    return unsaid


def _unsaid(said: frozenset[str]) -> Scores:
    """What each subheading loses for words that set it apart and are not said."""
    texts = tariff_texts()
    missing = _own_counts().copy()
    for word in said & _own_places().keys():
        missing[_own_places()[word]] -= 1
    lost: Scores = _UNSAID * missing / (missing + _UNSAID_HALF)
    return np.where(missing > 0, lost, 0.0) if texts.own else lost


@cache
def _own_counts() -> Scores:
    return np.array([len(own) for own in tariff_texts().own], dtype=np.float64)


@cache
def _own_places() -> Mapping[str, list[int]]:
    places: dict[str, list[int]] = {}
    for column, own in enumerate(tariff_texts().own):
        for word in own:
            places.setdefault(word, []).append(column)
    return MappingProxyType(places)


@cache
def _heading_texts() -> tuple[str, ...]:
    return tuple(nomenclature().headings[heading] for heading in tariff_texts().headings)


def _add_meaning_of_subheadings(scores: Sequence[Scores], english: Sequence[str], similarity: Similarity) -> None:
    """Likeness to the subheadings of the likeliest headings alone, all items in one question: texts are many."""
    texts = tariff_texts()
    ends = [*texts.starts[1:], len(texts.subheadings)]
    likely = [np.argsort(-texts.by_heading(row), kind="stable")[:_CANDIDATES] for row in scores]
    headings = sorted({int(heading) for of in likely for heading in of})
    columns = [column for heading in headings for column in range(texts.starts[heading], ends[heading])]
    wanted = [nomenclature().subheadings[texts.subheadings[column]] for column in columns]
    for row, near in zip(scores, similarity.scores(english, wanted), strict=True):
        row[columns] += _MEANING_OF_SUBHEADING * np.asarray(near, dtype=np.float64)
