"""What several papers state alike as relations: header values, and the joined lines of the goods."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final

from validators.goods import same_code
from validators.joining import Group
from validators.matched import Matched
from validators.papers import DRAFT_TYPE, TITLES, Cell
from validators.repeated import REPEATED
from validators.sameness import same_value
from validators.solving.relations import Alike, Relation, Sum, is_number
from validators.tolerances import Tolerances
from validators.units import converted
from validators.wholes import Whole, last_place, wholes

_NUMBERED: Final = frozenset({"number", "invoice_number", "purchase_order"})
"""Of several invoices a paper names any: what two papers then state need not be the same."""
_SHARED: Final = ("gross_weight_kg", "net_weight_kg", "packages")
"""Several papers of one kind may share these between them."""
_WEIGHTS: Final = frozenset({"gross_weight_kg", "gross_mass_kg", "net_weight_kg", "net_mass_kg"})
_ONE: Final = Decimal(1)
_HAIR: Final = Decimal("1e-9")
"""What converting from one unit into another may leave over."""


def agreement_relations(matched: Matched, tolerances: Tolerances) -> Iterator[Relation]:
    yield from _headers(matched, tolerances)
    for kind, groups in matched.groups():
        for group in groups:
            if group.left and group.right:
                yield from _joined(matched, kind, group, tolerances)


def pair(left: Cell[object], right: Cell[object], tolerances: Tolerances) -> Relation:
    """The relation that two papers state the same of one thing."""
    rule = f"{TITLES[left.type]} and {TITLES[right.type]} say the same"
    return Alike(rule, left, right, _sameness(left, right, tolerances))


def _sameness(left: Cell[object], right: Cell[object], tolerances: Tolerances) -> Callable[[object, object], bool]:
    if left.name in _WEIGHTS and is_number(left) and is_number(right):
        return _weighed_alike(left, right, tolerances.weight_share)
    if left.name == "hs_code":
        return lambda a, b: same_code(str(a), str(b)) is not False
    return lambda a, b: same_value(left.name, a, b)


def _weighed_alike(left: Cell[Decimal], right: Cell[Decimal], share: Decimal) -> Callable[[object, object], bool]:
    """Within what papers weighed apart may differ, each rounded as it is printed."""
    rounding = (last_place(left) + last_place(right)) / 2

    def same(a: object, b: object) -> bool:
        if not isinstance(a, Decimal) or not isinstance(b, Decimal):
            return False
        return abs(a - b) <= share * max(abs(a), abs(b)) + rounding

    return same


def _headers(matched: Matched, tolerances: Tolerances) -> Iterator[Relation]:
    several = len(matched.papers.of("commercial_invoice")) > 1
    for names in REPEATED:
        if (several and any(name in _NUMBERED for _, name in names)) or names[0][1] in _SHARED:
            continue
        cells = [cell for kind, name in names for paper in matched.papers.of(kind) if (cell := paper.any(name))]
        for left, right in combinations(cells, 2):
            if left.document != right.document:
                yield pair(left, right, tolerances)
    for name in _SHARED:
        yield from _wholes(matched, name, Decimal(0) if name == "packages" else tolerances.weight_share)


def _wholes(matched: Matched, name: str, share: Decimal) -> Iterator[Relation]:
    """What one paper states of the shipment, or several of a kind that share it."""
    found = wholes(matched.papers, name, share=share)
    certified = matched.papers.numbers(name, "certificate_of_origin") if name == "gross_weight_kg" else []
    for left, right in combinations([*found, *(Whole((cell,)) for cell in certified)], 2):
        rule = f"{TITLES[left.cells[0].type]} and {TITLES[right.cells[0].type]} say the same"
        yield _balanced(rule, left.cells, right.cells, share=share)


def _joined(matched: Matched, kind: str, group: Group, tolerances: Tolerances) -> Iterator[Relation]:
    quantities = _quantities(matched, kind, group)
    if quantities is not None:
        yield quantities
    for name in ("hs_code", "origin"):
        for left in matched.texts(group.left, name):
            yield from (pair(left, right, tolerances) for right in matched.texts(group.right, name))
    yield from _masses(matched, kind, group, tolerances)
    if kind == DRAFT_TYPE:
        amounts, planned = _complete(matched, group, "amount", "item_price")
        if amounts:
            yield _balanced("invoice and draft value these goods alike", amounts, planned)


def _complete(
    matched: Matched, group: Group, ours: str, theirs: str
) -> tuple[list[Cell[Decimal]], list[Cell[Decimal]]]:
    """The numbers of both sides where every line has one, else nothing."""
    left, right = matched.numbers(group.left, ours), matched.numbers(group.right, theirs)
    lines = (sum(len(one.lines) for one in side) for side in (group.left, group.right))
    return (left, right) if (len(left), len(right)) == tuple(lines) else ([], [])


def _quantities(matched: Matched, kind: str, group: Group) -> Relation | None:
    """Both sides count as many, each of several lines in the unit of the first on the right."""
    left, right = _complete(matched, group, "quantity", "quantity")
    unit = next((one.unit for one in group.right if one.unit), None)
    goods = (*group.left, *group.right)
    factors = [factor for one in goods if (factor := converted(_ONE, one.unit, unit)) is not None]
    if not left or len(factors) != len(left) + len(right):
        return None
    return _balanced(f"invoice and {TITLES[kind]} count as many", left, right, factors)


def _balanced(
    rule: str,
    left: Sequence[Cell[Decimal]],
    right: Sequence[Cell[Decimal]],
    factors: Sequence[Decimal] | None = None,
    share: Decimal = Decimal(0),
) -> Relation:
    """Two sides that come to the same within a share and, where there is one, the rounding of their figures."""
    each = factors or [_ONE] * (len(left) + len(right))
    signs = [*(-factor for factor in each[1 : len(left)]), *each[len(left) :]]
    rounding = sum((last_place(cell) / 2 for cell in (*left, *right)), Decimal(0)) if share else _HAIR
    compared = share * abs(sum((cell.value for cell in right), Decimal(0))) + rounding
    return Sum(rule, left[0], [*left[1:], *right], allowed=lambda _: compared, signs=[sign / each[0] for sign in signs])


def _masses(matched: Matched, kind: str, group: Group, tolerances: Tolerances) -> Iterator[Relation]:
    """Net weights of the same goods on the invoice's and the packing list's lines."""
    if kind == "packing_list":
        left, right = _complete(matched, group, "net_weight_kg", "net_weight_kg")
        if left:
            yield _balanced(
                "invoice and packing list weigh these goods alike", left, right, None, tolerances.weight_share
            )
