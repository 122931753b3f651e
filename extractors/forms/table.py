"""The goods table of a form: its columns under their titles, and what stands in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from extractors.forms.boxes import FormPage
from extractors.forms.labels import FormLabel
from extractors.forms.lines import chains, visual_lines
from extractors.layout import Span
from schemas.geometry import Box
from schemas.pages import Word

COLUMNS = (
    *("item_number", "marks", "packages", "package_kind", "goods", "hs_code", "criterion", "country_of_origin"),
    *("origin_column", "weight", "quantity", "value_fob", "measurement", "invoice", "kg_lb", "container", "seal"),
    *("waybill_boxes", "total"),
)
"""Concepts that may head a column. `waybill_boxes` and `total` only bound their neighbours."""

ENDS = frozenset(
    {
        *("authority", "declaration", "place_and_date", "sea_boxes", "freight", "carrier", "issued_in", "produced_in"),
        *(
            "exported_to",
            "customs_office",
            "cmr_boxes",
            "tick_option",
            "remarks",
            "port_of_discharge",
            "departure_date",
        ),
    }
)
"""Concepts whose title ends the table above it."""


_RUNS_ON = 0.6
"""A gap below this many text heights is a space between words, even where a column's border is crossed."""


@dataclass(frozen=True, slots=True)
class Column:
    concept: str
    label: FormLabel
    region: Box


@dataclass(frozen=True)
class GoodsTable:
    """Columns from left to right; all stand on one page."""

    form: FormPage
    columns: tuple[Column, ...]

    def lines(self, *concepts: str) -> list[list[Span]]:
        """What stands in the columns of these concepts, line by line."""
        words = [w for c in self.columns if c.concept in concepts for w in self._words(c)]
        return visual_lines(chains(self.form.page, words))

    def has(self, concept: str) -> bool:
        return any(c.concept == concept for c in self.columns)

    def all_lines(self) -> list[list[Span]]:
        """The table's lines across all columns."""
        region = self.region
        return (
            self.form.lines_in(region)
            if not self.columns
            else visual_lines(chains(self.form.page, [w for c in self.columns for w in self._words(c)]))
        )

    @property
    def region(self) -> Box:
        first, last = self.columns[0].region, self.columns[-1].region
        return Box(first.x0, min(c.region.top for c in self.columns), last.x1, first.bottom)

    def _words(self, column: Column) -> list[Word]:
        return self._by_column.get(self.columns.index(column), [])

    @cached_property
    def _by_column(self) -> dict[int, list[Word]]:
        """The words of each column; a text that runs on into the next column without a gap stays in its own."""
        words = [w for w in self.form.page.words if self.form.legible(w) and not self._in_header(w)]
        body = [w for w in words if self._column_at(w) is not None]
        found: dict[int, list[Word]] = {}
        for chain in chains(self.form.page, body):
            at = self._column_at(chain.words[0])
            for left, word in zip((None, *chain.words), chain.words, strict=False):
                if left is None or word.box.x0 - left.box.x1 > _RUNS_ON * chain.height:
                    at = self._column_at(word)
                found.setdefault(0 if at is None else at, []).append(word)
        return found

    def _column_at(self, word: Word) -> int | None:
        return next((i for i, c in enumerate(self.columns) if c.region.contains_middle_of(word.box)), None)

    def _in_header(self, word: Word) -> bool:
        return id(word) in self._header_words

    @cached_property
    def _header_words(self) -> frozenset[int]:
        """The column titles and the small print under them ("see notes overleaf")."""
        titles = [c.label for c in self.columns]
        floor = max(label.box.bottom for label in titles) + self.form.text_height
        notes = [
            label
            for label in self.form.labelled("print", *(c.concept for c in self.columns))
            if self.region.top - 1 < label.box.middle_y < floor
        ]
        return frozenset(id(w) for label in titles for w in (*label.words, *label.rest)) | frozenset(
            id(w) for label in notes for w in label.words
        )


