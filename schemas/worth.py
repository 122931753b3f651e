"""What a shipment is worth, or the part of it that a finding is about, in the customs currency.

A finding is about the declared values that it holds back: those of some items, or, where one of them is of the whole
shipment or of nothing that has a value, the whole shipment. While the customs value is in dispute, what the papers
state stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from schemas.declarations import Declaration, DeclarationItem, ExchangeRate
from schemas.documents import CommercialInvoice, Document
from schemas.results import ShipmentResult

_ITEM: Final = re.compile(r"/items/(\d+)(?:/|$)")


def worth_of(withheld: Sequence[str], result: ShipmentResult) -> Decimal | None:
    """In the customs currency; None where it cannot be said."""
    declaration = result.declaration
    if declaration is None:
        return None
    found = [_ITEM.match(pointer) for pointer in withheld]
    if not found or None in found:
        return whole_worth(result)
    items = {int(one[1]) for one in found if one is not None}
    worths = [_item_worth(declaration.items[n], declaration) for n in items if n < len(declaration.items)]
    known = [one for one in worths if one is not None]
    return sum(known, Decimal(0)) if len(known) == len(items) else whole_worth(result)


def whole_worth(result: ShipmentResult) -> Decimal | None:
    """The customs value, else the greater of declared and invoiced totals, in the customs currency."""
    declaration = result.declaration
    if declaration is None:
        return None
    if declaration.customs_value is not None:
        return declaration.customs_value
    stated = _invoiced(result.documents)
    if declaration.total_invoice_amount is not None and declaration.currency is not None:
        stated.append((declaration.total_invoice_amount, declaration.currency))
    converted = [_converted(amount, currency, declaration) for amount, currency in stated]
    known = [one for one in converted if one is not None]
    return max(known) if known and len(known) == len(converted) else None


def shown_worth(result: ShipmentResult) -> tuple[Decimal, str] | None:
    """The worth with its currency, that of the invoices where the customs' own cannot be told; for a list alone."""
    worth, declaration = whole_worth(result), result.declaration
    if worth is not None and declaration is not None and declaration.customs_currency is not None:
        return worth, declaration.customs_currency
    stated = _invoiced(result.documents)
    return stated[0] if len(stated) == 1 else None


def _item_worth(item: DeclarationItem, declaration: Declaration) -> Decimal | None:
    if item.customs_value is not None:
        return item.customs_value
    if item.item_price is None or declaration.currency is None:
        return None
    return _converted(item.item_price, declaration.currency, declaration)


def _invoiced(documents: Sequence[Document]) -> list[tuple[Decimal, str]]:
    """For each currency what the invoices in it come to."""
    sums: dict[str, Decimal] = {}
    for one in documents:
        if isinstance(one, CommercialInvoice) and one.fields.total_amount and one.fields.currency:
            currency = one.fields.currency.value
            sums[currency] = sums.get(currency, Decimal(0)) + one.fields.total_amount.value
    return [(amount, currency) for currency, amount in sums.items()]


def _converted(amount: Decimal, currency: str, declaration: Declaration) -> Decimal | None:
    if declaration.customs_currency in {None, currency}:
        return amount if declaration.customs_currency == currency else None
    return _at_rate(amount, currency, declaration.exchange_rate)


def _at_rate(amount: Decimal, currency: str, rate: ExchangeRate | None) -> Decimal | None:
    """A rate is told as units of `to` for one of `from`; the customs currency is one of the two."""
    if rate is None or currency not in {rate.from_, rate.to} or not rate.rate:
        return None
    return amount * rate.rate if currency == rate.from_ else amount / rate.rate
