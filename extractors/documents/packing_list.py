"""The packing list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import TypeVar

from extractors.context import Context
from extractors.documents.invoice import packages_of
from extractors.fieldmaking import field_from
from extractors.headers.goods_paper import HeaderSearch
from extractors.headers.occurrences import Sheet
from extractors.headers.readings import Found, leading, marks_of
from extractors.layout import Span
from extractors.tables.table import Table
from extractors.values.numbers import NumberStyle, parse_number
from extractors.values.packages import parse_package_kind, parse_packages
from extractors.values.weights import parse_volume_m3, parse_weight_kg
from schemas.documents import PackingListFields
from schemas.fields import Field

T = TypeVar("T")


def packing_list_fields(sheets: Sequence[Sheet], table: Table | None, context: Context) -> PackingListFields:
    """The header and total fields of a packing list; `sheets` leave out the goods table, whose total row counts too."""
    search = HeaderSearch.over(sheets, context)
    totals = _Totals(sheets, table, context.number_style)
    count, kind = packages_of(search)
    return PackingListFields(
        number=_number(search),
        date=search.date(),
        invoice_number=search.field("invoice_number", str),
        purchase_order=search.field("purchase_order", str),
        exporter=search.exporter(),
        consignee=search.consignee(),
        packages=count or totals.packages(),
        package_kind=kind or totals.package_kind(),
        gross_weight_kg=search.field("gross_weight_kg", Decimal) or totals.number("gross_weight", parse_weight_kg),
        net_weight_kg=search.field("net_weight_kg", Decimal) or totals.number("net_weight", parse_weight_kg),
        volume_m3=search.field("volume_m3", Decimal) or totals.number("volume", parse_volume_m3),
        marks=search.field("marks", str) or _marks_column(table),
        vessel_or_flight=search.field("vessel_or_flight", str),
        container_number=search.field("container_number", str),
    )


def _number(search: HeaderSearch) -> Field[str] | None:
    """The list's own number; a delivery note's where no label asks for one, not where one is illegible."""
    own = ("document_number", "own_number")
    return search.first(own if search.labelled("document_number") else (*own, "delivery_note"), str)


class _Totals:
    """The row that sums the goods table up, read by the table's columns."""

    def __init__(self, sheets: Sequence[Sheet], table: Table | None, style: NumberStyle | None) -> None:
        self._table = table
        self._style = style
        self._spans = list(_total_spans(sheets))

    def cell(self, concept: str) -> Iterator[Span]:
        """The spans of total rows that stand in the column of that meaning."""
        columns = self._table.columns if self._table else ()
        wanted = [c.box for c in columns if c.concept == concept]
        for span in self._spans:
            nearest = max((c.box for c in columns), key=span.box.overlap_x, default=None)
            if nearest is not None and nearest in wanted and span.box.overlap_x(nearest) > 0:
                yield span

    def number(self, concept: str, parse: Callable[[str, NumberStyle | None], T | None]) -> Field[T] | None:
        """The first total in that column that parses."""
        reading = partial(_flip(parse), self._style)
        return next((_field(f) for s in self.cell(concept) if (f := leading(s, reading)) is not None), None)

    def packages(self) -> Field[Decimal] | None:
        """The count of "263 CTNS" anywhere in a total row, or a bare number under the packages."""
        for span in self._spans:
            found = leading(span, partial(_flip(parse_packages), self._style))
            if found:
                return field_from(found.words[:1], found.value[0], found.page)
        return self.number("packages", parse_number)

    def package_kind(self) -> Field[str] | None:
        """The kind named in a total row, behind its count or in a cell of its own."""
        for span in self._spans:
            for start in range(len(span.words)):
                part = span.part(start)
                found = leading(part, parse_package_kind, most=4) if part else None
                if found:
                    return _field(found)
        return None


def _flip(parse: Callable[[str, NumberStyle | None], T | None]) -> Callable[[NumberStyle | None, str], T | None]:
    return lambda style, text: parse(text, style)


def _field(found: Found[T]) -> Field[T]:
    return field_from(found.words, found.value, found.page, text=found.text)


def _total_spans(sheets: Sequence[Sheet]) -> Iterator[Span]:
    """What stands right of a "total" that begins its row."""
    for sheet in sheets:
        for label in sheet.labels:
            if label.concept == "total_amount" and label.start == 0:
                rest = label.span.part(label.end)
                if rest:
                    yield rest
                row = sheet.rows[label.row]
                yield from row.spans[row.spans.index(label.span) + 1 :]


def _marks_column(table: Table | None) -> Field[str] | None:
    """Shipping marks listed down a column of the table."""
    cells = [row.cells["marks"] for row in (table.rows if table else ()) if "marks" in row.cells]
    spans = [s for cell in cells for s in cell.spans if s.page is cells[0].page]
    found = marks_of(spans)
    return _field(found) if found else None
