"""Words made of a text layer's characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from extractors.reading.glyphs import Glyph
from schemas.geometry import Box, union
from schemas.pages import Word

GAP = 0.2
"""A gap wider than this share of the character's height parts two words although no space was written."""
_OVERLAP = 0.6
_SAME_LEVEL = 0.35
_LETTERSPACED = 4
"""So many single letters in a row are one word printed with spaces between its letters."""


def words(glyphs: Sequence[Glyph]) -> list[Word]:
    """Words in the layer's own order; every character that is not a space stands in exactly one."""
    return _joined_letters([_word(run) for run in _joined_runs(_runs(glyphs))])


def _runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters that follow each other on one level without a gap."""
    runs: list[list[Glyph]] = []
    follows = False
    for glyph in glyphs:
        if glyph.text.isspace() or not glyph.text:
            follows = False
        elif follows and _continues(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
            follows = True
    return runs


def _continues(before: Glyph, after: Glyph) -> bool:
    height = min(before.box.height, after.box.height)
    gap = after.box.x0 - before.box.x1
    return _on_one_level(before, after) and -_OVERLAP * height <= gap <= GAP * height


def _on_one_level(before: Glyph, after: Glyph) -> bool:
    return abs(before.box.bottom - after.box.bottom) <= _SAME_LEVEL * min(before.box.height, after.box.height)


def _joined_runs(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Runs that touch although the layer wrote them apart, as writers that place each letter for itself do."""
    by_start = {(round(run[0].box.x0), round(run[0].box.bottom)): run for run in runs}
    joined: list[list[Glyph]] = []
    taken: set[int] = set()
    for run in runs:
        if id(run) in taken:
            continue
        whole = list(run)
        while (after := _touching(whole, by_start)) is not None and id(after) not in taken and after is not run:
            taken.add(id(after))
            whole += after
        joined.append(whole)
    return joined


def _touching(run: list[Glyph], by_start: dict[tuple[int, int], list[Glyph]]) -> list[Glyph] | None:
    end = run[-1].box
    for dx in (0, 1):
        after = by_start.get((int(end.x1) + dx, round(end.bottom)))
        if after is not None and abs(after[0].box.x0 - end.x1) <= 0.05 * end.height and after[0].box.x0 > run[0].box.x0:
            return after
    return None


def _word(run: Sequence[Glyph]) -> Word:
    text = (
        unicodedata.normalize("NFC", "".join(glyph.text for glyph in run)).replace("\xad", "-").replace("\ufffe", "-")
    )
    box = union(glyph.box for glyph in run)
    return Word(text, box, size=round(box.height, 1), bold=all(glyph.bold for glyph in run))


def _joined_letters(found: list[Word]) -> list[Word]:
    """Letters printed apart ("P A C K I N G") as one word. A gap clearly wider than the others parts two words."""
    result: list[Word] = []
    start = 0
    while start < len(found):
        end = start
        while end < len(found) and len(found[end].text) == 1 and (end == start or _beside(found[end - 1], found[end])):
            end += 1
        if end - start >= _LETTERSPACED and all(word.text.isalpha() for word in found[start:end]):
            result += _parted(found[start:end])
        else:
            end = max(end, start + 1)
            result += found[start:end]
        start = end
    return result


def _beside(left: Word, right: Word) -> bool:
    level = abs(left.box.bottom - right.box.bottom) <= _SAME_LEVEL * left.box.height
    return level and 0 < right.box.x0 - left.box.x0 <= 2.5 * left.box.height


def _parted(letters: list[Word]) -> list[Word]:
    gaps = [right.box.x0 - left.box.x1 for left, right in pairwise(letters)]
    usual = median(gaps)
    groups = [[letters[0]]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap > usual + 0.25 * letter.box.height:
            groups.append([letter])
        else:
            groups[-1].append(letter)
    return [_spelled(group) for group in groups]


def _spelled(letters: list[Word]) -> Word:
    box: Box = union(letter.box for letter in letters)
    text = "".join(letter.text for letter in letters)
    return Word(text, box, size=letters[0].size, bold=letters[0].bold)
