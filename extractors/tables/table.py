"""The goods table of an invoice or a packing list, found over all pages of the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from extractors.layout.spans import Row, Span, rows_of, span_of
from extractors.tables.above import SHARED, Merged, taken_over
from extractors.tables.blocks import Alignment, Block, Body, alignment_of, body_of, heading_starts
from extractors.tables.codes import without_codes
from extractors.tables.columns import Grid, first_grid, learned, wide
from extractors.tables.completeness import Bands, proofs_of
from extractors.tables.concepts import resolved
from extractors.tables.description import only_details
from extractors.tables.header import STRONG, WEAK, Header, headers_of, imagined_header
from extractors.tables.levelling import Levelled, levelled
from extractors.tables.parts import Cell, Column, Table, TableRow, TotalRow
from extractors.tables.rows import Line, kind_of
from extractors.tables.rulings import TOLERANCE, lines_across, walls_of, without_frame
from extractors.tables.running import running
from extractors.tables.sidebar import without_sidebar
from extractors.tables.stacked import one_item_each, unstacked
from extractors.tables.sums_aside import ended_by_sums
from schemas.geometry import Box, union
from schemas.pages import Page, Word

__all__ = ["Cell", "Column", "Table", "TableRow", "TotalRow", "find_table"]

_ENDING: Final = frozenset({"sums", "package_ranges"})
"""Proofs that also show where the table ends."""
_ROUNDS: Final = 2
"""The lanes are drawn from the header, then twice from the cells found."""


@dataclass(frozen=True, slots=True)
class _PagePart:
    """A page's lines below its header (or all of them where it goes on without one), in the page's grid."""

    level: Levelled
    header: Header | None
    grid: Grid
    lines: tuple[Line, ...]
    ruled: tuple[float, ...]


def find_table(pages: Sequence[Page], document_type: str) -> Table | None:
    """The goods table of one document; None where no page has anything like one."""
    parts = _parts(pages, document_type)
    parts = resolved_parts(parts, document_type)
    if not parts:
        return None
    alignment = _alignment(parts)
    heads = heading_starts(parts[0].lines)
    bodies = [body_of(p.lines, p.ruled, alignment, heads) for p in parts]
    rows, regions = _rows(parts, bodies)
    if not rows:
        return None
    sums = tuple(_total_row(p.level, x) for p, body in zip(parts, bodies, strict=True) for x in body.sums)
    rows, columns = without_codes(*unstacked(rows, [lane.column for lane in parts[0].grid.lanes]))
    rows = taken_over(rows, {id(p.level.origin): _merged(p) for p in parts})
    table = Table(columns, tuple(rows), (), tuple(regions), sums)
    ruled = [_bands(part, body) for part, body in zip(parts, bodies, strict=True)]
    proofs = proofs_of(table, ruled)
    if any(body.unclaimed for body in bodies) or (_goes_on(parts, bodies, pages) and not _ENDING & set(proofs)):
        return table
    return replace(table, complete_by=proofs)


def _goes_on(parts: Sequence[_PagePart], bodies: Sequence[Body], pages: Sequence[Page]) -> bool:
    """True where the table may go on: a sum carried over is its last line, or the document has further pages."""
    last = next(at for at in reversed(range(len(parts))) if bodies[at].blocks)
    end = bodies[last].blocks[-1].anchor.box.middle_y
    after = [line.kind for line in parts[last].lines if line.box.middle_y > end]
    if "carried" in after and "sum" not in after:
        return True
    return parts[last].level.origin is not pages[-1] and "sum" not in after


def _parts(pages: Sequence[Page], document_type: str) -> list[_PagePart]:
    """The pages that carry the table, found by a plain header, else by a poor one, else by its numbers alone."""
    levels = [levelled(page, without_frame(page.words)) for page in pages]
    for least in (STRONG, WEAK, None):
        parts = _found(levels, document_type, least)
        if any(line.kind == "item" for part in parts for line in part.lines):
            return parts
    return []


def _found(levels: Sequence[Levelled], document_type: str, least: float | None) -> list[_PagePart]:
    """From the first page with a header and items on, as long as items go on."""
    parts: list[_PagePart] = []
    for level in levels:
        rows = rows_of(level.page)
        headers = headers_of(level.page, rows, least=least) if least else _imagined(level.page, rows, parts)
        alone = without_sidebar(level.page, headers)
        if alone is not level.page:
            level, rows = replace(level, page=alone), rows_of(alone)  # noqa: PLW2901  the same page, less its side
            headers = headers_of(alone, rows, least=least or WEAK)
        part = _with_header(level, rows, headers, document_type) or (
            _continued(level, rows, parts[-1], document_type) if parts else None
        )
        if part:
            parts.append(part)
    return parts


def _imagined(page: Page, rows: Sequence[Row], parts: Sequence[_PagePart]) -> list[Header]:
    header = None if parts else imagined_header(page, rows)
    return [header] if header else []


def _with_header(
    level: Levelled, rows: Sequence[Row], headers: Sequence[Header], document_type: str
) -> _PagePart | None:
    """The page's table under the header that has the most numbers of items below it."""
    found = []
    for header in headers:
        below = [r for r in rows if r.box.middle_y > header.box.bottom]
        body = [r for r in below if not any(h.box.top <= r.box.middle_y <= h.box.bottom for h in headers)]
        grid = first_grid(header, body) if body else None
        if grid and grid.lanes:
            part = _read(level, header, grid, body, document_type)
            items = [x for x in part.lines if x.kind == "item"]
            found.append((sum(x.counts() for x in items), len(header.columns), part))
    best = max(found, key=lambda f: f[:2], default=None)
    return best[2] if best else None


