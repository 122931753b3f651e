"""The rows of a goods table as the lines of an invoice or a packing list."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

from extractors.fieldmaking import field_from
from extractors.layout.spans import joined, span_of
from extractors.tables.completeness import style_of_cells
from extractors.tables.description import Details, details_of, ends_in_codes
from extractors.tables.labelled import is_code
from extractors.tables.parts import Cell, Column, Table, TableRow
from extractors.values.countries import parse_country
from extractors.values.identifiers import parse_hs_code
from extractors.values.money import parse_money
from extractors.values.numbers import NumberStyle, numeric_readings, parse_number
from extractors.values.packages import parse_package_range, parse_packages
from extractors.values.units import parse_quantity, parse_unit
from extractors.values.weights import parse_volume_m3, parse_weight_kg
from schemas.documents import InvoiceLine, PackingListLine
from schemas.fields import Alternative, Field
from schemas.pages import Page, Word

T = TypeVar("T")

DOUBTFUL: Final = 0.5
"""The most confidence that a value has whose print had to be put right before it was a value at all."""

_BASIS: Final = re.compile(
    r"(?:/|\bper|\bpro|\bje|\bpour|\bpor|\bpar|\bper)\s*(?P<basis>1[\s.,']?000|100|10|1)\b", re.IGNORECASE
)
_GROUPED: Final = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_LEADING_NUMBER: Final = re.compile(r"\d[\d.,']*(?: \d{3}(?!\d))*")
_EDGES: Final = " ,;:()[]{}*~_—–-|'\"‘’“”«»"
_QUOTES: Final = "\"'‘’“”`´*~_ "
_NUMBERING: Final = re.compile(r"\W*0*(?P<number>\d{1,4}|[A-Z]?\d{1,3}[A-Z]?)\W*")


@dataclass(frozen=True, slots=True)
class _Reader:
    """What all lines of one table are read with. `right_edge` and `coded` tell its descriptions' lines apart."""

    style: NumberStyle | None
    columns: dict[str, Column]
    right_edge: float
    coded: bool

    def number(self, cell: Cell | None, parse: Callable[[str], Decimal | None]) -> Field[Decimal] | None:
        """A cell's one number. Where its print is none as it stands, the likeliest repair, plainly doubted."""
        if cell is None:
            return None
        words = _on_first_page(cell)
        value = parse(joined(w.text for w in words))
        if value is not None:
            return field_from(words, value, cell.page, parse=parse)
        return self._repaired(words, cell.page, parse)

    def price(self, cell: Cell | None) -> Field[Decimal] | None:
        """A unit price. None is negative: a dash before it is a piece of the table's frame."""
        return self.number(cell, lambda text: self._amount(text.lstrip(_EDGES)))

    def _repaired(
        self, words: Sequence[Word], page: Page, parse: Callable[[str], Decimal | None]
    ) -> Field[Decimal] | None:
        digits = [w for w in words if any(c.isdigit() for c in w.text)]
        if not digits:
            return None
        text = joined(w.text for w in digits)
        single = parse(text)
        if single is not None:
            return field_from(digits, single, page, parse=parse)
        bare = parse(text.strip(_QUOTES))
        if bare is not None:  # a speck read as a quotation mark, or a digit: doubted
            field = field_from(digits, bare, page)
            return field.model_copy(update={"confidence": min(field.confidence, DOUBTFUL)})
        readings = numeric_readings(text, self.style)
        several = sum(parse_number(w.text, self.style) is not None for w in digits) > 1 and not _GROUPED.fullmatch(text)
        if not readings or several:  # two numbers in one cell are not one: better none than a wrong one
            return None
        field = field_from(digits, readings[0], page)
        left = (1 - DOUBTFUL) / max(1, len(readings) - 1)
        others = tuple(Alternative[Decimal](value=v, text=str(v), confidence=left) for v in readings[1:])
        return field.model_copy(update={"confidence": min(field.confidence, DOUBTFUL), "alternatives": others})

    def money(self, cell: Cell | None) -> Field[Decimal] | None:
        return self.number(cell, self._amount)

    def _amount(self, text: str) -> Decimal | None:
        bare = _BASIS.sub("", text)
        money = parse_money(bare, self.style) or parse_money(
            re.sub(r"\s*(?:/|per|pro|je|par|por)\s*\w+\.?$", "", bare), self.style
        )
        return money[0] if money else None

    def weight(self, cell: Cell | None, concept: str) -> Field[Decimal] | None:
        unit = self._label_unit(concept, ("KGM", "GRM", "TNE", "LBR")) or "KGM"
        return self.number(cell, lambda text: parse_weight_kg(text, self.style, default_unit=unit))

    def volume(self, cell: Cell | None) -> Field[Decimal] | None:
        return self.number(cell, lambda text: parse_volume_m3(text, self.style))

    def _label_unit(self, concept: str, known: Sequence[str]) -> str | None:
        """The unit that the column's label names."""
        column = self.columns.get(concept)
        if column is None or column.label is None:
            return None
        codes = [parse_unit(w.text.strip("()[]/ ")) for w in column.label.words]
        return next((c for c in codes if c in known), None)

    def quantity(self, row: TableRow) -> tuple[Field[Decimal] | None, Field[str] | None]:
        """Quantity and unit, which stand in one cell, in two, or the unit in the label."""
        cell = row.cells.get("quantity")
        unit = self._unit_cell(row.cells.get("unit"))
        if cell is None:
            return None, unit
        words = _on_first_page(cell)
        whole = parse_quantity(joined(w.text for w in words), self.style)
        if whole is None:
            return self._in_two_tongues(words, cell.page) or (
                self._counted(words, cell.page),
                unit or self._label_as_unit(),
            )
        numbers, rest = _split_at_unit(words)
        found = field_from(numbers or words, whole[0], cell.page, parse=self._count)
        own = field_from(rest or words, whole[1], cell.page) if whole[1] else None
        return found, own or unit or self._label_as_unit()

    def _in_two_tongues(self, words: Sequence[Word], page: Page) -> tuple[Field[Decimal], Field[str]] | None:
        """A number with its unit printed twice: "1,920 件 PCS"; None where the two do not say the same."""
        numbers, rest = _split_at_unit(words)
        codes = {parse_unit(w.text) for w in rest}
        value = self._count(joined(w.text for w in numbers)) if numbers else None
        code = codes.pop() if len(codes) == 1 else None
        if value is None or code is None:
            return None
        return field_from(numbers, value, page, parse=self._count), field_from(rest, code, page)

    def _count(self, text: str) -> Decimal | None:
        found = parse_quantity(text, self.style)
        return found[0] if found else None

    def _counted(self, words: Sequence[Word], page: Page) -> Field[Decimal] | None:
        """The number before a unit that is none as printed ("144 fF"): taken, but doubted."""
        found = _LEADING_NUMBER.match(joined(w.text for w in words))
        value = parse_number(found[0].strip(), self.style) if found else None
        if value is None:
            return self._repaired(words, page, self._count)
        field = field_from(words, value, page, parse=self._count)
        return field.model_copy(update={"confidence": min(field.confidence, DOUBTFUL)})

    def _unit_cell(self, cell: Cell | None) -> Field[str] | None:
        if cell is None:
            return None
        words = _on_first_page(cell)
        code = parse_unit(joined(w.text for w in words))
        return field_from(words, code, cell.page, parse=parse_unit) if code else None

    def _label_as_unit(self) -> Field[str] | None:
        """A unit that only the label gives: "Quantity (PCS)"."""
        column = self.columns.get("quantity")
        if column is None or column.label is None or len(column.label.words) < 2:  # noqa: PLR2004  label and unit
            return None
        last = column.label.words[-1]
        code = parse_unit(last.text.strip("()[]/ "))
        return field_from([last], code, column.label.page) if code else None


