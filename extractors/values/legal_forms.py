"""The legal form at the end of a company's name, mended where letters of one stroke were taken for each other."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import Final

from extractors.values.lexicon import label_words
from extractors.values.printing import key

# In many typefaces one upright stroke is all there is to see: "S.r.I." is "S.r.l.", "lnc." is "Inc.".
_ALIKE: Final = {"I": "lL", "1": "lLI", "|": "lLI", "l": "I", "0": "O", "O": "0"}
_MOST_WORDS: Final = 3
_MOST_LETTERS: Final = 8


def is_form(text: str) -> bool:
    """True where the text is nothing but a legal form, in any spelling of its dots."""
    return _plain(text) in _forms()


def ends_in_form(name: str) -> bool:
    """True where the last one to three words are a legal form and something stands before them."""
    words = name.split()
    return any(is_form(" ".join(words[-count:])) for count in range(1, min(_MOST_WORDS, len(words) - 1) + 1))


def mended(name: str) -> str:
    """The name with a legal form that only such a misreading keeps from being one; else the name as it is."""
    words = name.split()
    if ends_in_form(name):
        return name
    for tail in (" ".join(words[-count:]) for count in range(1, min(_MOST_WORDS, len(words) - 1) + 1)):
        form = _as_form(tail)
        if form:
            return f"{name[: -len(tail)]}{form}"
    return name


def _as_form(tail: str) -> str | None:
    if len(_plain(tail)) > _MOST_LETTERS:
        return None
    lower = any(sign.islower() for sign in tail)
    for signs in product(*([sign, *_ALIKE.get(sign, "")] for sign in tail)):
        spelling = "".join(signs)
        if spelling != tail and is_form(spelling) and _one_case(spelling, lower=lower):
            return spelling
    return None


def _one_case(spelling: str, *, lower: bool) -> bool:
    """Letters put in are small where the rest is, but for the first."""
    rest = [sign for sign in spelling[1:] if sign.isalpha()]
    return all(sign.islower() for sign in rest) if lower else all(sign.isupper() for sign in rest)


def _plain(text: str) -> str:
    return re.sub(r"[\s.,]", "", key(text))


@cache
def _forms() -> frozenset[str]:
    return frozenset(_plain(word) for word in label_words("forms", "parties"))
