"""A sheet of cells read as the paper it is: laid out as a page, so that everything known of papers serves it too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, TypeVar

from extractors.context import Context
from extractors.documents.finding import document_of
from extractors.lexicon import lexicon
from extractors.sorting import type_of
from extractors.structured.grid import Entry, Grid
from extractors.values.numbers import NumberStyle, number_style, parse_number
from schemas.documents import AnyField, CommercialInvoice, Document, FieldSet, PackingList
from schemas.geometry import Box
from schemas.pages import Original, Page, Word

F = TypeVar("F", bound=FieldSet)

_LETTER: Final = 5.0
_HEIGHT: Final = 10.0
_PITCH: Final = 14.0
"""Points from line to line; a blank row is wide enough a gap to end a block of lines."""
_GUTTER: Final = 30.0
"""Points between two columns, wider than any space between words."""
_UNSETTLED: Final = re.compile(r"\D*[1-9]\d{0,2}[.,]\d{3}(?![\d.,])\D*")
"""One mark and three digits: thousands in one style, thousandths in the other."""
_NUMERIC: Final = re.compile(r"[-+]?\d[\d.,' ]*")
_PRICES: Final = frozenset({"unit_price", "amount"})
_PACKED: Final = frozenset({"packages", "package_range", "gross_weight", "net_weight", "volume"})


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What a sheet is: its document, None where it holds no goods of an invoice or packing list.

    `unsettled` are the places of numbers that may mean two things; they are left out.
    """

    document: Document | None
    unsettled: tuple[str, ...] = ()


def read_sheet(grid: Grid, original: Original) -> SheetReading:
    """The paper on one sheet. Each field has the locator of its cells instead of a page and box."""
    texts = [entry.text for entry in grid.entries if not entry.typed]
    proven = number_style(texts)
    typed = any(entry.typed for entry in grid.entries)
    unsettled = () if proven else tuple(e for e in grid.entries if not e.typed and _UNSETTLED.fullmatch(e.text))
    style = proven or (NumberStyle(".") if typed else None)
    places = tuple(entry.locator for entry in unsettled)
    kind = _kind(grid, original)
    if kind is None:
        return SheetReading(None, places if grid.header_row else ())
    laid = _Laid.out(grid, original, style)
    document = document_of(kind, (laid.page,), Context(style))
    if not isinstance(document, CommercialInvoice | PackingList) or not document.lines:
        return SheetReading(None, places)
    return SheetReading(_placed(document, replace(laid, unsettled=unsettled), style), places)


def _kind(grid: Grid, original: Original) -> str | None:
    """By the title in the sheet, its own name, or the columns: prices make an invoice, weights and packages a list."""
    page = _Laid.out(grid, original, None).page
    own = type_of(page) if page.words else None
    if own is not None and own.titled:
        return own.type if own.type in ("commercial_invoice", "packing_list") else None
    named = lexicon("titles").concept_of(grid.name)
    if named in ("commercial_invoice", "packing_list"):
        return named
    if grid.header_row is None:
        return None
    columns = {lexicon("columns").concept_of(entry.text) for entry in grid.rows[grid.header_row]}
    return "commercial_invoice" if columns & _PRICES else "packing_list" if columns & _PACKED else None


@dataclass(frozen=True)
class _Laid:
    """The grid as a page, and where each cell came to stand on it."""

    page: Page
    boxes: tuple[tuple[Entry, Box], ...]
    unsettled: tuple[Entry, ...] = ()

    @classmethod
    def out(cls, grid: Grid, original: Original, style: NumberStyle | None) -> _Laid:
        """Every column as wide as its longest line, every row as high as its cell with most lines."""
        left = _lefts(grid)
        words: list[Word] = []
        boxes: list[tuple[Entry, Box]] = []
        top, before = _PITCH, 0
        for number, row in grid.rows.items():
            top += _PITCH * min(2, number - before - 1)
            for entry in row:
                own = list(_words(_written(entry, style), left[entry.column], top))
                words += own
                bottom = max((word.box.bottom for word in own), default=top)
                boxes.append((entry, Box(left[entry.column], top, left[entry.column] + _width(entry), bottom)))
            top, before = top + _PITCH * max(_lines(entry) for entry in row), number
        right = max((box.x1 for _, box in boxes), default=0.0)
        size = (max(595.0, right + _GUTTER), max(842.0, top + _PITCH))
        page = Page(original.file, original.sha256, 1, *size, words=tuple(words))
        return cls(page, tuple(boxes))

    def entries(self, box: Box) -> list[Entry]:
        """The cells that a box on the page touches."""
        return [entry for entry, own in self.boxes if own.overlap_x(box) > 0 and own.overlap_y(box) > 0]


def _lines(entry: Entry) -> int:
    return entry.text.count("\n") + 1