def _continued(level: Levelled, rows: Sequence[Row], before: _PagePart, document_type: str) -> _PagePart | None:
    """A page without a header that goes on in the lanes of the page before; None where it holds no items."""
    grid = replace(before.grid, page=level.page, walls=())
    part = _read(level, None, grid, rows, document_type)
    items = [at for at, line in enumerate(part.lines) if line.kind == "item"]
    if not items:
        return None
    start = items[0]
    while start > 0 and part.lines[start - 1].kind == "text" and _near(part.lines[start - 1], part.lines[start]):
        start -= 1
    return replace(part, lines=part.lines[start:])


def _near(upper: Line, lower: Line) -> bool:
    return -upper.box.overlap_y(lower.box) < lower.box.height


def _read(level: Levelled, header: Header | None, grid: Grid, rows: Sequence[Row], document_type: str) -> _PagePart:
    """The rows divided into lanes; these are drawn anew from the items found and the rows divided again."""
    lines = _lines(rows, grid, document_type)
    for _ in range(_ROUNDS):
        items = [line.lanes for line in lines if line.kind == "item"]
        if header is None or not items:
            break
        grid = learned(grid, items)
        lines = _lines(rows, grid, document_type)
    left = min(lane.column.box.x0 for lane in grid.lanes)
    right = max(lane.column.box.x1 for lane in grid.lanes)
    return _PagePart(level, header, grid, tuple(lines), tuple(lines_across(level.page, left, right)))


def _lines(rows: Sequence[Row], grid: Grid, document_type: str) -> list[Line]:
    lines = [Line(row, grid, _divided(row, grid)) for row in rows]
    return ended_by_sums(one_item_each([replace(line, kind=kind_of(line, document_type)) for line in lines]))


def _divided(row: Row, grid: Grid) -> dict[int, list[Word]]:
    """The row's words by lane; a line of details runs on from the description over the columns beside it.

    It may begin under the article number that stands before the description.
    """
    lanes = grid.divide(row)
    words = next((at for at in sorted(lanes) if wide(grid.lanes[at].column)), None)
    before = {grid.lanes[at].column.concept for at in lanes if words is not None and at < words}
    if len(lanes) > 1 and words is not None and before <= {"part_number"} and only_details(row.words):
        return {words: list(row.words)}
    return running(row, grid, lanes)


def resolved_parts(parts: Sequence[_PagePart], document_type: str) -> list[_PagePart]:
    """The parts with each lane's concept settled by what stands in it on all pages."""
    items = [line for part in parts for line in part.lines if line.kind == "item"]
    if not items:
        return []
    alike = [part for part in parts if len(part.grid.lanes) == len(parts[0].grid.lanes)]
    between = [line for part in alike for line in _within(part.lines)]
    concepts = resolved([lane.column.concept for lane in parts[0].grid.lanes], items, document_type, between)
    if not any(concepts):
        return []
    done = []
    for part in parts:
        if len(part.grid.lanes) != len(concepts):
            own = [line for line in part.lines if line.kind == "item"]
            settled = resolved([lane.column.concept for lane in part.grid.lanes], own, document_type)
        else:
            settled = concepts
        lanes = tuple(
            replace(lane, column=replace(lane.column, concept=c))
            for lane, c in zip(part.grid.lanes, settled, strict=True)
            if c or lane.column.label  # white space that proved to be no column's edge gives its words back
        )
        grid = replace(part.grid, lanes=lanes)
        done.append(replace(part, grid=grid, lines=tuple(_lines([x.row for x in part.lines], grid, document_type))))
    return done


