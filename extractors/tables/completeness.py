"""Proofs that no row of a table was lost. Confidence cannot see a row that no reader saw; these can."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.tables.parts import Table, TableRow
from extractors.values.numbers import NumberStyle, number_style, parse_number
from extractors.values.packages import parse_package_range


@dataclass(frozen=True, slots=True)
class Bands:
    """One page's horizontal rules, and the top and bottom of each item's main line there."""

    ruled: tuple[float, ...]
    items: tuple[tuple[float, float], ...]


def proofs_of(table: Table, pages: Sequence[Bands]) -> tuple[str, ...]:
    """The names of the proofs that hold, empty where none does."""
    style = number_style(w.text for row in table.rows for cell in row.cells.values() for w in cell.words)
    checks: dict[str, Callable[[], bool]] = {
        "row_numbers": lambda: _numbered(table.rows),
        "ruled_rows": lambda: _ruled(pages),
        "sums": lambda: _summed(table, style),
        "package_ranges": lambda: _joined(table, style),
    }
    return tuple(name for name, holds in checks.items() if holds())


def _numbered(rows: Sequence[TableRow]) -> bool:
    """The printed numbers run from 1 without a gap. This alone cannot see that the last rows are missing."""
    numbers = ["".join(c for c in row.cells["number"].text if c.isdigit()) for row in rows if "number" in row.cells]
    return len(numbers) == len(rows) > 0 and [int(n or 0) for n in numbers] == list(range(1, len(rows) + 1))


def _ruled(pages: Sequence[Bands]) -> bool:
    """From the first item's band to the last one's, every band between two rules holds just one item, on every page."""
    for page in pages:
        bands = list(zip(page.ruled, page.ruled[1:], strict=False))
        if not page.items:
            continue
        inside = [b for b in bands if b[1] > page.items[0][0] and b[0] < page.items[-1][1]]
        if len(inside) != len(page.items):
            return False
        if any(
            low > top + 1 or high < bottom - 1 for (low, high), (top, bottom) in zip(inside, page.items, strict=True)
        ):
            return False
    return any(page.items for page in pages)


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
    """A column adds up to a printed sum. The packages alone prove nothing of rows that share one."""
    printed = _printed_sums(table, style)
    reachable = _with_charges(printed, table, style)
    for concept in ("amount", "gross_weight", "net_weight", "volume", "quantity"):
        values = [_value(row, concept, style) for row in table.rows]
        known = [v for v in values if v is not None]
        if len(known) == len(values) and known and sum(known) in (reachable if concept == "amount" else printed):
            return True
    return False


def _with_charges(printed: set[Decimal], table: Table, style: NumberStyle | None) -> set[Decimal]:
    """The printed sums, and the last one with the charges between the items and it taken off again."""
    amounts = [
        n
        for row in table.total_rows
        if "amount" in row.cells and (n := number_in(row.cells["amount"].text, style)) is not None
    ]
    if len(amounts) < 2:  # noqa: PLR2004  a charge and a sum
        return printed
    return printed | {amounts[-1] - sum(amounts[:-1])}


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
