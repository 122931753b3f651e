"""Whether goods and a tariff code, or two descriptions, belong together: told only where the goods are named plainly.

That they do not has to be plain: the noun that says what the goods are is known, no heading that takes it stands in the
code's chapter, the chapter is none of a material the description names, and neither words nor meaning come near the
chapter's texts. Whatever is unknown, vague, or of a heading that takes goods of any kind, is left unsaid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from schemas.nomenclature import CHAPTER, HEADING, heading_text, is_heading, nomenclature
from schemas.ports import Similarity
from validators.classification.naming import Naming, Term, naming
from validators.classification.ranking import word_scores
from validators.classification.texts import affirmed, tariff_texts, tariff_words

_WORDS_NEAR: Final = 0.45
"""Share of a description's telling words in a chapter's texts from which it may belong there."""
_MEANING_NEAR: Final = 0.5
"""Likeness in meaning to a heading of the chapter from which it may belong there."""
# Headings that take goods of any kind for their use, their make or as the rest: toys, festive articles, parts of
# general use, articles of a material "other", preparations and machines "not elsewhere specified".
_ANY_GOODS: Final = frozenset({
    "2106", "3824", "3926", "4016", "4421", "4602", "4823", "6307", "6815", "7117", "7326", "7419", "7616", "8479",
    "8543", "9503", "9505", "9618", "9705", "9706",
})  # fmt: skip
# Chapters named after what goods are made of.
_OF_MATERIAL: Final = frozenset({
    "39", "40", "41", "42", "43", "44", "45", "46", "47", "48", "50", "51", "52", "53", "54", "55", "56", "57",
    "58", "59", "60", "61", "62", "63", "68", "69", "70", "71", "72", "73", "74", "75", "76", "78", "79", "80",
    "81", "83",
})  # fmt: skip
_OF_NO_MATERIAL: Final = frozenset({"article", "other", "made", "similar", "base", "worked", "special", "work"})


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Goods that do not belong to a code. `at` is the description that says so, `headings` where such goods stand."""

    at: int
    term: Term
    headings: tuple[str, ...]

    @property
    def elsewhere(self) -> str:
        """The first of the headings in words: "heading 8501 'Electric motors and generators'"."""
        return f"heading {self.headings[0]} '{shortened(heading_text(self.headings[0]) or '')}'"


def misplaced(descriptions: Sequence[str], code: str, similarity: Similarity) -> Misplaced | None:
    """Why the goods, by all that papers call them, are not those of the code; None where they are or nobody can tell.

    A code of a heading that is not in the nomenclature is left to others.
    """
    if not is_heading(code) or code[:HEADING] in _ANY_GOODS:
        return None
    named = [naming(text) for text in descriptions]
    if any(_may_belong(one, code) for one in named):
        return None
    at = next((n for n, one in enumerate(named) if one.certain), None)
    if at is None or _is_near_in_meaning(named, code, similarity):
        return None
    term = named[at].certain[0]
    return Misplaced(at, term, term.headings)


def name_other_goods(left: str, right: str) -> bool:
    """Whether two descriptions, in any languages, name goods for certain that no chapter has in common."""
    ours, theirs = naming(left), naming(right)
    if not ours.certain or not theirs.certain:
        return False
    return not _chapters(ours) & _chapters(theirs)


def name_same_goods(left: str, right: str) -> bool:
    """Whether two descriptions name the same goods in two languages: their nouns are one entry of the index.

    Where the index knows both more closely, "bolt" and "Mutter" are two entries, though of one heading.
    """
    ours, theirs = naming(left).certain, naming(right).certain
    return any(
        one.meaning.entry == other.meaning.entry and one.meaning.language != other.meaning.language
        for one in _closest(ours)
        for other in _closest(theirs)
    )


def _closest(terms: Sequence[Term]) -> Sequence[Term]:
    return [term for term in terms if term.meaning.entry.subheading] or terms


def _chapters(named: Naming) -> frozenset[str]:
    return frozenset(heading[:CHAPTER] for heading in named.headings)


def _may_belong(named: Naming, code: str) -> bool:
    chapter = code[:CHAPTER]
    if any(heading.startswith(chapter) for heading in named.headings):
        return True
    return _is_of_material(named, chapter) or _words_in_common(named, chapter) >= _WORDS_NEAR


def _is_of_material(named: Naming, chapter: str) -> bool:
    if chapter not in _OF_MATERIAL:
        return False
    plain = (term.meaning.entry.tariff for term in named.terms if not term.headings)
    materials = {word for tariff in plain for word in tariff_words(affirmed(tariff))}
    return bool(materials & (tariff_texts().of_chapters[chapter] - _OF_NO_MATERIAL))


def _words_in_common(named: Naming, chapter: str) -> float:
    first, last = _columns(chapter)
    return float(word_scores(named)[first:last].max(initial=0.0))


@cache
def _columns(chapter: str) -> tuple[int, int]:
    """Where the subheadings of a chapter begin and end among all."""
    inside = [n for n, code in enumerate(tariff_texts().subheadings) if code.startswith(chapter)]
    return inside[0], inside[-1] + 1


def _is_near_in_meaning(named: Sequence[Naming], code: str, similarity: Similarity) -> bool:
    headings = [text for heading, text in nomenclature().headings.items() if heading.startswith(code[:CHAPTER])]
    told = [one.english for one in named if one.certain]
    near = np.asarray(similarity.scores(told, headings), dtype=np.float64)
    return bool(near.max(initial=-1.0) >= _MEANING_NEAR)


def shortened(text: str, length: int = 80) -> str:
    """A text of the tariff for a message, cut at a word."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0].rstrip(",;") + " …"