def _within(lines: Sequence[Line]) -> list[Line]:
    """The lines of text above the last item."""
    last = max((at for at, line in enumerate(lines) if line.kind == "item"), default=0)
    return [line for line in lines[:last] if line.kind == "text"]


def _alignment(parts: Sequence[_PagePart]) -> Alignment:
    return alignment_of(next(p for p in parts if p.header or p is parts[0]).lines)


def _rows(parts: Sequence[_PagePart], bodies: Sequence[Body]) -> tuple[list[TableRow], list[tuple[Page, Box]]]:
    """The items of all pages in order; lines above a page's first item go on with the last item of the page before."""
    rows: list[TableRow] = []
    regions = []
    headings: tuple[Line, ...] = ()
    for part, body in zip(parts, bodies, strict=True):
        if body.lead and rows and part is not parts[0]:
            rows[-1] = _extended(rows[-1], part.level, body.lead)
        for block in body.blocks:
            headings = block.headings or headings
            rows.append(_row(part.level, replace_headings(block, headings)))
        words = [w for block in body.blocks for line in block.lines for w in line.row.words]
        if words:
            region = union(part.level.word(w).box for w in words)
            header = [_box_as_read(part.level, part.header.box)] if part.header else []
            regions.append((part.level.origin, union([region, *header])))
    return rows, regions


def replace_headings(block: Block, headings: tuple[Line, ...]) -> Block:
    return Block(block.anchor, block.lines, headings)


def _box_as_read(level: Levelled, box: Box) -> Box:
    """Where the words in a box of the levelled page stand as they were read."""
    words = [level.word(w).box for w in level.page.words if box.contains_middle_of(w.box)]
    return union(words) if words else box


def _span(level: Levelled, words: Sequence[Word]) -> Span:
    return span_of(level.origin, [level.word(w) for w in words])


def _row(level: Levelled, block: Block) -> TableRow:
    headings = tuple(_span(level, line.row.words) for line in block.headings)
    box = union(level.word(w).box for line in block.lines for w in line.row.words)
    return TableRow(level.origin, box, _cells(level, block.lines), headings, block.anchor.box.middle_y)


def _cells(level: Levelled, lines: Sequence[Line]) -> dict[str, Cell]:
    """Cells by concept, each with one span for each printed line; columns without a concept are left out."""
    spans: dict[str, list[Span]] = {}
    for line in lines:
        for at in sorted(line.lanes):
            concept = line.grid.lanes[at].column.concept
            if concept:
                spans.setdefault(concept, []).append(_span(level, line.lanes[at]))
    return {concept: Cell(tuple(some)) for concept, some in spans.items()}


def _extended(row: TableRow, level: Levelled, lead: Sequence[Line]) -> TableRow:
    cells = dict(row.cells)
    for concept, cell in _cells(level, lead).items():
        before = cells[concept].spans if concept in cells else ()
        cells[concept] = Cell((*before, *cell.spans))
    return replace(row, cells=cells)


def _total_row(level: Levelled, line: Line) -> TotalRow:
    """The label is what stands before the first number."""
    words = line.row.words
    first = next((i for i, w in enumerate(words) if any(c.isdigit() for c in w.text)), len(words))
    box = union(level.word(w).box for w in words)
    kind: Literal["sum", "charge"] = "charge" if line.kind == "charge" else "sum"
    return TotalRow(kind, level.origin, box, Cell((_span(level, words[: max(1, first)]),)), _cells(level, [line]))


def _merged(part: _PagePart) -> list[Merged]:
    """Spaces between the rules of a column that others divide further; none on a page that had to be levelled."""
    lanes = {lane.column.concept: lane for lane in part.grid.lanes}
    words = lanes.get("description")
    if part.level.read or words is None:
        return []
    page = part.level.page
    divided = lines_across(page, words.x0, words.x1)
    found = []
    for concept in (c for c in SHARED if c in lanes):
        own = lines_across(page, lanes[concept].x0, lanes[concept].x1)
        spaces = [s for s in pairwise(own) if any(s[0] + TOLERANCE < y < s[1] - TOLERANCE for y in divided)]
        found += [Merged(concept, top, bottom) for top, bottom in spaces]
    return found


def _bands(part: _PagePart, body: Body) -> Bands:
    """Where the rules and the lines stand, all on the levelled page."""
    return Bands(
        ruled=part.ruled,
        header_end=part.header.box.bottom if part.header else None,
        items=tuple((b.anchor.box.top, b.anchor.box.bottom) for b in body.blocks),
        others=tuple(x.box.middle_y for x in part.lines if x.kind in ("sum", "charge", "carried") or x in body.sums),
        walls=tuple(wall.bottom for wall in walls_of(part.level.page)),
    )
