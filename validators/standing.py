"""Which fields each declared value rests on, and which declared values a field bears on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from schemas.declarations import FieldRef
from schemas.shipments import LineRef, Standing
from validators.goods import Goods
from validators.matched import Matched
from validators.names import is_bank, is_to_order
from validators.papers import BY_EYE, DRAFT_TYPE, Cell, Paper
from validators.sameness import same_value
from validators.totals import invoice_total
from validators.wholes import Whole, wholes
from validators.witnesses import SIX_DIGITS

_I, _P, _T, _C = "commercial_invoice", "packing_list", "transport_document", "certificate_of_origin"

# Declared header values and the fields that may give them, best first. The packing list weighs best; a waybill rounds.
HEADER: Mapping[str, tuple[tuple[str, str], ...]] = {
    "/exporter": ((_I, "exporter"), (_P, "exporter"), (_T, "exporter")),
    "/country_of_dispatch": ((_I, "country_of_dispatch"),),
    "/country_of_destination": ((_I, "country_of_destination"), (_C, "country_of_destination")),
    "/incoterm": ((_I, "incoterm"),),
    "/incoterm_place": ((_I, "incoterm_place"),),
    "/currency": ((_I, "currency"),),
    "/package_kind": ((_P, "package_kind"), (_I, "package_kind"), (_T, "package_kind")),
    "/transport/document_number": ((_T, "number"), (_I, "transport_document_number")),
    "/transport/vessel_or_flight": (
        (_T, "vessel_or_flight"), (_I, "vessel_or_flight"), (_P, "vessel_or_flight"), (_C, "vessel_or_flight"),
    ),
    "/transport/port_of_loading": ((_T, "port_of_loading"), (_I, "port_of_loading")),
    "/transport/port_of_discharge": ((_T, "port_of_discharge"), (_I, "port_of_discharge")),
    "/transport/container_number": ((_T, "container_number"), (_P, "container_number")),
}  # fmt: skip

_WHOLE: Mapping[str, str] = {"/gross_mass_kg": "gross_weight_kg", "/packages": "packages"}
"""Declared values that papers of one kind may share between them, and the field of each."""

# Declared values that need a witness (contract: witnessed values); of an item, the last part of the pointer.
MUST_BE_WITNESSED = frozenset({"/currency", "/total_invoice_amount", "/gross_mass_kg", "/packages", "/incoterm"})
ITEM_MUST_BE_WITNESSED = frozenset({"hs_code", "origin", "quantity", "unit", "net_mass_kg", "item_price"})


# What the packing list gives of an item: the declared value and the column.
_PACKED = (("net_mass_kg", "net_weight_kg"), ("gross_mass_kg", "gross_weight_kg"), ("packages", "packages"))


@dataclass(slots=True)
class Standings:
    """`by_pointer` as the declaration takes it, and for each field the declared values that it bears on."""

    by_pointer: dict[str, Standing] = field(default_factory=dict)
    _bearing: dict[tuple[int, int | None, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, pointer: str, candidates: Sequence[Cell[object]], digits: int | None = None) -> None:
        """The first candidate is in force; those of equal value agree; all bear on the pointer."""
        if not candidates:
            return
        first, *others = candidates
        agreeing = tuple(reference(cell) for cell in others if same_value(cell.name, first.value, cell.value))
        self.by_pointer[pointer] = Standing(fields=(reference(first),), agreeing=agreeing, digits=digits)
        self.bear(pointer, candidates)

    def add_sum(self, pointer: str, summands: Sequence[Cell[object]], agreeing: Sequence[Whole] = ()) -> None:
        """The sum of the fields is in force; one field is its own sum."""
        if summands:
            fields, alike = (tuple(map(reference, cells)) for cells in (summands, _cells(agreeing)))
            self.by_pointer[pointer] = Standing(fields=fields, agreeing=alike, summed=len(summands) > 1)
            self.bear(pointer, summands)

    def bear(self, pointer: str, cells: Sequence[Cell[object]]) -> None:
        for cell in cells:
            self._bearing[cell.document, cell.line, cell.name].append(pointer)

    def pointers(self, cell: Cell[object]) -> tuple[str, ...]:
        """The declared values that this field bears on."""
        return tuple(dict.fromkeys(self._bearing.get((cell.document, cell.line, cell.name), ())))


def _cells(agreeing: Sequence[Whole]) -> list[Cell[object]]:
    return [cell for one in agreeing for cell in one.cells]


def reference(cell: Cell[object]) -> FieldRef:
    return FieldRef(document=cell.document, field=cell.name, line=cell.line)


def _candidates(matched: Matched, names: Sequence[tuple[str, str]]) -> list[Cell[object]]:
    return [cell for kind, name in names for paper in matched.papers.of(kind) if (cell := paper.any(name)) is not None]


def importers(matched: Matched) -> list[Cell[object]]:
    """Who may be the importer, best first: not a bank nor "to order", which are roles of a negotiable bill."""
    parties = [
        cell
        for name, kinds in (
            ("consignee", (_I,)),
            ("buyer", (_I,)),
            ("consignee", (_P, _T, _C)),
            ("notify_party", (_I, _T)),
        )
        for cell in matched.papers.parties(name, *kinds)
    ]
    return [cell for cell in parties if not is_to_order(cell.value.name) and not is_bank(cell.value.name)]


def _six_digits_only(cell: Cell[object]) -> bool:
    witnesses = cell.field.witnesses
    by_eye = cell.field.reader in BY_EYE
    return by_eye and bool(witnesses) and all(witness.endswith(SIX_DIGITS) for witness in witnesses)


def _headers(matched: Matched, standings: Standings) -> None:
    for pointer, names in HEADER.items():
        standings.add(pointer, _candidates(matched, names))
    for pointer, name in _WHOLE.items():
        _whole(matched, pointer, name, standings)
    for name in ("freight", "insurance"):
        standings.add_sum(f"/{name}", matched.papers.numbers(name, _I))
    standings.add("/importer", importers(matched))
    totals = [cell for paper in matched.papers.of(_I) if (cell := _price(paper)) is not None]
    if totals and len(totals) == len(matched.papers.of(_I)):
        standings.add_sum("/total_invoice_amount", totals)
    for pointer, name in _WHOLE.items():
        lists = matched.papers.of(_P)
        if pointer not in standings.by_pointer and lists and all(_is_full(paper, name) for paper in lists):
            standings.add_sum(pointer, [cell for paper in lists for cell in paper.column(name)])


def _price(invoice: Paper) -> Cell[Decimal] | None:
    """The invoice's total; where tax of the country of export is in it, what it is without."""
    account = invoice_total(invoice)
    taxed = account is not None and account.tax_percent is not None
    return invoice.number("subtotal" if taxed else "total_amount")


