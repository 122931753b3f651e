"""Duty and VAT of a valued declaration, item by item, with the rate's source and what a preference would have saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from declarations.duty.assessing import Assessable, Assessment, DutyRate, VatRate, assessed, standard_vat, vat_rule
from declarations.duty.cases import source_of
from declarations.duty.computing import DutyBase, shown
from declarations.duty.lookup import Goods, additional_duties, claimed_rate, end_use_rate, normal_rate
from declarations.duty.quantities import in_unit, quantities_of
from declarations.duty.reliefs import Consignment, Treatment, refuse_outward_processing, treatment
from declarations.errors import NotComputable, TariffSilent, ValueOpen
from declarations.national_codes import national_code
from declarations.preferences import NoProof, Proof, proof_for
from declarations.terms import Procedure
from declarations.value.valuing import Valued
from declarations.values import Values
from schemas.declarations import Declaration, DeclarationItem, Preference, Source
from schemas.jurisdictions import Jurisdiction, in_force
from schemas.profiles import Profile
from schemas.shipments import Shipment
from schemas.tariffs import Tariff, TariffLine

END_USE: Final = "44"
COMPUTED: Final = "computed"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Setting:
    """What all items of a declaration are taxed under."""

    shipment: Shipment
    values: Values
    tariff: Tariff
    where: Jurisdiction
    procedure: Procedure
    profile: Profile | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The duty line taken for an item, the preference that it rests on, and a remark where one was not given."""

    line: TariffLine
    preference: Preference | None = None
    forgone: TariffLine | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Taxed:
    """An item with its taxes, or the reasons why it has none."""

    item: DeclarationItem
    remarks: tuple[str, ...] = ()


def with_taxes(declared: Declaration, found: Valued, setting: Setting) -> tuple[Declaration, tuple[str, ...]]:
    """The declaration with taxes wherever they can be known, and a remark for everything that stays open."""
    try:
        treated = _treated(found, declared, setting)
    except NotComputable as reason:
        return declared, (f"duty and taxes are not computed: {reason}",)
    taxed = [_taxed(n, one, found, _flat_once(n, declared, treated), setting) for n, one in enumerate(declared.items)]
    items = tuple(one.item for one in taxed)
    for n, one in enumerate(items):
        _note_sources(n, one, setting.values)
    update = {
        "items": items,
        "duty_total": _total([one.duty for one in items]),
        "vat_total": _total([one.vat for one in items]),
    }
    said = (*_gathered(taxed), *treated.reasons, *_low_value(found, setting), *_beside(setting))
    return declared.model_copy(update=update), said


def _flat_once(n: int, declared: Declaration, treated: Treatment) -> Treatment:
    """A flat duty is due for each kind of goods, not for each line of them."""
    if treated.flat_duty is None:
        return treated
    again = any(one.hs_code == declared.items[n].hs_code for one in declared.items[:n])
    return replace(treated, flat_duty=ZERO) if again else treated


def _beside(setting: Setting) -> Iterator[str]:
    """What else may be due, and how old the tariff is where rates have changed since: they do every January."""
    if setting.where.not_computed:
        yield f"not computed: {setting.where.not_computed}"
    since = setting.tariff.valid_from
    if since is not None and since.year < setting.shipment.as_of.year:
        yield f"the tariff “{setting.tariff.name}” was loaded for {since} on: see that it is still the one in force"


