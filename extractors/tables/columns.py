"""Which column a word stands in: learned from where the cells of all rows begin and end, not from the header alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from extractors.layout.spans import Row
from extractors.tables.bands import bands_under, item_like, unlabelled
from extractors.tables.header import Header
from extractors.tables.numerals import is_amount, is_numeric
from extractors.tables.parting import parted
from extractors.tables.parts import Column
from extractors.tables.rulings import Wall, walls_of
from schemas.geometry import Box
from schemas.pages import Page, Word

_FOR_ONE_PACKAGE: Final = frozenset({"unit_net_weight", "unit_gross_weight", "unit_volume"})
NUMERIC: Final = frozenset(
    {
        "quantity", "unit_price", "list_price", "amount", "discount", "price_basis", "net_weight", "gross_weight",
        "weight", "volume", "packages", "figures", "unit_net_weight", "unit_gross_weight", "unit_volume", "number",
        "package_range",
    }
)  # fmt: skip
_RUNNING: Final = re.compile(r"\W?\d{1,4}[.)]?")
WIDE: Final = frozenset({"description", "marks", "item"})
"""Columns of words, whose cells may reach far beyond their label."""


def wide(column: Column) -> bool:
    """True for a column of words, also one whose title names the article's number above them."""
    return column.concept in WIDE or "description" in column.stack


