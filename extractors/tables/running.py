"""Lines of words that run from the description on over the columns of numbers beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from extractors.layout.spans import Row
from extractors.tables.columns import Grid, wide
from extractors.tables.numerals import is_amount, is_numeric
from extractors.tables.rows import COUNTED
from extractors.values.currencies import is_currency
from extractors.values.units import parse_unit
from schemas.pages import Word

_SPACE: Final = 0.75
"""Text heights between two words of one sentence at most."""
_SENTENCE: Final = 5
"""Words that a line has at least to run on over columns."""
_FEWEST: Final = 3
"""Words of a sentence on a line that has numbers in no more than one column."""
_LETTERS: Final = 0.5


def running(row: Row, grid: Grid, lanes: dict[int, list[Word]]) -> dict[int, list[Word]]:
    """The row's words by lane, a sentence that runs over columns kept together in the column of words it crosses.

    It is one where words stand close together from there on, most are letters, and some that would fall into columns
    of numbers are neither number, unit nor currency.
    """
    words = [at for at in lanes if wide(grid.lanes[at].column)]
    if not words or len(lanes) == 1:
        return lanes
    home = {id(w): at for at, some in lanes.items() for w in some}
    if _labels_details(row, grid, lanes):
        return _gathered(lanes, [w for w in row.words if home[id(w)] >= words[0]], words[0])
    for run in _runs(row):
        crossed = dict.fromkeys(home[id(w)] for w in run)
        own = next((at for at in crossed if at in words), None)
        long = own is not None and len(run) >= _SENTENCE
        if own is not None and long and (_is_sentence(run, grid, home) or _is_all(run, grid, home)):
            return _gathered(lanes, run, own)
        if own is not None and len(run) >= _FEWEST and _is_remark(run, grid, lanes, home):
            return _gathered(lanes, [w for w in row.words if home[id(w)] >= own], own)
    return lanes


def _is_remark(run: Sequence[Word], grid: Grid, lanes: dict[int, list[Word]], home: dict[int, int]) -> bool:
    """Words that begin under the description and end under numbers, on a line without two columns of plain numbers.

    What ends in an amount is no remark: a charge or a sum, whatever it is called.
    """
    if any(grid.lanes[at].column.concept == "amount" and is_amount(words[-1].text) for at, words in lanes.items()):
        return False
    begins = wide(grid.lanes[home[id(run[0])]].column) and home[id(run[0])] != home[id(run[-1])]
    return begins and _is_sentence(run, grid, home) and _plain_columns(grid, lanes) < 2  # noqa: PLR2004  columns


def _labels_details(row: Row, grid: Grid, lanes: dict[int, list[Word]]) -> bool:
    """A line of several labels with colons, and not two columns of plain numbers as an item's line has."""
    labels = sum(w.text.endswith((":", "：")) for w in row.words)
    return labels > 1 and _plain_columns(grid, lanes) < 2  # noqa: PLR2004  columns


def _plain_columns(grid: Grid, lanes: dict[int, list[Word]]) -> int:
    """In how many columns of numbers nothing but a number with its unit or currency stands."""
    return sum(
        grid.lanes[at].column.concept in COUNTED and all(is_numeric(w.text) or _belongs(w.text) for w in words)
        for at, words in lanes.items()
    )


def _runs(row: Row) -> list[list[Word]]:
    words = row.words
    runs = [[words[0]]]
    for left, right in pairwise(words):
        if right.box.x0 - left.box.x1 <= _SPACE * max(left.box.height, right.box.height):
            runs[-1].append(right)
        else:
            runs.append([right])
    return runs


def _is_sentence(run: Sequence[Word], grid: Grid, home: dict[int, int]) -> bool:
    lettered = sum(not any(c.isdigit() for c in w.text) for w in run)
    counted = [w for w in run if grid.lanes[home[id(w)]].column.concept in COUNTED]
    strange = [w for w in counted if not any(c.isdigit() for c in w.text) and not _belongs(w.text)]
    return lettered >= _LETTERS * len(run) and bool(strange)


def _is_all(run: Sequence[Word], grid: Grid, home: dict[int, int]) -> bool:
    """Mostly letters, and all that would fall into columns of numbers, most of which stay empty on this line."""
    own = {id(w) for w in run}
    columns = [at for at, lane in enumerate(grid.lanes) if lane.column.concept in COUNTED]
    filled = {home[id(w)] for w in run} & set(columns)
    beside = {at for key, at in home.items() if key not in own} & set(columns)
    lettered = sum(not any(c.isdigit() for c in w.text) for w in run)
    return lettered > _LETTERS * len(run) and len(filled) == 1 and not beside and len(columns) > 1


def _belongs(text: str) -> bool:
    bare = text.strip(".,:;()[]/")
    return not any(c.isalnum() for c in bare) or parse_unit(bare) is not None or is_currency(bare)


def _gathered(lanes: dict[int, list[Word]], run: Sequence[Word], own: int) -> dict[int, list[Word]]:
    taken = {id(w) for w in run}
    rest = {at: [w for w in words if id(w) not in taken] for at, words in lanes.items()}
    rest[own] = sorted([*rest[own], *run], key=lambda w: w.box.x0)
    return {at: words for at, words in sorted(rest.items()) if words}
