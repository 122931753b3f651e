"""A form's boxes: the words that belong to a title, by rules where they are printed, else by the titles around."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from extractors.forms.labels import FormLabel, form_labels
from extractors.forms.lines import chains, visual_lines
from extractors.layout import Cells, Span
from schemas.geometry import Box
from schemas.pages import Page, Rule, Word

Line = Sequence[Span]

_LISTED = 5
"""Titles above one another, each with its value at the same place behind it, that make a list."""
_FAR = 40
"""Text heights between a title and its value in such a list."""

PROSE = frozenset({"print", "sea_boxes", "title"})
"""Concepts of the form's own sentences: what follows on their line is theirs as well."""

INLINE = frozenset({"print", "title", "seal", "hs_code", "retrospective", "tick_option", "total", "ppd", "coll"})
"""Concepts that stand inside boxes and bound none."""

_PARTIES = frozenset({"exporter", "consignee", "producer", "notify_party"})

EDGE = 4.0
"""Points by which a value may stand out of its box on the left, as scans and typewriters do."""


@dataclass(frozen=True)
class FormPage:
    """One page of a form with its titles found."""

    page: Page

    @cached_property
    def labels(self) -> list[FormLabel]:
        """Titles in reading order; a value of a list is none, whatever it says ("Freight: freight collect")."""
        values = {id(line[1].words[0]) for line in self._pairs if _edges_of(line) in self._lists}
        return [label for label in self._printed_labels if id(label.words[0]) not in values]

    @cached_property
    def _printed_labels(self) -> list[FormLabel]:
        return form_labels(self.page)

    @cached_property
    def spans(self) -> list[Span]:
        return chains(self.page)

    @cached_property
    def cells(self) -> Cells:
        return Cells(replace(self.page, rules=tuple(_borders(self.page.rules))))

    @cached_property
    def printed(self) -> frozenset[int]:
        """Identities of the words that are the form's own: titles, and whole lines of its prose."""
        own = [w for label in self.labels for w in label.words]
        own += [w for label in self.labels if label.concept in PROSE for w in label.rest]
        own += [w for label in self.labels if _is_tail(label) for w in label.rest]
        return frozenset(id(w) for w in own)

    @cached_property
    def text_height(self) -> float:
        """The usual height of a word on this page, in points."""
        return median([w.box.height for w in self.page.words if len(w.text) > 2] or [8.0])  # noqa: PLR2004  words, not specks

    def labelled(self, *concepts: str) -> list[FormLabel]:
        """The titles of these concepts, by concept in the order given, then down the page."""
        return [label for concept in concepts for label in self.labels if label.concept == concept]

    def box_of(self, label: FormLabel) -> Box:
        """Where the title's value may stand: its cell, cut where the next titles begin."""
        own = label.box
        cell = self.cells.around(Box(own.x0, own.top, own.x0 + 2, own.top + _line_height(label)))
        right = self._right_edge(label, cell)
        bottom = self._bottom_edge(label, Box(cell.x0, cell.top, right, cell.bottom))
        open_left = cell.x0 <= 0 or self._beside_another(label, cell)
        left = max(cell.x0, min(own.x0, label.left) - max(EDGE, self.text_height)) if open_left else cell.x0
        return Box(left, own.top - 1, right, bottom)

    def _beside_another(self, label: FormLabel, cell: Box) -> bool:
        """True in a frame of several columns: another party's title stands left at the same level."""
        own = label.box
        return label.concept in _PARTIES and any(
            other.concept in _PARTIES
            and cell.x0 <= other.box.x0 < own.x0 - 10 * self.text_height
            and abs(other.words[0].box.middle_y - label.words[0].box.middle_y) < 0.5 * self.text_height
            and self.cells.around(other.words[0].box).x1 >= own.x1
            for other in self.labels
        )

    def _right_edge(self, label: FormLabel, cell: Box) -> float:
        own = label.box
        beside = [
            other.box.x0
            for other in self._bounding(label)
            if other.box.x0 > own.x0 + EDGE
            and other.words[0].box.overlap_y(own) > -0.3 * own.height
            and other.words[0].box.overlap_y(own) > 0
        ]
        right = min([cell.x1, *(x - 1 for x in beside)])
        if beside or cell.x1 < self.page.width or id(label.words[0]) in self._listed:
            return right
        return min([right, *self._column_starts(label)])

    def _column_starts(self, label: FormLabel) -> list[float]:
        """Left edges of titles nearby that stand right of this one, where no word of its lines crosses them."""
        own, reach = label.box, 12 * self.text_height
        near = [w.box for w in self.page.words if own.top < w.box.middle_y < own.top + reach]
        starts = [
            other.box.x0 - 1
            for other in self._bounding(label)
            if other.box.x0 > own.x1 and abs(other.box.middle_y - own.middle_y) < 2 * reach
        ]
        return [x for x in starts if sum(b.x0 < x - 1 and b.x1 > x + 1 for b in near) == 0]

    def _bottom_edge(self, label: FormLabel, cell: Box) -> float:
        own = label.box
        below = [
            other.box.top
            for other in self._bounding(label)
            if other.words[0].box.middle_y > own.bottom
            and other.box.x0 < cell.x1 - EDGE
            and other.box.x1 > max(cell.x0, own.x0) - EDGE
            and other.box.middle_y < cell.bottom
        ]
        return min([cell.bottom, *(top - 0.5 for top in below)])

    def _bounding(self, label: FormLabel) -> list[FormLabel]:
        return [
            other
            for other in self.labels
            if other is not label and other.concept not in INLINE and not _same_title(label, other)
        ]

    def lines_in(self, region: Box, *, without: Collection[int] = ()) -> list[list[Span]]:
        """What is filled in there, line by line: neither the form's own words nor specks."""
        words = [
            w
            for w in self.page.words
            if region.contains_middle_of(w.box)
            and id(w) not in self.printed
            and id(w) not in without
            and self.legible(w)
        ]
        return visual_lines(chains(self.page, words))

    def legible(self, word: Word) -> bool:
        """No speck, no stroke and no piece of a stamp or a signature much larger than the text."""
        if not any(c.isalnum() for c in word.text) and word.reader != "text_layer":
            return word.text in {"&", "-", "—", "/", "+"}
        return word.reader == "text_layer" or 0.35 < word.box.height / self.text_height < 3.2  # noqa: PLR2004

    def value_lines(self, label: FormLabel) -> list[list[Span]]:
        """The lines in the title's box; those behind the title on its own line come first."""
        lines = self.lines_in(self.box_of(label)) or self._in_next_cell(label)
        while len(lines) > 1 and self._left_of_title(lines[0], label):
            lines = lines[1:]
        return self._aligned(lines, label) if self._open(label) else lines

    def _in_next_cell(self, label: FormLabel) -> list[list[Span]]:
        """For a title that fills a ruled cell: what stands in the cell right of it or under it, where one alone may.

        Beside another title it heads a column, under which only one value may stand (a line of totals repeats it).
        """
        cell = self.cells.around(label.box)
        if not 0 < cell.height < _TITLE_CELL * self.text_height or not 0 < cell.x0 < cell.x1 < self.page.width:
            return []
        left, right = (self._cell_at(x, cell.middle_y) for x in (cell.x0 - _INSIDE, cell.x1 + _INSIDE))
        under = self._cell_at(cell.middle_x, cell.bottom + _INSIDE)
        beside = self._filled(right) if _as_high(right, cell) else []
        below = self.alone_in(under) if _as_wide(under, cell) else []
        if self._titled(left) or self._titled(right):
            return below
        if left.x0 > 0 and self._titled(self._cell_at(left.x0 - _INSIDE, cell.middle_y)):
            return beside  # a list in two columns: the cell on the left is another title's value
        return [] if beside and below else beside or below

    def _cell_at(self, x: float, y: float) -> Box:
        return self.cells.around(Box(x - 1, y - 1, x + 1, y + 1))

    def _titled(self, cell: Box) -> bool:
        return cell.x0 > 0 and any(cell.contains_middle_of(other.words[0].box) for other in self.labels)

    def _filled(self, cell: Box) -> list[list[Span]]:
        ruled = 0 < cell.x0 < cell.x1 < self.page.width and 0 < cell.top < cell.bottom < self.page.height
        return self.lines_in(cell) if ruled and not self._titled(cell) else []

    def alone_in(self, cell: Box) -> list[list[Span]]:
        """What the cell holds, unless the cell under it holds another value: then the column has several."""
        lines = self._filled(cell)
        under = self._cell_at(cell.middle_x, cell.bottom + _INSIDE)
        more = self._filled(under) if lines and _as_wide(under, cell) else []
        return lines if not more or _text_of(more) == _text_of(lines) else []

    def _in_list(self, label: FormLabel, x: float) -> bool:
        """True where values begin here beside several titles of this left edge: a list of titles and values."""
        return any(abs(title - label.box.x0) < EDGE and abs(value - x) < EDGE for title, value in self._lists)

    @cached_property
    def _lists(self) -> frozenset[tuple[int, int]]:
        """Left edges of titles and of the values beside them, where several have them in common.

        Where more than one such value is a title itself, the titles of a form stand in two columns.
        """
        first = {id(label.words[0]) for label in self._printed_labels}
        titled = [line for line in self._pairs if id(line[0].words[0]) in first]
        edges = Counter(_edges_of(line) for line in titled)
        abreast = Counter(_edges_of(line) for line in titled if id(line[1].words[0]) in first)
        return frozenset(edge for edge, times in edges.items() if times >= _LISTED and abreast[edge] <= 1)

    @cached_property
    def _listed(self) -> frozenset[int]:
        """The first words (by identity) of titles in a list: columns further down the page are no edge of theirs."""
        return frozenset(id(line[0].words[0]) for line in self._pairs if _edges_of(line) in self._lists)

    @cached_property
    def _pairs(self) -> list[list[Span]]:
        """Lines of exactly two pieces."""
        return [line for line in visual_lines(self.spans) if len(line) == 2]  # noqa: PLR2004

    def _left_of_title(self, line: Line, label: FormLabel) -> bool:
        """True for pieces of the title at its own level that no title explains: small letters alone."""
        text = "".join(w.text for span in line for w in span.words)
        level = any(abs(w.box.middle_y - line[0].box.middle_y) < 0.5 * self.text_height for w in label.words)
        return level and text.isalpha() and text.islower()

    def _open(self, label: FormLabel) -> bool:
        own = label.box
        return self.cells.around(own).x1 >= self.page.width

    def _aligned(self, lines: list[list[Span]], label: FormLabel) -> list[list[Span]]:
        """Where no rule closes the box: of each line only what hangs together from the title's edge on."""
        kept = []
        for line in lines:
            level = abs(line[0].box.middle_y - label.box.middle_y) < self.text_height
            reach = _FAR if self._in_list(label, line[0].box.x0) else 12 if level else 3
            hanging = [line[0]] if line[0].box.x0 < label.box.x1 + reach * self.text_height else []
            for left, right in pairwise(line):
                if not hanging or left is not hanging[-1] or right.box.x0 - left.box.x1 > 2.5 * self.text_height:
                    break
                hanging.append(right)
            if hanging:
                kept.append(hanging)
        return kept


