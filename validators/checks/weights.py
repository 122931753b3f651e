"""Gross and net weights: lines against totals, papers against each other, net never above gross."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from schemas.findings import FindingCode
from schemas.values import plain
from validators.case import Case, Check
from validators.found import Found
from validators.goods import Goods
from validators.misplaced import between, is_disputed, taken_from
from validators.papers import Cell, Paper, Papers
from validators.totals import Column, column_sums
from validators.wholes import Whole, dissenting, last_place, wholes

__all__ = ["CHECKS", "last_place"]

_CODES: dict[str, FindingCode] = {
    "gross_weight_kg": "gross_weight_mismatch",
    "net_weight_kg": "net_weight_mismatch",
}
_FEW = 3
_WORDS = {"gross_weight_kg": "gross weights", "net_weight_kg": "net weights"}


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
            total = column.total
            if total.name in _WORDS and not _is_of_another(case, total, column.sum):
                yield from _column(case, column)


def _is_of_another(case: Case, total: Cell[Decimal], stated: Decimal) -> bool:
    """Whether another paper's figure tells that the total is that of another column."""
    found = wholes(case.papers, total.name, share=case.tolerances.weight_share)
    return is_disputed(found, total) and taken_from(case.papers, total, stated=stated) is not None


def _between(code: FindingCode, what: str, *, left: Whole, right: Whole, papers: Papers) -> Found:
    if len(left.cells) == len(right.cells) == 1:
        return between(code, what, left=left.cells[0], right=right.cells[0], papers=papers)
    return Found(code, f"{what} differ: {left.told}, {right.told}", (*left.cells, *right.cells))


def _covers_all(case: Case, index: int) -> bool:
    """A certificate for a part of the goods weighs less than the shipment."""
    groups = next((groups for at, groups in case.matched.certificates if at == index), ())
    return all(group.right for group in groups)


def papers_agree(case: Case) -> Iterator[Found]:
    share = case.tolerances.weight_share
    certified = case.papers.numbers("gross_weight_kg", "certificate_of_origin")
    gross = wholes(case.papers, "gross_weight_kg", share=share)
    gross += [Whole((cell,)) for cell in certified if _covers_all(case, cell.document)]
    for left, right in dissenting(gross, share):
        yield _between("gross_weight_mismatch", "Gross weights", left=left, right=right, papers=case.papers)
    for left, right in dissenting(wholes(case.papers, "net_weight_kg", share=share), share):
        yield _between("net_weight_mismatch", "Net weights", left=left, right=right, papers=case.papers)


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
    """Each line by itself, or all together where they are many: then the columns are exchanged, or read so."""
    for paper in case.papers.of("commercial_invoice", "packing_list"):
        above = [pair for line in (None, *range(len(paper.lines))) if (pair := _above(paper, line)) is not None]
        if len(above) > _FEW:
            cells = tuple(cell for pair in above for cell in pair)
            places = ", ".join("total" if net.line is None else str(net.line + 1) for net, _ in above)
            message = f"{paper.title}: the net weight is above the gross weight in {len(above)} places ({places})"
            yield Found("weight_order", message, cells[: case.tolerances.evidence_limit], disputes=cells)
            continue
        for net, gross in above:
            message = f"{net.where}: the net weight {net.shown} kg is above the gross weight {gross.shown} kg"
            yield Found("weight_order", message, (net, gross))


def _above(paper: Paper, line: int | None) -> tuple[Cell[Decimal], Cell[Decimal]] | None:
    net, gross = paper.number("net_weight_kg", line), paper.number("gross_weight_kg", line)
    return (net, gross) if net is not None and gross is not None and net.value > gross.value else None


CHECKS = (
    Check(frozenset({"gross_weight_mismatch", "net_weight_mismatch"}), lines_add_up),
    Check(frozenset({"gross_weight_mismatch", "net_weight_mismatch", "illegible"}), papers_agree),
    Check(frozenset({"net_weight_mismatch"}), items_agree),
    Check(frozenset({"weight_order"}), net_is_not_above_gross),
)
