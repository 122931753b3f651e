"""What supports a value beside its own reading: arithmetic, another paper, a list that knows no other reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations
from typing import Final

from schemas.documents import Document, FieldSet
from validators.arithmetic import is_tight
from validators.codelists import stands_alone
from validators.goods import SIX_DIGITS as SIX
from validators.joining import Group
from validators.matched import Matched
from validators.package_ranges import counted, counting, numbered_through
from validators.papers import DRAFT, Cell, Paper
from validators.products import product_of
from validators.repeated import REPEATED
from validators.sameness import same_value
from validators.totals import column_sums, invoice_total
from validators.units import converted
from validators.vouching import vouched
from validators.wholes import wholes

SIX_DIGITS = "/hs6"
"""Ending of a witness that has seen only the first six digits of a code."""


_PLACED: Final = 0.9
"""Confidence below which a value may be another row's: of the units read so on generated papers one in seven was."""


_PACKED_IN: Final = tuple(
    (kind, "package_kind") for kind in ("packing_list", "commercial_invoice", "transport_document")
)
"""Papers that name the same kind of packages support each other; those that do not may all be right ("packages")."""


@dataclass(frozen=True, slots=True)
class Support:
    """One value and the name of what supports it."""

    cell: Cell[object]
    witness: str


def _each_other(cells: Sequence[Cell[object]], name: str, ending: str = "") -> Iterator[Support]:
    for cell in cells:
        for other in cells:
            guessed_twice = cell.field.proposed and other.field.proposed
            if other.document != cell.document and not guessed_twice and same_value(name, cell.value, other.value):
                yield Support(cell, f"document:{other.type}{ending}")


def _headers(matched: Matched) -> Iterator[Support]:
    for names in (*REPEATED, _PACKED_IN):
        cells = [
            cell for kind, name in names for paper in matched.papers.of(kind) if (cell := paper.any(name)) is not None
        ]
        yield from _each_other(cells, names[0][1])


def _shared(matched: Matched) -> Iterator[Support]:
    """Papers of one kind that come to what a paper of another kind states."""
    for name in ("gross_weight_kg", "net_weight_kg", "packages"):
        found = wholes(matched.papers, name)
        for one, other in permutations(found, 2):
            several = len(one.cells) > 1 or len(other.cells) > 1
            if several and one.cells[0].type != other.cells[0].type and one.value == other.value:
                yield from (Support(cell, f"document:{other.cells[0].type}") for cell in one.cells)


def _both_ways(left: Sequence[Cell[object]], right: Sequence[Cell[object]], ending: str = "") -> Iterator[Support]:
    """Two sides that state the same together: each value on one is supported by the paper of the other."""
    for ours, theirs in ((left, right), (right, left)):
        yield from (Support(cell, f"document:{theirs[0].type}{ending}") for cell in ours)


def _complete(matched: Matched, group: Group, name: str) -> tuple[list[Cell[Decimal]], list[Cell[Decimal]]] | None:
    """The numbers of both sides, where every line has one."""
    sides = matched.numbers(group.left, name), matched.numbers(group.right, name)
    counts = (sum(len(one.lines) for one in side) for side in (group.left, group.right))
    return sides if all(len(cells) == n > 0 for cells, n in zip(sides, counts, strict=True)) else None


def _quantities(matched: Matched, group: Group) -> Iterator[Support]:
    sides = _complete(matched, group, "quantity")
    if sides is None:
        return
    unit = next((one.unit for one in group.right if one.unit), None)
    left = [converted(cell.value, one.unit, unit) for cell, one in zip(sides[0], group.left, strict=True)]
    if None not in left and sum(filter(None, left), Decimal(0)) == sum(cell.value for cell in sides[1]):
        yield from _both_ways(*sides)
        yield from _pairs(matched, group, "unit")


def _pairs(matched: Matched, group: Group, name: str) -> Iterator[Support]:
    """Texts that all lines of both sides state alike."""
    left, right = matched.texts(group.left, name), matched.texts(group.right, name)
    if left and right and all(same_value(name, a.value, b.value) for a in left for b in right):
        yield from _both_ways(left, right)


def _codes(matched: Matched, group: Group) -> Iterator[Support]:
    for a in matched.texts(group.left, "hs_code"):
        for b in matched.texts(group.right, "hs_code"):
            if a.value == b.value:
                yield from _both_ways([a], [b])
            elif a.value[:SIX] == b.value[:SIX] and min(len(a.value), len(b.value)) >= SIX:
                yield from _both_ways([a], [b], SIX_DIGITS)


def _prices(matched: Matched, group: Group) -> Iterator[Support]:
    """The draft's item price and net mass, where one item of it is one line."""
    if len(group.left) != 1 or len(group.right) != 1:
        return
    for ours, theirs in (
        ("amount", "item_price"),
        ("net_weight_kg", "net_mass_kg"),
        ("net_weight_kg", "net_weight_kg"),
    ):
        left, right = matched.numbers(group.left, ours), matched.numbers(group.right, theirs)
        if left and right and left[0].value == right[0].value:
            yield from _both_ways(left, right)


