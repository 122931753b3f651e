"""The rows of a goods table as the lines of an invoice or a packing list."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final, TypeVar

from extractors.fieldmaking import field_from
from extractors.layout.spans import joined, span_of
from extractors.tables.cellreading import DOUBTFUL, CellReader, on_first_page
from extractors.tables.completeness import style_of_cells
from extractors.tables.description import Details, details_of, ends_in_codes
from extractors.tables.labelled import is_code, parts_of
from extractors.tables.multiplied import with_quantities
from extractors.tables.parts import Cell, Table, TableRow
from extractors.tables.pricing import Priced, basis_of, discount_of
from extractors.tables.repeated import code_below, code_labels, codes_below
from extractors.values.countries import parse_country, parse_country_twice
from extractors.values.identifiers import parse_hs_code
from extractors.values.numbers import NumberStyle
from extractors.values.packages import parse_package_range, parse_packages
from extractors.values.weights import parse_weight_kg
from schemas.documents import InvoiceLine, PackingListLine
from schemas.fields import Field

T = TypeVar("T")

_EDGES: Final = " ,;:()[]{}*~_—–-|'\"‘’“”«»"
_GOES_ON: Final = re.compile(r"\w,\s*$")
"""A comma at the end says that more words follow, which were not found."""
_NUMBERING: Final = re.compile(r"\W*0*(?P<number>\d{1,4}|[A-Z]?\d{1,3}[A-Z]?)\W*")


def invoice_lines(table: Table, style: NumberStyle | None) -> tuple[InvoiceLine, ...]:
    """The table's items as invoice lines, in printed order."""
    reader = _reader(table, style)
    return tuple(_invoice_line(row, reader) for row in with_quantities(table.rows, reader))


def packing_lines(table: Table, style: NumberStyle | None) -> tuple[PackingListLine, ...]:
    """The table's items as packing list lines, in printed order."""
    reader = _reader(table, style)
    return tuple(_packing_line(row, reader) for row in table.rows)


def _reader(table: Table, style: NumberStyle | None) -> CellReader:
    spans = [s for row in table.rows if "description" in row.cells for s in row.cells["description"].spans]
    cells = [row.cells["description"] for row in table.rows if "description" in row.cells]
    parts = [row.cells["part_number"] for row in table.rows if "part_number" in row.cells]
    right = max((s.box.x1 for s in spans), default=0.0)
    style = style_of_cells(table, style)
    return CellReader(
        style,
        {c.concept: c for c in table.columns},
        right,
        ends_in_codes(cells),
        code_labels(cells),
        codes_below(parts),
    )


def _invoice_line(row: TableRow, reader: CellReader) -> InvoiceLine:
    details = _details(row, reader)
    quantity, unit = _counted(row, reader)
    price = reader.price(row.cells.get("unit_price"))
    amount = reader.money(row.cells.get("amount"))
    figures = Priced(*(f.value if f else None for f in (quantity, price, amount)))
    basis = basis_of(row, reader, figures)
    return InvoiceLine(
        number=_line_number(row.cells.get("number")),
        description=_description(details),
        part_number=_part_number(row, details, reader),
        hs_code=_hs_code(row, details, reader),
        origin=_origin(row, details),
        quantity=quantity,
        unit=unit,
        unit_price=price,
        price_basis=basis,
        discount=discount_of(row, reader, figures, basis.value if basis else Decimal(1)),
        amount=amount,
        net_weight_kg=reader.weight(row.cells.get("net_weight"), "net_weight")
        or _detail_weight(details, "net_weight", reader),
    )


def _packing_line(row: TableRow, reader: CellReader) -> PackingListLine:
    details = _details(row, reader)
    weights = _named_weights(row.cells.get("weight"))
    quantity, unit = _counted(row, reader)
    return PackingListLine(
        number=_line_number(row.cells.get("number")),
        description=_description(details),
        part_number=_part_number(row, details, reader),
        hs_code=_hs_code(row, details, reader),
        quantity=quantity,
        unit=unit,
        packages=reader.number(row.cells.get("packages"), lambda t: _first(parse_packages(t, reader.style)))
        or (reader.packages_within(row.cells.get("quantity")) if "package_range" not in row.cells else None)
        or _detail(details, "packages", lambda t: Decimal(t.split()[0])),
        package_range=_text(row.cells.get("package_range"), parse_package_range),
        net_weight_kg=reader.weight(row.cells.get("net_weight"), "net_weight")
        or _detail_weight(weights, "net_weight", reader)
        or _detail_weight(details, "net_weight", reader),
        gross_weight_kg=reader.weight(row.cells.get("gross_weight"), "gross_weight")
        or _detail_weight(weights, "gross_weight", reader)
        or _detail_weight(details, "gross_weight", reader),
        volume_m3=reader.volume(row.cells.get("volume")),
    )


