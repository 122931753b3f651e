"""The words of one engine laid beside the line another engine read, character by character."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from extractors.engines import Line
from extractors.reading.merging import Seen
from schemas.geometry import Box, union


@dataclass(frozen=True, slots=True)
class Part:
    """What stands in one token of a line; `token` is the token's number within its line."""

    text: str
    box: Box
    token: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line's text in its parts; `certainty` is the line's."""

    parts: tuple[Part, ...]
    certainty: float

    @property
    def text(self) -> str:
        return " ".join(part.text for part in self.parts)

    @property
    def box(self) -> Box:
        return union(part.box for part in self.parts)


@dataclass(frozen=True, slots=True)
class Pair:
    """A word and what the other engine read there: either may be missing."""

    word: Seen | None
    piece: Piece | None


@dataclass(frozen=True, slots=True)
class _Sign:
    text: str
    start: float
    end: float
    token: int


def pairs(words: Sequence[Seen], line: Line) -> list[Pair]:
    """Words of the line, from the left, each with the stretch of the line that stands in its place.

    Stretches of the line that no word covers become pairs of their own, one for each token as the line parts them. A
    word cut short gets the whole token that its rest belongs to.
    """
    signs = _signs(line)
    spans = _spans(words, signs)
    result = [Pair(word, _piece(line, signs[a:b])) for word, (a, b) in zip(words, spans, strict=True)]
    covered = {index for a, b in spans for index in range(a, b)}
    return result + [Pair(None, _piece(line, run)) for run in _uncovered(signs, covered)]


def _signs(line: Line) -> list[_Sign]:
    """The line's characters that are not spaces, numbered by the token they stand in; wide gaps part tokens too."""
    signs: list[_Sign] = []
    token, after_space = 0, False
    for text, start, end in zip(line.text, line.starts, line.ends, strict=True):
        if text.isspace():
            after_space = True
            continue
        gap = start + (end - start) / 2 - _middle(signs[-1]) if signs else 0.0
        if signs and (after_space or gap > 1.5 * line.box.height):
            token += 1
        signs.append(_Sign(text, start, end, token))
        after_space = False
    return signs


def _middle(sign: _Sign) -> float:
    return (sign.start + sign.end) / 2


def _spans(words: Sequence[Seen], signs: Sequence[_Sign]) -> list[tuple[int, int]]:
    """For each word the range of signs that stand in its place."""
    left = [_folded(sign) for word in words for sign in word.text]
    right = [_folded(sign.text) for sign in signs]
    owners = [index for index, word in enumerate(words) for _ in word.text]
    owner_of: list[int | None] = [None] * len(right)
    for step in Levenshtein.opcodes(left, right):
        if step.tag in {"equal", "replace"}:
            width = min(step.src_end - step.src_start, step.dest_end - step.dest_start)
            for offset in range(width):
                owner_of[step.dest_start + offset] = owners[step.src_start + offset]
    _drop_far(owner_of, words, signs)
    _adopt(owner_of, words, signs)
    return [_range_of(owner_of, index) for index in range(len(words))]


def _folded(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign)


def _drop_far(owner_of: list[int | None], words: Sequence[Seen], signs: Sequence[_Sign]) -> None:
    """A sign that stands clearly outside its word's box was matched by chance."""
    for index, owner in enumerate(owner_of):
        if owner is not None:
            box = words[owner].box
            off = max(box.x0 - _middle(signs[index]), _middle(signs[index]) - box.x1)
            if off > 1.6 * box.height:
                owner_of[index] = None


def _adopt(owner_of: list[int | None], words: Sequence[Seen], signs: Sequence[_Sign]) -> None:
    """A sign that no word has joins the word that has its neighbours of the same token, the nearer of two."""
    for index, owner in enumerate(owner_of):
        if owner is None:
            around = {_neighbour(owner_of, signs, index, -1), _neighbour(owner_of, signs, index, 1)}
            known = [near for near in around if near is not None]
            owner_of[index] = min(known, key=lambda near: _off(words[near].box, signs[index]), default=None)


def _neighbour(owner_of: Sequence[int | None], signs: Sequence[_Sign], index: int, step: int) -> int | None:
    at = index + step
    while 0 <= at < len(signs) and signs[at].token == signs[index].token:
        if owner_of[at] is not None:
            return owner_of[at]
        at += step
    return None


def _off(box: Box, sign: _Sign) -> float:
    return max(0.0, box.x0 - _middle(sign), _middle(sign) - box.x1)


def _range_of(owner_of: Sequence[int | None], word: int) -> tuple[int, int]:
    own = [index for index, owner in enumerate(owner_of) if owner == word]
    return (own[0], own[-1] + 1) if own else (0, 0)


def _uncovered(signs: Sequence[_Sign], covered: set[int]) -> list[list[_Sign]]:
    runs: list[list[_Sign]] = []
    before: int | None = None
    for index, sign in enumerate(signs):
        if index in covered:
            continue
        if before == index - 1 and runs and runs[-1][-1].token == sign.token:
            runs[-1].append(sign)
        else:
            runs.append([sign])
        before = index
    return runs


def _piece(line: Line, signs: Sequence[_Sign]) -> Piece | None:
    if not signs:
        return None
    runs = [list(run) for _, run in groupby(signs, key=lambda sign: sign.token)]
    return Piece(tuple(_part(line, run) for run in runs), line.certainty)


def _part(line: Line, run: Sequence[_Sign]) -> Part:
    box = Box(run[0].start, line.box.top, run[-1].end, line.box.bottom)
    return Part("".join(sign.text for sign in run), box, run[0].token)
