"""Whether the invoice's own numbers fit: each line multiplies out, and lines and charges add up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from schemas.values import plain
from validators.arithmetic import multiplies_out, sum_tolerance
from validators.case import Case, Check
from validators.found import Found
from validators.papers import Cell, Paper
from validators.totals import Account, invoice_total


def _basis(paper: Paper, line: int) -> Decimal:
    basis = paper.number("price_basis", line)
    return basis.value if basis and basis.value > 0 else Decimal(1)


def _holds(values: list[Decimal], paper: Paper, line: int) -> bool:
    quantity, price, amount = values
    discount, money = paper.number("discount", line), paper.text("currency")
    before = amount + (abs(discount.value) if discount else Decimal(0))
    currency = money.value if money else None
    fits = multiplies_out(quantity / _basis(paper, line), price, before, currency)
    # Some forms print the amount before the discount that stands beside it.
    return fits or (discount is not None and multiplies_out(quantity / _basis(paper, line), price, amount, currency))


def _line(paper: Paper, line: int) -> Iterator[Found]:
    found = [paper.number(name, line) for name in ("quantity", "unit_price", "amount")]
    cells = [cell for cell in found if cell is not None]
    if len(cells) < len(found) or _holds([cell.value for cell in cells], paper, line):
        return
    quantity, price, amount = cells
    yield Found(
        "line_arithmetic",
        f"{paper.title}, line {line + 1}: {quantity.shown} x {price.shown} is "
        f"{plain(quantity.value / _basis(paper, line) * price.value)}, the printed amount is {amount.shown}",
        (amount, quantity, price),
        disputes=(amount,),
    )


def lines_multiply_out(case: Case) -> Iterator[Found]:
    for paper in case.papers.of("commercial_invoice"):
        for line in range(len(paper.lines)):
            yield from _line(paper, line)


def _money(paper: Paper, value: Decimal) -> str:
    currency = paper.text("currency")
    return f"{plain(value)} {currency.value}" if currency else plain(value)


def _page(cell: Cell[Decimal]) -> str:
    return f", page {cell.field.page}" if cell.field.page else ""


def _told(case: Case, paper: Paper, account: Account) -> Found:
    total = account.total
    charged = len(account.used) > len(account.amounts) + 1
    what = "the lines, charges and discount" if charged else "the lines"
    return Found(
        "total_arithmetic",
        f"{paper.title}{_page(total)}: {what} add up to {_money(paper, account.reckoned)}, "
        f"the printed total is {_money(paper, total.value)}",
        (total, *account.used[: case.tolerances.evidence_limit]),
        disputes=(total,),
    )


def _subtotal(paper: Paper) -> Iterator[Found]:
    subtotal, amounts = paper.number("subtotal"), paper.column("amount")
    if subtotal is None or not amounts or len(amounts) < len(paper.lines):
        return
    goods = sum((cell.value for cell in amounts), Decimal(0))
    discount = paper.number("discount")
    allowed = (goods, goods - abs(discount.value) if discount else goods)
    tolerance = sum_tolerance([cell.value for cell in amounts], subtotal.value)
    if all(abs(subtotal.value - value) > tolerance for value in allowed):
        yield Found(
            "total_arithmetic",
            f"{paper.title}{_page(subtotal)}: the lines add up to {_money(paper, goods)}, "
            f"the printed subtotal is {_money(paper, subtotal.value)}",
            (subtotal,),
        )


def totals_add_up(case: Case) -> Iterator[Found]:
    for paper in case.papers.of("commercial_invoice"):
        account = invoice_total(paper)
        if account is not None and not account.adds_up and not _lacks_amounts(paper, account):
            yield _told(case, paper, account)
        elif account is not None and account.tax_percent is not None:
            yield _taxed(paper, account)
        elif account is not None:
            yield from _subtotal(paper)


def _taxed(paper: Paper, account: Account) -> Found:
    """Tax of the country of export is no part of the price for customs; the lines are what is valued."""
    net = account.used[-1]
    message = (
        f"{paper.title}{_page(account.total)}: the total {account.total.shown} is {net.shown} and "
        f"{plain(account.tax_percent or Decimal(0))} % more, as for value added tax: that is no part of the price"
    )
    return Found("total_arithmetic", message, (account.total, net), "policy", "info")


def _lacks_amounts(paper: Paper, account: Account) -> bool:
    """Whether lines without an amount leave room for the rest of the total: they are asked for, each by itself."""
    return len(account.amounts) < len(paper.lines) and account.off > 0


def amounts_are_above_nothing(case: Case) -> Iterator[Found]:
    """A credit note, a deduction among the goods, and goods for nothing: none is a price to declare as it stands."""
    for paper in case.papers.of("commercial_invoice"):
        total, amounts = paper.number("total_amount"), paper.column("amount")
        if total is not None and total.value < 0:
            message = f"{paper.title}{_page(total)} comes to {_money(paper, total.value)}: a credit note is no invoice"
            yield Found("value_mismatch", message, (total,), "policy", pointers=("/total_invoice_amount", "/items"))
            continue
        for cell in amounts:
            yield from _below(cell) if cell.value < 0 else _for_nothing(cell) if cell.value == 0 else ()


def _below(cell: Cell[Decimal]) -> Iterator[Found]:
    message = f"{cell.where}: the amount is {cell.shown}; a deduction is no goods, so say what it is deducted from"
    yield Found("value_mismatch", message, (cell,), "policy")


def _for_nothing(cell: Cell[Decimal]) -> Iterator[Found]:
    message = f"{cell.where}: the goods cost {cell.shown}; samples and goods free of charge have a customs value too"
    yield Found("field_missing", message, (cell,), "missing", "warning")


CHECKS = (
    Check(frozenset({"line_arithmetic"}), lines_multiply_out),
    Check(frozenset({"total_arithmetic"}), totals_add_up),
    Check(frozenset({"value_mismatch", "field_missing"}), amounts_are_above_nothing),
)