def _first(found: tuple[Decimal, str | None] | None) -> Decimal | None:
    return found[0] if found else None


def _counted(row: TableRow, reader: CellReader) -> tuple[Field[Decimal] | None, Field[str] | None]:
    """Quantity and unit; a unit that only a row above has is doubted."""
    quantity, unit = reader.quantity(row)
    if unit is not None and "unit" in row.assumed:
        unit = unit.model_copy(update={"confidence": min(unit.confidence, DOUBTFUL)})
    return quantity, unit


def _text(cell: Cell | None, parse: Callable[[str], T | None]) -> Field[T] | None:
    """A cell's value by `parse`, of its words together or else of the first that gives one."""
    if cell is None:
        return None
    words = on_first_page(cell)
    for some in (words, *([w] for w in words)):
        value = parse(joined(w.text for w in some))
        if value is not None:
            return field_from(some, value, cell.page, parse=parse)
    return None


def _line_number(cell: Cell | None) -> Field[str] | None:
    return _text(cell, lambda text: m["number"] if (m := _NUMBERING.fullmatch(text)) else None)


def _named_weights(cell: Cell | None) -> Details | None:
    """The weights of a cell that says itself which they are: "gross 288.00 KG" under "Weight"."""
    if cell is None:
        return None
    parts = [part for span in cell.spans for part in parts_of(span.words, open_start=True)]
    return Details(cell.page, found={part.name: part.words for part in reversed(parts) if part.name})


def _details(row: TableRow, reader: CellReader) -> Details | None:
    cell = row.cells.get("description")
    if cell is None:
        return None
    return details_of(cell, reader.right_edge, coded=reader.coded, code_labels=reader.code_labels)


def _description(details: Details | None) -> Field[str] | None:
    if details is None:
        return None
    printed = joined(w.text for w in details.words)
    text = printed.strip(" ,;·")
    here = [w for w in details.words if w in details.page.words] or details.words
    field = field_from(here, text, details.page, text=text) if text else None
    if field and _GOES_ON.search(printed):
        return field.model_copy(update={"confidence": min(field.confidence, DOUBTFUL)})
    return field


def _part_number(row: TableRow, details: Details | None, reader: CellReader) -> Field[str] | None:
    cell = row.cells.get("part_number")
    if cell is not None:
        if reader.codes_below and code_below(cell):
            cell = Cell(cell.spans[:-1])
        return _text(_without_specks(cell), lambda text: text.strip(_EDGES) or None)
    return _detail(details, "part_number", lambda text: text.strip(_EDGES) or None)


def _without_specks(cell: Cell) -> Cell:
    """The cell without single signs that stand far behind a whole code: specks that OCR took for them."""
    words = on_first_page(cell)
    first = words[0]
    specks = all(len(w.text) == 1 and w.box.x0 - first.box.x1 > first.box.height for w in words[1:])
    if len(words) > 1 and specks and is_code(first.text):
        return Cell((span_of(cell.page, [first]),))
    return cell


def _hs_code(row: TableRow, details: Details | None, reader: CellReader) -> Field[str] | None:
    found = _text(row.cells.get("hs_code"), _hs) or _detail(details, "hs_code", _hs)
    parts = row.cells.get("part_number")
    below = code_below(parts) if parts and reader.codes_below and found is None else None
    return _text(Cell((below,)), _hs) if below else found


def _hs(text: str) -> str | None:
    return parse_hs_code(text.strip(_EDGES))


def _origin(row: TableRow, details: Details | None) -> Field[str] | None:
    """The cell's, else a line's of the description, else that of the heading above the item's group."""
    found = _text(row.cells.get("origin"), parse_country_twice) or _detail(details, "origin", parse_country_twice)
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


def _detail_weight(details: Details | None, name: str, reader: CellReader) -> Field[Decimal] | None:
    return _detail(details, name, lambda text: parse_weight_kg(text.strip(" :"), reader.style))
