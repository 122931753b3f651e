"""How each country values, converts, rounds and taxes imports: the dated rules of `codes/jurisdictions.toml`.

A rule that is not there is not known, and nothing takes its place.
"""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final, Literal, TypeVar

from schemas.values import Amount, CurrencyCode, Frozen, lies_within

Basis = Literal["CIF", "FOB"]
VatBasePart = Literal["duty", "other_taxes", "incidental", "freight_and_insurance"]
RateDay = Literal["acceptance", "acceptance_month", "penultimate_wednesday", "third_wednesday", "export"]


class Rule(Frozen):
    """A rule in force from one day to another, both included. `certain` is False where no legal text was seen."""

    valid_from: dt.date
    valid_until: dt.date | None = None
    source: str
    certain: bool = True


class ValuationRule(Rule):
    """Whether the customs value takes in freight and insurance up to the border (CIF) or not (FOB).

    `adds_origin_costs`: a FOB value takes in the way to the port of export where the price leaves it out.
    """

    basis: Basis
    adds_origin_costs: bool = True


class RoundingStep(Frozen):
    """To multiples of `step`; `down` cuts off, `half_up` takes the nearer and the larger of two equally near."""

    step: Amount
    mode: Literal["down", "half_up"]


class RoundingRule(Rule):
    value: RoundingStep
    tax: RoundingStep


class ExchangeRule(Rule):
    """The day whose published rate converts, and whose publication it is."""

    day: RateDay
    publisher: str


class VatRule(Rule):
    """Value added tax, or goods and services tax, at import.

    Its base is the customs value, `uplift_percent` more, and the parts named. `rate` is the standard one, in percent;
    None where each member has its own. `depends_on_goods` are chapters whose goods may have another rate.
    """

    name: str
    tax_type: str
    base: tuple[VatBasePart, ...]
    rate: Amount | None = None
    uplift_percent: Amount = Decimal(0)
    depends_on_goods: tuple[str, ...] = ()


class LowValueRule(Rule):
    """Relief of a consignment whose goods are worth no more than `limit`, claimed by the procedure code `code`.

    With `flat_duty_per_item` that amount is due for each kind of goods instead of the tariff's duty. `excluded` are
    goods it is not for. `vat_is_paid`: VAT was collected where the goods were sold, and is not due at import.
    """

    limit: Amount
    currency: CurrencyCode
    code: str | None = None
    flat_duty_per_item: Amount | None = None
    excluded: tuple[str, ...] = ()
    vat_is_paid: bool = False


class Jurisdiction(Frozen):
    """A customs territory with its rules, oldest first. `code` is ISO 3166-1 alpha-2, or EU for the Union as such.

    `levies_vat` is False where there is no such tax at import; else no rule means that it is not known.
    `not_computed` names what else may be due.
    """

    code: str
    name: str
    currency: CurrencyCode
    union: str | None = None
    levies_vat: bool = True
    not_computed: str = ""
    members: tuple[str, ...] = ()
    valuation: tuple[ValuationRule, ...] = ()
    rounding: tuple[RoundingRule, ...] = ()
    exchange: tuple[ExchangeRule, ...] = ()
    vat: tuple[VatRule, ...] = ()
    low_value: tuple[LowValueRule, ...] = ()


R = TypeVar("R", bound=Rule)
_RULES: Final = ("valuation", "rounding", "exchange", "vat", "low_value")
_EURO_SINCE: Final = {"BG": dt.date(2026, 1, 1), "HR": dt.date(2023, 1, 1)}
"""Members whose currency became the euro after these tables begin; before that day their values are not computed."""


def in_force(rules: Iterable[R], day: dt.date) -> R | None:
    """The rule of that day, None where there is none."""
    found = [one for one in rules if lies_within(day, one.valid_from, one.valid_until)]
    return max(found, key=lambda one: one.valid_from, default=None)


def jurisdiction(code: str | None) -> Jurisdiction | None:
    """The rules of a country by its ISO code, those of its union where it has none of its own; None if not known."""
    return _jurisdictions().get(code or "")


def valuation_basis(code: str | None, day: dt.date) -> Basis | None:
    """What that country's customs values include on that day; None where it is not known."""
    found = jurisdiction(code)
    rule = in_force(found.valuation, day) if found else None
    return rule.basis if rule else None


def has_its_currency(code: str, day: dt.date) -> bool:
    """Whether the currency in the tables is already that of the country on that day."""
    return day >= _EURO_SINCE.get(code, dt.date.min)


def within(code: str, ranges: Sequence[str]) -> bool:
    """Whether a code of goods lies in one of the ranges: "49", "01-21", "2203-2208", ends included."""
    return any(_is_within(code, one) for one in ranges)


def _is_within(code: str, span: str) -> bool:
    first, _, last = span.partition("-")
    return first <= code[: len(first)] <= (last or first)


@cache
def _jurisdictions() -> Mapping[str, Jurisdiction]:
    tables = tomllib.loads(_text("jurisdictions.toml"))
    unions = {code: _built(code, table, {}) for code, table in tables.items() if "members" in table}
    found: dict[str, Jurisdiction] = {}
    for code, table in tables.items():
        found[code] = _built(code, table, tables.get(table.get("union", ""), {}))
    for union in unions.values():
        for member in union.members:
            found[member] = _with_vat(found.get(member) or _built(member, {"union": union.code}, tables[union.code]))
    return found


def _built(code: str, table: Mapping[str, object], union: Mapping[str, object]) -> Jurisdiction:
    """A country's own rules, with those of its union for every kind that it has none of."""
    inherited = {name: union[name] for name in (*_RULES, "currency", "name", "not_computed") if name in union}
    whole = {"code": code, "name": code, **inherited, **table}
    return Jurisdiction.model_validate(whole, strict=False)


def _with_vat(member: Jurisdiction) -> Jurisdiction:
    """The union's rule on the base with each of the member's own standard rates in turn."""
    [rule] = member.vat
    rates = [
        (dt.date.fromisoformat(day), Decimal(rate)) for country, day, rate in _vat_rates() if country == member.code
    ]
    dated = tuple(rule.model_copy(update={"rate": rate, "valid_from": day}) for day, rate in rates)
    return member.model_copy(update={"vat": dated})


def _vat_rates() -> list[list[str]]:
    """Rows of country, first day, and rate in percent."""
    rows = [line for line in _text("vat_rates.csv").splitlines() if line and not line.startswith("#")]
    return list(csv.reader(rows))[1:]


def _text(name: str) -> str:
    return files("schemas.codes").joinpath(name).read_text(encoding="utf-8")
