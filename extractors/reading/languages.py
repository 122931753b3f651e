"""Which language a page is in, from the everyday words that were read on it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import resources

ENGLISH = "eng"
CHINESE = "chi_sim"
_ENOUGH = 4
"""So many different everyday words of a language are no chance."""
_ENOUGH_CHINESE = 4
_WORD = re.compile(r"[^\W\d_]+")
_CHINESE_SIGN = re.compile(r"[\u4e00-\u9fff]")


def languages_of(texts: Iterable[str], *, allowed: Iterable[str]) -> tuple[str, ...]:
    """English first, then the page's own if it is another and allowed."""
    text = " ".join(texts)
    known = set(allowed)
    if CHINESE in known and len(_CHINESE_SIGN.findall(text)) >= _ENOUGH_CHINESE:
        return (ENGLISH, CHINESE)
    seen = {_plain(word) for word in _WORD.findall(text)}
    hits = {language: len(words & seen) for language, words in _everyday_words().items() if language in known}
    best = max(hits, key=hits.__getitem__, default=ENGLISH)
    return (ENGLISH, best) if hits.get(best, 0) >= _ENOUGH else (ENGLISH,)


def count_chinese(texts: Iterable[str]) -> int:
    return sum(len(_CHINESE_SIGN.findall(text)) for text in texts)


@cache
def _everyday_words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(resources.files(__package__).joinpath("languages.toml").read_text("utf-8"))
    return {language: frozenset(_plain(word) for word in words) for language, words in table.items()}


def _plain(word: str) -> str:
    """Without case and accents, which the first, English reading misses."""
    parts = unicodedata.normalize("NFD", word.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
