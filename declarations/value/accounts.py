"""What each invoice charges: its goods by item, and which of the charges that it prints are part of its total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from declarations.errors import ValueOpen
from declarations.values import Values
from schemas.declarations import FieldRef
from schemas.documents import CommercialInvoice

CHARGES = ("freight", "insurance", "other_charges")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Charge:
    """An amount that the invoice prints. `in_total`: paid to the seller beside the prices of the goods.

    One that is not is told for customs alone: the prices include it, or another is paid for it.
    """

    name: str
    amount: Decimal
    ref: FieldRef
    in_total: bool


@dataclass(frozen=True, slots=True)
class Account:
    """One invoice. `prices` are its items' prices by their place in the declaration.

    `rest` is what rounding leaves between them with the charges and the printed total, which is what is paid.
    """

    prices: dict[int, Decimal]
    charges: tuple[Charge, ...]
    discount: Decimal
    rest: Decimal
    refs: tuple[FieldRef, ...]

    def charge(self, name: str) -> Charge | None:
        return next((one for one in self.charges if one.name == name), None)


def accounts_of(values: Values) -> tuple[Account, ...]:
    """Every invoice's account; raises `ValueOpen` where a price is open or lines and charges are not the total."""
    if values.is_withheld("/items") or values.is_withheld("/total_invoice_amount"):
        raise ValueOpen("the items or the total of the invoice are in question")
    papers = values.reconciled.documents
    found = [
        _account(values, index, paper)
        for index, paper in enumerate(papers)
        if isinstance(paper, CommercialInvoice) and index not in values.reconciled.twins
    ]
    if not found:
        raise ValueOpen("there is no invoice to value the goods by")
    return tuple(found)


def _account(values: Values, index: int, paper: CommercialInvoice) -> Account:
    prices = dict(_prices(values, index))
    total = paper.fields.total_amount
    if not prices or total is None:
        raise ValueOpen("an invoice has no items, or no total, to value the goods by")
    discount = abs(paper.fields.discount.value) if paper.fields.discount else ZERO
    printed = [
        (name, field.value) for name in CHARGES if (field := getattr(paper.fields, name)) is not None and field.value
    ]
    goods = sum(prices.values(), ZERO)
    used = _in_total(printed, total.value - goods + discount, Decimal("0.005") * (len(prices) + 1))
    charges = tuple(
        Charge(name, amount, FieldRef(document=index, field=name), in_total=name in used)
        for name, amount in printed
        if name in used or _stands(values, index, name)
    )
    paid = sum((one.amount for one in charges if one.in_total), ZERO)
    named = ("discount", "total_amount") if discount else ("total_amount",)
    refs = (*(one.ref for one in charges), *(FieldRef(document=index, field=name) for name in named))
    return Account(prices, charges, discount, total.value - goods + discount - paid, refs)


def _prices(values: Values, index: int) -> Iterator[tuple[int, Decimal]]:
    for n, item in enumerate(values.reconciled.items):
        if item.invoice is not None and item.invoice.document == index:
            price = values.number(f"/items/{n}/item_price")
            if price is None:
                raise ValueOpen(f"the price of item {n + 1} is in question or on no paper")
            if price <= 0:
                raise ValueOpen(f"item {n + 1} has no price to be valued by: another method of valuation is needed")
            yield n, price


def _in_total(printed: Sequence[tuple[str, Decimal]], charged: Decimal, tolerance: Decimal) -> frozenset[str]:
    """Names of the charges that make up what the total has beside the goods; raises `ValueOpen` where none do.

    All of them first, then fewer, as the checks of the invoice's total go about it.
    """
    ways = [way for count in range(len(printed), -1, -1) for way in combinations(printed, count)]
    off = [(abs(charged - sum((amount for _, amount in way), ZERO)), way) for way in ways]
    exact = next((way for away, way in off if away == 0), None)
    near = next((way for away, way in off if away <= tolerance), None)
    way = exact if exact is not None else near
    if way is None:
        raise ValueOpen("the lines and charges of the invoice do not add up to its total")
    return frozenset(name for name, _ in way)


def _stands(values: Values, index: int, name: str) -> bool:
    """Whether a charge that no sum confirms may be relied on."""
    field = values.field(FieldRef(document=index, field=name))
    return field is not None and not field.needs_witness and not values.is_withheld(f"/{name}")
