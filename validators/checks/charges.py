"""Freight and insurance: whether what customs value by is in the price, on a paper, or in a list of usual charges."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, Literal

from schemas.findings import Severity
from schemas.jurisdictions import valuation_basis
from schemas.reference import counting
from validators.case import Case, Check
from validators.codelists import WITHOUT_FREIGHT, WITHOUT_INSURANCE
from validators.found import Found
from validators.papers import DRAFT_TYPE, Cell, Paper

_I: Final = "commercial_invoice"
_T: Final = "transport_document"
_MODES: Final = {"bill_of_lading": "sea", "sea_waybill": "sea", "air_waybill": "air", "cmr": "road"}
Charge = Literal["freight", "insurance"]


def charges_are_stated(case: Case) -> Iterator[Found]:
    """Where customs value with freight and insurance (CIF) and the price is without, a paper or a list must give them.

    WTO Valuation Agreement, art. 8.2: each member takes in the costs to its border, or leaves them out (FOB).
    """
    basis = valuation_basis(case.jurisdiction, case.as_of)
    if basis == "FOB":
        return
    for term in case.papers.texts("incoterm", _I):
        lacking = [charge for charge in _left_out(term.value) if not _is_given(case, charge)]
        if lacking:
            yield _asked(case, term, " and ".join(lacking), known=basis is not None)


def _left_out(term: str) -> tuple[Charge, ...]:
    if term in WITHOUT_FREIGHT:
        return ("freight", "insurance")
    return ("insurance",) if term in WITHOUT_INSURANCE else ()


def _is_given(case: Case, charge: Charge) -> bool:
    return bool(case.papers.numbers(charge, _I, DRAFT_TYPE)) or _has_rate(case, charge)


def _has_rate(case: Case, charge: Charge) -> bool:
    """Whether the user's list has a rate for where these goods come from, and how."""
    modes = {_MODES.get(str(paper.form)) for paper in case.papers.of(_T)}
    origins = {cell.value for cell in case.papers.texts("country_of_dispatch", _I)} | {
        cell.value.country for cell in case.papers.parties("exporter", _I)
    }
    return any(
        row.charge == charge
        and (row.mode is None or row.mode in modes)
        and (row.country_of_dispatch is None or row.country_of_dispatch in origins)
        for row in counting(case.references.charges, case.as_of)
    )


def _asked(case: Case, term: Cell[str], what: str, *, known: bool) -> Found:
    """A question where the value depends on it; worth knowing where it is not known how goods are valued there."""
    paid = [cell for cell in case.papers.texts("freight_terms", _T) if "freight" in what]
    waybill = f"; {paid[0].where} says freight {paid[0].value}" if paid else ""
    place = case.jurisdiction or "the country of import"
    rule = f"goods are valued with it in {place}" if known else f"how {place} values goods is not known here"
    severity: Severity = "warning" if known else "info"
    message = (
        f"{term.where}: {term.value} leaves {what} to the buyer, and no paper or list of charges gives it{waybill}"
    )
    return Found("charges_missing", f"{message}; {rule}", (term, *paid), "missing", severity, disputes=())


def freight_is_below_the_goods(case: Case) -> Iterator[Found]:
    for paper in case.papers.of(_I):
        freight, goods = paper.number("freight"), _goods(paper)
        if freight is not None and goods > 0 and freight.value > case.tolerances.freight_share * goods:
            message = f"{freight.where}: the freight {freight.shown} is more than the goods, which come to {goods}"
            yield Found("value_mismatch", message, (freight,), "policy", "warning")


def _goods(paper: Paper) -> Decimal:
    return sum((cell.value for cell in paper.column("amount")), Decimal(0))


CHECKS = (
    Check(frozenset({"charges_missing"}), charges_are_stated),
    Check(frozenset({"value_mismatch"}), freight_is_below_the_goods),
)
