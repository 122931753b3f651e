"""Amounts of money with their currency."""

from __future__ import annotations

from decimal import Decimal

from extractors.values.currencies import currency_of, find_currencies, split_currency
from extractors.values.numbers import NumberStyle, parse_number
from extractors.values.printing import unframed

__all__ = ["find_currencies", "parse_money"]


def parse_money(text: str, style: NumberStyle | None) -> tuple[Decimal, str | None] | None:
    """Amount and ISO 4217 code; the code is None where none stands or the sign is shared ("$", "¥").

    None where the amount is not settled, or two different currencies stand round it.
    """
    number, signs = split_currency(unframed(text))
    amount = parse_number(number, style)
    codes = {code for sign in signs if (code := currency_of(sign))}
    if amount is None or len(codes) > 1:
        return None
    return amount, next(iter(codes), None)
