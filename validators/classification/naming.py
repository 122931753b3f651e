"""What a description names: its nouns of goods with the one that says what the goods are, and words of make.

"Impeller for centrifugal pump, bronze" are impellers: what stands behind a comma or "for" tells less. Where the noun is
comes by the language: last in English, German and Chinese ("coffee mug"), first in the Romance ones ("tasse à café").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from validators.classification.lexicon import Meaning, lexicon
from validators.classification.texts import affirmed, is_tariff_word, share_word, tariff_words
from validators.names import folded

HEAD, LIKELY, BESIDE, BEHIND, PURPOSE = 1.0, 0.8, 0.4, 0.3, 0.15
"""How much a noun says: where the goods' name stands for certain; the noun nearest to that place; another one before
the first comma; one behind it; what the goods are for."""

_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]+")
_STOPS: Final = re.compile(r"[,;:()/\[\]]|\.\s")
_LINKING: Final[Mapping[str, frozenset[str]]] = {
    "en": frozenset({"of", "for", "with", "without", "from", "in", "and"}),
    "de": frozenset({"mit", "ohne", "aus", "fur", "von", "zu", "zum", "zur", "und"}),
    "fr": frozenset({"de", "du", "des", "d", "en", "pour", "avec", "sans", "a", "au", "aux", "et"}),
    "es": frozenset({"de", "del", "para", "con", "sin", "en", "al", "y"}),
    "it": frozenset({"di", "del", "della", "dello", "da", "per", "con", "senza", "in", "a", "e"}),
}
_JOINING: Final = frozenset({"and", "und", "et", "y", "e"})
_PARTING: Final = frozenset(word for words in _LINKING.values() for word in words) - _JOINING
_FOR: Final = frozenset({"for", "fur", "pour", "para", "per", "zu", "zum", "zur"})
_ROMANCE: Final = frozenset({"fr", "es", "it"})
# Words that stand beside the name and are no part of it: measures, counts, and the trade's own talk.
_BESIDE_THE_NAME: Final = frozenset({
    "bar", "inch", "kg", "ml", "cm", "mm", "kw", "watt", "volt", "mah", "gsm", "din", "iso", "max", "min", "lot",
    "type", "pcs", "pieces", "stuck", "piezas", "pezzi", "set", "sets", "kit", "satz", "paar", "pair", "pairs",
    "jeu", "juego", "serie", "series", "paquet", "coffret", "ca", "approx", "per", "your", "ihr", "article",
    "artikel", "articulo", "articolo", "item", "order", "model", "modell", "modelo", "modello", "style", "packed",
    "cartons", "rolls", "new", "brand", "size", "colour", "color", "the", "der", "die", "das", "le", "la", "les",
    "el", "los", "las", "il", "lo", "gli", "un", "une", "uno", "una", "ein", "eine",
})  # fmt: skip
_SHORTEST_WORD: Final = 3
_LONGEST_SIGN: Final = 4
"""Letters of the signs of makes and materials ("EPDM", "GaN"): shorter unknown words are not taken for nouns."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of the description that is known. `weight` is one of those above; 1 for a plain word."""

    printed: str
    meaning: Meaning
    weight: float

    @property
    def headings(self) -> tuple[str, ...]:
        return self.meaning.entry.headings


@dataclass(frozen=True, slots=True)
class Naming:
    """What is known of a description. `words` are the tariff's words for it, each with its weight from 0 to 1."""

    terms: tuple[Term, ...]
    words: Mapping[str, float]
    english: str

    @property
    def headings(self) -> dict[str, float]:
        """The headings that its nouns may stand in, with the weight of the noun that says most."""
        found: dict[str, float] = {}
        for term in self.terms:
            for heading in term.headings:
                found[heading] = max(found.get(heading, 0.0), term.weight)
        return found

    @property
    def subheadings(self) -> dict[str, float]:
        """Where goods of these nouns usually stand, with the weight of the noun."""
        usual = sorted((term.weight, term.meaning.entry.subheading or "") for term in self.terms)
        return {code: weight for weight, code in usual if code}

    @property
    def certain(self) -> tuple[Term, ...]:
        """The nouns that name the goods for certain, where they do."""
        return tuple(term for term in self.terms if term.headings and term.weight >= HEAD)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A meaning at a place: words `start` to `end` of the description, `first` part of a compound or not."""

    meaning: Meaning
    start: int
    end: int
    first: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """The folded words of the Latin text, None for a stop.

    `part` numbers the stretches between stops and "of"s, `purposes` are those behind a "for". `telling` are the places
    where a noun may stand.
    """

    words: tuple[str | None, ...]
    part: tuple[int, ...]
    telling: frozenset[int]
    purposes: frozenset[int]


@lru_cache(maxsize=8192)
def naming(description: str) -> Naming:
    """What a description names. The same for the same text, and kept: papers repeat each other's texts."""
    latin = _CHINESE.sub(" , ", description)
    terms = (*_chinese_terms(description), *_latin_terms(latin))
    words: dict[str, float] = dict.fromkeys((word for word in tariff_words(latin) if is_tariff_word(word)), 1.0)
    for term in terms:
        for word in tariff_words(affirmed(term.meaning.entry.tariff)):
            words[word] = max(words.get(word, 0.0), term.weight)
    share = share_word(latin)
    if share:
        words[share] = 1.0
    meant = dict.fromkeys(term.meaning.entry.tariff for term in terms if term.weight >= BEHIND)
    return Naming(terms, words, " ".join((*_english(latin), *meant)))


