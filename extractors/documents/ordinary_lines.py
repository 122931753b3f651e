"""The lines of a certificate of origin that is no form: an ordinary table of goods, as a portal prints it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.context import Context
from extractors.fieldmaking import field_from
from extractors.layout.spans import joined
from extractors.tables import TableRow, find_table, invoice_lines, packing_lines
from extractors.tables.cellreading import on_first_page
from extractors.values.identifiers import parse_hs_code
from extractors.values.numbers import NumberStyle
from extractors.values.units import parse_quantity
from schemas.documents import CertificateLine, InvoiceLine, PackingListLine
from schemas.fields import Field
from schemas.pages import Page

_TOLD = frozenset({"description", "hs_code", "origin_criterion", "quantity", "packages", "gross_weight_kg"})
_FILLED = ("hs_code", "quantity", "unit", "packages")
"""What an ordinary table may add to lines of a form; a column of weights there may hold anything."""


def completed(
    pages: Sequence[Page], lines: tuple[CertificateLine, ...], context: Context
) -> tuple[CertificateLine, ...]:
    """The form's lines with what they lack, or the table's own where the form's titles led to little of it."""
    ordinary = _ordinary(pages, context)
    told, known = _kinds(ordinary), _kinds(lines)
    if not lines or not known - {"description", "origin_criterion"}:
        return ordinary or lines
    more = told - known
    if len(ordinary) != len(lines) or not known <= told or not more:
        return lines
    return ordinary if len(more) > 1 else tuple(map(_filled, lines, ordinary))


def _kinds(lines: Sequence[CertificateLine]) -> set[str]:
    """The columns that most lines have something in."""
    return {name for name in _TOLD if 2 * sum(name in line.present() for line in lines) > len(lines)}


def _filled(line: CertificateLine, other: CertificateLine) -> CertificateLine:
    own, more = line.present(), other.present()
    return line.model_copy(update={name: more[name] for name in _FILLED if name in more and name not in own})


def _ordinary(pages: Sequence[Page], context: Context) -> tuple[CertificateLine, ...]:
    """The rows of the table that these pages hold; none where they hold none."""
    table = find_table(pages, "packing_list")
    if table is None:
        return ()
    style = context.number_style
    packed, invoiced = packing_lines(table, style), invoice_lines(table, style)
    lines = (_line(*parts, style) for parts in zip(table.rows, packed, invoiced, strict=True))
    return tuple(line for line in lines if line.description and (line.quantity or line.packages or line.hs_code))


def _line(row: TableRow, packed: PackingListLine, invoiced: InvoiceLine, style: NumberStyle | None) -> CertificateLine:
    counted = CertificateLine(quantity=packed.quantity, unit=packed.unit) if packed.quantity else _amount(row, style)
    return counted.replacing(
        number=packed.number,
        description=packed.description,
        hs_code=packed.hs_code or _own_code(packed.part_number),
        origin_criterion=_criterion(row),
        origin=invoiced.origin,
        packages=packed.packages,
        gross_weight_kg=packed.gross_weight_kg,
    )


def _amount(row: TableRow, style: NumberStyle | None) -> CertificateLine:
    """Quantity and unit in a column that is called "amount": certificates state no money there."""
    cell = row.cells.get("amount")
    words = on_first_page(cell) if cell else []
    found = parse_quantity(joined(w.text for w in words), style) if words else None
    if found is None or found[1] is None:
        return CertificateLine()
    return CertificateLine(
        quantity=field_from(words, found[0], row.page), unit=field_from(words[-1:], found[1], row.page)
    )


def _own_code(printed: Field[str] | None) -> Field[str] | None:
    """A tariff code in a column that says "code" alone."""
    return printed if printed and parse_hs_code(printed.value) == printed.value else None


def _criterion(row: TableRow) -> Field[str] | None:
    cell = row.cells.get("criterion")
    words = on_first_page(cell) if cell else []
    text = joined(w.text for w in words)
    return field_from(words, text, row.page) if text else None
