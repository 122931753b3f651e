"""Proofs that no row of a table was lost. Confidence cannot see a row that no reader saw; these can."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product
from typing import Final

from extractors.tables.parts import Table, TableRow
from extractors.tables.rows import COUNTED
from extractors.values.numbers import NumberStyle, number_style, parse_number
from extractors.values.packages import parse_package_range

_MOST_CHARGES: Final = 5
_PARTIAL: Final = re.compile(r"\W*(?:sub|zwischen|sous|parzial|parcial|suma parcial|小计|本页)", re.IGNORECASE)
_NO_ROW: Final = 0.9
"""Of the lowest row's height: in less space below the last rule no row has room."""
_SLACK: Final = 3.0
"""Points by which the rule under a header may touch its letters."""


@dataclass(frozen=True, slots=True)
class Bands:
    """One page's horizontal rules, where its header ends (None without one), and where its lines stand.

    `items` are top and bottom of each item's main line, `others` the middles of sums and sums carried over, `walls`
    where vertical rules end below.
    """

    ruled: tuple[float, ...]
    header_end: float | None
    items: tuple[tuple[float, float], ...]
    others: tuple[float, ...]
    walls: tuple[float, ...] = ()


def proofs_of(table: Table, pages: Sequence[Bands]) -> tuple[str, ...]:
    """The names of the proofs that hold, empty where none does."""
    style = style_of_cells(table, None)
    sums = _summed(table, style)
    doubted = not sums and _contradicted(table, style)
    checks: dict[str, bool] = {
        "row_numbers": not doubted and _numbered(table.rows),
        "ruled_rows": not doubted and _ruled(pages) and (not _by_eye(table) or all(map(_closed, pages))),
        "sums": sums,
        "package_ranges": not doubted and _joined(table, style),
    }
    proofs = tuple(name for name, holds in checks.items() if holds)
    return () if proofs == ("row_numbers",) and _by_eye(table) else proofs


def _by_eye(table: Table) -> bool:
    """True where OCR read any of the items. Line numbers alone cannot show that it lost the last of them."""
    return any(w.reader != "text_layer" for row in table.rows for cell in row.cells.values() for w in cell.words)


def _numbered(rows: Sequence[TableRow]) -> bool:
    """The printed numbers run from 1 (or 10, 20, 30 …) without a gap. The last rows' loss they cannot show."""
    digits = [re.sub(r"\D", "", row.cells["number"].text) for row in rows if "number" in row.cells]
    if not rows or len(digits) != len(rows) or "" in digits:
        return False
    numbers = [int(d) for d in digits]
    return numbers[0] in (1, 10, 100) and numbers == [numbers[0] * n for n in range(1, len(rows) + 1)]


def _contradicted(table: Table, style: NumberStyle | None) -> bool:
    """True where OCR read a column's values and a sum below them that they do not add up to: a row may be lost."""
    if not _by_eye(table):
        return False
    for concept in ("amount", "gross_weight", "net_weight", "volume"):
        printed = any(row.kind == "sum" and concept in row.cells for row in table.total_rows)
        if printed and _sum_of(table, concept, style) is not None:
            return True
    return False


def style_of_cells(table: Table, style: NumberStyle | None) -> NumberStyle | None:
    """The document's style with the group mark that the cells prove: inside a cell a space is no column's edge."""
    if style is not None and style.group is not None:
        return style
    rows = [row.cells for row in table.rows] + [row.cells for row in table.total_rows]
    counted = [cell for cells in rows for name, cell in cells.items() if name in COUNTED]
    own = number_style(s.text for cell in counted for s in cell.spans for _ in range(2))
    if own is None or (style is not None and own.decimal != style.decimal and own.group is None):
        return style
    return own


def _ruled(pages: Sequence[Bands]) -> bool:
    """Every band between two rules, from the header to the sums, holds just one item, on every page."""
    for page in pages:
        bands = _bands_of_items(page)
        if len(bands) != len(page.items):
            return False
        if any(
            low > top + 1 or high < bottom - 1 for (low, high), (top, bottom) in zip(bands, page.items, strict=True)
        ):
            return False
    return any(page.items for page in pages)


def _closed(page: Bands) -> bool:
    """True where the last rule ends the table: walls end there, or a sum stands close below; else a row may follow."""
    bands = _bands_of_items(page)
    if not bands:
        return not page.items
    last, lowest = bands[-1][1], min(bottom - top for top, bottom in bands)
    if any(abs(y - last) <= _SLACK for y in page.walls):
        return True
    return any(0 < y - last < _NO_ROW * lowest for y in page.others) or any(
        y < last for y in page.others if y > bands[-1][0]
    )


