"""Evens out typography that carries no meaning: spaces, dashes, apostrophes, full-width characters, accents, dots."""

from __future__ import annotations

import re
import unicodedata

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_NOTHING = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), "")
_APOSTROPHES = {ord(mark): "'" for mark in "‘’‛ʼ´`′"}
_DASHES = {ord(mark): "-" for mark in "‐‑‒–—−﹣"}
_EVEN = _FULL_WIDTH | _SPACES | _NOTHING | _APOSTROPHES | _DASHES
_LONE_BORDER = re.compile(r"(?:^|(?<=\s))[|\[\]{}_]+(?=\s|$)")
_RIGHT_BORDER = re.compile(r"(?<=\d)[\]})](?=\s|$)")
_LEFT_BORDER = re.compile(r"^[\[{](?=\d)")
# Letters that Unicode does not decompose into a base letter and an accent.
_BARE = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})


def evened(text: str) -> str:
    """One kind of space, dash and apostrophe, ASCII for full-width, single spaces; case and accents stay."""
    return " ".join(text.translate(_EVEN).split())


def unframed(text: str) -> str:
    """Evened, without what OCR makes of a ruled border: lone bars and underscores, brackets without a partner.

    A bar that touches a digit stays, as it may be a one.
    """
    body = _LONE_BORDER.sub(" ", evened(text).strip("_ "))
    if "(" not in body:
        body = _RIGHT_BORDER.sub("", body)
    return _LEFT_BORDER.sub("", body).strip("_ ")


def key(text: str) -> str:
    """What two spellings of one word share: no case, accents, dots or doubled spaces ("STÜCK." and "Stuck")."""
    decomposed = unicodedata.normalize("NFKD", evened(text).casefold())
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark)).translate(_BARE)
    return " ".join(re.sub(r"[.·]", "", bare).split())


def letters(text: str) -> int:
    """How many letters of any script the text has."""
    return sum(mark.isalpha() for mark in text)
