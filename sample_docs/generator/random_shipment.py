"""Unlimited varied shipments for training and benchmarks: consistent, and the same for the same seed."""

from __future__ import annotations

import datetime as dt
import string
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from stdnum import iso6346

from sample_docs.generator import fonts
from sample_docs.generator.chance import Chance
from sample_docs.generator.companies import LANDS, Place, company
from sample_docs.generator.consignment import NOTHING, Certificate, Consignment, Look, Voyage
from sample_docs.generator.goods import Article, GoodsLine, articles
from sample_docs.generator.papers import truth_of
from sample_docs.generator.truth import Company, ShipmentTruth, Style
from sample_docs.layouts import ALL_LAYOUTS

_EXPORTERS: Final = {
    "en": ("IN", "VN", "TR", "TW", "MY", "BD", "PT", "IT", "PL", "CN", "GB", "US", "NL"),
    "de": ("DE", "AT", "CH"),
    "zh": ("CN",),
}
_IMPORTERS: Final = ("GB", "US", "NL", "CH", "NO", "JP", "AU", "AE", "TH", "MX", "DE")
_EUROPE: Final = frozenset(("DE", "AT", "CH", "PT", "IT", "PL", "GB", "NL", "NO"))
_UNION: Final = frozenset(("DE", "AT", "PT", "IT", "PL", "NL"))
_FORM_A: Final = frozenset(("VN", "BD", "IN"))
_DATES: Final = {"de": ("dmy_dot", "dmy_dot", "d_month_y", "iso"), "zh": ("zh", "iso", "mon_d_y")}
_ENGLISH_DATES: Final = ("iso", "dmy_slash", "dmy_dot", "d_mon_y", "mon_d_y")
_VARIANTS: Final = ("white", "black", "grey", "navy", "red", "green", "natural", "sand", "blue", "brown")
_ACCENTS: Final = ("#1f3a5f", "#7a1f2b", "#2c6e3f", "#444444", "#8c5a00", "#20486e", "#5b2a6e", "#000000")
_VESSELS: Final = (
    "MORNING GANNET",
    "SILVER CORMORANT",
    "NORTH SEA PLOVER",
    "CAPE SANDPIPER",
    "BALTIC AVOCET",
    "RED KNOT",
)
_CARRIERS: Final = ("Gannet Line", "Plover Ocean Services", "Avocet Container Carriers", "Sandpiper Shipping")
_HAULIERS: Final = ("Wiesenthal Transporte", "Crossland Haulage", "Transportes Ribeira", "Norrland Frakt")
_AIRLINES: Final = ("Kittiwake Air Cargo", "Merlin Freight Airways")
_PAYMENTS: Final = {
    "en": ("30 days net", "T/T in advance", "L/C at sight", "60 days from invoice date", "Cash against documents"),
    "de": ("30 Tage netto", "14 Tage 2 % Skonto, 30 Tage netto", "Vorauskasse"),
    "zh": ("T/T 30% deposit, balance before shipment", "L/C at sight", "O/A 45 days"),
}
_TERMS: Final = {
    "sea": ("FOB", "CFR", "CIF", "CIF", "CIP", "DAP", "FCA"),
    "air": ("FCA", "CPT", "CIP", "DAP"),
    "road": ("FCA", "CPT", "CIP", "DAP", "DAP"),
}
_TRAPS: Final = (
    "party_name_variants",
    "short_descriptions",
    "tonnes_on_transport_document",
    "line_order_differs",
    "consolidated_on_certificate",
)
_FIRST_DAY: Final = dt.date(2025, 1, 6)
_MOST_CERTIFICATE_LINES: Final = 7


@dataclass(frozen=True, slots=True)
class Wish:
    """What a random shipment should be like; None and "" leave it to chance.

    `layouts` restricts the choice to those names (to hold others back for a test), `level` is a rung of `damage.LADDER`
    for all papers, or `mixed`.
    """

    language: str = "en"
    mode: str = ""
    lines: int | None = None
    level: str = "digital"
    certificate: bool | None = None
    layouts: frozenset[str] = frozenset()


