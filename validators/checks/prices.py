"""Prices far below what such goods usually cost: a sign for a person, never a value to declare.

US CBP questions a value out of range for the quantity and code (ACE validation 27D). Here the unit price and the price
per kilogram of an item are set against the median of the same goods of the same exporter, one figure for each earlier
shipment. Below the set share of the median and clearly below everything cleared before is `undervaluation` as a
warning. Below that share alone it is told only, and so is a low price per kilogram where the unit price is as usual:
then the weight is what changed.
The default share, a half, is that of OLAF's lowest acceptable prices: half of the cleaned average price (as told in
CJEU, C-213/19, Commission v United Kingdom). It tells which declarations to look at; it is nobody's customs value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from schemas.findings import Severity
from schemas.ports import EarlierGoods
from schemas.reference import ReferencePrice, counting
from validators.case import Case, Check
from validators.figures import KILOGRAM, Item, by_shipment, in_words, is_mass, item_at, shown, usually
from validators.found import Found
from validators.master_data import listed
from validators.origins import is_same_origin
from validators.robust import Spread, spread_of
from validators.units import canonical

_CLEARLY_BELOW = Decimal("0.9")
"""Of the lowest price before: weights and roundings of one price differ by less."""


@dataclass(frozen=True, slots=True)
class _Low:
    """A price below what is usual. `names` are the declared values that it is made of."""

    message: str
    severity: Severity
    names: tuple[str, ...]


def low_prices(case: Case, item: Item, earlier: Sequence[EarlierGoods]) -> Iterator[Found]:
    paid = [one for one in earlier if item.figures.currency and one.currency == item.figures.currency]
    unit, kilogram = _Price.per_unit(item, paid), _Price.per_kilogram(item, paid)
    kinds = (kilogram,) if is_mass(item.figures.unit) else (unit, kilogram)
    found = [low for price in kinds if (low := _low(case, item, price))]
    if found and unit in kinds and unit.is_known(case) and _low(case, item, unit) is None:
        found = [replace(low, severity="info") for low in found]
    if found:
        yield _undervalued(item, found)


@dataclass(frozen=True, slots=True)
class _Price:
    """A price of one kind: ours, what it usually is, per what, and the declared values that ours is made of."""

    ours: Decimal | None
    usual: Spread | None
    per: str
    names: tuple[str, ...]

    @classmethod
    def per_unit(cls, item: Item, earlier: Sequence[EarlierGoods]) -> _Price:
        unit = item.figures.unit
        usual = spread_of(by_shipment(earlier, lambda figures: figures.price_per(unit)))
        return cls(item.figures.price_per(unit), usual, f"per {in_words(unit)}", ("item_price", "quantity"))

    @classmethod
    def per_kilogram(cls, item: Item, earlier: Sequence[EarlierGoods]) -> _Price:
        usual = spread_of(by_shipment(earlier, lambda figures: figures.price_per_kilogram))
        return cls(item.figures.price_per_kilogram, usual, "per kilogram", ("item_price", "net_mass_kg"))

    def is_known(self, case: Case) -> bool:
        """Whether there is a price, and enough of the past to compare it with."""
        return self.ours is not None and self.usual is not None and self.usual.count >= case.tolerances.enough_history


def _low(case: Case, item: Item, price: _Price) -> _Low | None:
    ours, usual = price.ours, price.usual
    if ours is None or usual is None or not price.is_known(case):
        return None
    if ours >= usual.median * case.tolerances.low_price_share:
        return None
    grave = ours < usual.lowest * _CLEARLY_BELOW
    message = f"{shown(ours)} {item.figures.currency} {price.per}, {usually(usual)}"
    return _Low(message, "warning" if grave else "info", price.names)


def _undervalued(item: Item, lows: Sequence[_Low]) -> Found:
    """One finding for one item, however many of its prices are low."""
    cells = item.stated(*dict.fromkeys(name for low in lows for name in low.names))
    grave: Severity = "warning" if any(low.severity == "warning" for low in lows) else "info"
    told = "; ".join(low.message for low in lows)
    message = f"{cells[0].where}: the price is far below that of such goods: {told}"
    return Found("undervaluation", message, cells, "policy", grave)


def prices_are_not_below_the_reference(case: Case) -> Iterator[Found]:
    """Prices against the lowest usual ones that the user loaded, those of the longest code that fits.

    Without exchange rates only prices in the same currency can be compared.
    """
    rows = counting(case.references.reference_prices, case.as_of)
    for position in range(len(case.matched.items)) if rows else ():
        item = item_at(case, position)
        fitting = [row for row in rows if _fits(item, row)]
        longest = max((len(row.code) for row in fitting), default=0)
        lows = [low for row in fitting if len(row.code) == longest and (low := _below(case, item, row))]
        if lows:
            yield _undervalued(item, lows)


def _fits(item: Item, row: ReferencePrice) -> bool:
    code, origin = item.text("hs_code"), item.text("origin")
    made_there = row.origin is None or (origin is not None and is_same_origin(origin, row.origin))
    return code is not None and code.startswith(row.code) and made_there and row.currency == item.figures.currency


def _below(case: Case, item: Item, row: ReferencePrice) -> _Low | None:
    by_weight = canonical(row.unit) == KILOGRAM
    ours = item.figures.price_per_kilogram if by_weight else item.figures.price_per(row.unit)
    if ours is None or ours >= row.price:
        return None
    what = in_words(KILOGRAM if by_weight else row.unit)
    message = (
        f"{shown(ours)} {row.currency} per {what}, the reference price for {row.code} is {shown(row.price)} "
        f"({listed(case, 'reference_prices')}, line {row.line})"
    )
    return _Low(message, "warning", ("item_price", "net_mass_kg" if by_weight else "quantity"))


CHECKS = (Check(frozenset({"undervaluation"}), prices_are_not_below_the_reference),)
