"""Freight and insurance by the user's own table, where no paper states them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from declarations.errors import ValueOpen
from declarations.value.costs import Stated
from schemas.reference import ChargeRate

CENT = Decimal("0.01")
InInvoiceCurrency = Callable[[Decimal, str], Decimal]
"""An amount of a currency in the invoice's; raises `NotComputable` where no rate is at hand."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What rates go by: the goods' price and gross mass, from where and how they came."""

    price: Decimal
    gross_mass_kg: Decimal | None
    country_of_dispatch: str | None
    mode: str | None


def stated_by_rates(
    rates: Sequence[ChargeRate], goods: Carried, in_invoice_currency: InInvoiceCurrency
) -> dict[str, Stated]:
    """The charge of each kind by the rate that fits closest; raises `ValueOpen` where two fit equally and differ."""
    found: dict[str, Stated] = {}
    for name in ("freight", "insurance"):
        fit = [one for one in rates if one.charge == name and _fits(one, goods)]
        closest = [one for one in fit if _closeness(one) == max(map(_closeness, fit))]
        if len({(one.percent_of_value, one.per_kg, one.currency) for one in closest}) > 1:
            lines = ", ".join(str(one.line) for one in closest)
            raise ValueOpen(f"lines {lines} of the table of charges give different {name} for these goods")
        if closest:
            source = f"by line {closest[0].line} of the loaded table of charges"
            found[name] = Stated(_amount(closest[0], goods, in_invoice_currency), source)
    return found


def _fits(rate: ChargeRate, goods: Carried) -> bool:
    return rate.country_of_dispatch in (None, goods.country_of_dispatch) and rate.mode in (None, goods.mode)


def _closeness(rate: ChargeRate) -> int:
    return 2 * (rate.country_of_dispatch is not None) + (rate.mode is not None)


def _amount(rate: ChargeRate, goods: Carried, in_invoice_currency: InInvoiceCurrency) -> Decimal:
    amount = Decimal(0)
    if rate.percent_of_value is not None:
        amount += goods.price * rate.percent_of_value / 100
    if rate.per_kg is not None:
        if goods.gross_mass_kg is None or rate.currency is None:
            raise ValueOpen(f"{rate.charge} goes by the gross mass, which no paper confirms")
        amount += in_invoice_currency(goods.gross_mass_kg * rate.per_kg, rate.currency)
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)
