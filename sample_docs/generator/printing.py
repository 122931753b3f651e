"""Normal values as a paper of some country and style prints them. To add a style of numbers or dates, add one entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.truth import Style
from sample_docs.languages import Wording, wording

NUMBERS: Final = {"us": (",", "."), "eu": (".", ","), "fr": ("\u00a0", ","), "ch": ("'", "."), "bare": ("", ".")}
DATES: Final[dict[str, Callable[[dt.date, Wording], str]]] = {
    "iso": lambda day, _: day.isoformat(),
    "dmy_slash": lambda day, _: f"{day:%d/%m/%Y}",
    "dmy_dot": lambda day, _: f"{day:%d.%m.%Y}",
    "dmy_dash": lambda day, _: f"{day:%d-%m-%Y}",
    "mdy_slash": lambda day, _: f"{day:%m/%d/%Y}",
    "d_mon_y": lambda day, words: f"{day.day:02d} {words.months[day.month - 1][:3]} {day.year}",
    "d_month_y": lambda day, words: f"{day.day}. {words.months[day.month - 1]} {day.year}",
    "d_month_y_plain": lambda day, words: f"{day.day} {words.months[day.month - 1]} {day.year}",
    "d_de_month_y": lambda day, words: f"{day.day} de {words.months[day.month - 1]} de {day.year}",
    "mon_d_y": lambda day, words: f"{words.months[day.month - 1][:3].upper()}. {day.day:02d}, {day.year}",
    "zh": lambda day, _: f"{day.year}年{day.month}月{day.day}日",
}
_DATE_FIELDS: Final = {"date", "invoice_date", "shipped_on_board_date", "arrival_date"}
_MONEY_FIELDS: Final = {
    "total_amount", "subtotal", "freight", "insurance", "discount", "other_charges", "amount", "unit_price"
}  # fmt: skip
_NUMBER_FIELDS: Final = {
    "price_basis",
    "quantity",
    "packages",
    "net_weight_kg",
    "gross_weight_kg",
    "volume_m3",
} | _MONEY_FIELDS
_COUNTRY_FIELDS: Final = {"country_of_origin", "country_of_dispatch", "country_of_destination", "origin"}
_KILOGRAMS_PER_TONNE: Final = Decimal(1000)


def number(value: str, style: Style) -> str:
    """A plain decimal with the style's separators; as many places as it has."""
    thousands, point = NUMBERS[style.numbers]
    return f"{Decimal(value):,f}".replace(",", "\0").replace(".", point).replace("\0", thousands)


def date(value: str, style: Style) -> str:
    return DATES[style.dates](dt.date.fromisoformat(value), wording(style.language))


def label(key: str, style: Style) -> str:
    """One of the language's words for it, the same one all over the paper; English where the language has none."""
    options = wording(style.language).labels.get(key) or wording("en").labels[key]
    return Chance(style.seed, "label", key).pick(options)


def country(code: str, style: Style) -> str:
    words = wording(style.language)
    return words.countries.get(code) or wording("en").countries[code]


def unit(code: str, style: Style) -> str:
    return Chance(style.seed, "unit", code).pick(wording(style.language).units[code])


def package_kind(code: str, style: Style) -> str:
    return Chance(style.seed, "package", code).pick(wording(style.language).packages[code])


def weight(value: str, style: Style) -> str:
    """A weight with its unit, in tonnes where the style says so."""
    if style.weight_unit == "TNE":
        tonnes = (Decimal(value) / _KILOGRAMS_PER_TONNE).quantize(Decimal("0.00001")).normalize()
        return f"{number(f'{tonnes:f}', style)} MT"
    return f"{number(value, style)} {kilograms(style)}"


def kilograms(style: Style) -> str:
    """The paper's word for kilograms."""
    return Chance(style.seed, "kilogram").pick(wording(style.language).kilograms)


def hs_code(value: str, style: Style) -> str:
    """As 8481.80.11 or without dots."""
    if not style.dotted_hs:
        return value
    return ".".join(part for part in (value[:4], value[4:6], value[6:8], value[8:]) if part)


def printed(name: str, value: str, style: Style) -> str:
    """A field or cell of that name in the paper's style."""
    if name in _DATE_FIELDS:
        return date(value, style)
    if name in _NUMBER_FIELDS:
        return number(value, style)
    if name in _COUNTRY_FIELDS:
        return country(value, style)
    return _coded(name, value, style)


def _coded(name: str, value: str, style: Style) -> str:
    if name == "unit":
        return unit(value, style)
    if name == "package_kind":
        return package_kind(value, style)
    if name == "hs_code":
        return hs_code(value, style)
    if name == "freight_terms":
        return label(f"freight_{value}", style)
    return value
