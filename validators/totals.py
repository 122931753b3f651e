"""Columns against their printed totals: the invoice's money, and the packing list's weights and packages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from validators.arithmetic import sum_tolerance, ulp
from validators.papers import Cell, Paper

COLUMNS = ("gross_weight_kg", "net_weight_kg", "packages")
ADDED = ("freight", "insurance", "other_charges")

# Percentages that value added tax and its like had somewhere in 2020-2026, standard and reduced. A selection, to know a
# total with tax by: it is no list of the law.
TAX_RATES = tuple(
    Decimal(rate)
    for rate in (
        "3", "4", "5", "5.5", "6", "7", "7.5", "7.7", "8", "8.1", "9", "10", "11", "12", "13", "13.5", "14", "15", "16",
        "17", "18", "19", "20", "21", "22", "23", "24", "25", "25.5", "27",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column and its total. `complete` where every line has a number."""

    cells: tuple[Cell[Decimal], ...]
    total: Cell[Decimal]
    complete: bool

    @property
    def sum(self) -> Decimal:
        return sum((cell.value for cell in self.cells), Decimal(0))

    @property
    def exact(self) -> bool:
        """Whether the lines add up to the last digit; a line left blank adds nothing (packed with another)."""
        return self.sum == self.total.value


def column_sums(paper: Paper) -> Iterator[Column]:
    """The columns of the paper that have a printed total."""
    for name in COLUMNS:
        cells, total = paper.column(name), paper.number(name)
        if cells and total is not None:
            yield Column(tuple(cells), total, len(cells) == len(paper.lines))


@dataclass(frozen=True, slots=True)
class Account:
    """How a total comes about: `reckoned` from the values in `used`, `off` by what is left to the printed total."""

    amounts: tuple[Cell[Decimal], ...]
    total: Cell[Decimal]
    used: tuple[Cell[Decimal], ...]
    reckoned: Decimal
    off: Decimal
    tolerance: Decimal
    tax_percent: Decimal | None = None

    @property
    def exact(self) -> bool:
        """Whether it comes out to the last digit; with tax other totals would too, at another rate."""
        return self.off == 0 and self.tax_percent is None

    @property
    def adds_up(self) -> bool:
        return abs(self.off) <= self.tolerance


def _present(paper: Paper, names: Sequence[str]) -> list[Cell[Decimal]]:
    return [cell for name in names if (cell := paper.number(name)) is not None]


def _ways(added: Sequence[Cell[Decimal]]) -> Iterator[tuple[Cell[Decimal], ...]]:
    """All charges first, then fewer: freight and insurance may be shown although the prices include them."""
    for count in range(len(added), -1, -1):
        yield from combinations(added, count)


def invoice_total(paper: Paper) -> Account | None:
    """The account of one invoice; None where it has no total or no line with an amount."""
    amounts, total = paper.column("amount"), paper.number("total_amount")
    if total is None or not amounts:
        return None
    goods = sum((cell.value for cell in amounts), Decimal(0))
    taken = _present(paper, ("discount",))
    less = sum((abs(cell.value) for cell in taken), Decimal(0))
    tolerance = sum_tolerance([cell.value for cell in amounts], total.value)
    accounts: list[Account] = []
    for way in _ways(_present(paper, ADDED)):
        reckoned = goods - less + sum((cell.value for cell in way), Decimal(0))
        used = (*amounts, *taken, *way, total)
        accounts.append(Account(tuple(amounts), total, used, reckoned, total.value - reckoned, tolerance))
    nearly = (account for account in accounts if account.adds_up)
    taxed = next((with_tax for account in accounts if (with_tax := _taxed(paper, account)) is not None), None)
    return next((account for account in accounts if account.exact), next(nearly, taxed or accounts[0]))


def _taxed(paper: Paper, account: Account) -> Account | None:
    """The account with value added tax in the total: the net is printed too, and a rate in use explains the rest."""
    subtotal = paper.number("subtotal")
    if subtotal is None or abs(subtotal.value - account.reckoned) > account.tolerance or account.reckoned <= 0:
        return None
    cent = ulp(account.total.value)
    for rate in TAX_RATES:
        gross = (account.reckoned * (1 + rate / 100)).quantize(cent, ROUND_HALF_UP)
        if abs(gross - account.total.value) <= cent:
            used = (*account.used, subtotal)
            return replace(
                account, used=used, reckoned=gross, off=account.total.value - gross, tolerance=cent, tax_percent=rate
            )
    return None


def is_proven_complete(paper: Paper) -> bool:
    """Whether the reader counted the rows, or the lines come to what the paper says that they come to."""
    if paper.complete_by:
        return True
    if paper.type == "commercial_invoice":
        account = invoice_total(paper)
        return account is not None and account.adds_up and len(account.amounts) == len(paper.lines)
    return any(column.exact for column in column_sums(paper))