def random_shipment(seed: int, language: str = "en", *, wish: Wish | None = None) -> ShipmentTruth:
    """One consistent shipment. The same seed and wish give the same shipment.

    Raises:
        KeyError: a language without wording or exporters.
    """
    wanted = replace(wish or Wish(), language=language)
    return truth_of(random_consignment(wanted, Chance("random", seed, language)))


def random_consignment(wish: Wish, chance: Chance) -> Consignment:
    """The facts of a random shipment."""
    origin = chance.pick(_EXPORTERS[wish.language])
    goal = chance.pick([code for code in _IMPORTERS if code != origin])
    mode = wish.mode or _mode(origin, goal, chance)
    places = (chance.pick(LANDS[origin].places), chance.pick(LANDS[goal].places))
    exporter = company(origin, chance.branch("exporter"), place=places[0])
    consignee = company(goal, chance.branch("consignee"), place=places[1])
    goods = _goods(wish, origin, chance.branch("goods"))
    invoiced = _FIRST_DAY + dt.timedelta(days=chance.whole(0, 600))
    left = invoiced + dt.timedelta(days=chance.whole(2, 9))
    number = _document_number(exporter, invoiced, chance.branch("number"))
    term = chance.pick(_TERMS[mode])
    voyage = _voyage(mode, places, left, chance.branch("voyage"))
    certificate = _certificate(wish, (origin, goal), left, chance.branch("certificate"))
    facts = Consignment(
        id=f"R-{wish.language}-{chance.digits(6)}",
        exporter=exporter,
        consignee=consignee,
        notify=company(goal, chance.branch("notify")) if mode == "sea" and chance.happens(0.3) else None,
        goods=goods,
        currency=_currency(origin, goal, chance),
        invoice_number=number,
        invoice_date=invoiced,
        packing_number=chance.pick((number, f"{number}P", f"PL-{chance.digits(5)}")),
        packing_date=invoiced + dt.timedelta(days=chance.whole(0, 1)),
        purchase_order=f"{chance.pick(('PO ', '45000', 'B-', 'ORD-'))}{chance.digits(5)}",
        incoterm=term,
        incoterm_place=voyage.loading if term in {"FOB", "FCA"} else voyage.discharge,
        payment=chance.pick(_PAYMENTS[wish.language]),
        voyage=replace(voyage, freight_terms="collect" if term in {"FOB", "FCA"} else "prepaid"),
        marks=f"{consignee.name.split()[0].upper()} {voyage.discharge.upper()}",
        certificate=certificate,
        looks=_looks(wish, voyage, certificate, chance.branch("looks")),
        traps=_traps(goods, chance.branch("traps")),
    )
    return _charged(facts, chance.branch("charges"))


def _mode(origin: str, goal: str, chance: Chance) -> str:
    if origin in _EUROPE and goal in _EUROPE and chance.happens(0.6):
        return "road"
    return "sea" if chance.happens(0.72) else "air"


def _currency(origin: str, goal: str, chance: Chance) -> str:
    """The exporter's usual one, or the importer's where prices have cents."""
    return (
        LANDS[goal].currency
        if goal in {"GB", "US", "NL", "CH", "AU"} and chance.happens(0.3)
        else LANDS[origin].currency
    )


