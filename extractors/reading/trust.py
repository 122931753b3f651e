"""Whether a text layer says what a person sees.

The page is drawn twice, once without its text: where nothing changes, the text is not visible (a layer behind a scan,
white on white, under a picture or a bar).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.engines import Picture
from extractors.reading.glyphs import Flags, Letters
from extractors.reading.layer_words import Token
from schemas.pages import Word

POINTS = 72.0
DPI = 100
"""Enough to see whether there is ink."""
Floats = NDArray[np.float64]
Counts = NDArray[np.intp]
Doubt = Literal["no_text", "garbage", "unseen", "unread_print"]

_CHANGE = 24
"""Grey levels; a smaller difference is not visible."""
_UNSEEN = 0.3
"""With more than this share of its characters unseen, nothing of the layer is trusted."""
_ROUNDED = 0.7
"""Pixels by which drawing may move a thin stroke sideways."""
_THIRDS = 3
_MOST = 0.5
"""Of a word's letters; a thin or pale one may not change a pixel enough."""
_READABLE = 3.0
"""Points: no one reads smaller print, which is meant for programs."""
_GARBAGE_SHARE = 0.05
_WORDLIKE = 0.5
_FEW = 10
_BAD = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff\x00-\x08\x0b-\x1f\x7f-\x9f]|Ã[\x80-\xbf©¤¶¼]|â€")
_LETTERS = re.compile(r"[^\W\d_]+(?:[-'’./&][^\W\d_]+)*")
_VOWEL = re.compile(r"[aeiouyáàâäãåæéèêëíìîïóòôöõøúùûüœ]", re.IGNORECASE)


def doubt(words: Sequence[Word], seen: Sequence[Word]) -> Doubt | None:
    """Why the page must be read from its picture instead, as far as its words tell; `seen` are those that show."""
    letters = sum(len(word.text) for word in words)
    if not letters:
        return "no_text"
    if is_garbage(words):
        return "garbage"
    return "unseen" if sum(len(word.text) for word in seen) < (1 - _UNSEEN) * letters else None


def visible(tokens: Sequence[Token], letters: Letters, *, drawn: Picture, textless: Picture) -> list[Token]:
    """The words whose place looks different without the text, not only at a rim that a bar or a patch leaves free.

    That is every figure from top to bottom, and most letters in good part; of a word of other signs any.
    """
    if not tokens:
        return []
    thirds = _changed_thirds(letters, _counted(cv2.absdiff(drawn, textless)))
    thirds[letters.cells[:, 3] - letters.cells[:, 1] < _READABLE] = 0
    figures = np.array([text.isdigit() for text in letters.texts], dtype=bool)
    signs = np.array([text.isalnum() for text in letters.texts], dtype=bool)
    starts = np.cumsum([0, *(len(token.members) for token in tokens[:-1])])
    members = np.array([index for token in tokens for index in token.members], dtype=np.intp)
    any_sign, shown, missing, shows = (
        np.add.reduceat(flags[members].astype(np.intp), starts)
        for flags in (signs, signs & (thirds > 1), figures & (thirds < _THIRDS), thirds > 0)
    )
    kept = np.where(any_sign > 0, (missing == 0) & (shown >= _MOST * any_sign), shows > 0)
    return [token for token, keep in zip(tokens, kept.tolist(), strict=True) if keep]


def _changed_thirds(letters: Letters, counted: cv2.typing.MatLike) -> Counts:
    """Of each character in how many thirds of its height ink changes."""
    boxes = np.where(np.isfinite(letters.inks), letters.inks, letters.cells) * (DPI / POINTS)
    x0, top, x1, bottom = boxes.T
    step = (bottom - top) / _THIRDS
    sides = (x0 - _ROUNDED, x1 + _ROUNDED)
    changes = [_changes(counted, sides, (top + i * step, top + (i + 1) * step)) for i in range(_THIRDS)]
    return np.asarray(np.sum(changes, axis=0), dtype=np.intp)


def _counted(change: cv2.typing.MatLike) -> cv2.typing.MatLike:
    """How many pixels changed above and left of each place."""
    return cv2.integral((change > _CHANGE).astype(np.uint8))


def _changes(counted: cv2.typing.MatLike, across: tuple[Floats, Floats], down: tuple[Floats, Floats]) -> Flags:
    """Whether any pixel changed in each of many boxes."""
    height, width = counted.shape[0] - 1, counted.shape[1] - 1
    left, right = _pixels(*across, end=width)
    upper, lower = _pixels(*down, end=height)
    inside = counted[lower, right] - counted[upper, right] - counted[lower, left] + counted[upper, left]
    return np.asarray(inside > 0, dtype=bool)


def _pixels(low: Floats, high: Floats, *, end: int) -> tuple[Counts, Counts]:
    return np.clip(np.floor(low), 0, end).astype(np.intp), np.clip(np.ceil(high), 0, end).astype(np.intp)


def is_garbage(words: Sequence[Word]) -> bool:
    """Replacement characters, unmapped glyphs, mojibake, or hardly a word that could be one."""
    text = "".join(word.text for word in words)
    bad = sum(len(match[0]) for match in _BAD.finditer(text))
    if bad > _GARBAGE_SHARE * len(text):
        return True
    lettered = [word.text for word in words if sum(sign.isalpha() for sign in word.text) >= 3]  # noqa: PLR2004
    return len(lettered) >= _FEW and sum(map(_like_a_word, lettered)) < _WORDLIKE * len(lettered)


def _like_a_word(text: str) -> bool:
    """Letters alone, with a vowel, in one of the usual cases; or letters of a script without vowels or cases."""
    bare = text.strip(".,;:()[]\"'“”„«»*/-")
    if any(unicodedata.category(sign) == "Lo" for sign in bare):
        return True
    usual_case = bare.islower() or bare.isupper() or bare[:1].isupper() or "." in bare
    return bool(_LETTERS.fullmatch(bare)) and usual_case and bool(_VOWEL.search(bare))