def goods_table(form: FormPage) -> GoodsTable | None:
    """The table under the title of the goods that has most other column titles beside it; None where there is none."""
    heads = [_header(form, label) for label in form.labelled("goods")]
    best = max(heads, key=len, default=[])
    if not best:
        return None
    bottom = _end(form, best)
    edges = _edges(form, best, bottom)
    columns = [
        Column(label.concept, label, Box(left, label.box.bottom - 0.5, right, bottom))
        for label, (left, right) in zip(best, edges, strict=True)
    ]
    return GoodsTable(form, tuple(columns))


def _header(form: FormPage, goods: FormLabel) -> list[FormLabel]:
    """The column titles at the level of the goods' title, from left to right."""
    reach = 0.8 * form.text_height
    level = [
        label
        for label in form.labelled(*COLUMNS)
        if label.box.overlap_y(goods.box) > -reach and abs(label.box.top - goods.box.top) < 3.5 * form.text_height
    ]
    level.sort(key=lambda label: (label.box.x0, label.box.top))
    kept: list[FormLabel] = []
    for label in level:
        if kept and label.box.overlap_x(kept[-1].box) > 0.3 * min(label.box.width, kept[-1].box.width):
            if label is goods or (kept[-1] is not goods and label.box.top < kept[-1].box.top - 2):
                kept[-1] = label
        else:
            kept.append(label)
    return kept if goods in kept else []


def _end(form: FormPage, header: Sequence[FormLabel]) -> float:
    bottom = max(label.box.bottom for label in header)
    left, right = header[0].box.x0, header[-1].box.x1
    ends = [
        label.box.top - 1
        for label in form.labels
        if label.concept in ENDS
        and label.box.top > bottom + form.text_height
        and label.box.x1 > left
        and label.box.x0 < right
        and label not in header
    ]
    return min([*ends, *_prose_tops(form, header)], default=form.page.height)


_SENTENCE = 8
"""Words from which on a line without a gap is a sentence, where it runs across the beginnings of all columns."""


def _prose_tops(form: FormPage, header: Sequence[FormLabel]) -> list[float]:
    """Where the form's sentences begin that run below the columns and across them."""
    bottom = max(label.box.bottom for label in header) + form.text_height
    starts = [label.box.x0 for label in header[1:]]
    return [
        span.box.top - 1
        for span in form.spans
        if len(starts) > 2  # noqa: PLR2004  under fewer columns a long description may be as wide
        and span.box.top > bottom
        and len(span.words) > _SENTENCE
        and all(span.box.x0 < x < span.box.x1 for x in starts)
    ]


def _edges(form: FormPage, header: Sequence[FormLabel], bottom: float) -> list[tuple[float, float]]:
    top = max(label.box.bottom for label in header)
    body = [w.box for w in form.page.words if top < w.box.middle_y < bottom and form.legible(w)]
    inner = [_border(form, left, right, body) for left, right in pairwise(header)]
    outer_left = form.cells.around(_start_of(header[0])).x0
    outer_right = form.cells.around(_start_of(header[-1])).x1
    return list(zip([outer_left, *inner], [*inner, outer_right], strict=True))


def _start_of(label: FormLabel) -> Box:
    return label.words[0].box


def _border(form: FormPage, left: FormLabel, right: FormLabel, body: Sequence[Box]) -> float:
    """Between two titles: the printed rule, else the gutter that cuts fewest words, nearest the right title."""
    cell = form.cells.around(_start_of(right))
    if left.words[0].box.middle_x < cell.x0 < right.box.x0 + 2:
        return cell.x0
    low, high = min(left.box.x1, right.box.x0), right.box.x0
    low = max(left.box.x0 + 4, low - 0.5 * left.box.width if low >= high - 2 else low)
    spots = [low + (high - low) * step / 24 for step in range(25)] or [high]
    return max(spots, key=lambda x: (-sum(b.x0 < x < b.x1 for b in body), _clearance(x, body), x))


def _clearance(x: float, body: Sequence[Box]) -> float:
    """Distance to the nearest word, counted up to six points: wide gutters are alike."""
    return min((6.0, *(min(abs(b.x0 - x), abs(b.x1 - x)) for b in body)))
