"""Printed words and the official codes they stand for, read from the data files beside this module."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from rapidfuzz.distance import Levenshtein

from extractors.values.printing import key

WORDS: Final = files("extractors.values")
CODES: Final = files("schemas.codes")
_CORRECTABLE: Final = 6


@cache
def official_codes(name: str) -> Mapping[str, str]:
    """Code → official name, from `schemas/codes/<name>.csv`; lines that begin with `#` give source and date."""
    text = (CODES / f"{name}.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#"))
    return MappingProxyType({row["code"]: row["name"] for row in rows})


@cache
def printed_words(name: str) -> Mapping[str, str]:
    """Folded word (see `printing.key`) → code, from all languages of `extractors/values/<name>.toml`.

    Raises:
        ValueError: two languages give one word different codes; such a word must not be in the file.
    """
    table: dict[str, str] = {}
    for language, entries in _tables(name).items():
        for code, words in entries.items():
            for word in words:
                if table.setdefault(key(word), code) != code:
                    raise ValueError(f"{name}.toml: {word!r} ({language}) stands for {code} and {table[key(word)]}")
    return MappingProxyType(table)


@cache
def word_lists(name: str) -> Mapping[str, tuple[str, ...]]:
    """Code → words as printed, all languages joined, longest first, so that a pattern built of them is greedy."""
    lists: dict[str, list[str]] = {}
    for entries in _tables(name).values():
        for code, words in entries.items():
            lists.setdefault(code, []).extend(words)
    return MappingProxyType({code: tuple(sorted(set(w), key=len, reverse=True)) for code, w in lists.items()})


@cache
def label_words(kind: str, name: str = "marks") -> tuple[str, ...]:
    """The words of one kind in a file whose tables are kinds and whose keys are languages; longest first."""
    words = {word for spellings in _tables(name)[kind].values() for word in spellings}
    return tuple(sorted(words, key=len, reverse=True))


def _tables(name: str) -> Mapping[str, Mapping[str, list[str]]]:
    """The file as it is: language → code → words, or kind → language → words."""
    return tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))


def nearest(name: str, table: Mapping[str, str]) -> str | None:
    """The code of the words one misread letter away from a folded name, if they all have that one code.

    Short words are never corrected: among them one letter makes another word.
    """
    if len(name) < _CORRECTABLE:
        return None
    near = {code for word, code in table.items() if len(word) >= _CORRECTABLE and _one_off(word, name)}
    return near.pop() if len(near) == 1 else None


def _one_off(word: str, name: str) -> bool:
    return Levenshtein.distance(word, name, score_cutoff=1) <= 1


@cache
def any_of(kind: str, name: str = "marks") -> str:
    """A pattern for the words of one kind; dots and spaces in them are optional, as print treats them so."""
    return "|".join(_spaced(word) for word in label_words(kind, name))


def _spaced(word: str) -> str:
    """So that "H.S. Code" finds "HS CODE" and "H.S.CODE" as well."""
    return r"[. ]*".join(re.escape(part) for part in re.split(r"[. ]+", word) if part) + r"\.?"
