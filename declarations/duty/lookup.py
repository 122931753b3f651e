"""Which line of a tariff holds for goods, origin, claim and day; and what more is charged beside the duty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from declarations.duty.tariff_files import CET, TRADE_REMEDY
from declarations.errors import TariffSilent
from schemas.jurisdictions import jurisdiction
from schemas.tariffs import IMPORT_DUTY, NORMAL, Tariff, TariffLine

HARMONISED = 6
SHORTEST = 4
"""Digits; no tariff has rates for whole chapters but in its own words."""


@dataclass(frozen=True, slots=True)
class Goods:
    """What a rate depends on. `origin` is the country of origin, None where it is not known."""

    code: str
    origin: str | None = None
    day: dt.date | None = None
    additional_code: str = ""


def normal_rate(tariff: Tariff, goods: Goods) -> TariffLine:
    """The rate that needs no proof of origin; raises `TariffSilent` where no single one holds."""
    lines = [one for one in _lines(tariff, goods) if one.preference == NORMAL and one.tax_type == IMPORT_DUTY]
    fit = [one for one in lines if not one.end_use and _is_of(tariff, one, goods.origin)]
    own = [one for one in fit if one.origin] or fit
    if not own:
        raise TariffSilent(f"the tariff has no normal rate for {goods.code}")
    return _single(own, goods)


def claimed_rate(
    tariff: Tariff, goods: Goods, preference: str | None = None, *, proof: str | None = None
) -> TariffLine | None:
    """The preferential rate for that origin, under that code or by that proof if one is named; None if there is none.

    Quotas, suspensions and end-use (codes 115, 320 and the like) are given only to whom claims them by their code.
    Raises `TariffSilent` where several hold that differ, as which agreement is claimed is not known then.
    """
    lines = [one for one in _lines(tariff, goods) if one.tax_type == IMPORT_DUTY and one.preference != NORMAL]
    fit = [
        one
        for one in lines
        if (one.origin or preference)
        and not one.end_use
        and _is_of(tariff, one, goods.origin)
        and (preference == one.preference if preference else not _needs_more_than_proof(one.preference))
        and (proof is None or not one.proofs or proof in one.proofs)
    ]
    return _single(fit, goods) if fit else None


def _needs_more_than_proof(preference: str) -> bool:
    """Codes of three digits end in 00 where origin alone decides (Delegated Regulation 2015/2446, annex B, 14 11)."""
    return preference.isdigit() and len(preference) == len(NORMAL) and not preference.endswith("00")


def end_use_rate(tariff: Tariff, goods: Goods) -> TariffLine | None:
    """The rate for an authorised use, for goods of that origin; None where the tariff has none."""
    fit = [
        one
        for one in _lines(tariff, goods)
        if one.end_use and one.tax_type == IMPORT_DUTY and _is_of(tariff, one, goods.origin)
    ]
    return _single(fit, goods) if fit else None


def additional_duties(tariff: Tariff, goods: Goods) -> tuple[TariffLine, ...]:
    """Duties charged beside the import duty on goods of that origin, whatever is claimed (A20, A30 …).

    Raises `TariffSilent` where a duty depends on the maker's additional code and none is declared.
    """
    charged = [
        one for one in _lines(tariff, goods) if one.tax_type != IMPORT_DUTY and _is_of(tariff, one, goods.origin)
    ]
    open_ones = {one.tax_type for one in charged if one.additional_code} if not goods.additional_code else set()
    if open_ones:
        kinds = ", ".join(sorted(open_ones))
        raise TariffSilent(f"{kinds} on {goods.code} from {goods.origin} depends on the maker's additional code")
    return tuple(one for one in charged if one.additional_code in ("", goods.additional_code))


def _is_of(tariff: Tariff, line: TariffLine, origin: str | None) -> bool:
    """Whether the line is for goods of any origin, or for this country by itself or in a group."""
    if not line.origin:
        return True
    if origin is None:
        return False
    union = jurisdiction(line.origin)
    members = union.members if union is not None else ()
    return line.origin == origin or origin in members or origin in tariff.countries.get(line.origin, frozenset())


def _lines(tariff: Tariff, goods: Goods) -> list[TariffLine]:
    """The lines of the longest code that the goods' code begins with, and of each shorter one where it is silent.

    A measure stands at the length that it is made for: a duty on the heading and an anti-dumping duty on ten digits
    both hold. Of each kind of rate the longest code's counts.
    """
    found: list[TariffLine] = []
    for digits in range(len(goods.code), SHORTEST - 1, -1):
        kinds = {(one.tax_type, one.preference, one.origin, one.end_use) for one in found}
        at = [one for one in tariff.at(goods.code[:digits]) if goods.day is None or one.counts_on(goods.day)]
        found += [one for one in at if (one.tax_type, one.preference, one.origin, one.end_use) not in kinds]
    if not found:
        return _alike_below(tariff, goods)
    _refuse_other_rates_below(tariff, goods, found)
    return found


def _alike_below(tariff: Tariff, goods: Goods) -> list[TariffLine]:
    """The lines of any part of a code that stands for itself nowhere, where all its parts have the same rates.

    Zeros behind six digits may only fill the code up; then the shorter code is meant.
    """
    codes = sorted({one.code for one in _below(tariff, goods, goods.code)})
    if not codes and len(goods.code) > HARMONISED and goods.code.endswith("00"):
        return _lines(tariff, replace(goods, code=goods.code[:-2]))
    if not codes:
        raise TariffSilent(f"{goods.code}: is not in the tariff loaded")
    ends = [code for code, after in zip(codes, [*codes[1:], ""], strict=True) if not after.startswith(code)]
    of_parts = [_lines(tariff, replace(goods, code=code)) for code in ends]
    if len({frozenset(_kind(one) for one in lines) for lines in of_parts}) > 1:
        raise TariffSilent(f"{goods.code}: needs the full national code, as its lines have different rates")
    return [replace(one, code=goods.code) for one in of_parts[0]]


def _below(tariff: Tariff, goods: Goods, code: str) -> list[TariffLine]:
    return [one for one in tariff.below(code) if goods.day is None or one.counts_on(goods.day)]


def _refuse_other_rates_below(tariff: Tariff, goods: Goods, found: Sequence[TariffLine]) -> None:
    """A code that the tariff divides further has no rate of its own where the parts differ.

    The same holds for a longer code that is none of those parts: which of them it means cannot be told.
    """
    at = max((one.code for one in found), key=len)
    parts = _below(tariff, goods, at)
    kept = {_kind(one) for one in found}
    if any(_kind(one) not in kept for one in parts):
        raise TariffSilent(f"{goods.code}: needs the full national code, as the lines below {at} have different rates")


def _kind(line: TariffLine) -> tuple[object, ...]:
    return (
        line.tax_type, line.preference, line.origin, line.end_use, " ".join(line.expression.split()), line.vat_rate,
        _unknown(line),
    )  # fmt: skip


def _unknown(line: TariffLine) -> frozenset[str]:
    """Measures that change what is due and whose rate the line does not give."""
    return frozenset(line.measures) & {TRADE_REMEDY, CET}


def _single(lines: Iterable[TariffLine], goods: Goods) -> TariffLine:
    """The one rate that all of them give; the newest of those under one agreement."""
    fit = list(lines)
    if len({(one.expression, one.vat_rate) for one in fit}) > 1:
        named = "; ".join(f"{one.agreement or one.origin or 'any origin'}: {one.expression}" for one in fit)
        raise TariffSilent(f"{goods.code}: several rates hold ({named})")
    chosen = fit[0]
    if _unknown(chosen):
        what = "a trade remedy applies" if TRADE_REMEDY in chosen.measures else "the tariff of before applies"
        raise TariffSilent(f"{goods.code}: {what} beside the rate in the tariff, which does not give it")
    return chosen