def invoice_lines(table: Table, style: NumberStyle | None) -> tuple[InvoiceLine, ...]:
    """The table's items as invoice lines, in printed order."""
    reader = _reader(table, style)
    return tuple(_invoice_line(row, reader) for row in table.rows)


def packing_lines(table: Table, style: NumberStyle | None) -> tuple[PackingListLine, ...]:
    """The table's items as packing list lines, in printed order."""
    reader = _reader(table, style)
    return tuple(_packing_line(row, reader) for row in table.rows)


def _reader(table: Table, style: NumberStyle | None) -> _Reader:
    spans = [s for row in table.rows if "description" in row.cells for s in row.cells["description"].spans]
    cells = [row.cells["description"] for row in table.rows if "description" in row.cells]
    right = max((s.box.x1 for s in spans), default=0.0)
    style = style_of_cells(table, style)
    return _Reader(style, {c.concept: c for c in table.columns}, right, ends_in_codes(cells))


def _invoice_line(row: TableRow, reader: _Reader) -> InvoiceLine:
    details = _details(row, reader)
    quantity, unit = reader.quantity(row)
    price = reader.price(row.cells.get("unit_price"))
    basis = _basis(row, reader)
    amount = reader.money(row.cells.get("amount"))
    return InvoiceLine(
        number=_line_number(row.cells.get("number")),
        description=_description(details),
        part_number=_part_number(row, details),
        hs_code=_hs_code(row, details),
        origin=_origin(row, details),
        quantity=quantity,
        unit=unit,
        unit_price=price,
        price_basis=basis,
        discount=_discount(row, reader),
        amount=amount,
        net_weight_kg=reader.weight(row.cells.get("net_weight"), "net_weight")
        or _detail_weight(details, "net_weight", reader),
    )


