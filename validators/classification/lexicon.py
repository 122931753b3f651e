"""The trade's words in six languages, and what the tariff calls the same: looked up in any number and compound."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from schemas.nomenclature import HEADING
from validators.names import folded

LANGUAGES: Final = ("en", "de", "fr", "es", "it", "zh")
"""Columns of the tables, in this order; several words in a cell are parted by strokes."""
_CHINESE: Final = "zh"
_SHORTEST_PART: Final = 4
"""Letters from which a word may be part of a German compound: shorter ones are in many words by chance."""
IRREGULAR: Final = {"knives": "knife", "shelves": "shelf", "scarves": "scarf", "women": "woman", "men": "man"}
# Endings that a plural or a case puts on, and what stood there before, by language.
_ENDINGS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "en": (("ies", "y"), ("es", ""), ("s", "")),
    "de": (("ern", ""), ("en", ""), ("er", ""), ("es", ""), ("n", ""), ("e", ""), ("s", "")),
    "fr": (("aux", "al"), ("s", ""), ("x", "")),
    "es": (("es", ""), ("s", "")),
    "it": (("chi", "co"), ("che", "ca"), ("i", "o"), ("i", "e"), ("i", "a"), ("e", "a")),
}
_NO_PLURAL: Final = re.compile(r"(?:ss|us|is)$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A noun of goods with the headings that may take it, or a plain word with none. `tariff` is the tariff's wording.

    `name` is the English word that stands first. `subheading` is where the goods usually stand, where that is known.
    """

    name: str
    tariff: str
    headings: tuple[str, ...] = ()
    subheading: str | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """An entry under one of its words. `length` counts the words of a Latin phrase, the signs of a Chinese one."""

    entry: Entry
    language: str
    length: int


@lru_cache(maxsize=65536)
def base_forms(word: str, language: str) -> frozenset[str]:
    """What a word may be the plural or another case of, with the word itself."""
    forms = {word, IRREGULAR.get(word, word)}
    if len(word) >= _SHORTEST_PART and not (language == "en" and _NO_PLURAL.search(word)):
        endings = _ENDINGS.get(language, ())
        forms |= {word[: -len(end)] + before for end, before in endings if word.endswith(end)}
    return frozenset(form for form in forms if len(form) > 1) | {word}


class Lexicon:
    """Entries by word. Phrases are found whole before their parts, and the longest Chinese word first."""

    def __init__(self, entries: Iterable[tuple[Entry, Mapping[str, Sequence[str]]]]) -> None:
        self._phrases: dict[str, list[tuple[tuple[frozenset[str], ...], Meaning]]] = defaultdict(list)
        self._chinese: dict[str, list[Meaning]] = defaultdict(list)
        for entry, words in entries:
            for language in LANGUAGES:
                for word in words.get(language, ()):
                    self._add(entry, word, language)
        self._longest = max(map(len, self._chinese), default=1)

    def _add(self, entry: Entry, word: str, language: str) -> None:
        if language == _CHINESE and not word.isascii():
            self._chinese[word].append(Meaning(entry, language, len(word)))
            return
        parts = tuple(base_forms(part, language) for part in word.split())
        for form in parts[0] if parts else ():
            self._phrases[form].append((parts, Meaning(entry, language, len(parts))))

    def at(self, words: Sequence[str]) -> tuple[Meaning, ...]:
        """The meanings of the longest phrase that these folded words begin with."""
        found: set[Meaning] = set()
        for language in LANGUAGES[:-1]:
            for form in base_forms(words[0], language):
                found.update(
                    meaning
                    for parts, meaning in self._phrases.get(form, ())
                    if meaning.language == language and _begins(words, parts, language)
                )
        longest = max((meaning.length for meaning in found), default=0)
        return _ordered(meaning for meaning in found if meaning.length == longest)

    def in_compound(self, word: str) -> tuple[tuple[Meaning, ...], tuple[Meaning, ...]]:
        """The first and the last part of a German compound, as far as they are known; the last says what it is."""
        for cut in range(2, len(word) - _SHORTEST_PART + 1):
            last = self._german(word[cut:])
            if last:
                return self._german(word[:cut]) or self._german(word[:cut].removesuffix("s")), last
        for cut in range(len(word) - 2, _SHORTEST_PART, -1):
            first = tuple(meaning for meaning in self._german(word[:cut]) if not meaning.entry.headings)
            if first:
                return first, ()
        return (), ()

    def _german(self, part: str) -> tuple[Meaning, ...]:
        if len(part) < _SHORTEST_PART:
            return ()
        return _ordered(
            {
                meaning
                for form in base_forms(part, "de")
                for _, meaning in self._phrases.get(form, ())
                if meaning.language == "de" and meaning.length == 1 and len(form) >= _SHORTEST_PART
            }
        )

    def in_chinese(self, text: str) -> Iterator[tuple[int, Meaning]]:
        """Known words of a run of Chinese signs, each with where it begins, the longest taken first."""
        at = 0
        while at < len(text):
            lengths = range(min(self._longest, len(text) - at), 0, -1)
            length = next((n for n in lengths if text[at : at + n] in self._chinese), 0)
            yield from ((at, meaning) for meaning in self._chinese.get(text[at : at + length], ()))
            at += length or 1


def _begins(words: Sequence[str], parts: Sequence[frozenset[str]], language: str) -> bool:
    return len(words) >= len(parts) and all(
        part & base_forms(word, language) for word, part in zip(words, parts, strict=False)
    )


def _ordered(meanings: Iterable[Meaning]) -> tuple[Meaning, ...]:
    return tuple(sorted(meanings, key=lambda one: (LANGUAGES.index(one.language), one.entry.name)))


def _rows(name: str) -> list[list[str]]:
    text = (files(__package__) / name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]


def _words(row: Sequence[str]) -> dict[str, list[str]]:
    return {
        language: [word for word in map(folded, cell.split("/")) if word]
        for language, cell in zip(LANGUAGES, row[1:], strict=True)
    }


@cache
def lexicon() -> Lexicon:
    """All tables, read once when first asked for."""
    entries: list[tuple[Entry, dict[str, list[str]]]] = []
    for row in _rows("goods_words.csv"):
        words = _words(row)
        entries.append((Entry(words["en"][0], words["en"][0], tuple(row[0].split())), words))
    for row in _rows("subheading_words.csv"):
        words = _words(row)
        entries.append((Entry(words["en"][0], words["en"][0], (row[0][:HEADING],), row[0]), words))
    plain = [(row[0], _words(row)) for row in _rows("plain_words.csv")]
    entries.extend((Entry(words["en"][0], tariff), words) for tariff, words in plain)
    return Lexicon(entries)
