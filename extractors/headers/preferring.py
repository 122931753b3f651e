"""The choice among values whose labels are as good: the trained model's, where it is plain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractors.headers.occurrences import Sheet
from extractors.headers.search import Candidate
from extractors.learned.fields import belief_in

CLOSE: Final = 0.3
"""Scores that differ by less leave the choice open."""
_LIKELY: Final = 0.7
_UNLIKELY: Final = 0.3
"""Beliefs of the other value and of the first, from and under which the other goes first."""


def preferred(ranked: Sequence[Candidate], sheets: Sequence[Sheet]) -> Sequence[Candidate]:
    """The candidates of one field, the likeliest first: by label, and among labels as good by what values are like.

    A label that is clearly better is never overruled.
    """
    rivals = [c for c in ranked if c.score > ranked[0].score - CLOSE]
    if len({str(c.found.value) for c in rivals}) < 2:  # noqa: PLR2004  nothing to choose from
        return ranked
    beliefs = [_belief(c, sheets) for c in rivals]
    best = max(range(len(rivals)), key=lambda at: beliefs[at])
    if beliefs[0] >= _UNLIKELY or beliefs[best] < _LIKELY:
        return ranked
    return [rivals[best], *(c for c in ranked if c is not rivals[best])]


def _belief(candidate: Candidate, sheets: Sequence[Sheet]) -> float:
    found = candidate.found
    return max((belief_in(candidate.concept, found.words, s.rows) for s in sheets if s.page is found.page), default=0.0)
