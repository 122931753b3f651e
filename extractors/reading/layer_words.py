"""Words made of a text layer's characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from extractors.reading.glyphs import Boxes, Flags, Letters
from schemas.geometry import Box, union
from schemas.pages import Word

GAP = 0.2
"""A gap wider than this share of the character's height parts two words although no space was written."""
_OVERLAP = 0.6
_SAME_LEVEL = 0.35
_LETTERSPACED = 4
"""So many single letters in a row are one word printed with spaces between its letters."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word and which of the layer's characters it is made of."""

    word: Word
    members: tuple[int, ...]


def tokens(found: Letters) -> list[Token]:
    """Words in the layer's own order; every character that is not a space stands in exactly one."""
    runs = _joined_runs(_runs(found), found.cells)
    return _joined_letters(_tokens(found, runs))


def _runs(found: Letters) -> list[list[int]]:
    """Characters that follow each other on one level without a gap."""
    printed = found.printed
    follows = np.zeros(len(found), dtype=bool)
    if len(found) > 1:
        follows[1:] = printed[1:] & printed[:-1] & _continues(found.cells)
    runs: list[list[int]] = []
    for index, (shows, on) in enumerate(zip(printed.tolist(), follows.tolist(), strict=True)):
        if on:
            runs[-1].append(index)
        elif shows:
            runs.append([index])
    return runs


def _continues(cells: Boxes) -> Flags:
    """Of each character but the first, whether it goes on where the one before it ends.

    Letters that share one cell are parts of a ligature.
    """
    before, after = cells[:-1], cells[1:]
    height = np.minimum(before[:, 3] - before[:, 1], after[:, 3] - after[:, 1])
    gap = after[:, 0] - before[:, 2]
    level = np.abs(before[:, 3] - after[:, 3]) <= _SAME_LEVEL * height
    same = np.abs(before - after).max(axis=1) < 0.01  # noqa: PLR2004  points
    return np.asarray(same | (level & (gap >= -_OVERLAP * height) & (gap <= GAP * height)), dtype=bool)


def _joined_runs(runs: list[list[int]], cells: Boxes) -> list[list[int]]:
    """Runs that touch although the layer wrote them apart, as writers that place each letter for itself do."""
    edges = cells.tolist()
    by_start = {(round(edges[run[0]][0]), round(edges[run[0]][3])): run for run in runs}
    joined: list[list[int]] = []
    taken: set[int] = set()
    for run in runs:
        if run[0] in taken:
            continue
        whole = list(run)
        while (after := _touching(whole, by_start, edges)) is not None and after[0] not in taken and after is not run:
            taken.add(after[0])
            whole += after
        joined.append(whole)
    return joined


def _touching(run: list[int], by_start: dict[tuple[int, int], list[int]], edges: list[list[float]]) -> list[int] | None:
    _, top, x1, bottom = edges[run[-1]]
    for dx in (0, 1):
        after = by_start.get((int(x1) + dx, round(bottom)))
        if after is None:
            continue
        start = edges[after[0]][0]
        if abs(start - x1) <= 0.05 * (bottom - top) and start > edges[run[0]][0]:
            return after
    return None


def _tokens(found: Letters, runs: Sequence[Sequence[int]]) -> list[Token]:
    if not runs:
        return []
    heavy = np.array([face.bold for face in found.faces], dtype=bool)[found.face_of_each]
    members = np.array([index for run in runs for index in run], dtype=np.intp)
    starts = np.cumsum([0, *(len(run) for run in runs[:-1])])
    low = np.minimum.reduceat(found.cells[members, :2], starts)
    high = np.maximum.reduceat(found.cells[members, 2:], starts)
    bold = np.minimum.reduceat(heavy[members], starts)
    sides = np.concatenate([low, high], axis=1).tolist()
    return [
        Token(Word(_text(found, run), Box(*box), size=round(box[3] - box[1], 1), bold=thick), tuple(run))
        for run, box, thick in zip(runs, sides, bold.tolist(), strict=True)
    ]


def _text(found: Letters, run: Sequence[int]) -> str:
    return unicodedata.normalize("NFC", "".join([found.texts[index] for index in run]))


def _joined_letters(found: list[Token]) -> list[Token]:
    """Letters printed apart ("P A C K I N G") as one word. A gap clearly wider than the others parts two words."""
    result: list[Token] = []
    start = 0
    while start < len(found):
        end = start
        while end < len(found) and _is_letter(found[end]) and (end == start or _beside(found[end - 1], found[end])):
            end += 1
        if end - start >= _LETTERSPACED and all(token.word.text.isalpha() for token in found[start:end]):
            result += _parted(found[start:end])
        else:
            end = max(end, start + 1)
            result += found[start:end]
        start = end
    return result


def _is_letter(token: Token) -> bool:
    return len(token.word.text) == 1


def _beside(left: Token, right: Token) -> bool:
    first, second = left.word.box, right.word.box
    level = abs(first.bottom - second.bottom) <= _SAME_LEVEL * first.height
    return level and 0 < second.x0 - first.x0 <= 2.5 * first.height


def _parted(letters: list[Token]) -> list[Token]:
    gaps = [right.word.box.x0 - left.word.box.x1 for left, right in pairwise(letters)]
    usual = median(gaps)
    groups = [[letters[0]]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap > usual + 0.25 * letter.word.box.height:
            groups.append([letter])
        else:
            groups[-1].append(letter)
    return [_spelled(group) for group in groups]


def _spelled(letters: list[Token]) -> Token:
    box: Box = union(letter.word.box for letter in letters)
    text = "".join(letter.word.text for letter in letters)
    first = letters[0].word
    members = tuple(index for letter in letters for index in letter.members)
    return Token(Word(text, box, size=first.size, bold=first.bold), members)
