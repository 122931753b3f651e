"""Duty and VAT of one goods item, as the country assesses them: each tax with its base, and the working in words.

An amount is what is assessed and not relieved. Of it, `suspended` is secured and not paid. That is how HMRC reports
the assessment of its published scenarios.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from declarations.duty.computing import Computed, DutyBase, computed, shown
from declarations.duty.reliefs import Fate, Treatment
from declarations.duty.rounding import rounded, rounding_in
from declarations.errors import ValueOpen
from schemas.declarations import Tax
from schemas.jurisdictions import Jurisdiction, VatRule, in_force, within
from schemas.tariffs import IMPORT_DUTY

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class DutyRate:
    """A duty to be charged and where its rate stands."""

    expression: str
    source: str
    tax_type: str = IMPORT_DUTY


@dataclass(frozen=True, slots=True)
class VatRate:
    """`is_standard`: the country's standard rate, for want of one for the goods."""

    percent: Decimal
    source: str
    is_standard: bool = False


@dataclass(frozen=True, slots=True)
class Assessable:
    """One item as far as taxes look at it.

    `in_vat_base` are amounts in the customs currency that belong to the base of VAT beside value and duty, by name:
    taxes assessed elsewhere, carriage within the country, freight where the customs value leaves it out.
    """

    base: DutyBase
    duties: tuple[DutyRate, ...]
    vat: VatRate | None = None
    in_vat_base: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessment:
    """`duty` and `vat` are the sums of the amounts; `vat` and its base are None where there is no rate."""

    taxes: tuple[Tax, ...]
    duty: Decimal
    vat_base: Decimal | None
    vat: Decimal | None
    working: tuple[str, ...]


def assessed(item: Assessable, treated: Treatment, where: Jurisdiction) -> Assessment:
    """Raises `NotComputable` where a duty cannot be computed."""
    working = [f"customs value {shown(item.base.value)} {item.base.currency}", *treated.reasons]
    duties = [_duty(one, item.base, treated, where) for one in item.duties]
    working += [step for _, steps in duties for step in steps]
    taxes = [tax for tax, _ in duties]
    duty = sum((tax.amount for tax in taxes if tax.amount is not None), ZERO)
    if item.vat is None:
        return Assessment(tuple(taxes), duty, None, None, tuple(working))
    base, said = _vat_base(item, taxes, treated, where)
    vat, steps = _vat(item.vat, base, treated, where, item.base)
    return Assessment((*taxes, vat), duty, base, vat.amount, (*working, said, *steps))


def _duty(rate: DutyRate, base: DutyBase, treated: Treatment, where: Jurisdiction) -> tuple[Tax, list[str]]:
    if treated.flat_duty is not None and rate.tax_type == IMPORT_DUTY:
        found = Computed(treated.flat_duty, (f"flat duty of {shown(treated.flat_duty)} {base.currency} for the item",))
    else:
        found = computed(rate.expression, base)
    amount = rounded(found.amount, rounding_in(where, base.day).tax)
    tax = _tax(amount, treated.duty).model_copy(
        update={
            "type": rate.tax_type,
            "base": base.value,
            "base_unit": base.currency,
            "expression": rate.expression,
            "source": rate.source,
        }
    )
    steps = [f"{rate.tax_type}: {step}" for step in found.steps]
    return tax, [*steps, f"{rate.tax_type} by {rate.source}: {shown(amount)}{_said(treated.duty)}"]


def _tax(amount: Decimal, fate: Fate) -> Tax:
    zero = amount * 0
    return Tax(
        type="",
        amount=zero if fate == "relieved" else amount,
        relieved=amount if fate == "relieved" else zero,
        suspended=amount if fate == "suspended" else zero,
    )


def _said(fate: Fate) -> str:
    return {"due": "", "suspended": ", suspended", "relieved": ", relieved"}[fate]


def vat_rule(where: Jurisdiction, base: DutyBase) -> VatRule:
    """The rule of the day; raises `ValueOpen` where none is known."""
    rule = in_force(where.vat, base.day) if base.day else max(where.vat, key=lambda one: one.valid_from, default=None)
    if rule is None:
        raise ValueOpen(f"how {where.name} taxes imports beside the duty is not known here")
    return rule


def standard_vat(where: Jurisdiction, code: str, base: DutyBase) -> VatRate:
    """The country's standard rate, named as such; raises `ValueOpen` for goods whose rate may be another one."""
    rule = vat_rule(where, base)
    if rule.rate is None:
        raise ValueOpen(f"{where.name}: each member has a standard rate of its own")
    if within(code, rule.depends_on_goods):
        raise ValueOpen(f"{code}: these goods may have another rate of {rule.name}, and the tariff does not give it")
    source = f"standard rate of {rule.name} in {where.name}, none being in the tariff ({rule.source})"
    return VatRate(rule.rate, source, is_standard=True)


def _vat_base(item: Assessable, taxes: Sequence[Tax], treated: Treatment, where: Jurisdiction) -> tuple[Decimal, str]:
    rule = vat_rule(where, item.base)
    parts = [("customs value", item.base.value)]
    if rule.uplift_percent:
        parts.append((f"{rule.uplift_percent} % of it", item.base.value * rule.uplift_percent / 100))
    if treated.duty_in_vat_base:
        parts += [(tax.type, (tax.amount or ZERO) + (tax.relieved or ZERO)) for tax in taxes]
    parts += list(item.in_vat_base.items())
    base = rounded(sum((amount for _, amount in parts), ZERO), rounding_in(where, item.base.day).value)
    told = " + ".join(f"{name} {shown(amount)}" for name, amount in parts)
    return base, f"base of {rule.name}: {told} = {shown(base)}"


def _vat(
    rate: VatRate, base: Decimal, treated: Treatment, where: Jurisdiction, of: DutyBase
) -> tuple[Tax, tuple[str, ...]]:
    rule = vat_rule(where, of)
    amount = rounded(base * rate.percent / 100, rounding_in(where, of.day).tax)
    expression = f"{rate.percent}%"
    tax = _tax(amount, treated.vat).model_copy(
        update={
            "type": rule.tax_type,
            "base": base,
            "base_unit": of.currency,
            "expression": expression,
            "source": rate.source,
        }
    )
    said = f"{rule.tax_type}: {rate.percent} % of {shown(base)} by {rate.source}: {shown(amount)}{_said(treated.vat)}"
    return tax, (said,)
