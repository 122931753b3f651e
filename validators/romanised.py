"""Names in one Latin spelling: Cyrillic and Greek letters written out, and what romanisations write differently alike.

"Рособоронэкспорт", "Rosoboronexport" and "Rosoboroneksport" become one word; so do "Mohammed" and "Muhammad" but for
their vowels, which the comparison of words allows for. Arabic and Chinese names are compared in their own script.
"""

from __future__ import annotations

import re
from functools import lru_cache

from validators.names import folded

# BGN/PCGN and the scientific romanisation differ where the rules below make them alike again. Folding has taken the
# marks off й, ё and ї before.
_CYRILLIC = "абвгдезийклмнопрстуфхыэієґўјљњћџѕќѓ"
_GREEK = "αβγδεζηικλμνξοπρσςτυφχω"
_SEVERAL = {
    "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "", "ю": "iu", "я": "ia", "ђ": "d", "θ": "th",
    "ψ": "ps",
}  # fmt: skip
_LETTERS: dict[int, str] = {
    **{ord(sign): latin for sign, latin in zip(_CYRILLIC, "abvgdeziiklmnoprstufhieiegujlncdzkg", strict=True)},
    **{ord(sign): latin for sign, latin in zip(_GREEK, "avgdeziiklmnxoprsstifho", strict=True)},
    **{ord(sign): latin for sign, latin in _SEVERAL.items()},
}
_MARKS_OF_DIRECTION = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff")
)
_SPELLINGS = (
    ("tsch", "ch"), ("tch", "ch"), ("sch", "sh"), ("shch", "sh"), ("dzh", "j"), ("dj", "j"), ("zh", "z"), ("kh", "h"),
    ("gh", "g"), ("ph", "f"), ("cks", "x"), ("ks", "x"), ("ck", "k"), ("q", "k"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("ya", "ia"), ("yu", "iu"), ("y", "i"), ("j", "i"), ("w", "v"), ("tz", "ts"),
)  # fmt: skip
_HARD_C = re.compile(r"c(?![ehiy])")
_DOUBLED = re.compile(r"([a-z])\1+")
_VOWELS = re.compile(r"[aeiou]")


def latin(text: str) -> str:
    """The text folded to words of small Latin letters where its script has a romanisation; others stay."""
    plain = folded(text.translate(_MARKS_OF_DIRECTION))
    return plain if plain.isascii() else folded(plain.replace("ου", "u").translate(_LETTERS))


@lru_cache(maxsize=65536)
def romanised(word: str) -> str:
    """A word of `latin` in the one spelling that its usual romanisations share."""
    for spelt, alike in _SPELLINGS:
        word = word.replace(spelt, alike)
    return _DOUBLED.sub(r"\1", _HARD_C.sub("k", word))


def consonants(word: str) -> str:
    return _VOWELS.sub("", word)
