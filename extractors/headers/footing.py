"""Where a goods table ends on its page, judged by what stands below it: facts with labels are no goods.

A table without rules gives no sign of its end; what its lines seem to go on with are often the totals, weights and
marks that a paper tells in label and value under its goods.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.headers.occurrences import Occurrence, Sheet
from extractors.layout import Row, Span
from schemas.geometry import Box

_FACTS = frozenset({
    "packages", "gross_weight_kg", "volume_m3", "marks", "container_number", "subtotal", "total_amount", "freight",
    "insurance", "discount", "other_charges", "payment_terms", "incoterm", "vessel_or_flight",
})  # fmt: skip
"""What stands under a table. Origin, net weight and references belong to single goods as often."""
_CELLS = 3
"""Spans from which on a row may be one of goods, two of them figures."""


def above_footing(sheet: Sheet, table: Box) -> Box:
    """The table's box without the labelled facts at its foot; `sheet` is the whole page, its table included."""
    rows = [row for row in sheet.rows if table.contains_middle_of(row.box) and row.box.top > table.top + 1]
    goods = [at for at, row in enumerate(rows) if _is_goods(sheet, row)]
    below = rows[goods[-1] + 1 :] if goods else []
    first = next((row for row in below if _tells(sheet, row)), None)
    return table if first is None else replace(table, bottom=min(span.box.top for span in first.spans) - 1)


def _is_goods(sheet: Sheet, row: Row) -> bool:
    figures = [span for span in row.spans if span.text[0].isdigit() and not sheet.labels_in(span)]
    return len(row.spans) >= _CELLS and len(figures) > 1 and not _labels(sheet, row.spans[:1])


def _tells(sheet: Sheet, row: Row) -> bool:
    """True for a row that begins with such a label, or consists of labels as the head of a small table does."""
    return any(label.concept in _FACTS for label in _labels(sheet, row.spans[:1])) or (
        len(row.spans) > 1
        and all(sheet.is_label(span) for span in row.spans)
        and any(label.concept in _FACTS for label in _labels(sheet, row.spans))
    )


def _labels(sheet: Sheet, spans: Sequence[Span]) -> list[Occurrence]:
    return [o for span in spans for o in sheet.labels_in(span) if o.start == 0 and (o.colon or o.whole)]
