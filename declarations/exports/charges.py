"""Additions to and deductions from the prices (4/9), in the invoice's currency: customs convert them themselves.

Where the customs value was computed, they are its adjustments. Where it was not, for lack of an exchange rate, they are
what the papers state beside the prices, if that leaves nothing open; else nothing is declared in their place.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from declarations.exports.filing import AIR, Filing
from schemas.declarations import Declaration, ValuationAdjustment
from schemas.delivery_terms import terms_without

DEDUCTIONS: Final = "B"
# What the price leaves out, which a CIF value takes in.
_WITHOUT_CARRIAGE: Final = terms_without("carriage")
_WITHOUT_INSURANCE: Final = terms_without("insurance")
# UCC data element 14 04: AK transport and insurance up to the place of introduction; HMRC has AR for carriage by air.
_CARRIAGE, _CARRIAGE_BY_AIR, _INSURANCE = "AK", "AR", "AK"


@dataclass(frozen=True, slots=True)
class Charge:
    """An amount by its code; the code says whether it is added (A…) or taken off (B…)."""

    code: str
    amount: Decimal


def charges_of(filing: Filing) -> tuple[Charge, ...] | None:
    """None where the papers leave open what belongs to the value."""
    declared = filing.declaration
    if declared.valuation_method is not None or declared.valuation_adjustments:
        return _together(tuple(_coded(filing, one) for one in declared.valuation_adjustments))
    return _stated(declared, _CARRIAGE_BY_AIR if filing.mode == AIR else _CARRIAGE)


def _coded(filing: Filing, one: ValuationAdjustment) -> Charge:
    own = {stated.charge: stated.code for stated in filing.profile.charge_codes}
    code = own.get(one.code, one.code)
    return Charge(code, -one.amount if code.startswith(DEDUCTIONS) else one.amount)


def _stated(declared: Declaration, carriage: str) -> tuple[Charge, ...] | None:
    """Freight and insurance as the invoice has them: together with the prices its total, or left out of both."""
    freight, insurance, total = declared.freight, declared.insurance, declared.total_invoice_amount
    prices = [one.item_price for one in declared.items]
    if total is None or declared.incoterm is None or any(price is None for price in prices):
        return None
    left_out = (freight is None and declared.incoterm in _WITHOUT_CARRIAGE) or (
        insurance is None and declared.incoterm in _WITHOUT_INSURANCE
    )
    beside = total - sum((price for price in prices if price is not None), Decimal(0))
    if left_out or beside != (freight or Decimal(0)) + (insurance or Decimal(0)):
        return None
    named = (Charge(carriage, freight or Decimal(0)), Charge(_INSURANCE, insurance or Decimal(0)))
    return _together(tuple(charge for charge in named if charge.amount))


def _together(charges: tuple[Charge, ...]) -> tuple[Charge, ...]:
    """One amount for each code: CDS takes a code once."""
    codes = dict.fromkeys(charge.code for charge in charges)
    return tuple(
        Charge(code, sum((charge.amount for charge in charges if charge.code == code), Decimal(0))) for code in codes
    )
