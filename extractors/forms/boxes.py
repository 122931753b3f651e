"""A form's boxes: the words that belong to a title, by rules where they are printed, else by the titles around."""

from __future__ import annotations

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

PROSE = frozenset({"print", "sea_boxes", "title"})
"""Concepts of the form's own sentences: what follows on their line is theirs as well."""

INLINE = frozenset({"print", "title", "seal", "hs_code", "retrospective", "tick_option", "total", "ppd", "coll"})
"""Concepts that stand inside boxes and bound none."""

EDGE = 4.0
"""Points by which a value may stand out of its box on the left, as scans and typewriters do."""


@dataclass(frozen=True)
class FormPage:
    """One page of a form with its titles found."""

    page: Page

    @cached_property
    def labels(self) -> list[FormLabel]:
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
        left = max(cell.x0, min(own.x0, label.left) - max(EDGE, self.text_height)) if cell.x0 <= 0 else cell.x0
        return Box(left, own.top - 1, right, bottom)

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
        if beside or cell.x1 < self.page.width:
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
        lines = self.lines_in(self.box_of(label))
        while len(lines) > 1 and self._left_of_title(lines[0], label):
            lines = lines[1:]
        return self._aligned(lines, label) if self._open(label) else lines

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
            reach = 12 if abs(line[0].box.middle_y - label.box.middle_y) < self.text_height else 3
            hanging = [line[0]] if line[0].box.x0 < label.box.x1 + reach * self.text_height else []
            for left, right in pairwise(line):
                if not hanging or left is not hanging[-1] or right.box.x0 - left.box.x1 > 2.5 * self.text_height:
                    break
                hanging.append(right)
            if hanging:
                kept.append(hanging)
        return kept


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