_SUMS: Final = NUMERIC - {"discount", "price_basis", "weight", "number", "package_range"} - _FOR_ONE_PACKAGE
_COST_OF_DIGITS: Final = {"unit": (0.4, 0.0), "hs_code": (0.0, 0.6), "part_number": (0.0, 0.4), "origin": (0.3, 0.0)}
"""What a word with and one without digits costs in these columns."""
_Band = tuple[float, float]
_INLINE: Final = 1.5
"""Points by which edges set flush differ, as letters and scans go."""
_MOST_INLINE: Final = 0.6
_HEAD: Final = re.compile(r"\W?\d{1,3}(?:[ .,']\d{3})*")
_GROUP: Final = re.compile(r"\d{3}(?:[.,]\d{1,4})?\W?")
_TOGETHER: Final = 1.2
"""What it costs to part what looks like one number."""
_WIDEST_SPACE: Final = 0.75
_WITHIN_NUMBER: Final = 0.42
"""Text heights between the groups of one number at most: a space is a third of one."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A column's place: `x0` to `x1` is where its cells stand; `fixed` where printed walls say so."""

    column: Column
    x0: float
    x1: float
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The lanes of one page, left to right, and the walls between them."""

    page: Page
    lanes: tuple[Lane, ...]
    walls: tuple[Wall, ...]

    def divide(self, row: Row) -> dict[int, list[Word]]:
        """The row's words by lane index. Lanes never cross: the division with the least total cost is taken."""
        words = row.words
        height = max(4.0, sorted(w.box.height for w in words)[len(words) // 2])
        lanes = range(len(self.lanes))
        costs = [self._fit(words[0], lane, height) for lane in lanes]
        back: list[list[int]] = []
        within = _space_in(words, height)
        for left, right in pairwise(words):
            step, came = [], []
            parting = self._parting(left, right, height, within)
            for lane in lanes:
                turns = [*([parting.other] * lane), parting.same(self.lanes[lane].column.concept)]
                options = [costs[p] + turns[p] for p in range(lane + 1)]
                best = min(range(lane + 1), key=lambda p: (options[p], -p))
                came.append(best)
                step.append(options[best] + self._fit(right, lane, height))
            costs = step
            back.append(came)
        at = min(lanes, key=lambda lane: costs[lane])
        path = [at]
        for came in reversed(back):
            at = came[at]
            path.append(at)
        divided: dict[int, list[Word]] = {}
        for word, lane in zip(words, reversed(path), strict=True):
            divided.setdefault(lane, []).append(word)
        return divided

    def _fit(self, word: Word, lane: int, height: float) -> float:
        """How badly the word suits the lane: what sticks out of it, and letters where numbers are due."""
        place = self.lanes[lane]
        out = max(0.0, place.x0 - word.box.x0, word.box.x1 - place.x1) / height
        cost = min(out, 24.0) * 0.5 + 0.01 * abs(word.box.middle_x - place.column.box.middle_x) / height
        return cost + _unlike(word.text, place.column.concept)

    def _parting(self, left: Word, right: Word, height: float, within: float) -> _Parting:
        walled = any(
            left.box.middle_x < w.x < right.box.middle_x and w.top <= left.box.middle_y <= w.bottom for w in self.walls
        )
        gap = (right.box.x0 - left.box.x1) / height
        group = bool(_HEAD.fullmatch(left.text) and _GROUP.fullmatch(right.text)) and gap <= within
        two = is_amount(left.text) and is_amount(right.text) and not group and gap > within
        return _Parting(gap, walled, two, group)


@dataclass(frozen=True, slots=True)
class _Parting:
    """What is between a word and the next: `gap` in text heights, a wall.

    `numbers` says that both are numbers and too far apart for one, `group` that they look like one with a space in it
    ("2 092,50").
    """

    gap: float
    walled: bool
    numbers: bool
    group: bool

    @property
    def other(self) -> float:
        """The cost of going on in another lane: near words stay together, far ones and walls divide."""
        near = 0.0 if self.walled or self.gap > 1.0 else 0.8 * (1.0 - max(0.0, self.gap))
        return near + (_TOGETHER if self.group and not self.walled else 0.0)

    def same(self, concept: str) -> float:
        """The cost of staying in the lane; two numbers wider apart than groups of digits are seldom one."""
        wide = (1.0 if concept in NUMERIC else 0.5) if self.gap > 1.5 else 0.0  # noqa: PLR2004  text heights
        two = 0.8 if self.numbers and concept in _SUMS else 0.0
        return (3.0 if self.walled else 0.0) + max(wide, two)


def _space_in(words: Sequence[Word], height: float) -> float:
    """The widest gap, in text heights, that is still a space: wide in fixed type, and uncertain as OCR draws boxes."""
    if any(w.reader != "text_layer" for w in words):
        return 1.0
    gaps = [
        b.box.x0 - a.box.x1
        for a, b in pairwise(words)
        if b.box.x0 > a.box.x1 and any(c.isalpha() for c in a.text + b.text)
    ]
    return max(_WITHIN_NUMBER, min(1.15 * min(gaps, default=0.0) / height, _WIDEST_SPACE))


def _unlike(text: str, concept: str) -> float:
    """How little a word looks like what the column holds."""
    digits = any(c.isdigit() for c in text)
    if concept in _SUMS:
        return 0.0 if is_numeric(text) else 1.6 if digits else 0.3 if len(text) <= 5 else 1.0  # noqa: PLR2004
    if concept in WIDE:
        return 0.15 if is_amount(text) else 0.0
    if concept in ("number", "package_range"):
        return 0.0 if digits and len(text) <= 12 else 0.8  # noqa: PLR2004  "1000-1200 OF"
    with_digits, without = _COST_OF_DIGITS.get(concept, (0.0, 0.0))
    return with_digits if digits else without


def first_grid(header: Header, body: Sequence[Row]) -> Grid:
    """Lanes as the header and printed walls show them, with lanes for columns that have no label."""
    walls = walls_of(header.page)
    columns = _with_unlabelled(header, body)
    return Grid(header.page, tuple(_lanes(columns, header, walls, body)), tuple(walls))


def _with_unlabelled(header: Header, body: Sequence[Row]) -> list[Column]:
    """The columns, and those that only the body shows; running numbers left of all labels are line numbers."""
    titled = parted(header.columns, item_like(body))
    bands = bands_under(titled, item_like(body))
    columns = [c for c in titled if c.concept != "annex" and not _run_together(c, bands)]
    found = unlabelled(columns, item_like(body), header.box)
    columns = sorted([*columns, *found], key=lambda c: c.box.middle_x)
    if any(c.concept in ("number", "package_range") for c in columns):
        return columns
    numbers = _numbers_beside([c for c in columns if c not in found], item_like(body))
    if not numbers:
        return columns
    box = Box(min(w.box.x0 for w in numbers), header.box.top, max(w.box.x1 for w in numbers), header.box.bottom)
    others = [c for c in columns if c not in found or c.box.overlap_x(box) <= 0]
    return [Column("number", box), *(_right_of(box, c) for c in others)]


def _numbers_beside(columns: Sequence[Column], items: Sequence[Row]) -> list[Word]:
    """Running numbers that begin the items, left of all labels or under the left end of the description's."""
    edge = min((c.box.x0 for c in columns), default=0.0)
    firsts = [(r.words[0], r.words[1]) for r in items if len(r.words) > 1 and _RUNNING.fullmatch(r.words[0].text)]
    numbers = [w for w, _ in firsts if w.box.x1 < edge]
    values = [int(re.sub(r"\D", "", w.text)) for w in numbers]
    if values and sum(b == a + 1 for a, b in pairwise(values)) >= 0.6 * (len(values) - 1):
        return numbers
    apart = [w for w, after in firsts if after.box.x0 - w.box.x1 > w.box.height]
    values = [int(re.sub(r"\D", "", w.text)) for w in apart]
    first = min(columns, key=lambda c: c.box.x0, default=None)
    counting = len(values) > 1 and len(values) > _MOST_INLINE * len(items)
    counting = counting and values == list(range(1, len(values) + 1))
    return apart if counting and first and first.concept == "description" else []


def _right_of(box: Box, column: Column) -> Column:
    """The column less what of its label stands above `box`."""
    if column.box.x0 > box.x1:
        return column
    return replace(column, box=replace(column.box, x0=min(box.x1 + 1.0, column.box.x1)))


def _run_together(column: Column, bands: Sequence[_Band]) -> bool:
    """True for an unread label above several columns: labels so close that reading has made one of them."""
    return not column.concept and sum(column.box.x0 < b[1] and b[0] < column.box.x1 for b in bands) > 1


def _lanes(columns: Sequence[Column], header: Header, walls: Sequence[Wall], body: Sequence[Row]) -> list[Lane]:
    """By printed walls, else by the white space round the only label above a band, else by the labels beside it."""
    lanes = []
    edges = [_walled(c.box, header, walls) for c in columns]
    bands = bands_under(columns, item_like(body))
    below = _bands_below(columns, bands)
    for at, column in enumerate(columns):
        edge = edges[at]
        if edge is not None and edges.count(edge) == 1:
            lanes.append(Lane(column, edge[0], edge[1], fixed=True))
        else:
            lanes.append(_banded(columns, at, below) or _open_lane(columns, at, header.page.width, below))
    return lanes


def _bands_below(columns: Sequence[Column], bands: Sequence[_Band]) -> list[list[_Band]]:
    """The bands that each label stands above; one that stands beside all takes the band left over next to it."""
    below = [[b for b in bands if b[0] < c.box.x1 and c.box.x0 < b[1]] for c in columns]
    for at, own in enumerate(below):
        before = max((b[1] for some in below[:at] for b in some), default=0.0)
        behind = min((b[0] for some in below[at + 1 :] for b in some), default=float("inf"))
        free = [b for b in bands if before <= b[0] and b[1] <= behind and not any(b in some for some in below)]
        if not own and free:
            box = columns[at].box
            below[at] = [min(free, key=lambda b: max(b[0] - box.x1, box.x0 - b[1]))]
    return below


def _banded(columns: Sequence[Column], at: int, below: Sequence[Sequence[_Band]]) -> Lane | None:
    """The band that stands below this label and no other; words may go on up to the next column's band."""
    if len(below[at]) != 1 or sum(below[at][0] in own for own in below) != 1:
        return None
    start, end = below[at][0]
    if wide(columns[at]):
        behind = min((b[0] for own in below for b in own if b[0] > end), default=0.0)
        end = max(end, behind - 0.5 * columns[at].box.height)
    return Lane(columns[at], start, end)


def _walled(box: Box, header: Header, walls: Sequence[Wall]) -> tuple[float, float] | None:
    """The nearest walls left and right of a label, the page's edge where there is none; None without any wall."""
    near = [w.x for w in walls if w.top <= box.middle_y <= w.bottom or abs(w.top - header.box.bottom) < box.height]
    left = max((x for x in near if x <= box.middle_x), default=0.0)
    right = min((x for x in near if x > box.middle_x), default=header.page.width)
    return (left, right) if left > 0 or right < header.page.width else None


def _open_lane(columns: Sequence[Column], at: int, width: float, below: Sequence[Sequence[_Band]]) -> Lane:
    """Without walls: words may fill the space up to the neighbours, numbers stand by their own label."""
    column = columns[at]
    left = columns[at - 1].box.x1 if at else 0.0
    right = columns[at + 1].box.x0 if at + 1 < len(columns) else width
    if wide(column):
        left = max([left, *(b[1] for b in (below[at - 1] if at else ()) if b[1] < column.box.x0)])
        right = min([right, *(b[0] for b in (below[at + 1] if at + 1 < len(columns) else ()) if b[0] > column.box.x1)])
        return Lane(column, min(left, column.box.x0), max(right, column.box.x1))
    spare = 4.0 * column.box.height
    return Lane(
        column,
        max((left + column.box.x0) / 2, column.box.x0 - spare),
        min((right + column.box.x1) / 2, column.box.x1 + spare),
    )


def learned(grid: Grid, rows: Sequence[dict[int, list[Word]]]) -> Grid:
    """The grid with each lane drawn where its cells stand in these rows; walls stay where they are printed."""
    lanes = [_drawn(lane, at, rows) for at, lane in enumerate(grid.lanes)]
    for at, (lane, following) in enumerate(pairwise(lanes)):
        if wide(lane.column) and not lane.fixed:  # further lines of words may fill the space to the right
            lanes[at] = replace(lane, x1=max(lane.x1, following.x0 - 0.5 * lane.column.box.height))
    return replace(grid, lanes=tuple(lanes))


def _drawn(lane: Lane, at: int, rows: Sequence[dict[int, list[Word]]]) -> Lane:
    cells = [row[at] for row in rows if row.get(at)]
    if lane.fixed or not cells:
        return lane
    starts = [min(w.box.x0 for w in cell) for cell in cells]
    ends = [max(w.box.x1 for w in cell) for cell in cells]
    left = _widest(cells, ends) if lane.column.concept in _SUMS else min(_flush(starts))
    return replace(lane, x0=left, x1=max(_flush(ends)))


def _widest(cells: Sequence[list[Word]], ends: Sequence[float]) -> float:
    """Where the widest of numbers set flush right begins; else where they stand in line on the left."""
    middle = median(ends)
    flush = [cell for cell, end in zip(cells, ends, strict=True) if abs(end - middle) <= _INLINE]
    whole = [c for c in flush if len(c) == 1 or (_HEAD.fullmatch(c[0].text) and _GROUP.fullmatch(c[1].text))]
    if len(flush) < _MOST_INLINE * len(cells) or not whole:
        return min(_flush([min(w.box.x0 for w in cell) for cell in cells]))
    return min(min(w.box.x0 for w in cell) for cell in whole)


def _flush(edges: Sequence[float]) -> list[float]:
    """The edges that stand in line, where most do: what sticks out has strayed from the next column."""
    middle = median(edges)
    inline = [e for e in edges if abs(e - middle) <= _INLINE]
    return inline if len(inline) >= _MOST_INLINE * len(edges) else list(edges)
