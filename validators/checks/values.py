"""Money on two papers: the draft against the invoice, and two copies of one invoice against each other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from schemas.values import plain
from validators.case import Case, Check
from validators.differences import difference, dissenters
from validators.found import Found
from validators.papers import DRAFT_TYPE
from validators.sameness import reference

_INVOICE = "commercial_invoice"


def _totals(case: Case) -> Iterator[Found]:
    totals = case.papers.numbers("total_amount", _INVOICE)
    for planned in case.papers.numbers("total_invoice_amount", DRAFT_TYPE):
        invoiced = sum((cell.value for cell in totals), Decimal(0))
        if planned.value == _in_force(case, "/total_invoice_amount"):  # what it is without tax, where there is some
            continue
        if len(totals) == 1 and planned.value != invoiced:
            yield difference("value_mismatch", "Total amounts", left=totals[0], right=planned)
        elif len(totals) > 1 and planned.value != invoiced:
            message = f"The draft's total is {planned.shown}, the invoices together come to {plain(invoiced)}"
            yield Found("value_mismatch", message, (planned, *totals))


def _in_force(case: Case, pointer: str) -> Decimal:
    """What the papers give for a declared amount; 0 where they give none."""
    standing = case.standings.by_pointer.get(pointer)
    refs = standing.fields if standing else ()
    cells = [case.papers.at(ref.document).number(ref.field, ref.line) for ref in refs]
    return sum((cell.value for cell in cells if cell is not None), Decimal(0))


def _charges(case: Case) -> Iterator[Found]:
    for name in ("freight", "insurance"):
        stated = case.papers.numbers(name, _INVOICE)
        for planned in case.papers.numbers(name, DRAFT_TYPE) if stated else []:
            invoiced = sum((cell.value for cell in stated), Decimal(0))
            if invoiced != planned.value and len(stated) == 1:
                yield difference("value_mismatch", f"Amounts of {name}", left=stated[0], right=planned)
            elif invoiced != planned.value:
                message = f"The draft's {name} is {planned.shown}, that of the invoices comes to {plain(invoiced)}"
                yield Found("value_mismatch", message, (planned, *stated))


def _items(case: Case) -> Iterator[Found]:
    matched = case.matched
    for group in matched.draft:
        amounts, planned = matched.numbers(group.left, "amount"), matched.numbers(group.right, "item_price")
        if len(amounts) != sum(len(one.lines) for one in group.left) or not amounts or not planned:
            continue
        invoiced, meant = (sum((cell.value for cell in cells), Decimal(0)) for cells in (amounts, planned))
        if invoiced == meant:
            continue
        if len(amounts) == len(planned) == 1:
            yield difference("value_mismatch", "Values of one item", left=amounts[0], right=planned[0])
        else:
            message = (
                f"{planned[0].where} values these goods at {plain(meant)}, the invoice's lines at {plain(invoiced)}"
            )
            yield Found("value_mismatch", message, (*amounts, *planned))


def values_agree(case: Case) -> Iterator[Found]:
    yield from _totals(case)
    yield from _charges(case)
    yield from _items(case)


def invoices_are_different_ones(case: Case) -> Iterator[Found]:
    """Two invoices of one number are copies, or one of them is wrong: either way the goods would be counted twice."""
    numbers = case.papers.texts("number", _INVOICE)
    for n, number in enumerate(numbers):
        for other in numbers[n + 1 :]:
            if reference(number.value) == reference(other.value):
                message = f"Two invoices carry the number {number.shown}: their goods would be declared twice"
                yield Found("value_mismatch", message, (number, other), pointers=("/total_invoice_amount", "/items"))


def currencies_agree(case: Case) -> Iterator[Found]:
    cells = case.papers.texts("currency", _INVOICE, DRAFT_TYPE)
    for left, right in dissenters(cells, lambda a, b: a.value == b.value):
        yield difference("currency_mismatch", "Currencies", left=left, right=right)


CHECKS = (
    Check(frozenset({"value_mismatch", "illegible"}), values_agree),
    Check(frozenset({"value_mismatch"}), invoices_are_different_ones),
    Check(frozenset({"currency_mismatch", "illegible"}), currencies_agree),
)
