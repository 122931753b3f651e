"""Printed words and the official codes they stand for, read from the data files beside this module."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from extractors.values.printing import key

WORDS: Final = files("extractors.values")
CODES: Final = files("schemas.codes")


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


def _tables(name: str) -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))