def _goods(wish: Wish, origin: str, chance: Chance) -> tuple[GoodsLine, ...]:
    """A few articles, each in so many variants that the wished number of lines comes out."""
    count = wish.lines or chance.pick((1, 2, 3, 3, 4, 5, 6, 8, 11, 16, 24))
    chosen = chance.some(list(articles().values()), min(count, chance.whole(2, _MOST_CERTIFICATE_LINES)))
    prefix = chance.pick(("", "A-", "KX", "70.", "M/"))
    suffix = chance.pick(("", "", "00", "10", "90"))
    third = chance.pick([code for code in LANDS if code != origin]) if chance.happens(0.12) else origin
    lines = []
    for at in range(count):
        article = chosen[at % len(chosen)]
        variant = _VARIANTS[at // len(chosen) % len(_VARIANTS)] if count > len(chosen) and wish.language != "de" else ""
        part = f"{prefix}{chance.digits(3)}{at:02d}"
        price = _price(article, chance)
        packages = max(1, int(chance.whole(300, 9000) / (float(article.price) * article.per_package)))
        lines.append(
            GoodsLine(article, packages, price, chance.pick((origin, third)), part, article.hs + suffix, variant)
        )
    return tuple(sorted(lines, key=lambda line: chosen.index(line.article)))


def _price(article: Article, chance: Chance) -> Decimal:
    """Near the article's usual price; three places below one unit of money."""
    unit = Decimal("0.001") if article.price < 1 else Decimal("0.01")
    return (article.price * chance.factor("0.82", "1.25")).quantize(unit)


def _document_number(exporter: Company, day: dt.date, chance: Chance) -> str:
    letters = "".join(word[0] for word in exporter.name.split()[:2])
    serial = chance.whole(11, 4999)
    return chance.pick((
        f"{letters}-{day:%y}-{serial:04d}", f"{serial:05d}/{day:%y}", f"INV{day:%y%m}{serial:04d}",
        f"{letters}/EX/{serial}", f"{day:%Y}{serial:05d}",
    ))  # fmt: skip


def _voyage(mode: str, places: tuple[Place, Place], day: dt.date, chance: Chance) -> Voyage:
    if mode == "air":
        serial = chance.digits(7)
        number = f"{chance.digits(3)}-{serial}{int(serial) % 7}"
        flight = f"{chance.pick(('KW', 'MF'))} {chance.digits(4)} / {day.day:02d}"
        town = places[0].port.upper()
        return Voyage(
            mode, "air_waybill", number, day, town, places[1].port.upper(), flight, chance.pick(_AIRLINES), town
        )
    if mode == "road":
        plate = f"{chance.pick(('HH', 'WN', 'PO'))}-{chance.digits(4)}"
        carrier = chance.pick(_HAULIERS)
        return Voyage(
            mode, "cmr", chance.digits(7), day, places[0].town, places[1].town, plate, carrier, places[0].port
        )
    owner = "".join(chance.pick(string.ascii_uppercase) for _ in range(3)) + "U" + chance.digits(6)
    return Voyage(
        mode,
        chance.pick(("bill_of_lading", "sea_waybill")),
        f"{owner[:4]}{chance.digits(8)}",
        day,
        places[0].port,
        places[1].port,
        f"{chance.pick(_VESSELS)} {chance.digits(3)}{chance.pick('EWNS')}",
        chance.pick(_CARRIERS),
        places[0].port,
        container=owner + iso6346.calc_check_digit(owner),
        seal=f"{owner[:2]}{chance.digits(6)}",
    )


def _certificate(wish: Wish, way: tuple[str, str], left: dt.date, chance: Chance) -> Certificate | None:
    """The form that goes with the two countries; often none."""
    if wish.certificate is False or (wish.certificate is None and chance.happens(0.35)):
        return None
    origin, goal = way
    form, issuer, criterion = "chamber", "Chamber of Commerce and Industry", ""
    if origin in _UNION and goal in {"CH", "NO"}:
        form, issuer = "eur1", "Zollamt" if origin in {"DE", "AT"} else "Customs Office"
    elif origin == "CN" and goal == "TH":
        form, issuer, criterion = "form_e", "Customs District", chance.pick(("PE", "CTH", "RVC 40%"))
    elif origin in _FORM_A and goal in {"JP", "AU"}:
        form, issuer, criterion = "form_a", "Export Promotion Office", chance.pick(("P", "W {hs}"))
    town = LANDS[origin].places[0].port
    day = left - dt.timedelta(days=chance.whole(0, 1))
    number = f"{chance.pick(('A', 'CO', origin))}{day:%y}{chance.digits(7)}"
    return Certificate(form, number, day, f"{issuer} {town}", town, criterion)


def _traps(goods: tuple[GoodsLine, ...], chance: Chance) -> frozenset[str]:
    chosen = {trap for trap in _TRAPS if chance.happens(0.3)}
    many = len(goods) > _MOST_CERTIFICATE_LINES
    return frozenset(chosen | ({"consolidated_on_certificate"} if many else set()))


def _charged(facts: Consignment, chance: Chance) -> Consignment:
    """Freight and insurance apart where the term includes them and the seller shows them; now and then a discount."""
    freight = facts.incoterm in {"CFR", "CPT", "CIF", "CIP"} and chance.happens(0.6)
    insured = freight and facts.incoterm in {"CIF", "CIP"}
    share = facts.subtotal * chance.factor("0.02", "0.06")
    return replace(
        facts,
        freight=share.quantize(Decimal(1)) + Decimal("0.00") if freight else NOTHING,
        insurance=(facts.subtotal * Decimal("0.0035")).quantize(Decimal("0.01")) if insured else NOTHING,
        discount=(facts.subtotal * Decimal("0.02")).quantize(Decimal("0.01")) if chance.happens(0.12) else NOTHING,
    )


def _looks(wish: Wish, voyage: Voyage, certificate: Certificate | None, chance: Chance) -> dict[str, Look]:
    house = _house_style(wish, chance)
    looks = {
        kind: _look(wish, kind, house, chance.branch(kind), form=None)
        for kind in ("commercial_invoice", "packing_list")
    }
    if certificate:
        looks["certificate_of_origin"] = _look(
            wish, "certificate_of_origin", house, chance.branch("certificate"), form=certificate.form
        )
    looks["transport_document"] = _look(
        wish, "transport_document", _carriers_style(wish, chance), chance.branch("transport"), form=voyage.form
    )
    return looks


def _house_style(wish: Wish, chance: Chance) -> Style:
    """The exporter's way of writing."""
    numbers = {"de": ("eu", "eu", "ch"), "zh": ("us",)}.get(wish.language, ("us", "us", "us", "eu", "bare"))
    return Style(
        language=wish.language,
        numbers=chance.pick(numbers),
        dates=chance.pick(_DATES.get(wish.language, _ENGLISH_DATES)),
        family=chance.pick(fonts.FAMILIES),
        accent=chance.pick(_ACCENTS),
        dotted_hs=chance.happens(0.6),
    )


def _carriers_style(wish: Wish, chance: Chance) -> Style:
    own = chance.branch("carrier")
    style = Style(
        language="de" if wish.language == "de" else "en",
        numbers="eu" if wish.language == "de" else "us",
        dates="dmy_dot" if wish.language == "de" else own.pick(_ENGLISH_DATES),
        family=own.pick(("sans", "serif", "narrow", "wide")),
        accent=own.pick(_ACCENTS),
    )
    return replace(style, weight_unit="TNE") if own.happens(0.1) else style


def _look(wish: Wish, kind: str, house: Style, chance: Chance, *, form: str | None) -> Look:
    """A layout that can draw this form in this language, in the house's style with choices of its own."""
    fitting = [one for one in ALL_LAYOUTS if one.kind == kind and one.form == form]
    allowed = [one for one in fitting if not wish.layouts or one.name in wish.layouts] or fitting
    spoken = [one for one in allowed if house.language in one.languages] or allowed
    layout = chance.pick(spoken)
    language = (
        house.language
        if house.language in layout.languages and kind in {"commercial_invoice", "packing_list"}
        else "en"
    )
    if layout.name in {"cmr", "eur1"} and house.language == "de":
        language = "de"
    dates = house.dates if language == house.language else chance.pick(_ENGLISH_DATES)
    numbers = house.numbers if language == house.language else "us"
    rules = chance.pick(("grid", "rows", "columns", "rows"))
    style = replace(house, language=language, dates=dates, numbers=numbers, rules=rules, seed=chance.whole(1, 10**6))
    level = (
        chance.pick(("digital", "scan_clean", "scan_degraded", "fax", "photo")) if wish.level == "mixed" else wish.level
    )
    stamped = ("security_background", "stamp") if kind == "certificate_of_origin" else ("stamp",) if form else ()
    return Look(layout.name, style, level, stamped if level != "digital" else ())
