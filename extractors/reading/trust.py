"""Whether a text layer says what a person sees.

The page is drawn twice, once without its text: where nothing changes, the text is not visible (a layer behind a scan,
white on white, under a picture), and what looks like print in the second drawing is text that the layer does not have.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

import cv2
import numpy as np

from extractors.engines import Picture
from schemas.geometry import Box
from schemas.pages import Word

DPI = 100
"""Enough to see whether there is ink."""
Doubt = Literal["no_text", "garbage", "unseen", "unread_print"]

_CHANGE = 24
"""Grey levels; a smaller difference is not visible."""
_UNSEEN = 0.3
"""With more than this share of its characters unseen, nothing of the layer is trusted."""
_FEW_PRINTS = 120
_PRINT_SHARE = 0.5
_GARBAGE_SHARE = 0.05
_WORDLIKE = 0.5
_FEW = 10
_BAD = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff\x00-\x08\x0b-\x1f\x7f-\x9f]|Ã[\x80-\xbf©¤¶¼]|â€")
_LETTERS = re.compile(r"[^\W\d_]+(?:[-'’./&][^\W\d_]+)*")
_VOWEL = re.compile(r"[aeiouyáàâäãåæéèêëíìîïóòôöõøúùûüœ]", re.IGNORECASE)


def doubt(words: Sequence[Word], *, drawn: Picture, textless: Picture) -> Doubt | None:
    """Why the page must be read from its picture instead; pictures are upright at `DPI`."""
    letters = sum(len(word.text) for word in words)
    if not letters:
        return "no_text"
    if is_garbage(words):
        return "garbage"
    seen = sum(len(word.text) for word in visible(words, drawn=drawn, textless=textless))
    if seen < (1 - _UNSEEN) * letters:
        return "unseen"
    return "unread_print" if _prints(textless) > max(_FEW_PRINTS, _PRINT_SHARE * letters) else None


def visible(words: Sequence[Word], *, drawn: Picture, textless: Picture) -> list[Word]:
    """The words whose place looks different without the text."""
    change = cv2.absdiff(drawn, textless)
    return [word for word in words if _changes(change, word.box)]


def _changes(change: cv2.typing.MatLike, box: Box) -> bool:
    scale = DPI / 72
    rows = slice(max(0, int(box.top * scale)), int(box.bottom * scale) + 1)
    columns = slice(max(0, int(box.x0 * scale)), int(box.x1 * scale) + 1)
    place = change[rows, columns]
    return place.size > 0 and int(place.max()) > _CHANGE


def _prints(textless: Picture) -> int:
    """How many marks of a letter's size the drawing without its text still has."""
    kernel = np.ones((15, 15), np.uint8)
    ink = cv2.morphologyEx(textless, cv2.MORPH_BLACKHAT, kernel) > 40  # noqa: PLR2004  grey levels under the paper's
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    width, height = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    return int(np.count_nonzero((height >= 5) & (height <= 30) & (width >= 2) & (width <= 40)))  # noqa: PLR2004


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