def _whole(matched: Matched, pointer: str, name: str, standings: Standings) -> None:
    """What most papers state of the whole shipment: weights may differ within what is allowed.

    Several papers of a kind may share the whole between them, and then their sum is in force.
    """
    found = [one for one in wholes(matched.papers, name) if one.cells[0].type != DRAFT_TYPE]
    certified = matched.papers.numbers(name, _C) if name == "gross_weight_kg" else []
    found += [Whole((cell,)) for cell in certified]
    found.sort(key=lambda one: -sum(one.value == other.value for other in found))
    if not found:
        return
    first, *others = found
    standings.add_sum(pointer, first.cells, [other for other in others if other.value == first.value])
    standings.bear(pointer, [cell for other in others for cell in other.cells])


def _is_full(paper: Paper, name: str) -> bool:
    return len(paper.column(name)) == len(paper.lines) > 0


def _supporting(matched: Matched, standings: Standings) -> None:
    for n, paper in enumerate(matched.papers.listed):
        for name in ("number", "date"):
            cell = paper.any(name)
            standings.add(f"/supporting_documents/{n}/{name}", [cell] if cell else [])


def origin_cells(matched: Matched, ref: LineRef) -> list[Cell[str]]:
    """Statements of origin for one invoice line, the nearest first. A.TR proves free circulation, never origin."""
    own = [
        cell
        for cell in (matched.text(ref, "origin"), matched.papers.at(ref.document).text("country_of_origin"))
        if cell
    ]
    for index, groups in matched.certificates:
        paper = matched.papers.at(index)
        if paper.form == "atr":
            continue
        lines = groups.beside(ref)
        stated = [cell for line in lines if (cell := matched.text(line, "origin"))]
        header = paper.text("country_of_origin")
        own += stated or ([header] if header and lines else [])
    return own or _uncovering(matched)


