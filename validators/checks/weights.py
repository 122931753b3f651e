"""Gross and net weights: lines against totals, papers against each other, net never above gross."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from schemas.findings import FindingCode
from schemas.values import plain
from validators.arithmetic import ulp
from validators.case import Case, Check
from validators.differences import difference, dissenters
from validators.found import Found
from validators.goods import Goods
from validators.papers import DRAFT_TYPE, Cell
from validators.totals import Column, column_sums

_CODES: dict[str, FindingCode] = {
    "gross_weight_kg": "gross_weight_mismatch",
    "net_weight_kg": "net_weight_mismatch",
    "gross_mass_kg": "gross_weight_mismatch",
    "net_mass_kg": "net_weight_mismatch",
}
_WORDS = {"gross_weight_kg": "gross weights", "net_weight_kg": "net weights"}
_TONNES = re.compile(r"([\d.,]*\d)\s*(?:m\W?t\b|t\b|tne\b|ton|吨)", re.IGNORECASE)
_THOUSAND = Decimal(1000)


def last_place(cell: Cell[Decimal]) -> Decimal:
    """One unit in the last printed place, in kilograms: tonnes are printed coarser than their kilograms look."""
    tonnes = _TONNES.search(cell.field.text)
    if tonnes is None:
        return ulp(cell.value)
    decimals = re.split(r"[.,]", tonnes.group(1))[1:]
    return _THOUSAND.scaleb(-len(decimals[-1])) if decimals else _THOUSAND


def agree(left: Cell[Decimal], right: Cell[Decimal], share: Decimal) -> bool:
    """Equal within the share allowed and the rounding of both figures."""
    rounding = (last_place(left) + last_place(right)) / 2
    return abs(left.value - right.value) <= share * max(abs(left.value), abs(right.value)) + rounding


def _column(case: Case, column: Column) -> Iterator[Found]:
    total = column.total
    rounding = last_place(total) / 2 + sum((last_place(cell) / 2 for cell in column.cells), Decimal(0))
    allowed = case.tolerances.sum_share * abs(total.value) + rounding
    over, under = column.sum - total.value > allowed, total.value - column.sum > allowed
    # A line left blank was packed with another: the sum may be too small for that, but never too large.
    if over or (under and column.complete):
        yield Found(
            _CODES[total.name],
            f"{total.where}: the lines' {_WORDS[total.name]} add up to {plain(column.sum)} kg, "
            f"the total says {total.shown} kg",
            (total, *column.cells[: case.tolerances.evidence_limit]),
            disputes=(total, *column.cells) if total.name == "net_weight_kg" else (total,),
        )


def lines_add_up(case: Case) -> Iterator[Found]:
    for paper in case.papers.of("packing_list", "transport_document"):
        for column in column_sums(paper):
            if column.total.name in _WORDS:
                yield from _column(case, column)


def _between(case: Case, cells: Sequence[Cell[Decimal]], what: str) -> Iterator[Found]:
    share = case.tolerances.weight_share
    for left, right in dissenters(cells, lambda a, b: agree(a, b, share)):
        yield difference(_CODES[left.name], what, left=left, right=right)


def _covers_all(case: Case, index: int) -> bool:
    """A certificate for a part of the goods weighs less than the shipment."""
    groups = next((groups for at, groups in case.matched.certificates if at == index), ())
    return all(group.right for group in groups)


def papers_agree(case: Case) -> Iterator[Found]:
    gross = case.papers.numbers("gross_weight_kg", "packing_list", "commercial_invoice", "transport_document")
    certified = case.papers.numbers("gross_weight_kg", "certificate_of_origin")
    gross += [cell for cell in certified if _covers_all(case, cell.document)]
    yield from _between(case, [*gross, *case.papers.numbers("gross_mass_kg", DRAFT_TYPE)], "Gross weights")
    yield from _between(case, case.papers.numbers("net_weight_kg", "commercial_invoice", "packing_list"), "Net weights")


def _nets(case: Case, *, invoice_side: bool) -> Iterator[Found]:
    """Net weight of one item: the packing list's lines against the invoice's line, or against the draft's item."""
    matched = case.matched
    groups, other = (matched.packing, "net_weight_kg") if invoice_side else (matched.draft, "net_mass_kg")
    for group in groups:
        theirs = matched.numbers(group.right, other)
        ours = matched.numbers(group.left, "net_weight_kg") if invoice_side else _packed(case, group.left)
        complete = len(theirs) == sum(len(one.lines) for one in group.right)
        if not ours or not theirs or not complete or (invoice_side and len(ours) < len(group.left)):
            continue
        left, right = (sum((cell.value for cell in cells), Decimal(0)) for cells in (ours, theirs))
        rounding = sum((last_place(cell) / 2 for cell in (*ours, *theirs)), Decimal(0))
        if abs(left - right) > case.tolerances.weight_share * max(left, right) + rounding:
            message = f"Net weights differ: {ours[0].where} says {plain(left)} kg, {theirs[0].where} {plain(right)} kg"
            yield Found("net_weight_mismatch", message, (*ours, *theirs))


def _packed(case: Case, goods: Sequence[Goods]) -> list[Cell[Decimal]]:
    """The packing list's net weights of exactly these items; none where the lists are cut differently."""
    refs = {ref for item in goods for ref in item.lines}
    packed = {id(group): group for ref in refs if (group := case.matched.packing.of(ref)) is not None}.values()
    rows = [one for group in packed for one in group.right]
    cells = case.matched.numbers(rows, "net_weight_kg")
    whole = refs == {ref for group in packed for one in group.left for ref in one.lines}
    return cells if whole and len(cells) == sum(len(one.lines) for one in rows) else []


def items_agree(case: Case) -> Iterator[Found]:
    yield from _nets(case, invoice_side=True)
    yield from _nets(case, invoice_side=False)


def net_is_not_above_gross(case: Case) -> Iterator[Found]:
    for paper in case.papers.of("commercial_invoice", "packing_list"):
        for line in (None, *range(len(paper.lines))):
            net, gross = paper.number("net_weight_kg", line), paper.number("gross_weight_kg", line)
            if net is not None and gross is not None and net.value > gross.value:
                message = f"{net.where}: the net weight {net.shown} kg is above the gross weight {gross.shown} kg"
                yield Found("weight_order", message, (net, gross))


CHECKS = (
    Check(frozenset({"gross_weight_mismatch", "net_weight_mismatch"}), lines_add_up),
    Check(frozenset({"gross_weight_mismatch", "net_weight_mismatch", "illegible"}), papers_agree),
    Check(frozenset({"net_weight_mismatch"}), items_agree),
    Check(frozenset({"weight_order"}), net_is_not_above_gross),
)
