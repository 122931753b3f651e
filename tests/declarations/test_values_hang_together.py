"""Whatever papers say or lack: what is computed adds up, and nothing is computed from what is open."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from declarations import DeclarationTerms, declare
from declarations.duty.tariff_files import parse_tariff
from declarations.value.ecb import ecb_rates
from schemas.declarations import Declaration, DeclarationItem
from schemas.reference import ListVersion
from schemas.shipments import Reconciled
from schemas.tariffs import Tariff
from tests.trade_papers import consistent, reconciled, shipment

PLACES = ("GB", "DE", "US", "AU", "CA", "NZ", "ZA", "CN", "JP", "CH", "SE", "MA", "RS")
TERMS = ("EXW", "FCA", "FOB", "CPT", "CIF", "CIP", "DAP", "DDP", "C&F", None)
AMOUNTS = st.one_of(
    st.none(),
    st.sampled_from(["0.00", "-5.00", "0.01", "99999999999999999999.99", "1E+40", "0.000001"]),
    st.decimals(0, 100_000, places=2).map(str),
)
EXPRESSIONS = (
    "12.0%",
    "4% + 10 EUR/100kg",
    "Entry Price",
    "0.5 GBP/item",
    "Free",
    "6% (01 JAN - 31 MAY), 3% (01 JUN - 31 DEC)",
)


def _tariff(place: str, first: str, second: str) -> Tariff:
    version = ListVersion(
        kind="tariff", scope=place, name="t", source="t", valid_from=dt.date(2026, 1, 1), sha256="0" * 64
    )
    return parse_tariff(f'commodity,duty_expression\n630260,"{first}"\n630221,"{second}"\n', version)


def _hangs_together(one: DeclarationItem) -> bool:
    taxed = [tax.amount for tax in one.taxes if tax.amount is not None]
    known = sum((amount for amount in (one.duty, one.vat) if amount is not None), Decimal(0))
    return (one.duty is None or one.customs_value is not None) and (not taxed or sum(taxed) == known)


def _adds_up(declared: Declaration) -> bool:
    for total, name in (("customs_value", "customs_value"), ("duty_total", "duty"), ("vat_total", "vat")):
        parts = [getattr(one, name) for one in declared.items]
        expected = None if None in parts or not parts else sum(parts)
        if getattr(declared, total) != expected:
            return False
    return True


@cache
def _settled() -> Reconciled:
    return reconciled(consistent())


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(PLACES),
    st.sampled_from(TERMS),
    st.fixed_dictionaries(
        dict.fromkeys(("freight", "insurance", "other_charges", "discount", "total_amount"), AMOUNTS)
    ),
    st.tuples(AMOUNTS, AMOUNTS),
    st.tuples(st.sampled_from(EXPRESSIONS), st.sampled_from(EXPRESSIONS)),
)
def test_whatever_the_papers_say_totals_are_the_sums_of_what_is_computed(
    place: str,
    term: str | None,
    charges: dict[str, str | None],
    prices: tuple[str | None, str | None],
    expressions: tuple[str, str],
) -> None:
    papers = consistent()
    papers["invoice"] |= {**charges, "incoterm": term}
    for line, price in zip(papers["invoice"]["lines"], prices, strict=True):
        line["amount"] = price
    # As if a person had settled everything: then nothing is withheld, and every odd amount reaches the valuation.
    documents = shipment(papers).documents
    settled = _settled().model_copy(update={"documents": documents, "withheld": (), "findings": ()})
    given_terms = DeclarationTerms(jurisdiction=place, tariff=_tariff(place, *expressions), fallback_rates=ecb_rates())
    declared = declare(shipment(papers), settled, given_terms)
    assert _adds_up(declared)
    assert all(map(_hangs_together, declared.items))
    assert all(one.customs_value is None or one.customs_value > 0 for one in declared.items)
    assert declared.channel is not None
    if declared.duty_total is None:
        assert any("not computed" in reason for reason in declared.channel.reasons)
