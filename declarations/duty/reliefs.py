"""What procedures do to the duty and VAT that are assessed: relieved, suspended, or left as they are.

UK CDS and the Union declare by the same codes (UCC Delegated Regulation 2015/2446, annex B, 11 09 and 11 10).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from declarations.errors import ReliefRefused
from schemas.jurisdictions import Jurisdiction, LowValueRule, in_force, within

Fate = Literal["due", "suspended", "relieved"]
"""Suspended: assessed and secured, not paid. Relieved: not charged at all."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of duty and VAT. `duty_in_vat_base`: whether the base of VAT takes in the duty nevertheless.

    `asks_for` is the kind of authorisation without which it is not given.
    """

    duty: Fate = "due"
    vat: Fate = "due"
    duty_in_vat_base: bool = True
    why: str = ""
    asks_for: str | None = None


@dataclass(frozen=True, slots=True)
class Treatment:
    """The effects of a procedure and its additional codes together; `flat_duty` takes the place of the tariff's."""

    duty: Fate = "due"
    vat: Fate = "due"
    duty_in_vat_base: bool = True
    reasons: tuple[str, ...] = ()
    flat_duty: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Consignment:
    """What a relief's conditions look at: the goods' value in the customs currency, their codes, the day."""

    value: Decimal | None
    codes: tuple[str, ...]
    day: dt.date | None


# The first two digits: the procedure asked for. Effects as HMRC's published scenarios assess them: TT_IM146a (5100: the
# duty is assessed and not payable, and is no part of the base of VAT), TT_IM181a (5300: VAT is assessed, not payable).
_PROCEDURES: Mapping[str, Effect] = MappingProxyType({
    "40": Effect(),
    "42": Effect(vat="relieved", why="42: VAT-free as supplied on into another member state"),
    "44": Effect(why="44: end-use", asks_for="EUS"),
    "51": Effect("suspended", "suspended", duty_in_vat_base=False, why="51: inward processing", asks_for="IPO"),
    "53": Effect("suspended", "suspended", duty_in_vat_base=False, why="53: temporary admission", asks_for="TEA"),
    "61": Effect(why="61: re-import"),
    "63": Effect(vat="relieved", why="63: re-import, VAT-free as supplied on into another member state"),
    "71": Effect("suspended", "suspended", duty_in_vat_base=False, why="71: customs warehousing", asks_for="CWP"),
})  # fmt: skip

# Additional codes. C28: TT_FI001a (the duty relieved is no part of the base of VAT); C07 with 1RV: TT_IM080a (it is).
_ADDITIONAL: Mapping[str, Effect] = MappingProxyType({
    "000": Effect(),
    "C28": Effect("relieved", duty_in_vat_base=False, why="C28: relief from duty"),
    "1RV": Effect(vat="relieved", why="1RV: VAT is accounted for by the seller"),
    "1VW": Effect(),
    "D15": Effect(),
    "F15": Effect(why="F15: from a special fiscal territory"),
    "F48": Effect(vat="relieved", why="F48: VAT was collected in the import one-stop shop"),
})  # fmt: skip
_OUTWARD = ("21", "22")
"""Procedures before: outward processing, after which only the value added abroad is charged."""


def treatment(
    procedure: Sequence[str],
    consignment: Consignment,
    where: Jurisdiction,
    *,
    authorisations: frozenset[str] | None = None,
) -> Treatment:
    """What the procedure code and the additional codes behind it do; raises `ReliefRefused`.

    `authorisations` None leaves unasked whether one is held, as for cases that were already assessed.
    """
    code, *additional = procedure or ("4000",)
    asked = _PROCEDURES.get(code[:2])
    if asked is None:
        raise ReliefRefused(f"what procedure {code} does to duty and VAT is not known here")
    effects = [asked]
    flat: Decimal | None = None
    for one in additional:
        rule = _low_value_rule(one, where, consignment)
        if rule is not None:
            effects.append(_of_low_value(rule, one))
            flat = rule.flat_duty_per_item
        elif one in _ADDITIONAL:
            effects.append(_ADDITIONAL[one])
        else:
            raise ReliefRefused(f"what the additional procedure code {one} does to duty and VAT is not known here")
    _refuse_unauthorised(effects, authorisations)
    return _together(effects, flat)


def refuse_outward_processing(procedure: Sequence[str]) -> None:
    """Only where a rate is not zero does it matter that part of the value left the country before."""
    if procedure and procedure[0][2:4] in _OUTWARD:
        raise ReliefRefused(f"procedure {procedure[0]}: after outward processing the value added is not computed here")


def _low_value_rule(code: str, where: Jurisdiction, consignment: Consignment) -> LowValueRule | None:
    """The rule that the code claims, once its limit, goods and day allow it; None for any other code."""
    rules = [one for one in where.low_value if one.code == code]
    if not rules:
        return None
    rule = in_force(rules, consignment.day or dt.date.max)
    if rule is None and code in _ADDITIONAL:
        return None
    if rule is None:
        raise ReliefRefused(f"{code}: {rules[-1].source} is not in force on {consignment.day or 'a day not given'}")
    if consignment.value is None or consignment.value > rule.limit:
        raise ReliefRefused(f"{code} is for goods worth up to {rule.limit} {rule.currency}: {rule.source}")
    excluded = [goods for goods in consignment.codes if within(goods, rule.excluded)]
    if excluded:
        raise ReliefRefused(f"{code} is not for goods of {excluded[0]}: {rule.source}")
    return rule


def _of_low_value(rule: LowValueRule, code: str) -> Effect:
    fate: Fate = "due" if rule.flat_duty_per_item is not None else "relieved"
    return Effect(fate, "relieved" if rule.vat_is_paid else "due", why=f"{code}: {rule.source}")


def _refuse_unauthorised(effects: Sequence[Effect], held: frozenset[str] | None) -> None:
    lacking = next((one for one in effects if one.asks_for and held is not None and one.asks_for not in held), None)
    if lacking is not None:
        raise ReliefRefused(f"{lacking.why} asks for the authorisation {lacking.asks_for}, which the profile lacks")


def _together(effects: Sequence[Effect], flat: Decimal | None) -> Treatment:
    return Treatment(
        duty=_strongest([one.duty for one in effects]),
        vat=_strongest([one.vat for one in effects]),
        duty_in_vat_base=all(one.duty_in_vat_base for one in effects),
        reasons=tuple(one.why for one in effects if one.why),
        flat_duty=flat,
    )


def _strongest(fates: Sequence[Fate]) -> Fate:
    order: tuple[Fate, ...] = ("due", "suspended", "relieved")
    return max(fates, key=order.index)
