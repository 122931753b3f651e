"""Finding a lexicon's phrases in printed words, whatever their case, accents and punctuation."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from schemas.pages import Word

_SEPARATORS = " .:;,)]#°º：．"
"""What may stand between a label and a value glued to it; a hyphen may not: "A-4711" holds no label "A"."""
_SHORTEST_GLUED = 6
_FEWEST_LABELS = 4
_MAJORITY = 1.3
_TOKEN = re.compile(r"[a-z]+|\d+|[\u3400-\u9fff]")
_RAISED = str.maketrans({"º": " ", "°": " "})
_NUMBER = frozenset({"n", "no", "nr", "nro", "num", "numero", "number", "nummer"})
"""Words for "number" in all our languages: a phrase with one of them is found with any other."""


def fold(text: str) -> str:
    """Lower case without accents, full-width forms narrowed; the raised sign of "N.º" is a space."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text.translate(_RAISED)).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[str, ...]:
    """Runs of letters, runs of digits and single Chinese characters, folded; punctuation is dropped."""
    return tuple(_TOKEN.findall(fold(text)))


@dataclass(frozen=True, slots=True)
class Label:
    """A phrase found: what it means, and which of the given words it covers (`start:end`).

    `size` counts the phrase's tokens: the longer, the surer. `rest` is what stands in the last word behind the
    phrase, as in "Date:2025-08-27" or "发票号Invoice".
    """

    concept: str
    start: int
    end: int
    size: int
    rest: str = ""


class Lexicon:
    """One TOML file of `[concept]` tables with a list of phrases for each language."""

    def __init__(self, entries: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self._nlp = spacy.blank("xx")
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="ORTH")
        self.entries = entries
        self._whole: dict[tuple[str, ...], str] = {}
        self._spelt: dict[str, str] = {}
        for concept, phrases in entries.items():
            known = [found for p in _all(phrases) if (found := tokens(p))]
            self._matcher.add(concept, [self._doc(_evened(t)) for t in known])
            for found in known:
                self._whole.setdefault(_evened(found), concept)
                self._spelt.setdefault("".join(found), concept)

    def _doc(self, words: Sequence[str]) -> Doc:
        return Doc(self._nlp.vocab, words=list(words))

    def phrases(self, concept: str) -> list[str]:
        """All phrases of the concept, in all languages."""
        return list(_all(self.entries[concept]))

    def find(self, words: Sequence[Word] | Sequence[str], *, every: bool = False) -> list[Label]:
        """The phrases in these words, the longest where several overlap, from left to right.

        With `every` a phrase of several concepts is found for each of them ("Terms": of delivery, of payment).
        """
        texts = [w.text if isinstance(w, Word) else w for w in words]
        parts = [_evened(tokens(t)) for t in texts]
        owner = [i for i, part in enumerate(parts) for _ in part]
        flat = [t for part in parts for t in part]
        if not flat:
            return []
        found = [
            (end - start, -start, self._nlp.vocab.strings[key], start, end)
            for key, start, end in self._matcher(self._doc(flat))
        ]
        taken: set[int] = set()
        known: set[tuple[int, int]] = set()
        labels = []
        for size, _, concept, start, end in sorted(found, reverse=True):
            free = taken.isdisjoint(range(start, end)) or (every and (start, end) in known)
            if free and _whole_start(owner, start, flat):
                last = owner[end - 1]
                rest = _rest(texts[last], end - owner.index(last))
                if rest and rest[0] not in _SEPARATORS and rest[0].isascii():
                    continue
                taken.update(range(start, end))
                known.add((start, end))
                rest = rest.lstrip(_SEPARATORS)
                labels.append(Label(concept, owner[start], owner[end - 1] + 1, size, rest))
        glued = [g for i, part in enumerate(parts) if (g := self._glued(i, part)) and i not in _covered(labels)]
        return sorted([*labels, *glued], key=lambda label: (label.start, label.end))

    def _glued(self, index: int, part: Sequence[str]) -> Label | None:
        """A phrase of several words that reading has run into one ("Shipto")."""
        concept = self.squeezed.get(part[0]) if len(part) == 1 and len(part[0]) >= _SHORTEST_GLUED else None
        return Label(concept, index, index + 1, 2) if concept else None

    def concept_of(self, text: str) -> str | None:
        """The concept whose phrase is the whole text, None where there is none."""
        return self._whole.get(_evened(tokens(text)))

    @property
    def squeezed(self) -> Mapping[str, str]:
        """Every phrase without spaces and marks, and its concept: for letters printed apart or misread."""
        return self._spelt


def _evened(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple("no" if part in _NUMBER else part for part in parts)


def _all(phrases: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for some in phrases.values():
        yield from some


def _covered(labels: Iterable[Label]) -> set[int]:
    return {index for label in labels for index in range(label.start, label.end)}


def _whole_start(owner: Sequence[int], start: int, flat: Sequence[str]) -> bool:
    """A phrase of letters does not begin inside a printed word ("1-20 of" does not hold "of" of a code X-of)."""
    return start == 0 or owner[start] != owner[start - 1] or not flat[start].isascii() or not flat[start - 1].isascii()


def _rest(text: str, used: int) -> str:
    """What stands in the word behind its first `used` tokens."""
    folded = fold(text)
    found = list(_TOKEN.finditer(folded))
    if used >= len(found) or len(folded) != len(text):
        return ""
    return text[found[used - 1].end() :]


@cache
def lexicon(name: str = "labels") -> Lexicon:
    """The packaged lexicon `name`.toml; a language is added there, as data."""
    content = files("extractors.lexicon").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return Lexicon(tomllib.loads(content))


@cache
def _tongues() -> Lexicon:
    """The label lexicon turned round: each language with all its phrases."""
    turned: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"": []})
    for phrases in lexicon().entries.values():
        for language, some in phrases.items():
            turned[language][""].extend(some)
    return Lexicon(turned)


def language_of(rows: Iterable[Sequence[Word]]) -> str | None:
    """The language (ISO 639-1) of most labels on these rows; None for few labels or no clear majority.

    Papers in Chinese repeat their labels in English, so that a third in Chinese is enough for it.
    """
    counts = Counter(label.concept for row in rows for label in _tongues().find(row))
    ranked = counts.most_common(2)
    if sum(counts.values()) < _FEWEST_LABELS:
        return None
    if counts["zh"] * 3 >= sum(counts.values()):
        return "zh"
    clear = len(ranked) == 1 or ranked[0][1] >= _MAJORITY * ranked[1][1]
    return ranked[0][0] if clear else None
