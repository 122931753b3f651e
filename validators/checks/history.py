"""What earlier shipments and reference prices say of this one: signs for a person, never a value to declare.

Prices (rows 20 and 21 of the trade's usual checks; US CBP ACE validation 27D, value against quantity out of range for
the code): the unit price and the price per kilogram of an item are set against the median of the same goods of the
same exporter, one figure for each earlier shipment. Below the set share of the median, below everything cleared before
and an outlier by `validators.robust` is `undervaluation` as a warning; what fails one of the latter two is told only.
The default share, a half, is that of OLAF's lowest acceptable prices: half of the cleaned average price (as told in
CJEU, C-213/19, Commission v United Kingdom). It tells which declarations to look at; it is nobody's customs value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.findings import FindingCode, Severity
from schemas.ports import EarlierGoods
from schemas.reference import ReferencePrice, counting
from validators.case import Case, Check
from validators.figures import KILOGRAM, Figures, Item, by_shipment, item_at, shown
from validators.found import Found
from validators.goods import same_code
from validators.master_data import exporter_of, listed, named
from validators.origins import is_same_origin
from validators.papers import Cell
from validators.robust import Spread, spread_of
from validators.same_goods import KnownGoods, Named
from validators.standing import importers
from validators.units import canonical

_NOTABLE_WEIGHT = Decimal("0.25")
"""Share of the usual kilograms per unit from which another weight is told: packing and rounding stay below it."""

_SINGLE_USE = frozenset({"form_a", "eur1", "eur_med", "atr", "form_e", "form_d", "rcep", "chafta", "chamber"})
"""Certificates issued for one consignment each. USMCA, CPTPP, statements on origin and invoice declarations may cover
many of up to a year (USMCA art. 5.2, CPTPP art. 3.20, EU-UK TCA art. ORIG.19); their numbers may recur."""


def _unit_price(unit: str | None) -> Callable[[Figures], Decimal | None]:
    return lambda figures: figures.price_per(unit)


def _kilogram_price(figures: Figures) -> Decimal | None:
    return figures.price_per_kilogram


@dataclass(frozen=True, slots=True)
class _Low:
    """A price below what is usual. `names` are the declared values that it is made of."""

    message: str
    severity: Severity
    names: tuple[str, ...]


def goods_are_as_before(case: Case) -> Iterator[Found]:
    """Prices, weights, codes and origins against the same goods of the same exporter in earlier shipments."""
    known: dict[str, KnownGoods[EarlierGoods]] = {}
    for position, goods in enumerate(case.matched.items):
        exporter = exporter_of(case, goods.lines[0])
        if exporter is None:
            continue
        name = exporter.value.name
        if name not in known:
            known[name] = KnownGoods(case.earlier.goods_of(name), _named)
        earlier = [one for one in known[name].like(named(goods)) if one.reference != case.reference]
        if earlier:
            yield from _against(case, item_at(case, position), earlier)


def _named(earlier: EarlierGoods) -> Named:
    return Named(earlier.part_number, earlier.description, earlier.hs_code)


def _against(case: Case, item: Item, earlier: Sequence[EarlierGoods]) -> Iterator[Found]:
    yield from _prices(case, item, earlier)
    yield from _weight(case, item, earlier)
    yield from _last_time(item, earlier)


def _prices(case: Case, item: Item, earlier: Sequence[EarlierGoods]) -> Iterator[Found]:
    paid = [one for one in earlier if item.figures.currency and one.currency == item.figures.currency]
    unit = item.figures.unit
    found = [
        low
        for price, what, names in (
            (_unit_price(unit), f"per {unit}", ("item_price", "quantity")),
            (_kilogram_price, "per kilogram", ("item_price", "net_mass_kg")),
        )
        if (low := _low(case, item, price=price, earlier=paid, what=what, names=names))
    ]
    if found:
        yield _undervalued(item, found)


def _low(
    case: Case,
    item: Item,
    *,
    price: Callable[[Figures], Decimal | None],
    earlier: Sequence[EarlierGoods],
    what: str,
    names: tuple[str, ...],
) -> _Low | None:
    ours, usual = price(item.figures), spread_of(by_shipment(earlier, price))
    if ours is None or usual is None or usual.count < case.tolerances.enough_history:
        return None
    if ours >= usual.median * case.tolerances.low_price_share:
        return None
    grave = ours < usual.lowest and usual.is_outlier(ours)
    message = f"{shown(ours)} {item.figures.currency} {what}, {_usual(usual)}"
    return _Low(message, "warning" if grave else "info", names)


def _usual(usual: Spread) -> str:
    return (
        f"usually {shown(usual.median)} (the median of {usual.count} earlier shipments, "
        f"{shown(usual.lowest)} to {shown(usual.highest)})"
    )


def _undervalued(item: Item, lows: Sequence[_Low]) -> Found:
    """One finding for one item, however many of its prices are low."""
    cells = item.stated(*dict.fromkeys(name for low in lows for name in low.names))
    grave: Severity = "warning" if any(low.severity == "warning" for low in lows) else "info"
    told = "; ".join(low.message for low in lows)
    message = f"{cells[0].where}: the price is far below that of such goods: {told}"
    return Found("undervaluation", message, cells, "policy", grave)


def _weight(case: Case, item: Item, earlier: Sequence[EarlierGoods]) -> Iterator[Found]:
    """Kilograms per unit (row 40: plausible against earlier shipments of the article; told only)."""
    unit = item.figures.unit
    ours = item.figures.kilograms_per(unit)
    usual = spread_of(by_shipment(earlier, lambda figures: figures.kilograms_per(unit)))
    if ours is None or usual is None or usual.count < case.tolerances.enough_history:
        return
    if abs(ours - usual.median) > usual.median * _NOTABLE_WEIGHT and usual.is_outlier(ours):
        cells = item.stated("net_mass_kg", "quantity")
        message = f"{cells[0].where}: {shown(ours)} kg per {unit}, {_usual(usual)}"
        yield Found("net_weight_mismatch", message, cells, "policy", "info")


def _last_time(item: Item, earlier: Sequence[EarlierGoods]) -> Iterator[Found]:
    """Another code or origin than last time (row 47: the same article declared under another code before)."""
    code, origin = item.first("hs_code"), item.first("origin")
    coded = next((one for one in earlier if one.hs_code), None)
    made = next((one for one in earlier if one.origin), None)
    if code is not None and coded is not None and same_code(code.shown, coded.hs_code) is False:
        message = f"{code.where}: tariff code {code.shown}; {_before(coded)} these goods had {coded.hs_code}"
        yield Found("hs_mismatch", message, (code,), "policy", "info")
    if origin is not None and made is not None and not is_same_origin(origin.shown, made.origin or ""):
        message = f"{origin.where}: origin {origin.shown}; {_before(made)} these goods were of origin {made.origin}"
        yield Found("origin_mismatch", message, (origin,), "policy", "info")


def _before(one: EarlierGoods) -> str:
    return f"last time ({one.reference} of {one.as_of})"


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
    what = "kilogram" if by_weight else row.unit
    message = (
        f"{shown(ours)} {row.currency} per {what}, the reference price for {row.code} is {shown(row.price)} "
        f"({listed(case, 'reference_prices')}, line {row.line})"
    )
    return _Low(message, "warning", ("item_price", "net_mass_kg" if by_weight else "quantity"))


def certificates_are_used_once(case: Case) -> Iterator[Found]:
    """A certificate made out for one consignment that came with another shipment before.

    It is `certificate_reference`: the question is whose goods the certificate is for. A warning, as goods may come in
    instalments under one certificate (Pan-Euro-Mediterranean Convention, appendix I, importation by instalments).
    """
    twice = set(_same_invoice(case))
    for paper in case.papers.of("certificate_of_origin"):
        number = paper.text("number")
        if number is None or paper.form not in _SINGLE_USE:
            continue
        earlier = [one for one in case.earlier.with_certificate(number.value, paper.form) if one not in twice]
        if earlier:
            message = f"{number.where}: certificate {number.shown} came with an earlier shipment: {', '.join(earlier)}"
            yield Found("certificate_reference", message, (number,), "policy")


def _same_invoice(case: Case) -> Iterator[str]:
    """Shipments that carry this one's invoice: they are told as such, and naturally have its certificate too."""
    yield case.reference
    for paper in case.papers.of("commercial_invoice"):
        number, exporter = paper.text("number"), paper.party("exporter")
        if number is not None and exporter is not None:
            yield from case.earlier.with_invoice(exporter.value.name, number.value)


def parties_are_known(case: Case) -> Iterator[Found]:
    """A party of no earlier shipment is worth knowing, and nothing more."""
    sellers = case.papers.parties("exporter", "commercial_invoice")
    for cell in sellers:
        yield from _new(case, "exporter_mismatch", "exporter", cell)
    for importer in importers(case.matched)[:1]:
        yield from _new(case, "consignee_mismatch", "importer", importer)


def _new(case: Case, code: FindingCode, role: str, cell: Cell[object]) -> Iterator[Found]:
    if not case.earlier.knows_party(cell.shown):
        message = f"{cell.where}: the {role} {cell.shown} is new: no earlier shipment names this party"
        yield Found(code, message, (cell,), "policy", "info")


CHECKS = (
    Check(frozenset({"undervaluation", "net_weight_mismatch", "hs_mismatch", "origin_mismatch"}), goods_are_as_before),
    Check(frozenset({"undervaluation"}), prices_are_not_below_the_reference),
    Check(frozenset({"certificate_reference"}), certificates_are_used_once),
    Check(frozenset({"exporter_mismatch", "consignee_mismatch"}), parties_are_known),
)
