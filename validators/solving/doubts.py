"""Which places to read once more: values read from a picture on which something stays open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from schemas.declarations import FieldRef
from schemas.doubts import Doubt, ExpectedKind
from schemas.findings import Suggestion
from schemas.values import Party, plain
from validators.found import Found
from validators.papers import Cell
from validators.solving.judging import Solved
from validators.solving.relations import Place, can_be_misread, place

_KINDS: Final[MappingProxyType[str, ExpectedKind]] = MappingProxyType({
    "amount": "amount", "unit_price": "amount", "total_amount": "amount", "subtotal": "amount", "freight": "amount",
    "insurance": "amount", "discount": "amount", "other_charges": "amount",
    "quantity": "quantity", "packages": "quantity", "price_basis": "quantity", "volume_m3": "quantity",
    "gross_weight_kg": "weight", "net_weight_kg": "weight",
    "hs_code": "code", "origin": "code", "country_of_origin": "code", "unit": "code", "currency": "code",
    "incoterm": "code", "origin_criterion": "code", "package_kind": "code",
    "date": "date", "invoice_date": "date", "shipped_on_board_date": "date", "arrival_date": "date",
    "number": "identifier", "invoice_number": "identifier", "purchase_order": "identifier",
    "container_number": "identifier", "transport_document_number": "identifier", "part_number": "identifier",
    "package_range": "identifier", "seal_number": "identifier", "master_document_number": "identifier",
})  # fmt: skip


def doubts_of(solved: Solved, most: int) -> tuple[Doubt, ...]:
    """The values to read again, each once: those that a repair would mend, then those of findings that hold.

    A difference that the pictures have no part in needs a person, not a reader, and gives none; of a finding that
    shows more values than `most`, the first.
    """
    possible: dict[Place, list[str]] = {}
    cells: dict[Place, Cell[object]] = {}
    for cell, text in (*_repaired(solved), *_shown(solved.found, most)):
        if can_be_misread(cell) and cell.field.box is not None:
            cells.setdefault(place(cell), cell)
            possible.setdefault(place(cell), []).extend([text] if text else [])
    return tuple(doubt for at, cell in cells.items() if (doubt := _doubt(cell, possible[at])) is not None)


def _repaired(solved: Solved) -> Iterator[tuple[Cell[object], str]]:
    if any(one.finding.holds for one in solved.found):
        yield from ((repair.cell, _text(repair.value)) for repair in solved.repairs)


def _shown(found: Sequence[Found], most: int) -> Iterator[tuple[Cell[object], str]]:
    """Each value, once for each form it might have: what would mend the finding, what other papers say in its place."""
    for one in found:
        for cell in one.cells[:most] if one.finding.holds else ():
            yield from ((cell, text) for text in ("", *_possible(cell, one)))


def _doubt(cell: Cell[object], possible: Sequence[str]) -> Doubt | None:
    field = cell.field
    if field.file is None or field.page is None or field.box is None:
        return None
    return Doubt(
        file=field.file,
        page=field.page,
        box=field.box,
        ref=FieldRef(document=cell.document, field=cell.name, line=cell.line),
        kind=_KINDS.get(cell.name, "text"),
        possible=tuple(dict.fromkeys(possible)),
    )


def _possible(cell: Cell[object], found: Found) -> Iterator[str]:
    """What would mend the finding, then what other papers say in its place, then what the reader left open."""
    if found.suggestion is not None and _names(found.suggestion, cell):
        yield found.suggestion.value
    if len(found.cells) > 1:
        yield from (one.shown for one in _counterparts(cell, found.cells))
    yield from (alternative.text or _text(alternative.value) for alternative in cell.field.alternatives)


def _names(suggestion: Suggestion, cell: Cell[object]) -> bool:
    line = None if cell.line is None else cell.line + 1
    return (suggestion.document, suggestion.field, suggestion.line) == (cell.type, cell.name, line)


def _counterparts(cell: Cell[object], cells: Iterable[Cell[object]]) -> Iterator[Cell[object]]:
    """Values of other papers; those of the same paper are other values."""
    yield from (one for one in cells if one.document != cell.document and type(one.value) is type(cell.value))


def _text(value: object) -> str:
    if isinstance(value, Party):
        return value.name
    return plain(value) if isinstance(value, Decimal) else str(value)