def _width(entry: Entry) -> float:
    return _LETTER * max(len(line) for line in entry.text.split("\n"))


def _lefts(grid: Grid) -> dict[int, float]:
    widths: dict[int, float] = {}
    for entry in grid.entries:
        widths[entry.column] = max(widths.get(entry.column, 0.0), _width(entry))
    lefts, at = {}, _GUTTER
    for column in sorted(widths):
        lefts[column] = at
        at += widths[column] + _GUTTER
    return lefts


def _written(entry: Entry, style: NumberStyle | None) -> str:
    """Numbers of typed cells in the style of the sheet's own texts, so that one style reads them all."""
    comma = entry.typed and style is not None and style.decimal == ","
    return entry.text.replace(".", ",") if comma else entry.text


def _words(text: str, left: float, top: float) -> Iterator[Word]:
    for at, line in enumerate(text.split("\n")):
        y = top + at * _PITCH
        for found in re.finditer(r"\S+", line):
            box = Box(left + _LETTER * found.start(), y, left + _LETTER * found.end(), y + _HEIGHT)
            yield Word(found[0], box, 1.0, "structured", size=_HEIGHT)


def _placed(
    document: CommercialInvoice | PackingList, laid: _Laid, style: NumberStyle | None
) -> CommercialInvoice | PackingList:
    fields, lines = _located(document.fields, laid), tuple(_located(line, laid) for line in document.lines)
    every = ("every_row",) if _every_row(lines, laid, style) else ()
    parts = tuple(part.model_copy(update={"pages": ()}) for part in document.parts)
    update = {
        "parts": parts,
        "text_source": "structured",
        "fields": fields,
        "lines": lines,
        "page_marks": (),
        "complete_by": (*document.complete_by, *every),
    }
    return document.model_copy(update=update)


def _located(fields: F, laid: _Laid) -> F:
    """The fields with their cells for a place, without the numbers whose cells may mean two."""
    placed = {name: _in_cells(field, laid) for name, field in fields.present().items()}
    return fields.model_copy(update=placed)


def _in_cells(field: AnyField, laid: _Laid) -> AnyField | None:
    entries = laid.entries(field.place) if field.place else []
    if isinstance(field.value, Decimal) and any(entry in laid.unsettled for entry in entries):
        return None
    text = entries[0].text if len(entries) == 1 and entries[0].typed else field.text
    update = {"page": None, "box": None, "locator": locator_of(entries), "text": text}
    return field.model_copy(update=update)


def locator_of(entries: Sequence[Entry]) -> str:
    """`Sheet1!A3:A6` for the cells of a block, `row 3, column 1 to row 6, column 1` in a CSV file."""
    if not entries:
        return "sheet"
    first, last = entries[0].locator, entries[-1].locator
    if first == last:
        return first
    return f"{first}:{last.rpartition('!')[2]}" if "!" in first else f"{first} to {last}"


def _every_row(lines: Sequence[FieldSet], laid: _Laid, style: NumberStyle | None) -> bool:
    """Whether each number in the column of the amounts (else quantities, weights) is an item's or a sum of items'.

    A row that was taken for no item would leave its number over.
    """
    for name in ("amount", "quantity", "net_weight_kg", "gross_weight_kg"):
        cells = [_source(line, name, laid) for line in lines]
        own = [entry for entry in cells if entry is not None]
        if len(own) == len(lines) and len({entry.column for entry in own}) == 1:
            return _nothing_left(own, laid, style)
    return False


def _source(line: FieldSet, name: str, laid: _Laid) -> Entry | None:
    field = line.get(name)
    found = [entry for entry, _ in laid.boxes if field is not None and entry.locator == field.locator]
    return found[0] if found else None


def _nothing_left(own: Sequence[Entry], laid: _Laid, style: NumberStyle | None) -> bool:
    rows = {entry.row for entry in own}
    first, last = min(rows), max(rows)
    column = [entry for entry, _ in laid.boxes if entry.column == own[0].column and entry.row >= first]
    total = sum((_number(entry, style) or Decimal(0) for entry in own), Decimal(0))
    others = [entry for entry in column if entry.row not in rows and _number(entry, style) is not None]
    within = [entry for entry in others if entry.row < last]
    return not within and all(_is_sum(entry, total, laid, style) for entry in others)


def _is_sum(entry: Entry, total: Decimal, laid: _Laid, style: NumberStyle | None) -> bool:
    """A number below the items is their sum, or has a label that begins its row: freight, discount, grand total."""
    labelled = any(
        other.row == entry.row and other.column < entry.column and lexicon().find(other.text.split())
        for other, _ in laid.boxes
    )
    return labelled or _number(entry, style) == total


def _number(entry: Entry, style: NumberStyle | None) -> Decimal | None:
    return parse_number(entry.text, NumberStyle(".") if entry.typed else style) if _NUMERIC.match(entry.text) else None