_TITLE_CELL = 3.0
"""Text heights below which a cell holds a title alone: a higher one that is empty was left empty."""
_INSIDE = 4.0
"""Points behind a rule, well within the cell there."""


def _as_wide(one: Box, other: Box) -> bool:
    return abs(one.x0 - other.x0) < EDGE and abs(one.x1 - other.x1) < EDGE


def _as_high(one: Box, other: Box) -> bool:
    return abs(one.top - other.top) < EDGE and abs(one.bottom - other.bottom) < EDGE


def _text_of(lines: Sequence[Line]) -> str:
    return " ".join(w.text for line in lines for span in line for w in span.words)


_SHORTEST_BORDER = 40.0
"""Points below which a horizontal rule on a scan must touch an upright one: else it is an underline or a stroke."""
_TOUCH = 4.0


def _borders(rules: Sequence[Rule]) -> Iterator[Rule]:
    """The rules that may close a box."""
    upright = [r.box.grown(_TOUCH) for r in rules if not r.horizontal]
    for rule in rules:
        short = rule.horizontal and rule.box.width < _SHORTEST_BORDER
        if not short or any(u.overlap_x(rule.box) >= 0 and u.overlap_y(rule.box) >= 0 for u in upright):
            yield rule


def _edges_of(pair: Line) -> tuple[int, int]:
    return round(pair[0].box.x0), round(pair[1].box.x0)


