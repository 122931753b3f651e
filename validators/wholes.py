"""What papers state of the whole shipment: one paper by itself, or several of a kind that share it between them.

Three packing lists of one invoice have three gross weights, and the waybill their sum; two copies of a list have one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from schemas.values import plain
from validators.arithmetic import ulp
from validators.papers import DRAFT_TYPE, TITLES, Cell, Papers

_TONNES: Final = re.compile(r"([\d.,]*\d)\s*(?:m\W?t\b|t\b|tne\b|ton|吨)", re.IGNORECASE)
_THOUSAND: Final = Decimal(1000)
_BY_KIND: Final = {
    "gross_weight_kg": ("packing_list", "commercial_invoice", "transport_document"),
    "net_weight_kg": ("commercial_invoice", "packing_list"),
    "packages": ("packing_list", "commercial_invoice", "transport_document"),
}
_DRAFTED: Final = {"gross_weight_kg": "gross_mass_kg", "packages": "packages"}


@dataclass(frozen=True, slots=True)
class Whole:
    """A figure for the whole shipment, the sum of `cells`: one cell where one paper states it all."""

    cells: tuple[Cell[Decimal], ...]

    @property
    def value(self) -> Decimal:
        return sum((cell.value for cell in self.cells), Decimal(0))

    @property
    def rounding(self) -> Decimal:
        """By how much the printed figures may be rounded."""
        return sum((last_place(cell) / 2 for cell in self.cells), Decimal(0))

    @property
    def told(self) -> str:
        """Who says what: "packing list, page 1 says 655.00", or what several come to."""
        first = self.cells[0]
        if len(self.cells) == 1:
            return f"{first.where} says {first.shown}"
        return f"the {len(self.cells)} {TITLES[first.type]}s come to {plain(self.value)}"


def last_place(cell: Cell[Decimal]) -> Decimal:
    """One unit in the last printed place, in kilograms: tonnes are printed coarser than their kilograms look."""
    tonnes = _TONNES.search(cell.field.text)
    if tonnes is None:
        return ulp(cell.value)
    decimals = re.split(r"[.,]", tonnes.group(1))[1:]
    return _THOUSAND.scaleb(-len(decimals[-1])) if decimals else _THOUSAND


def agree(left: Whole, right: Whole, share: Decimal) -> bool:
    """Equal within the share allowed and the rounding of the printed figures."""
    allowed = share * max(abs(left.value), abs(right.value)) + (left.rounding + right.rounding if share else 0)
    return abs(left.value - right.value) <= allowed


def wholes(papers: Papers, name: str, *, share: Decimal = Decimal(0)) -> list[Whole]:
    """What the kinds of papers state of the shipment under that name, the draft last.

    Several papers of one kind share the whole where their sum is what another paper states, and repeat it where each
    states what another paper does; where no other paper tells, they share it. Where one of them has no
    figure, nobody knows what the others' are figures of, and they say nothing.
    """
    of_kinds = [(kind, papers.numbers(name, kind)) for kind in _BY_KIND[name]]
    drafted = papers.numbers(_DRAFTED.get(name, ""), DRAFT_TYPE)
    found: list[Whole] = []
    for kind, cells in of_kinds:
        others = [cell for other, theirs in of_kinds if other != kind for cell in theirs] + drafted
        if cells and len(cells) == len(papers.of(kind)):
            found += _of_kind(cells, others, share)
    return [*found, *(Whole((cell,)) for cell in drafted)]


def _of_kind(cells: Sequence[Cell[Decimal]], others: Sequence[Cell[Decimal]], share: Decimal) -> Iterator[Whole]:
    single, sums = [Whole((cell,)) for cell in cells], Whole(tuple(cells))
    told = [*(Whole((cell,)) for cell in others), *([Whole(tuple(others))] if others else [])]
    shared = len(cells) > 1 and any(agree(sums, other, share) for other in told)
    repeated = all(agree(one, single[0], share) for one in single) and any(agree(single[0], one, share) for one in told)
    if not shared and (repeated or len(cells) <= 1):
        yield from single
    else:
        yield sums


def dissenting(found: Sequence[Whole], share: Decimal = Decimal(0)) -> Iterator[tuple[Whole, Whole]]:
    """Each figure that is not the one most papers state, beside the first that is; the earlier paper wins a tie."""
    if found:
        base = max(found, key=lambda one: sum(agree(one, other, share) for other in found))
        yield from ((base, one) for one in found if one is not base and not agree(base, one, share))
