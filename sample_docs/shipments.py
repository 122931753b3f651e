"""The committed shipments, from the facts in `shipments.toml`."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeAlias, cast

from sample_docs.generator.chance import Chance
from sample_docs.generator.consignment import Certificate, Consignment, Look, Voyage
from sample_docs.generator.faults import plant
from sample_docs.generator.goods import GoodsLine, articles
from sample_docs.generator.papers import truth_of
from sample_docs.generator.truth import Company, ShipmentTruth, Style

_FACTS: Final = Path(__file__).parent / "shipments.toml"
_MODES: Final = {"bill_of_lading": "sea", "sea_waybill": "sea", "air_waybill": "air", "cmr": "road"}
Facts: TypeAlias = Mapping[str, "str | int | list[str] | list[list[str | int]] | Facts"]


def all_facts() -> dict[str, Facts]:
    """The raw facts by shipment id."""
    return cast("dict[str, Facts]", tomllib.loads(_FACTS.read_text(encoding="utf-8")))


def shipments() -> list[ShipmentTruth]:
    """All committed shipments, faults planted, not yet drawn."""
    return [shipment(name, facts) for name, facts in all_facts().items()]


def shipment(name: str, facts: Facts) -> ShipmentTruth:
    truth = truth_of(_consignment(name, facts))
    for code, where in _pairs(facts.get("faults", [])):
        truth = plant(truth, code, 1, where=where)
    return replace(truth, packaging=_text(facts, "packaging"), file_names=_texts(facts["names"]))


def _consignment(name: str, facts: Facts) -> Consignment:
    charges = {key: Decimal(amount) for key, amount in _texts(facts.get("charges", {})).items()}
    invoice, packing, terms = (_list(facts, key) for key in ("invoice", "packing", "terms"))
    return Consignment(
        id=name,
        exporter=Company(**_texts(facts["exporter"])),
        consignee=Company(**_texts(facts["consignee"])),
        notify=Company(**_texts(facts["notify"])) if "notify" in facts else None,
        goods=tuple(_goods(name, facts)),
        currency=_text(facts, "currency"),
        invoice_number=invoice[0],
        invoice_date=dt.date.fromisoformat(invoice[1]),
        packing_number=packing[0],
        packing_date=dt.date.fromisoformat(packing[1]),
        purchase_order=_text(facts, "order"),
        incoterm=terms[0],
        incoterm_place=terms[1],
        payment=terms[2],
        voyage=_voyage(_texts(facts["voyage"])),
        looks=_looks(facts),
        marks=_text(facts, "marks"),
        certificate=_certificate(_texts(facts["certificate"])) if "certificate" in facts else None,
        discount=Decimal(_text(facts, "discount") or 0),
        bank=_text(facts, "bank"),
        buyer=None,
        stated=frozenset(),
        traps=frozenset(_list(facts, "traps")),
        **charges,
    )


def _goods(name: str, facts: Facts) -> list[GoodsLine]:
    rows = cast("list[tuple[str, int, str, str]]", facts["goods"])
    chance = Chance(name, "articles")
    prefix = chance.pick(("A", "KX-", "M", "70-", "R"))
    origin = _text(facts, "origin")
    return [
        GoodsLine(
            articles()[key],
            packages,
            Decimal(price),
            origin,
            f"{prefix}{chance.digits(4)}",
            articles()[key].hs,
            variant,
        )
        for key, packages, price, variant in rows
    ]


def _voyage(facts: Mapping[str, str]) -> Voyage:
    fields = {key: text for key, text in facts.items() if key != "date"}
    return Voyage(mode=_MODES[facts["form"]], date=dt.date.fromisoformat(facts["date"]), **fields)


def _certificate(facts: Mapping[str, str]) -> Certificate:
    fields = {key: text for key, text in facts.items() if key != "date"}
    return Certificate(date=dt.date.fromisoformat(facts["date"]), **fields)


def _looks(facts: Facts) -> dict[str, Look]:
    shared = cast("dict[str, str]", facts["style"])
    looks = {}
    for kind, given in cast("dict[str, dict[str, str]]", facts["look"]).items():
        own = {key: value for key, value in given.items() if key not in {"layout", "level", "effects"}}
        style = replace(Style(), **{**shared, **own})  # type: ignore[arg-type]  # seed is a number, checked by use
        looks[kind] = Look(given["layout"], style, given.get("level", "digital"), tuple(given.get("effects", ())))
    return looks


def _text(facts: Facts, key: str) -> str:
    return cast("str", facts.get(key, ""))


def _list(facts: Facts, key: str) -> list[str]:
    return cast("list[str]", facts.get(key, []))


def _texts(value: object) -> dict[str, str]:
    return cast("dict[str, str]", value)


def _pairs(value: object) -> list[tuple[str, str]]:
    return cast("list[tuple[str, str]]", value)