def _line_height(label: FormLabel) -> float:
    return label.words[0].box.height


def _same_title(one: FormLabel, other: FormLabel) -> bool:
    """The same box's title in another language, behind or under the first."""
    if one.concept != other.concept:
        return False
    drop = other.words[0].box.middle_y - one.words[-1].box.middle_y
    return abs(drop) < 2 * max(w.box.height for w in (*one.words, *other.words)) and (
        other.number is None or one.number is None
    )


def _is_tail(label: FormLabel) -> bool:
    """True where what follows the title on its line only goes on with it: small letters, no digit, no colon."""
    if not label.rest or label.words[-1].text.endswith((":", "：")):
        return False
    text = " ".join(w.text for w in label.rest)
    if any(c.isdigit() for c in text):
        return False
    return not _stands_out(label) and (text[0].islower() or not text[0].isalpha() or label.text.isupper())


def _stands_out(label: FormLabel) -> bool:
    """True where what follows is set bolder or larger than the title, which only a text layer tells."""
    if any(w.reader != "text_layer" for w in label.rest):
        return False
    own = max(w.size or w.box.height for w in label.words)
    bolder = any(w.bold for w in label.rest) and not label.words[-1].bold
    return bolder or all(w.size > 1.15 * own for w in label.rest)


def form_pages(pages: Iterable[Page]) -> tuple[FormPage, ...]:
    return tuple(FormPage(page) for page in pages)
