"""The nomenclature's texts as words: which subheadings speak of what, and how telling a word is among them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from schemas.nomenclature import HEADING, nomenclature
from validators.classification.lexicon import IRREGULAR
from validators.names import folded

Scores = npt.NDArray[np.float64]

_OF_HEADING: Final = 0.7
"""What a word counts that stands in the text of the heading and not in that of the subheading."""
_WORD: Final = re.compile(r"[a-z][a-z0-9]+")
_SHORTEST_PLURAL: Final = 4
_PLURAL_IN_ES: Final = re.compile(r"(?:ch|sh|x|ss)es$")
_NO_PLURAL: Final = re.compile(r"(?:ss|us|is)$")
# "(excluding …)", "other than …", "n.e.c. in …": what a text says the goods are not.
_NOT_IN_BRACKETS: Final = re.compile(r"\((?:excluding|other than|not|except|but)\b[^()]*(?:\([^()]*\)[^()]*)*\)")
_NOT: Final = re.compile(r"\b(?:non-\w+|(?:excluding|other than|not|except|n\.e\.c)\b[^,;()]*)")
# "Containing 85 % or more by weight of cotton" and "less than 85 %", and the share that a description names.
_MOSTLY: Final = re.compile(r"\b85 ?% or more\b")
_PARTLY: Final = re.compile(r"\bless than 85 ?%")
_SHARE: Final = re.compile(r"\b(\d{1,3}) ?%(?! ?vol)")
_MOST, _WHOLE = 85, 100
_SAYS_NOTHING: Final = frozenset({
    "of", "and", "or", "the", "in", "for", "with", "to", "an", "not", "whether", "other", "no", "nec", "than",
    "heading", "item", "its", "by", "on", "as", "used", "which", "excluding", "including", "having", "be", "is",
    "are", "their", "thereof", "similar", "kind",
})  # fmt: skip


@lru_cache(maxsize=32768)
def _singular(word: str) -> str:
    """One form for an English word in singular and plural."""
    known = IRREGULAR.get(word)
    if known or len(word) < _SHORTEST_PLURAL or _NO_PLURAL.search(word):
        return known or word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if _PLURAL_IN_ES.search(word) else word.removesuffix("s")


def tariff_words(text: str) -> list[str]:
    """The telling words of an English text, in singular, without figures and accents."""
    plain = text.lower() if text.isascii() else folded(text)
    return [_singular(word) for word in _WORD.findall(plain) if word not in _SAYS_NOTHING]


def affirmed(text: str) -> str:
    """The text without what it says the goods are not."""
    named = _PARTLY.sub(" partly ", _MOSTLY.sub(" mostly ", text))
    return _NOT.sub(" ", _NOT_IN_BRACKETS.sub(" ", named))


def share_word(description: str) -> str | None:
    """The word "mostly" where 85 % or more of the goods are of one fibre, "partly" where less; None where unsaid."""
    shares = [int(share) for share in _SHARE.findall(description)]
    if not shares or max(shares) > _WHOLE:
        return None
    return "mostly" if max(shares) >= _MOST else "partly"


@dataclass(frozen=True, slots=True)
class TariffTexts:
    """All subheadings as columns, those of one heading side by side, beginning at `starts`.

    `postings` gives for each word the columns that speak of it and how much; `telling` its weight, higher for rare
    words. `own` are the words that set a subheading apart from the others of its heading.
    """

    subheadings: tuple[str, ...]
    headings: tuple[str, ...]
    starts: npt.NDArray[np.int64]
    postings: Mapping[str, tuple[npt.NDArray[np.int64], Scores]]
    telling: Mapping[str, float]
    own: tuple[frozenset[str], ...]
    of_chapters: Mapping[str, frozenset[str]]

    def by_heading(self, scores: Scores) -> Scores:
        """The best score of each heading's subheadings."""
        best: Scores = np.maximum.reduceat(scores, self.starts)
        return best


@cache
def tariff_texts() -> TariffTexts:
    """All texts, prepared once when first asked for."""
    texts = nomenclature()
    headings = tuple(texts.of_heading)
    subheadings = tuple(code for heading in headings for code in texts.of_heading[heading])
    words = {code: frozenset(tariff_words(affirmed(texts.subheadings[code]))) for code in subheadings}
    above = {heading: frozenset(tariff_words(affirmed(texts.headings[heading]))) for heading in headings}
    columns = [_counts(words[code], above[code[:HEADING]]) for code in subheadings]
    starts = np.cumsum([0, *(len(texts.of_heading[heading]) for heading in headings[:-1])])
    return TariffTexts(
        subheadings=subheadings,
        headings=headings,
        starts=starts,
        postings=_postings(columns),
        telling=_telling(columns),
        own=tuple(own for heading in headings for own in _apart([words[code] for code in texts.of_heading[heading]])),
        of_chapters={code: frozenset(tariff_words(text)) for code, text in texts.chapters.items()},
    )


def _counts(own: Iterable[str], above: Iterable[str]) -> dict[str, float]:
    return dict.fromkeys(above, _OF_HEADING) | dict.fromkeys(own, 1.0)


def _postings(columns: Sequence[Mapping[str, float]]) -> dict[str, tuple[npt.NDArray[np.int64], Scores]]:
    found: dict[str, list[tuple[int, float]]] = {}
    for column, counts in enumerate(columns):
        for word, count in counts.items():
            found.setdefault(word, []).append((column, count))
    return {
        word: (np.array([column for column, _ in places]), np.array([count for _, count in places]))
        for word, places in found.items()
    }


def _telling(columns: Sequence[Mapping[str, float]]) -> dict[str, float]:
    found = Counter(word for counts in columns for word in counts)
    return {word: math.log(len(columns) / count) for word, count in found.items()}


def _apart(siblings: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Of each subheading, the words that at most half of its heading's subheadings share."""
    found = Counter(word for words in siblings for word in words)
    common = max(1, len(siblings) / 2)
    return [
        frozenset(word for word in words if found[word] <= common) if len(siblings) > 1 else frozenset()
        for words in siblings
    ]


def is_tariff_word(*words: str) -> bool:
    """Whether the texts speak of all these; False for none."""
    return bool(words) and all(word in tariff_texts().telling for word in words)
