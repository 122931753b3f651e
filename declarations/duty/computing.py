"""The duty that an expression gives for a value and quantities, with each step in words. Nothing is rounded here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from declarations.duty.expressions import (
    AdValorem,
    Expression,
    Limited,
    OfRetailPrice,
    Part,
    Seasonal,
    Specific,
    Sum,
    parsed,
)
from declarations.duty.quantities import Per, Quantities
from declarations.errors import ExpressionRefused, SeasonUnknown

_RETAIL = Per(Decimal(1), "RET")


@dataclass(frozen=True, slots=True)
class DutyBase:
    """What a duty is charged on. `value` is the customs value in `currency`; `day` is the day of acceptance."""

    value: Decimal
    currency: str
    quantities: Quantities = field(default_factory=Quantities)
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    """An exact amount and how it came about, a sentence for each step."""

    amount: Decimal
    steps: tuple[str, ...]


def shown(amount: Decimal) -> str:
    """At least two decimals, and no more than the amount has."""
    exact = amount.normalize()
    places = max(2, -int(exact.as_tuple().exponent))
    return f"{exact:.{places}f}" if places <= _PLACES_SHOWN else f"{exact:.{_PLACES_SHOWN}f}"


_PLACES_SHOWN = 6


def computed(expression: str | Expression, base: DutyBase) -> Computed:
    """The duty; raises `NotComputable` where the expression, a quantity or the day leaves it open."""
    tree = parsed(expression) if isinstance(expression, str) else expression
    return _of(tree, base)


def _of(tree: Expression, base: DutyBase) -> Computed:
    match tree:
        case Seasonal():
            return _in_season(tree, base)
        case Limited():
            return _limited(tree, base)
        case Sum():
            return _summed(tree, base)


def _in_season(tree: Seasonal, base: DutyBase) -> Computed:
    if base.day is None:
        raise SeasonUnknown("the rate depends on the season, and the day of acceptance is not given")
    holding = [one for one in tree.seasons if one.holds((base.day.month, base.day.day))]
    if len(holding) != 1:
        raise SeasonUnknown(f"the tariff names {len(holding)} seasons for {base.day}: there must be one")
    found = _of(holding[0].duty, base)
    return Computed(found.amount, (f"season of {base.day}", *found.steps))


def _limited(tree: Limited, base: DutyBase) -> Computed:
    left, right = _of(tree.left, base), _of(tree.right, base)
    chosen = max(left.amount, right.amount) if tree.limit == "MIN" else min(left.amount, right.amount)
    what = "at least" if tree.limit == "MIN" else "at most"
    said = f"{shown(left.amount)}, {what} {shown(right.amount)}: {shown(chosen)} {base.currency}"
    return Computed(chosen, (*left.steps, *right.steps, said))


def _summed(tree: Sum, base: DutyBase) -> Computed:
    total = Decimal(0)
    steps: list[str] = []
    for sign, part in tree.parts:
        amount, step = _part(part, base)
        total += sign * amount
        steps.append(step if sign == 1 else f"less {step}")
    if len(tree.parts) > 1:
        steps.append(f"together {shown(total)} {base.currency}")
    return Computed(max(total, Decimal(0)), tuple(steps))


def _part(part: Part, base: DutyBase) -> tuple[Decimal, str]:
    match part:
        case AdValorem(percent):
            amount = base.value * percent / 100
            return amount, f"{percent} % of {shown(base.value)} {base.currency} = {shown(amount)} {base.currency}"
        case OfRetailPrice(percent):
            price = base.quantities.in_multiples_of(_RETAIL)
            amount = price * percent / 100
            return amount, f"{percent} % of the retail price {shown(price)} = {shown(amount)} {base.currency}"
        case Specific():
            return _specific(part, base)


def _specific(part: Specific, base: DutyBase) -> tuple[Decimal, str]:
    if part.currency != base.currency:
        raise ExpressionRefused(
            f"the duty is in {part.currency} and the value in {base.currency}: the tariff must be in the currency of "
            "the country"
        )
    amount = part.amount
    for per in part.per:
        amount *= base.quantities.in_multiples_of(per)
    by = " and ".join(per.shown for per in part.per)
    of = " × ".join(f"{base.quantities.by_unit[per.unit].normalize():f} {per.name}" for per in part.per)
    return amount, f"{part.amount} {part.currency} per {by} × {of} = {shown(amount)} {base.currency}"