def _bands_of_items(page: Bands) -> list[tuple[float, float]]:
    """The bands in which items are due: none is left out, so that an empty one shows a row that was not read."""
    start = page.ruled[0] if page.header_end is None and page.ruled else (page.header_end or 0.0) - _SLACK
    last = page.items[-1][1] if page.items else start
    end = min((y for y in page.others if y > last), default=float("inf"))
    bands = [b for b in pairwise(page.ruled) if b[0] >= start and b[0] < end]
    return [b for b in bands if not any(b[0] < y < b[1] for y in page.others)]


def _value(row: TableRow, concept: str, style: NumberStyle | None) -> Decimal | None:
    cell = row.cells.get(concept)
    return None if cell is None else number_in(cell.text, style)


def number_in(text: str, style: NumberStyle | None) -> Decimal | None:
    """The one number among the words of a text ("1,500 PCS", "USD 30,075.00"), None where there is none or several."""
    found = [n for part in text.split() if (n := parse_number(part, style)) is not None]
    whole = parse_number(text, style)
    return whole if whole is not None else found[0] if len(found) == 1 else None


def _printed_sums(table: Table, style: NumberStyle | None) -> set[Decimal]:
    texts = [cell.text for row in table.total_rows for cell in row.cells.values()]
    texts += [w.text for row in table.total_rows for cell in row.cells.values() for w in cell.words]
    return {n for t in texts if (n := number_in(t, style)) is not None}


def _summed(table: Table, style: NumberStyle | None) -> bool:
    """A column adds up to the largest sum printed below it: smaller ones may be those of a group or a page.

    Amounts may do so less the charges above that sum. Quantities, often small and round, must do so in their own
    column; weights and volumes may also be summed up in words beside the table.
    """
    printed = _printed_sums(table, style)
    reachable: dict[str, set[Decimal]] = {"amount": set(_without_charges(table, style))}
    for concept in ("gross_weight", "net_weight", "volume", "quantity"):
        own = _sums_below(table, concept, style)
        reachable[concept] = {max(own)} if own else printed if concept != "quantity" else set()
    return any(_sum_of(table, concept, style) in sums for concept, sums in reachable.items())


def _sums_below(table: Table, concept: str, style: NumberStyle | None) -> list[Decimal]:
    """What is summed up in the column. A subtotal with nothing larger below it is a group's: then nothing is said."""
    rows = [row for row in table.total_rows if row.kind == "sum" and concept in row.cells]
    cells = [row.cells[concept].text for row in rows]
    if all(_PARTIAL.match(row.label.text) for row in rows):
        return []
    return [n for text in cells if (n := number_in(text, style)) is not None]


def _sum_of(table: Table, concept: str, style: NumberStyle | None) -> Decimal | None:
    """The column's sum, None where a row's value is missing or none."""
    values = [_value(row, concept, style) for row in table.rows]
    known = [v for v in values if v is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None


def _without_charges(table: Table, style: NumberStyle | None) -> Iterator[Decimal]:
    """The largest sum, and it with the charges above it taken off, whichever were added and whichever deducted.

    Where the largest is the goods' and a discount or deposit follows, its own sum is the larger one all the same.
    """
    largest = max(_sums_below(table, "amount", style), default=None)
    charges: list[Decimal] = []
    for row in table.total_rows:
        value = number_in(row.cells["amount"].text, style) if "amount" in row.cells else None
        if value is None:
            continue
        if row.kind == "sum" and value == largest:
            yield value
            for signs in product((1, -1), repeat=min(len(charges), _MOST_CHARGES)):
                yield value - sum((s * c for s, c in zip(signs, charges, strict=False)), Decimal(0))
        elif row.kind == "charge":
            charges.append(value)


def _joined(table: Table, style: NumberStyle | None) -> bool:
    """The ranges of packages follow each other from 1 to the printed total; a shared package may stand twice."""
    reached = 0
    for row in table.rows:
        cell = row.cells.get("package_range")
        span = parse_package_range(cell.text) if cell else None
        if span is None:
            return False
        first, last = (int(n) for n in (span.split("-") * 2)[:2])
        if first not in (reached, reached + 1) or last < reached:
            return False
        reached = last
    return reached > 0 and Decimal(reached) in _printed_sums(table, style)
