"""Unlimited varied shipments for training and benchmarks: consistent, and the same for the same seed."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from stdnum import iso6346

from sample_docs.generator.agreements import certificate_for, way
from sample_docs.generator.chance import Chance
from sample_docs.generator.companies import LANDS, Place, company
from sample_docs.generator.consignment import NOTHING, STATED, Consignment, Voyage
from sample_docs.generator.faults import some_planted
from sample_docs.generator.goods import Article, GoodsLine, articles
from sample_docs.generator.looks import PoolLacksError, Wish, looks, transport_forms
from sample_docs.generator.papers import truth_of
from sample_docs.generator.truth import Company, ShipmentTruth
from sample_docs.generator.wear import worn
from sample_docs.layouts import BY_NAME

_EXPORTERS: Final = {
    "en": ("IN", "VN", "TR", "TW", "MY", "BD", "PT", "IT", "PL", "CN", "GB", "US", "NL"),
    "de": ("DE", "AT", "CH"),
    "zh": ("CN",),
    "fr": ("FR", "FR", "BE", "CH", "MA"),
    "es": ("ES", "ES", "MX", "CL"),
    "it": ("IT", "IT", "CH"),
}
_IMPORTERS: Final = ("GB", "US", "NL", "CH", "NO", "JP", "AU", "AE", "TH", "MX", "DE")
_EUROPE: Final = frozenset(("DE", "AT", "CH", "PT", "IT", "PL", "GB", "NL", "NO", "FR", "ES", "BE"))
_VARIANTS: Final = ("white", "black", "grey", "navy", "red", "green", "natural", "sand", "blue", "brown")
_SIGNS: Final = ("S", "M", "L", "XL", "RAL 9005", "RAL 7016", "A", "B", "C", "D")  # variants no language has a word for
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
    "fr": ("30 jours nets", "Virement à 45 jours fin de mois", "Paiement à réception de facture"),
    "es": ("30 días neto", "Transferencia a 60 días", "Pago anticipado"),
    "it": ("30 giorni netto", "Bonifico bancario 60 giorni f.m.", "Pagamento anticipato"),
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


def random_shipment(seed: int, language: str = "en", *, wish: Wish | None = None) -> ShipmentTruth:
    """One consistent shipment. The same seed and wish give the same shipment, another pool other facts.

    Raises:
        KeyError: a language without wording or exporters, or no such pool.
        PoolLacksError: the pool cannot draw what is wished for.
    """
    wanted = replace(wish or Wish(), language=language)
    pool = () if wanted.pool == "samples" else (wanted.pool,)
    chance = Chance("random", seed, language, *pool)
    truth = truth_of(random_consignment(wanted, chance))
    if wanted.faults:
        truth = some_planted(truth, chance.branch("faults"), wanted.faults)
    return worn(truth, wanted.worn, chance.branch("worn")) if wanted.worn else truth


def random_consignment(wish: Wish, chance: Chance) -> Consignment:
    """The facts of a random shipment."""
    usual = chance.pick(_EXPORTERS[wish.language])
    usual_goal = chance.pick([code for code in _IMPORTERS if code != usual])
    origin, goal = way(wish, (_EXPORTERS[wish.language], _IMPORTERS), (usual, usual_goal), chance.branch("way"))
    mode = _mode(wish, (origin, goal), chance)
    places = (chance.pick(LANDS[origin].places), chance.pick(LANDS[goal].places))
    exporter = company(origin, chance.branch("exporter"), place=places[0])
    consignee = company(goal, chance.branch("consignee"), place=places[1])
    goods = _goods(wish, origin, chance.branch("goods"))
    invoiced = _FIRST_DAY + dt.timedelta(days=chance.whole(0, 600))
    left = invoiced + dt.timedelta(days=chance.whole(2, 9))
    number = _document_number(exporter, invoiced, chance.branch("number"))
    term = chance.pick(_TERMS[mode])
    voyage = _voyage(mode, places, left, chance.branch("voyage"), forms=transport_forms(wish, mode))
    certificate = certificate_for(wish, (origin, goal), left, chance.branch("certificate"))
    if certificate:  # its form states one country of origin for all its goods
        goods = tuple(replace(line, origin=origin) for line in goods)
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
        looks=looks(wish, voyage, certificate, chance.branch("looks")),
        traps=_traps(goods, chance.branch("traps")),
    )
    return _charged(_stating(wish, facts, chance.branch("stated")), chance.branch("charges"))


def _stating(wish: Wish, facts: Consignment, chance: Chance) -> Consignment:
    """Now and then the invoice states more than the usual, where its layout has a place for it."""
    layout = BY_NAME[wish.pool, facts.looks["commercial_invoice"].layout]
    stated = frozenset(name for name in STATED if name in layout.prints and chance.happens(0.3))
    buyer = company(facts.consignee.country, chance.branch("buyer")) if "buyer" in stated else None
    charges = Decimal(chance.whole(15, 240)) + Decimal("0.00") if "other_charges" in stated else NOTHING
    return replace(facts, stated=stated, buyer=buyer, other_charges=charges)


def _mode(wish: Wish, way: tuple[str, str], chance: Chance) -> str:
    """The wished mode, or a usual one that the pool has a transport document for.

    Raises:
        PoolLacksError: the pool has none for the wished mode, or none at all.
    """
    usual = wish.mode or _usual_mode(*way, chance)
    if transport_forms(wish, usual):
        return usual
    others = [] if wish.mode else [mode for mode in _TERMS if transport_forms(wish, mode)]
    if not others:
        raise PoolLacksError(f"the pool {wish.pool} has no transport document by {usual}; wish for another mode")
    return chance.branch("mode").pick(others)


def _usual_mode(origin: str, goal: str, chance: Chance) -> str:
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
        variant = _variant(wish.language, at // len(chosen)) if count > len(chosen) else ""
        part = f"{prefix}{chance.digits(3)}{at:02d}"
        price = _price(article, chance)
        packages = max(1, int(chance.whole(300, 9000) / (float(article.price) * article.per_package)))
        lines.append(
            GoodsLine(article, packages, price, chance.pick((origin, third)), part, article.hs + suffix, variant)
        )
    return tuple(sorted(lines, key=lambda line: chosen.index(line.article)))


def _variant(language: str, at: int) -> str:
    words = {"de": ("",), "en": _VARIANTS, "zh": _VARIANTS}.get(language, _SIGNS)
    return words[at % len(words)]


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


def _voyage(mode: str, places: tuple[Place, Place], day: dt.date, chance: Chance, *, forms: Sequence[str]) -> Voyage:
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
        chance.pick(forms),
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