def _draft_masses(matched: Matched) -> Iterator[Support]:
    """Net masses of the packing list that the draft repeats."""
    for group in matched.draft:
        for packed in matched.packing:
            if len(group.left) == len(group.right) == 1 and [one.lines for one in packed.left] == [group.left[0].lines]:
                nets, planned = (
                    matched.numbers(packed.right, "net_weight_kg"),
                    matched.numbers(group.right, "net_mass_kg"),
                )
                if nets and planned and sum(cell.value for cell in nets) == planned[0].value:
                    yield from _both_ways(nets, planned)


def _lines(matched: Matched) -> Iterator[Support]:
    for _, groups in matched.groups():
        for group in groups:
            if group.left and group.right:
                yield from _quantities(matched, group)
                yield from _codes(matched, group)
                yield from _prices(matched, group)
                yield from _pairs(matched, group, "origin")


def _origins(matched: Matched) -> Iterator[Support]:
    """The origin printed on each line and the one in the header of any paper support each other."""
    stated = [
        cell
        for paper in matched.papers.of("commercial_invoice", "certificate_of_origin")
        if paper.form != "atr" and (cell := paper.text("country_of_origin")) is not None
    ]
    for item in matched.items:
        own = matched.text(item.lines[0], "origin")
        for header in stated if own else ():
            if own and own.document != header.document and same_value("origin", own.value, header.value):
                yield from _both_ways([own], [header])


def _products(paper: Paper) -> Iterator[Support]:
    """Quantity times price is the amount: a witness of each that no other reading could replace."""
    for line in range(len(paper.lines)):
        cells, rule = product_of(paper, line) or ((), None)
        values = [cell.value for cell in cells]
        if rule is not None and rule.holds(values):
            tight = (cell for n, cell in enumerate(cells) if is_tight(values, n, rule.holds))
            yield from (Support(cell, "arithmetic") for cell in tight)


def _ranges(paper: Paper) -> Iterator[Support]:
    """Packages counted by the numbers they bear, and all of them by the last."""
    for stated, packages in counting(paper):
        if counted(stated.value) == packages.value:
            yield Support(packages, "arithmetic")
    total = paper.number("packages")
    if total is not None and total.value == numbered_through(paper):
        yield Support(total, "arithmetic")


def _sums(matched: Matched) -> Iterator[Support]:
    """Columns that add up to their printed total, and the invoice that adds up to the cent."""
    for paper in matched.papers.of("packing_list", "transport_document"):
        for column in column_sums(paper):
            if column.exact:
                yield from (Support(cell, "arithmetic") for cell in (*column.cells, column.total))
    for paper in matched.papers.of("commercial_invoice"):
        account = invoice_total(paper)
        if account is not None and account.exact:
            yield from (Support(cell, "arithmetic") for cell in account.used)


def _listed(matched: Matched) -> Iterator[Support]:
    """A list vouches for the letters of a code, not for its place: not where a guess or an unsure reader puts it."""
    cells = (cell for cell in matched.papers.cells() if not cell.field.proposed and cell.field.confidence >= _PLACED)
    for cell in cells:
        if stands_alone(cell):
            yield Support(cell, "code_list")
        yield from (Support(cell, witness) for witness in vouched(cell, SIX_DIGITS))


def supports(matched: Matched) -> Iterator[Support]:
    """Every witness that the papers themselves give."""
    yield from _headers(matched)
    yield from _shared(matched)
    yield from _lines(matched)
    yield from _origins(matched)
    yield from _draft_masses(matched)
    for paper in matched.papers.of("commercial_invoice"):
        yield from _products(paper)
    for paper in matched.papers.of("packing_list"):
        yield from _ranges(paper)
    yield from _sums(matched)
    yield from _listed(matched)


def _with(fields: FieldSet, names: dict[str, list[str]]) -> FieldSet:
    update = {name: field.witnessed(*names[name]) for name, field in fields.present().items() if name in names}
    return fields.model_copy(update=update) if update else fields


def witnessed(documents: Sequence[Document], found: Iterable[Support]) -> tuple[Document, ...]:
    """The documents with the witnesses added to their fields."""
    by_place: dict[tuple[int, int | None], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for support in found:
        if support.cell.document != DRAFT:
            by_place[support.cell.document, support.cell.line][support.cell.name].append(support.witness)
    return tuple(
        document.model_copy(
            update={
                "fields": _with(document.fields, by_place[n, None]),
                "lines": tuple(_with(line, by_place[n, k]) for k, line in enumerate(document.lines)),
            }
        )
        for n, document in enumerate(documents)
    )