def _packing_line(row: TableRow, reader: _Reader) -> PackingListLine:
    details = _details(row, reader)
    quantity, unit = reader.quantity(row)
    return PackingListLine(
        number=_line_number(row.cells.get("number")),
        description=_description(details),
        part_number=_part_number(row, details),
        hs_code=_hs_code(row, details),
        quantity=quantity,
        unit=unit,
        packages=reader.number(row.cells.get("packages"), lambda t: _first(parse_packages(t, reader.style))),
        package_range=_text(row.cells.get("package_range"), parse_package_range),
        net_weight_kg=reader.weight(row.cells.get("net_weight"), "net_weight")
        or _detail_weight(details, "net_weight", reader),
        gross_weight_kg=reader.weight(row.cells.get("gross_weight"), "gross_weight")
        or _detail_weight(details, "gross_weight", reader),
        volume_m3=reader.volume(row.cells.get("volume")),
    )


def _first(found: tuple[Decimal, str | None] | None) -> Decimal | None:
    return found[0] if found else None


def _on_first_page(cell: Cell) -> list[Word]:
    """A field has one place: of a row broken over two pages, what stands on the first."""
    return [w for s in cell.spans if s.page is cell.page for w in s.words]


def _split_at_unit(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """The words of the number, and those behind it."""
    first = next((i for i, w in enumerate(words) if not any(c.isdigit() for c in w.text)), len(words))
    return list(words[:first]), list(words[first:])


def _text(cell: Cell | None, parse: Callable[[str], T | None]) -> Field[T] | None:
    """A cell's value by `parse`, of its words together or else of the first that gives one."""
    if cell is None:
        return None
    words = _on_first_page(cell)
    for some in (words, *([w] for w in words)):
        value = parse(joined(w.text for w in some))
        if value is not None:
            return field_from(some, value, cell.page, parse=parse)
    return None


def _line_number(cell: Cell | None) -> Field[str] | None:
    return _text(cell, lambda text: m["number"] if (m := _NUMBERING.fullmatch(text)) else None)


def _details(row: TableRow, reader: _Reader) -> Details | None:
    cell = row.cells.get("description")
    return details_of(cell, reader.right_edge, coded=reader.coded) if cell else None


def _description(details: Details | None) -> Field[str] | None:
    if details is None:
        return None
    text = joined(w.text for w in details.words).strip(" ,;·")
    here = [w for w in details.words if w in details.page.words] or details.words
    return field_from(here, text, details.page, text=text) if text else None


def _part_number(row: TableRow, details: Details | None) -> Field[str] | None:
    cell = row.cells.get("part_number")
    if cell is not None:
        return _text(_without_specks(cell), lambda text: text.strip(_EDGES) or None)
    return _detail(details, "part_number", lambda text: text.strip(_EDGES) or None)


def _without_specks(cell: Cell) -> Cell:
    """The cell without single signs that stand far behind a whole code: specks that OCR took for them."""
    words = _on_first_page(cell)
    first = words[0]
    specks = all(len(w.text) == 1 and w.box.x0 - first.box.x1 > first.box.height for w in words[1:])
    if len(words) > 1 and specks and is_code(first.text):
        return Cell((span_of(cell.page, [first]),))
    return cell


def _hs_code(row: TableRow, details: Details | None) -> Field[str] | None:
    return _text(row.cells.get("hs_code"), _hs) or _detail(details, "hs_code", _hs)


def _hs(text: str) -> str | None:
    return parse_hs_code(text.strip(_EDGES))


def _origin(row: TableRow, details: Details | None) -> Field[str] | None:
    """The cell's, else a line's of the description, else that of the heading above the item's group."""
    found = _text(row.cells.get("origin"), parse_country) or _detail(details, "origin", parse_country)
    if found:
        return found
    for heading in row.headings:
        for start in range(len(heading.words)):
            code = parse_country(joined(w.text for w in heading.words[start:]))
            if code and start:
                return field_from(heading.words[start:], code, heading.page)
    return None


def _detail(details: Details | None, name: str, parse: Callable[[str], T | None]) -> Field[T] | None:
    if details is None or name not in details.found:
        return None
    words = details.found[name]
    value = parse(joined(w.text for w in words))
    return field_from(words, value, details.page, parse=parse) if value is not None else None


def _detail_weight(details: Details | None, name: str, reader: _Reader) -> Field[Decimal] | None:
    return _detail(details, name, lambda text: parse_weight_kg(text.strip(" :"), reader.style))


def _basis(row: TableRow, reader: _Reader) -> Field[Decimal] | None:
    """How many units the price is for, where the paper says so: a column, "/100" or "per 1000" behind the price."""
    if own := reader.number(row.cells.get("price_basis"), lambda t: parse_number(t, reader.style, trailing_unit=True)):
        return own
    cell = row.cells.get("unit_price")
    found = _BASIS.search(cell.text) if cell else None
    if cell is None or found is None:
        return None
    value = Decimal(re.sub(r"\D", "", found["basis"]))
    words = [w for w in _on_first_page(cell) if re.sub(r"\D", "", w.text).endswith(str(value))]
    return field_from(words or _on_first_page(cell), value, cell.page)


def _discount(row: TableRow, reader: _Reader) -> Field[Decimal] | None:
    cell = row.cells.get("discount")
    if cell is None or "%" in cell.text:
        return None
    return reader.money(cell)
