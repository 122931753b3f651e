"""The customs value of a declaration: what papers, draft and the user's tables give, under the country's rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final

from declarations.errors import ValueOpen
from declarations.terms import DeclarationTerms
from declarations.value.accounts import accounts_of
from declarations.value.charge_rates import Carried, InInvoiceCurrency, stated_by_rates
from declarations.value.converting import RateDays, Rates, deconverted, exchange_rate
from declarations.value.costs import Adjustment, Stated
from declarations.value.valuing import Consigned, Valued, valued
from declarations.values import Values
from schemas.declarations import Declaration, Source, ValuationAdjustment
from schemas.documents import TransportDocument
from schemas.jurisdictions import Jurisdiction
from schemas.shipments import Reconciled, Shipment

TRANSACTION_VALUE: Final = "1"
"""Method 1 of WTO Valuation Agreement, art. 1."""
COMPUTED: Final = "computed"
"""Witness of a value that follows from the fields named beside it."""

# Additions and deductions as the Union and CDS declare them (EUCDM 14 04; DE 4/9 in HMRC's samples): AK carriage and
# insurance to the place of introduction, AR the same by air (UK), BT other deductions (UK). Elsewhere: what they are.
_CODES: Final[Mapping[tuple[str, str], str]] = MappingProxyType({
    ("EU", "freight"): "AK", ("EU", "insurance"): "AK", ("GB", "freight"): "AK", ("GB", "insurance"): "AK",
    ("GB", "air"): "AR", ("GB", "discount"): "BT",
})  # fmt: skip
_MODES: Final = MappingProxyType({
    "bill_of_lading": "sea", "sea_waybill": "sea", "air_waybill": "air", "cmr": "road",
})  # fmt: skip
_PLAUSIBLE_DIGITS: Final = 18


def valuation(
    declared: Declaration, shipment: Shipment, values: Values, terms: DeclarationTerms, where: Jurisdiction
) -> Valued:
    """Raises `ValueOpen` or `RateMissing` where it cannot be known."""
    currency, term = declared.currency, declared.incoterm
    if currency is None:
        raise ValueOpen("the invoice's currency is in question or on no paper")
    days = RateDays(shipment.as_of, _exported(values.reconciled))
    rates = Rates(terms.rates, terms.fallback_rates)

    def in_invoice_currency(amount: Decimal, of: str) -> Decimal:
        if of == currency:
            return amount
        if of != where.currency:
            raise ValueOpen(f"the table of charges is in {of}, the invoice in {currency}")
        return deconverted(amount, currency, exchange_rate(currency, where, days, rates))

    stated = _from_tables(declared, shipment, values, terms, in_invoice_currency)
    stated |= _from_draft(shipment, values, currency)
    goods = Consigned(accounts_of(values), currency, term, days, _masses(declared), stated)
    return valued(goods, where, rates, by=terms.apportion_by)


def with_values(
    declared: Declaration, found: Valued, values: Values, where: Jurisdiction, mode: str | None
) -> Declaration:
    """The declaration with its customs values, and in `values.sources` the fields that each rests on."""
    items = tuple(
        one.model_copy(update={"customs_value": found.items[n]}) if n in found.items else one
        for n, one in enumerate(declared.items)
    )
    for n in found.items:
        prices = values.sources.get(f"/items/{n}/item_price", Source())
        refs = tuple(dict.fromkeys((*prices.fields, *found.refs)))
        values.sources[f"/items/{n}/customs_value"] = Source(fields=refs, witnesses=(COMPUTED,))
    values.sources["/customs_value"] = Source(fields=found.refs, witnesses=(COMPUTED,))
    return declared.model_copy(
        update={
            "items": items,
            "exchange_rate": found.rate,
            "valuation_method": TRANSACTION_VALUE,
            "valuation_adjustments": tuple(
                _adjustment(one, declared.currency, where, mode) for one in found.adjustments
            ),
            "customs_currency": found.currency,
            "customs_value": found.total,
        }
    )


def _adjustment(one: Adjustment, currency: str | None, where: Jurisdiction, mode: str | None) -> ValuationAdjustment:
    place = where.union or where.code
    code = _CODES.get((place, "air")) if one.kind == "freight" and mode == "air" else None
    named = code or _CODES.get((place, one.kind), one.kind)
    return ValuationAdjustment(code=named, amount=one.amount, why=f"{one.why} (in {currency})")


def mode_of(reconciled: Reconciled) -> str | None:
    """Mode of transport by the form of the transport document; None where there is none, or several."""
    forms = {paper.form for paper in reconciled.documents if isinstance(paper, TransportDocument)}
    return _MODES.get(forms.pop()) if len(forms) == 1 else None


def _exported(reconciled: Reconciled) -> dt.date | None:
    """The earliest day that a transport document confirms: on board, else its own date."""
    papers = (paper.fields for paper in reconciled.documents if isinstance(paper, TransportDocument))
    dates = [one for fields in papers if (one := fields.shipped_on_board_date or fields.date) is not None]
    return min((one.value for one in dates if not one.needs_witness), default=None)


def _masses(declared: Declaration) -> dict[int, Decimal]:
    """Gross mass by item where every item has one, else net mass."""
    for name in ("gross_mass_kg", "net_mass_kg"):
        masses = {n: mass for n, one in enumerate(declared.items) if (mass := getattr(one, name)) is not None}
        if len(masses) == len(declared.items):
            return masses
    return {}


def _from_draft(shipment: Shipment, values: Values, currency: str) -> dict[str, Stated]:
    """Freight and insurance that the broker's draft gives in the invoice's currency: the forwarder bills them apart."""
    draft = shipment.draft or {}
    if draft.get("currency", currency) != currency:
        return {}
    found = {name: _number(draft.get(name)) for name in ("freight", "insurance") if not values.is_withheld(f"/{name}")}
    source = "stated in the draft declaration"
    return {name: Stated(amount, source) for name, amount in found.items() if amount is not None}


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 and abs(number.adjusted()) <= _PLAUSIBLE_DIGITS else None


def _from_tables(
    declared: Declaration, shipment: Shipment, values: Values, terms: DeclarationTerms, convert: InInvoiceCurrency
) -> dict[str, Stated]:
    place = declared.jurisdiction
    rates = [one for one in terms.charges if one.counts_on(shipment.as_of) and one.scope in ("", place)]
    price = sum((one.item_price for one in declared.items if one.item_price is not None), Decimal(0))
    mode = mode_of(values.reconciled)
    return stated_by_rates(rates, Carried(price, declared.gross_mass_kg, declared.country_of_dispatch, mode), convert)