def _total(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [one for one in amounts if one is not None]
    return sum(known, ZERO) if known and len(known) == len(amounts) else None


def _treated(found: Valued, declared: Declaration, setting: Setting) -> Treatment:
    codes = tuple(one.hs_code for one in declared.items if one.hs_code is not None)
    consignment = Consignment(found.intrinsic, codes, setting.shipment.as_of)
    procedure = setting.procedure
    asked = (procedure.code or "4000", *procedure.additional)
    return treatment(asked, consignment, setting.where, authorisations=procedure.authorisations)


def _taxed(n: int, one: DeclarationItem, found: Valued, treated: Treatment, setting: Setting) -> Taxed:
    try:
        return _with_duty(n, one, found, treated, setting)
    except NotComputable as reason:
        return Taxed(one, (f"duty is not computed: {reason}",))


def _with_duty(n: int, one: DeclarationItem, found: Valued, treated: Treatment, setting: Setting) -> Taxed:
    goods = _goods(n, one, setting)
    chosen = _chosen(n, goods, setting)
    base = _base(n, one, found, setting)
    more = additional_duties(setting.tariff, goods)
    duties = tuple(_rate(line, setting) for line in (chosen.line, *more))
    if setting.procedure.code and any(not _is_nothing(rate) for rate in duties):
        refuse_outward_processing((setting.procedure.code,))
    vat, lacking = _vat(goods.code, chosen.line, base, found, setting)
    beside = _in_vat_base(n, base, found, setting) if vat is not None else {}
    result = assessed(Assessable(base, duties, vat, beside), treated, setting.where)
    remarks = (*_about_vat(vat, lacking), *_about_measures(chosen.line), *_at_stake(chosen, result, base, setting))
    return Taxed(_filled(one, result, chosen, setting), remarks)


def _about_vat(vat: VatRate | None, lacking: str | None) -> tuple[str, ...]:
    if lacking is not None:
        return (f"VAT is not computed: {lacking}",)
    return ("VAT at the standard rate, as the tariff gives none",) if vat is not None and vat.is_standard else ()


def _about_measures(line: TariffLine) -> tuple[str, ...]:
    """What the tariff notes beside the rate: suspensions and quotas lower it for whoever may claim them."""
    return (f"the tariff notes beside this rate: {', '.join(line.measures)}",) if line.measures else ()


def _goods(n: int, one: DeclarationItem, setting: Setting) -> Goods:
    code = national_code(n, one, setting.shipment, setting.values, setting.profile)
    if code is None or len(code) < _SHORTEST:
        raise TariffSilent("the code of the goods is in question or on no paper")
    if one.origin is None:
        raise TariffSilent("the origin of the goods is in question or on no paper")
    return Goods(code, one.origin, setting.shipment.as_of)


_SHORTEST: Final = 6


def _chosen(n: int, goods: Goods, setting: Setting) -> Chosen:
    if setting.procedure.requested == END_USE:
        line = end_use_rate(setting.tariff, goods)
        if line is not None:
            return Chosen(line)
    normal = normal_rate(setting.tariff, goods)
    proof = proof_for(n, goods.origin, setting.values, setting.where.code)
    if isinstance(proof, NoProof):
        return Chosen(normal, forgone=_any_preference(goods, setting), why=proof.reason)
    line = claimed_rate(setting.tariff, goods, proof=proof.form)
    if line is None or (proof.form == "atr" and "atr" not in line.proofs):
        why = f"the tariff takes no {proof.form} for it"
        return Chosen(normal, forgone=_any_preference(goods, setting), why=why)
    return Chosen(line, _preference(line, proof))


def _any_preference(goods: Goods, setting: Setting) -> TariffLine | None:
    """The preferential rate for the origin, for a remark only: of several that differ none is told."""
    try:
        return claimed_rate(setting.tariff, goods)
    except TariffSilent:
        return None


def _preference(line: TariffLine, proof: Proof) -> Preference:
    return Preference(
        code=line.preference,
        agreement=line.agreement or None,
        form=proof.form,
        certificate_number=proof.number,
        criterion=proof.criterion,
    )


def _base(n: int, one: DeclarationItem, found: Valued, setting: Setting) -> DutyBase:
    stated = {one.unit: one.quantity} if one.unit is not None and one.quantity is not None else {}
    quantities = quantities_of(one.net_mass_kg, stated)
    return DutyBase(found.items[n], found.currency, quantities, setting.shipment.as_of)


def _rate(line: TariffLine, setting: Setting) -> DutyRate:
    return DutyRate(line.expression, source_of(line, setting.tariff), line.tax_type)


def _is_nothing(rate: DutyRate) -> bool:
    return rate.expression.strip().rstrip("%").strip() in {"0", "0.0", "0.00", "Free"}


def _vat(
    code: str, line: TariffLine, base: DutyBase, found: Valued, setting: Setting
) -> tuple[VatRate | None, str | None]:
    """The rate of VAT, or why there is none; neither where the country has no such tax at import."""
    if not setting.where.levies_vat:
        return None, None
    try:
        rule = vat_rule(setting.where, base)
        if "freight_and_insurance" in rule.base and found.transport is None:
            raise ValueOpen(f"the base of {rule.name} takes in freight and insurance, and nothing states them")
        if line.vat_rate is not None:
            return VatRate(line.vat_rate, source_of(line, setting.tariff)), None
        return standard_vat(setting.where, code, base), None
    except NotComputable as reason:
        return None, str(reason)


def _in_vat_base(n: int, base: DutyBase, found: Valued, setting: Setting) -> Mapping[str, Decimal]:
    if "freight_and_insurance" not in vat_rule(setting.where, base).base or found.transport is None:
        return {}
    return {"freight and insurance": found.transport[n]}


def _at_stake(chosen: Chosen, result: Assessment, base: DutyBase, setting: Setting) -> list[str]:
    """What a preferential rate would have saved, where there is one and no proof carries it."""
    if chosen.forgone is None:
        return []
    item = Assessable(base, (_rate(chosen.forgone, setting),))
    less = assessed(item, Treatment(), setting.where).duty
    normal = next(tax.amount or ZERO for tax in result.taxes)
    if less >= normal:
        return []
    rate = f"{chosen.forgone.agreement or chosen.forgone.origin}: {chosen.forgone.expression}"
    now, then = (f"{shown(amount)} {base.currency}" for amount in (normal, less))
    return [f"declared at the normal rate, {chosen.why}: the duty is {now}, under {rate} it would be {then}"]


def _filled(one: DeclarationItem, result: Assessment, chosen: Chosen, setting: Setting) -> DeclarationItem:
    unit = chosen.line.supplementary_unit
    supplementary = None if one.unit is None or one.quantity is None else in_unit(one.quantity, one.unit, unit)
    no_vat = None if setting.where.levies_vat else ZERO
    return one.model_copy(
        update={
            "preference": chosen.preference,
            "supplementary_quantity": supplementary,
            "taxes": result.taxes,
            "duty": result.duty,
            "vat": result.vat if result.vat is not None else no_vat,
            "measures": chosen.line.measures,
        }
    )


def _note_sources(n: int, one: DeclarationItem, values: Values) -> None:
    """Duty and VAT rest on what the customs value, the code and the origin rest on."""
    names = ("customs_value", "hs_code", "origin", "net_mass_kg", "quantity")
    found = [values.sources.get(f"/items/{n}/{name}", Source()) for name in names]
    refs = tuple(dict.fromkeys(ref for source in found for ref in source.fields))
    for name in ("duty", "vat"):
        if getattr(one, name) is not None:
            values.sources[f"/items/{n}/{name}"] = Source(fields=refs, witnesses=(COMPUTED,))


def _gathered(taxed: Sequence[Taxed]) -> list[str]:
    """Each remark once, with the items that it is for."""
    numbers: defaultdict[str, list[str]] = defaultdict(list)
    for n, one in enumerate(taxed, 1):
        for remark in one.remarks:
            numbers[remark].append(str(n))
    return [f"item {', '.join(items)}: {remark}" for remark, items in numbers.items()]


def _low_value(found: Valued, setting: Setting) -> tuple[str, ...]:
    """A relief that the value would allow and nobody claims: whether its conditions hold is not on the papers."""
    rule = in_force(setting.where.low_value, setting.shipment.as_of)
    if rule is None or rule.code in setting.procedure.additional:
        return ()
    if rule.currency != found.currency or found.intrinsic > rule.limit:
        return ()
    claim = f" with the additional procedure code {rule.code}" if rule.code else ""
    return (
        f"the goods are worth no more than {rule.limit} {rule.currency}; relief may be claimed{claim}: {rule.source}",
    )