def _english(latin: str) -> list[str]:
    return [word for word in folded(latin).split() if len(word) > 1 and not any(map(str.isdigit, word))]


def _chinese_terms(description: str) -> Iterator[Term]:
    for run in _CHINESE.findall(description):
        found = list(lexicon().in_chinese(run))
        last = max((at for at, meaning in found if meaning.entry.headings), default=-1)
        ends = last + max((meaning.length for at, meaning in found if at == last), default=0) == len(run)
        for at, meaning in found:
            noun = (HEAD if ends else LIKELY) if at == last else BESIDE
            yield Term(run[at : at + meaning.length], meaning, noun if meaning.entry.headings else 1.0)


def _latin_terms(latin: str) -> Iterator[Term]:
    words = [word for part in _STOPS.split(latin) for word in (*folded(part).split(), None)]
    seen = _likely(list(_seen(words)), words)
    parted = _parted(words, seen)
    weights = _noun_weights(parted, [one for one in seen if one.meaning.entry.headings])
    for one in seen:
        printed = " ".join(word for word in words[one.start : one.end] if word)
        yield Term(printed, one.meaning, weights[one.start, one.first] if one.meaning.entry.headings else 1.0)


def _seen(words: Sequence[str | None]) -> Iterator[_Seen]:
    """Phrases before their parts, from left to right; an unknown long word by its German parts."""
    at = 0
    while at < len(words):
        rest = [*words[at : at + 6], None]
        phrase = [word for word in rest[: rest.index(None)] if word]
        found = lexicon().at(phrase) if phrase else ()
        length = found[0].length if found else 1
        yield from (_Seen(meaning, at, at + length) for meaning in found)
        if phrase and not found:
            first, last = lexicon().in_compound(phrase[0])
            yield from (_Seen(meaning, at, at + 1, first=True) for meaning in first)
            yield from (_Seen(meaning, at, at + 1) for meaning in last)
        at += length


def _likely(seen: Sequence[_Seen], words: Sequence[str | None]) -> list[_Seen]:
    """Without the meanings in languages that few words of the description belong to: German "Hose", English "hose"."""
    votes: dict[str, set[int]] = defaultdict(set)
    for one in seen:
        votes[one.meaning.language].add(one.start)
    for at, word in enumerate(words):
        if word and is_tariff_word(*tariff_words(word)):
            votes["en"].add(at)
        for language, linking in _LINKING.items():
            if word in linking:
                votes[language].add(at)
    most = max(map(len, votes.values()), default=0)
    return [one for one in seen if 2 * len(votes[one.meaning.language]) >= most]


def _parted(words: Sequence[str | None], seen: Sequence[_Seen]) -> _Words:
    inside = {at for one in seen for at in range(one.start, one.end)}
    part, parts, purposes = 0, [], set()
    for at, word in enumerate(words):
        if at not in inside and (word is None or word in _PARTING):
            part += 1
            if word in _FOR:
                purposes.add(part)
        parts.append(part)
    plain = {at for one in seen if not one.meaning.entry.headings for at in range(one.start, one.end)}
    nouns = {at for one in seen if one.meaning.entry.headings for at in range(one.start, one.end)}
    telling = frozenset(at for at, word in enumerate(words) if at in nouns or (at not in plain and _is_telling(word)))
    return _Words(tuple(words), tuple(parts), telling, frozenset(purposes))


def _noun_weights(parted: _Words, nouns: Sequence[_Seen]) -> dict[tuple[int, bool], float]:
    """The weight of the noun at each place."""
    if not nouns:
        return {}
    parts = [parted.part[noun.start] for noun in nouns]
    main = min((part for part in parts if part not in parted.purposes), default=min(parts))
    named = [noun for noun in nouns if parted.part[noun.start] == main]
    romance = _is_romance(parted.words, named)
    head = (min if romance else max)(named, key=lambda noun: noun.start)
    top = HEAD if _stands_at(parted, head, romance=romance) else LIKELY
    return {(noun.start, noun.first): _weight(parted, noun, main, head, top) for noun in nouns}


def _weight(parted: _Words, noun: _Seen, main: int, head: _Seen, top: float) -> float:
    part = parted.part[noun.start]
    if part == main:
        return top if noun.start == head.start and not noun.first else BESIDE
    return PURPOSE if part in parted.purposes else BEHIND


def _is_romance(words: Sequence[str | None], named: Sequence[_Seen]) -> bool:
    """Whether the noun comes first: Romance nouns alone, or a Romance linking word that is none of the others'."""
    linking = frozenset(word for language in _ROMANCE for word in _LINKING[language])
    other = _LINKING["en"] | _LINKING["de"]
    return any(word in linking - other for word in words) or all(one.meaning.language in _ROMANCE for one in named)


def _stands_at(parted: _Words, head: _Seen, *, romance: bool) -> bool:
    """Whether the noun is where a name has its noun, and in the first part that has words at all."""
    telling = [at for at in range(len(parted.words)) if at in parted.telling or head.start <= at < head.end]
    if parted.part[telling[0]] != parted.part[head.start]:
        return False
    here = [at for at in telling if parted.part[at] == parted.part[head.start]]
    return head.start <= (here[0] if romance else here[-1]) < head.end


def _is_telling(word: str | None) -> bool:
    """Whether a word may be the noun that says what the goods are."""
    if not word or len(word) < _SHORTEST_WORD or any(map(str.isdigit, word)):
        return False
    known = len(word) > _LONGEST_SIGN or is_tariff_word(*tariff_words(word))
    return known and word not in _BESIDE_THE_NAME and word not in _PARTING
