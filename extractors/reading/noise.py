"""Tokens that are no words: specks, strokes of signatures and stamps, pieces of ruled lines."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import cv2
import numpy as np

from extractors.engines import Picture, Token
from extractors.reading import confidence
from schemas.geometry import Box
from schemas.pages import Rule, Word

_STROKES = frozenset("|Il1[](){}!ij/\\_-—–=~.,:;'\"`")
"""What a piece of a ruled line is read as."""
_SURE = 0.8
_LETTERS = 3
_RESTLESS = 0.2
"""Print at any resolution stays under a tenth; random pixels are at a half."""
_CONTRAST = 12.0
_SMALL, _LARGE, _FLAT = 0.45, 3.0, 0.25
"""Of the usual height of words."""
_READABLE_WORDS = 3
_READABLE_SHARE = 0.2


def cleaned(words: Sequence[Word], rules: Sequence[Rule]) -> list[Word]:
    """The words without noise. A token with a digit stays, unless it is a stroke on a ruled line."""
    usual = median(
        [word.box.height for word in words if word.confirmed_by] or [word.box.height for word in words] or [0]
    )
    return [
        word
        for word in words
        if not _is_stroke(word, rules) and not _is_speck(word) and not _is_out_of_size(word, usual)
    ]


def _is_out_of_size(word: Word, usual: float) -> bool:
    """What one reader alone saw: a sign or two far smaller or larger than the print, or a row of dashes as a word."""
    if word.confirmed_by:
        return False
    few = len(word.text) <= 2  # noqa: PLR2004
    return word.box.height < _FLAT * usual or (few and not _SMALL * usual <= word.box.height <= _LARGE * usual)


def _is_speck(word: Word) -> bool:
    if any(sign.isdigit() for sign in word.text) or word.confirmed_by or word.confidence >= confidence.TWICE:
        return False
    letters = sum(sign.isalnum() for sign in word.text)
    return (
        letters == 0
        or (word.confidence <= confidence.FAINT and word.reader == "tesseract")
        or (letters == 1 and word.confidence <= confidence.DISPUTED)
    )


def _is_stroke(word: Word, rules: Sequence[Rule]) -> bool:
    if word.confirmed_by or not set(word.text) <= _STROKES:
        return False
    near = 3.0 if "|" in (word.text, *word.alternatives) else 1.0
    return any(_lies_on(word.box, rule, near) for rule in rules)


def _lies_on(box: Box, rule: Rule, near: float) -> bool:
    """Within so many points of the line; an upright one must be clearly longer than the token is high."""
    if rule.horizontal:
        return rule.box.overlap_x(box) > 0 and box.top - near <= rule.box.middle_y <= box.bottom + near
    beside = box.x0 - near <= rule.box.middle_x <= box.x1 + near
    return rule.box.overlap_y(box) > 0 and beside and rule.box.height > 1.5 * box.height


def is_noise(picture: Picture) -> bool:
    """Whether ink and paper change places far more often along a row than in print: reading it would take minutes."""
    sample = picture[::3]
    _, ink = cv2.threshold(sample, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    contrast = float(sample.std())
    return contrast > _CONTRAST and float(np.mean(ink[:, 1:] != ink[:, :-1])) > _RESTLESS


def readable(tokens: Sequence[Token]) -> bool:
    """Whether a pass found words rather than noise: sure ones of some length make up a part of what was read."""
    sure = [t for t in tokens if t.certainty >= _SURE and sum(sign.isalnum() for sign in t.text) >= _LETTERS]
    signs = sum(len(token.text) for token in tokens)
    return len(sure) >= _READABLE_WORDS and sum(len(token.text) for token in sure) >= _READABLE_SHARE * signs
