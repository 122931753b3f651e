"""What earlier shipments say of this one: signs for a person. Only low prices and certificates used twice hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from schemas.findings import FindingCode
from schemas.ports import EarlierGoods
from validators.case import Case, Check
from validators.checks.prices import low_prices
from validators.figures import Item, by_shipment, in_words, item_at, shown, usually
from validators.found import Found
from validators.goods import same_code
from validators.master_data import named
from validators.origins import is_same_origin
from validators.papers import Cell
from validators.robust import spread_of
from validators.same_goods import KnownGoods
from validators.sellers import claimed_by, seller_of
from validators.standing import importers

_NOTABLE_WEIGHT = Decimal("0.25")
"""Share of the usual kilograms per unit from which another weight is told: packing and rounding stay below it."""

_SINGLE_USE = frozenset({"form_a", "eur1", "eur_med", "atr", "form_e", "form_d", "rcep", "chafta", "chamber"})
"""Certificates issued for one consignment each. USMCA, CPTPP, statements on origin and invoice declarations may cover
many of up to a year (USMCA art. 5.2, CPTPP art. 3.20, EU-UK TCA art. ORIG.19); their numbers may recur."""


def goods_are_as_before(case: Case) -> Iterator[Found]:
    """Prices, weights, codes and origins against the same goods of the same exporter in earlier shipments."""
    known: dict[str, KnownGoods[EarlierGoods]] = {}
    for position, goods in enumerate(case.matched.items):
        exporter = seller_of(case.papers, case.papers.at(goods.lines[0].document))
        if exporter is None:
            continue
        name = exporter.value.name
        if name not in known:
            known[name] = KnownGoods(case.earlier.goods_of(name))
        earlier = [one for one in known[name].like(named(goods)) if one.reference != case.reference]
        if earlier:
            yield from _against(case, item_at(case, position), earlier)


def _against(case: Case, item: Item, earlier: Sequence[EarlierGoods]) -> Iterator[Found]:
    yield from low_prices(case, item, earlier)
    yield from _weight(case, item, earlier)
    yield from _last_time(item, earlier)


def _weight(case: Case, item: Item, earlier: Sequence[EarlierGoods]) -> Iterator[Found]:
    """Kilograms per unit, against earlier shipments of the article: worth knowing only."""
    unit = item.figures.unit
    ours = item.figures.kilograms_per(unit)
    usual = spread_of(by_shipment(earlier, lambda figures: figures.kilograms_per(unit)))
    if ours is None or usual is None or usual.count < case.tolerances.enough_history:
        return
    if abs(ours - usual.median) > usual.median * _NOTABLE_WEIGHT and usual.is_outlier(ours):
        cells = item.stated("net_mass_kg", "quantity")
        message = f"{cells[0].where}: {shown(ours)} kg per {in_words(unit)}, {usually(usual)}"
        yield Found("net_weight_mismatch", message, cells, "policy", "info")


def _last_time(item: Item, earlier: Sequence[EarlierGoods]) -> Iterator[Found]:
    """Another code or origin than last time."""
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
        if known_by := claimed_by(case.papers, paper):
            number, exporter = known_by
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
    Check(frozenset({"certificate_reference"}), certificates_are_used_once),
    Check(frozenset({"exporter_mismatch", "consignee_mismatch"}), parties_are_known),
)
