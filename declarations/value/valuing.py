"""The customs value of the goods, item by item: what was paid, adjusted by the country's basis, converted, rounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from declarations.duty.rounding import rounded, rounding_in
from declarations.errors import ValueOpen
from declarations.value.accounts import Account
from declarations.value.apportioning import apportioned
from declarations.value.converting import RateDays, Rates, converted, exchange_rate
from declarations.value.costs import Adjustment, Costs, Rule, Stated, costs_of
from schemas.declarations import ExchangeRate, FieldRef
from schemas.jurisdictions import Jurisdiction, in_force

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Consigned:
    """What the papers give for valuing: invoices in one currency, the term, the items' masses, the days that count."""

    accounts: tuple[Account, ...]
    currency: str
    term: str | None
    days: RateDays
    masses: Mapping[int, Decimal] = field(default_factory=dict)
    stated: Mapping[str, Stated] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Valued:
    """Customs values by item, in the country's currency; they add up to `total`.

    `intrinsic` is the price of the goods alone, which limits of small consignments look at.
    `transport` is each item's part of freight and insurance beyond its value, for taxes that take it in; None where it
    is not known. `adjustments` are in the invoice's currency. `refs` are the fields that all of it rests on.
    """

    items: Mapping[int, Decimal]
    total: Decimal
    intrinsic: Decimal
    currency: str
    rate: ExchangeRate | None
    adjustments: tuple[Adjustment, ...]
    transport: Mapping[int, Decimal] | None
    remarks: tuple[str, ...]
    refs: tuple[FieldRef, ...]


def valued(goods: Consigned, where: Jurisdiction, rates: Rates, *, by: Literal["value", "weight"] = "value") -> Valued:
    """Raises `ValueOpen` and `RateMissing` where something that the value needs is not known."""
    rule = in_force(where.valuation, goods.days.accepted)
    if rule is None:
        raise ValueOpen(f"what customs values include in {where.name} is not known here")
    costs = costs_of(goods.accounts, goods.term, Rule(rule.basis, rule.adds_origin_costs), goods.stated)
    rate = exchange_rate(goods.currency, where, goods.days, rates)
    step = rounding_in(where, goods.days.accepted).value
    prices = {n: price for account in goods.accounts for n, price in account.prices.items()}
    spread = _spread(costs.adjustments, prices, goods.masses, by)
    items = {n: rounded(converted(prices[n] + spread[n], goods.currency, rate), step) for n in sorted(prices)}
    if any(value <= 0 for value in items.values()):
        raise ValueOpen("an item's value comes to nothing: another method of valuation is needed")
    return Valued(
        items=items,
        total=sum(items.values(), ZERO),
        intrinsic=rounded(converted(sum(prices.values(), ZERO), goods.currency, rate), step),
        currency=where.currency,
        rate=rate,
        adjustments=costs.adjustments,
        transport=_transport(costs, goods, prices, rate, by),
        remarks=(*costs.remarks, *_conversion(rate, step.mode)),
        refs=tuple(ref for account in goods.accounts for ref in account.refs),
    )


def _conversion(rate: ExchangeRate | None, mode: str) -> tuple[str, ...]:
    if rate is None:
        return ()
    how = "cut off" if mode == "down" else "rounded half up"
    return (f"converted item by item at {rate.rate} {rate.to} for 1 {rate.from_} ({rate.source}), {how}",)


def _spread(
    adjustments: Sequence[Adjustment],
    prices: Mapping[int, Decimal],
    masses: Mapping[int, Decimal],
    by: Literal["value", "weight"],
) -> dict[int, Decimal]:
    """Each item's part of all adjustments; freight by weight where so set, everything else by value."""
    parts = dict.fromkeys(prices, ZERO)
    for one in adjustments:
        shares = masses if one.kind == "freight" and by == "weight" else prices
        lacking = [n for n in one.items if n not in shares]
        if lacking:
            raise ValueOpen(f"freight goes by weight here, and the weight of item {lacking[0] + 1} is not known")
        spread = apportioned(abs(one.amount), [shares[n] for n in one.items])
        for n, part in zip(one.items, spread, strict=True):
            parts[n] += part if one.amount > 0 else -part
    return parts


def _transport(
    costs: Costs,
    goods: Consigned,
    prices: Mapping[int, Decimal],
    rate: ExchangeRate | None,
    by: Literal["value", "weight"],
) -> dict[int, Decimal] | None:
    if costs.transport is None:
        return None
    parts = _spread(costs.transport, prices, goods.masses, by)
    return {n: converted(part, goods.currency, rate) for n, part in parts.items()}