def _uncovering(matched: Matched) -> list[Cell[str]]:
    """The origin of a certificate whose table was not read: all its goods are of the country in its header."""
    papers = [paper for paper in matched.papers.of(_C) if paper.form != "atr" and not paper.lines]
    return [cell for paper in papers if (cell := paper.text("country_of_origin"))]


def _packed(matched: Matched, ref: LineRef) -> tuple[Goods, ...]:
    """The packing list's lines for this invoice line alone; none where it shares them with another."""
    group = matched.packing.of(ref)
    return group.right if group and len(group.left) == 1 else ()


def _weights(matched: Matched, ref: LineRef, at: str, standings: Standings) -> None:
    """Masses and packages from the packing list's lines for these goods alone, else the invoice's own net weight."""
    packed, own = _packed(matched, ref), matched.number(ref, "net_weight_kg")
    for declared, name in _PACKED:
        cells = matched.numbers(packed, name)
        if cells and len(cells) == sum(len(one.lines) for one in packed):
            standings.add_sum(f"{at}/{declared}", cells)
    if own is not None and f"{at}/net_mass_kg" not in standings.by_pointer:
        standings.add(f"{at}/net_mass_kg", [own])
    standings.bear(f"{at}/net_mass_kg", [own] if own else [])


def _codes(matched: Matched, ref: LineRef) -> list[Cell[str]]:
    """The invoice's code, else that of the papers joined to it."""
    joined = (groups for kind, groups in matched.groups() if kind in {_P, _C})
    refs = [ref, *(line for groups in joined for line in groups.beside(ref))]
    return [cell for line in refs if (cell := matched.text(line, "hs_code"))]


def _item(matched: Matched, ref: LineRef, at: str, standings: Standings) -> None:
    for declared, name in (
        ("description", "description"),
        ("quantity", "quantity"),
        ("unit", "unit"),
        ("item_price", "amount"),
    ):
        own = matched.papers.at(ref.document).any(name, ref.line)
        standings.add(f"{at}/{declared}", [own] if own else [])
    codes = _codes(matched, ref)
    standings.add(f"{at}/hs_code", codes, digits=6 if codes and _six_digits_only(codes[0]) else None)
    standings.add(f"{at}/origin", origin_cells(matched, ref))
    packed_units = [cell for line in matched.packing.beside(ref) if (cell := matched.text(line, "unit"))]
    if f"{at}/unit" not in standings.by_pointer:
        standings.add(f"{at}/unit", packed_units)
    _weights(matched, ref, at, standings)
    for line in matched.packing.beside(ref):
        for declared, name in (("quantity", "quantity"), ("unit", "unit")):
            packed = matched.papers.at(line.document).any(name, line.line)
            standings.bear(f"{at}/{declared}", [packed] if packed else [])


def standings_of(matched: Matched) -> Standings:
    """Every declared value that some paper gives."""
    standings = Standings()
    _headers(matched, standings)
    _supporting(matched, standings)
    for n, item in enumerate(matched.items):
        _item(matched, item.lines[0], f"/items/{n}", standings)
    totals = matched.papers.numbers("net_weight_kg", _P, _I)
    if len(matched.items) == 1 and "/items/0/net_mass_kg" not in standings.by_pointer:
        standings.add("/items/0/net_mass_kg", totals)
    for cell in totals:
        for n in range(len(matched.items)):
            standings.bear(f"/items/{n}/net_mass_kg", [cell])
    return standings
