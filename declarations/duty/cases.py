"""Duty and VAT of cases that stand by themselves: a declared item of one price, as HMRC publishes its scenarios.

A case gives commodity, origin, preference, procedure, price and quantities, and a rate where the tariff lacks it. What
a case says of the result is not looked at. What cannot be known is refused with its reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic import Field as Limit

from declarations.duty.assessing import Assessable, DutyRate, VatRate, assessed, standard_vat
from declarations.duty.computing import DutyBase
from declarations.duty.lookup import Goods, additional_duties, claimed_rate, normal_rate
from declarations.duty.quantities import Quantities, quantities_of
from declarations.duty.reliefs import Consignment, refuse_outward_processing, treatment
from declarations.duty.rounding import MOST_DIGITS
from declarations.errors import DeclarationError, NotComputable, TariffSilent, ValueOpen
from schemas.jurisdictions import Jurisdiction, jurisdiction
from schemas.tariffs import NORMAL, Tariff, TariffLine
from schemas.values import Amount, Frozen

NON_PREFERENTIAL, PREFERENTIAL = "1", "2"
"""What an origin in a case is for (DE 5/15 and 5/16)."""


def _plausible(value: Decimal) -> Decimal:
    """`1E+400000000` is a number too, and writing it out would take all memory."""
    if abs(value.adjusted()) > MOST_DIGITS:
        raise ValueError(f"has more than {MOST_DIGITS} digits")
    return value


Count = Annotated[Amount, Limit(ge=0), AfterValidator(_plausible)]


class DutyCase(BaseModel):
    """One case. Names that are not here are not read: a file of cases may carry what was assessed."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    scenario: str
    commodity: str = Limit(pattern=r"^[0-9]{6,10}$")
    procedure: tuple[str, ...] = Limit(default=("4000", "000"), min_length=1)
    price_gbp: Count
    net_kg: Count | None = None
    supp_qty: Count | None = None
    origin: tuple[tuple[str, str], ...] = Limit(default=())
    preference: tuple[str, ...] = Limit(default=(NORMAL,))
    duty_rate_pct: Count | None = None
    duty_expression: str | None = None
    vat_rate_pct: Count | None = None
    charges_in_vat_base: Mapping[str, Count] = Limit(default_factory=dict)
    date: dt.date | None = Limit(default=None)


class CaseResult(Frozen):
    """What is assessed before suspension, after relief. `error` is why something is None."""

    scenario: str | None
    duty: Amount | None = None
    vat_base: Amount | None = None
    vat: Amount | None = None
    working: tuple[str, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class _Rates:
    duties: tuple[DutyRate, ...]
    supplementary_unit: str = ""
    vat: Decimal | None = None


def solved(stated: object, tariff: Tariff | None, *, day: dt.date | None = None) -> CaseResult:
    """The result of one case as parsed from JSON; never raises for what a case may hold."""
    try:
        case = DutyCase.model_validate(stated)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        named = stated.get("scenario") if isinstance(stated, dict) else None
        return CaseResult(scenario=named if isinstance(named, str) else None, error=f"{where}: {first['msg']}")
    try:
        return _solved(case, tariff, day=case.date or day)
    except NotComputable as reason:
        return CaseResult(scenario=case.scenario, working=(f"refused: {reason}",), error=str(reason))


def _solved(case: DutyCase, tariff: Tariff | None, *, day: dt.date | None) -> CaseResult:
    where = jurisdiction("GB")
    if where is None:
        raise ValueOpen("the table of jurisdictions has no GB")
    treated = treatment(case.procedure, Consignment(case.price_gbp, (case.commodity,), day), where)
    rates = _rates(case, tariff, day)
    if any(one.expression not in _NOTHING for one in rates.duties):
        refuse_outward_processing(case.procedure)
    base = DutyBase(case.price_gbp, where.currency, _quantities(case, rates), day)
    vat, lacking = _vat(case, rates, where, base)
    found = assessed(Assessable(base, rates.duties, vat, case.charges_in_vat_base), treated, where)
    return CaseResult(
        scenario=case.scenario,
        duty=found.duty,
        vat_base=found.vat_base,
        vat=found.vat,
        working=(*found.working, *([f"VAT refused: {lacking}"] if lacking else [])),
        error=lacking,
    )


_NOTHING = frozenset({"0%", "0.0%", "0.00%", "Free"})


def _quantities(case: DutyCase, rates: _Rates) -> Quantities:
    """The supplementary quantity counts in the unit that the tariff gives the goods; without one it means nothing."""
    stated = {rates.supplementary_unit: case.supp_qty} if rates.supplementary_unit and case.supp_qty is not None else {}
    return quantities_of(case.net_kg, stated)


def _rates(case: DutyCase, tariff: Tariff | None, day: dt.date | None) -> _Rates:
    if case.duty_rate_pct is not None and case.duty_expression is not None:
        raise TariffSilent("the case carries a rate and an expression: which of them holds is not known")
    stated = case.duty_expression if case.duty_rate_pct is None else f"{case.duty_rate_pct}%"
    if stated is not None:
        return _Rates((DutyRate(stated, "the case's own rate"),))
    if tariff is None:
        raise TariffSilent(f"{case.commodity}: the case carries no rate, and no tariff is given")
    return _looked_up(case, tariff, day)


def _looked_up(case: DutyCase, tariff: Tariff, day: dt.date | None) -> _Rates:
    claimed = [code for code in case.preference if code != NORMAL]
    goods = Goods(case.commodity, _origin(case, PREFERENTIAL if claimed else NON_PREFERENTIAL), day)
    line = normal_rate(tariff, goods) if not claimed else claimed_rate(tariff, goods, claimed[0])
    if line is None or len(claimed) > 1:
        claim = f"preference {', '.join(claimed)} for goods of {goods.origin or 'no stated origin'}"
        raise TariffSilent(f"{case.commodity}: the rate under {claim} is neither in the case nor in the tariff")
    more = additional_duties(tariff, Goods(case.commodity, _origin(case, NON_PREFERENTIAL), day))
    duties = (line, *more)
    return _Rates(tuple(_rate(one, tariff) for one in duties), line.supplementary_unit, line.vat_rate)


def _rate(line: TariffLine, tariff: Tariff) -> DutyRate:
    return DutyRate(line.expression, source_of(line, tariff), line.tax_type)


def source_of(line: TariffLine, tariff: Tariff) -> str:
    """Where a rate stands, for the auditor."""
    agreement = f", {line.agreement}" if line.agreement else ""
    return f"{tariff.name or 'tariff'}, line {line.line}: {line.code}{agreement}"


def _origin(case: DutyCase, purpose: str) -> str | None:
    """The country of origin for that purpose; the other one where only that is declared."""
    by_purpose = {kind: country for country, kind in case.origin}
    return by_purpose.get(purpose) or next(iter(by_purpose.values()), None)


def _vat(case: DutyCase, rates: _Rates, where: Jurisdiction, base: DutyBase) -> tuple[VatRate | None, str | None]:
    """The rate, or why there is none."""
    if case.vat_rate_pct is not None:
        return VatRate(case.vat_rate_pct, "the case's own rate"), None
    if rates.vat is not None:
        return VatRate(rates.vat, "the tariff"), None
    try:
        return standard_vat(where, case.commodity, base), None
    except DeclarationError as reason:
        return None, str(reason)
