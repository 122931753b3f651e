"""Customs value: what the country adds or leaves out by its basis and the delivery term, spread, converted, rounded."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from declarations import DeclarationTerms, declare
from declarations.duty.rounding import rounded, rounding_in
from declarations.errors import RateMissing, ValueOpen
from declarations.value.accounts import Account, Charge, accounts_of
from declarations.value.apportioning import apportioned
from declarations.value.converting import RateDays, Rates, converted, exchange_rate
from declarations.value.costs import Rule, Stated, costs_of
from declarations.value.ecb import ecb_rates
from declarations.value.rate_files import parse_rates
from declarations.values import Values
from schemas.declarations import Declaration, FieldRef
from schemas.exchange import FOR_WANT_OF, PeriodRate, RateTable
from schemas.jurisdictions import Jurisdiction, jurisdiction
from schemas.list_tables import ListError
from schemas.reference import ChargeRate, ListVersion
from tests.trade_papers import Plain, consistent, reconciled, shipment

VERSION = ListVersion(
    kind="exchange_rates", name="rates.csv", source="a test", valid_from=dt.date(2020, 1, 1), sha256="0" * 64
)
EUR_IN_POUNDS = RateTable(
    "GBP", "HMRC", {"EUR": (PeriodRate(Decimal("1.1489"), dt.date(2026, 5, 1), dt.date(2026, 5, 31)),)}
)


def _papers(incoterm: str, *, freight: str | None = None, insurance: str | None = None, total: str) -> dict[str, Plain]:
    papers = consistent()
    papers["invoice"] |= {
        "incoterm": incoterm,
        "freight": freight,
        "insurance": insurance,
        "subtotal": None,
        "total_amount": total,
    }
    return papers


def _declared(papers: dict[str, Plain], place: str = "DE", **terms: object) -> Declaration:
    given = DeclarationTerms(jurisdiction=place, **terms)  # type: ignore[arg-type]  # each test gives its own few
    return declare(shipment(papers), reconciled(papers), given)


def _open_because(declaration: Declaration) -> str:
    assert declaration.customs_value is None
    assert all(one.customs_value is None for one in declaration.items)
    assert declaration.channel is not None
    return next(reason for reason in declaration.channel.reasons if "customs value is not computed" in reason)


def test_charges_invoiced_apart_are_part_of_a_cif_value_and_spread_by_value() -> None:
    declaration = _declared(consistent())
    assert (declaration.customs_value, declaration.customs_currency, declaration.valuation_method) == (
        Decimal("3644.50"),
        "EUR",
        "1",
    )
    assert [one.customs_value for one in declaration.items] == [Decimal("2046.05"), Decimal("1598.45")]
    assert [(one.code, one.amount) for one in declaration.valuation_adjustments] == [
        ("AK", Decimal("210.00")),
        ("AK", Decimal("14.50")),
    ]
    assert all("EUR" in one.why for one in declaration.valuation_adjustments)
    assert declaration.exchange_rate is None


def test_prices_and_adjustments_always_come_to_the_customs_value() -> None:
    declaration = _declared(consistent())
    prices = sum((one.item_price or 0 for one in declaration.items), Decimal(0))
    assert prices + sum(one.amount for one in declaration.valuation_adjustments) == declaration.customs_value


def test_a_fob_country_leaves_freight_and_insurance_out() -> None:
    declaration = _declared(consistent(), "AU", fallback_rates=ecb_rates())
    rate = declaration.exchange_rate
    assert rate is not None
    assert declaration.customs_value == sum(
        (Decimal(price) * rate.rate).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) for price in (1920, 1500)
    )
    assert declaration.valuation_adjustments == ()


def test_freight_in_the_prices_is_deducted_in_a_fob_country_only_where_it_is_shown() -> None:
    rates = (RateTable("AUD", "test", {"EUR": (PeriodRate(Decimal(1), dt.date(2026, 1, 1), dt.date(2026, 12, 31)),)}),)
    told = _papers("CIF", freight="210.00", insurance="14.50", total="3420.00")
    shown = _declared(told, "AU", rates=rates)
    assert shown.customs_value == Decimal("3195.50")
    assert [one.amount for one in shown.valuation_adjustments] == [Decimal("-210.00"), Decimal("-14.50")]
    silent = _declared(_papers("CIF", total="3420.00"), "AU", rates=rates)
    assert silent.customs_value == Decimal("3420.00")
    assert silent.channel is not None
    assert any("not deducted" in reason for reason in silent.channel.reasons)


def test_freight_in_the_prices_is_not_added_again_in_a_cif_country() -> None:
    told = _papers("CIF", freight="210.00", insurance="14.50", total="3420.00")
    assert _declared(told).customs_value == Decimal("3420.00")
    assert _declared(_papers("DAP", total="3420.00")).customs_value == Decimal("3420.00")


def test_freight_stated_beside_a_fob_price_is_added_in_a_cif_country() -> None:
    told = _papers("FOB", freight="210.00", insurance="14.50", total="3420.00")
    assert _declared(told).customs_value == Decimal("3644.50")


@pytest.mark.parametrize("term", ["EXW", "FCA", "FAS", "FOB"])
def test_a_cif_value_stays_open_where_freight_is_left_out_and_nothing_states_it(term: str) -> None:
    assert "freight" in _open_because(_declared(_papers(term, total="3420.00")))


@pytest.mark.parametrize("term", ["CFR", "CPT"])
def test_a_cif_value_stays_open_where_insurance_is_left_out_and_nothing_states_it(term: str) -> None:
    assert "insurance" in _open_because(_declared(_papers(term, total="3420.00")))


def test_the_users_table_gives_the_charges_that_no_paper_states() -> None:
    charges = (
        ChargeRate(line=2, charge="freight", per_kg=Decimal("0.50"), currency="EUR"),
        ChargeRate(line=3, charge="freight", per_kg=Decimal("0.40"), currency="EUR", mode="sea"),
        ChargeRate(line=4, charge="insurance", percent_of_value=Decimal("0.3")),
    )
    declaration = _declared(_papers("FOB", total="3420.00"), charges=charges)
    assert declaration.customs_value == Decimal("3420.00") + Decimal("262.00") + Decimal("10.26")
    assert "line 3" in declaration.valuation_adjustments[0].why


def test_two_rates_of_the_users_table_that_fit_alike_leave_the_value_open() -> None:
    charges = tuple(ChargeRate(line=n, charge="freight", percent_of_value=Decimal(n)) for n in (2, 3))
    assert "lines 2, 3" in _open_because(_declared(_papers("FOB", total="3420.00"), charges=charges))


def test_the_draft_gives_the_freight_that_the_forwarder_bills_apart() -> None:
    papers = _papers("FCA", total="3420.00")
    given = shipment(papers).model_copy(update={"draft": {"freight": "180.00", "insurance": "20", "currency": "EUR"}})
    declaration = declare(given, reconciled(papers), DeclarationTerms())
    assert declaration.customs_value == Decimal("3620.00")
    assert "draft" in declaration.valuation_adjustments[0].why
    elsewhere = given.model_copy(update={"draft": {"freight": "180.00", "insurance": "20", "currency": "USD"}})
    assert declare(elsewhere, reconciled(papers), DeclarationTerms()).customs_value is None


def test_a_discount_on_the_whole_invoice_lowers_every_items_value() -> None:
    papers = _papers("DAP", total="3078.00")
    papers["invoice"]["discount"] = "342.00"
    declaration = _declared(papers)
    assert declaration.customs_value == Decimal("3078.00")
    assert [one.customs_value for one in declaration.items] == [Decimal("1728.00"), Decimal("1350.00")]


def test_freight_goes_by_weight_where_it_is_so_set() -> None:
    declaration = _declared(consistent(), apportion_by="weight")
    by_weight = Decimal(210) * 330 / 655 + Decimal("14.50") * 1920 / 3420
    first = declaration.items[0].customs_value
    assert first is not None
    assert abs(first - Decimal(1920) - by_weight) < Decimal("0.02")
    assert declaration.customs_value == Decimal("3644.50")


def test_a_disputed_price_leaves_the_value_open() -> None:
    papers = consistent()
    papers["invoice"]["total_amount"] = "3744.50"
    assert "customs value is not computed" in _open_because(_declared(papers))


def test_goods_without_a_price_leave_the_value_open() -> None:
    papers = _papers("DAP", total="1500.00")
    papers["invoice"]["lines"][0] |= {"unit_price": "0.00", "amount": "0.00"}
    assert "price of item 1" in _open_because(_declared(papers))


def test_a_country_without_rules_here_is_not_valued() -> None:
    assert "no rules are known here for RS" in _open_because(_declared(consistent(), "RS"))


def test_the_value_names_the_fields_that_it_rests_on() -> None:
    sources = _declared(consistent()).sources
    named = {(ref.document, ref.field) for ref in sources["/items/0/customs_value"].fields}
    assert {(0, "amount"), (0, "freight"), (0, "insurance"), (0, "total_amount")} <= named


def test_each_item_is_converted_and_rounded_half_up_by_the_published_rate() -> None:
    declaration = _declared(consistent(), "GB", rates=(EUR_IN_POUNDS,))
    assert declaration.exchange_rate is not None
    assert (declaration.exchange_rate.from_, declaration.exchange_rate.to, declaration.exchange_rate.rate) == (
        "GBP",
        "EUR",
        Decimal("1.1489"),
    )
    assert [one.customs_value for one in declaration.items] == [Decimal("1780.88"), Decimal("1391.29")]
    assert declaration.customs_value == Decimal("3172.17")


def test_the_united_states_take_whole_dollars() -> None:
    declaration = _declared(consistent(), "US", fallback_rates=ecb_rates())
    assert declaration.customs_value is not None
    assert all(one.customs_value == int(one.customs_value or 0) for one in declaration.items)


@pytest.mark.parametrize(
    ("currency", "amount", "pounds"),
    [
        # HMRC monthly rates of June 2023; half up to the penny.
        ("USD", "18450.00", "14919.94"),
        ("EUR", "1000.00", "870.40"),
        ("CNY", "25000", "2871.45"),
        ("JPY", "1250000", "7272.48"),
    ],
)
def test_the_published_rates_convert_to_the_penny(official: Path, currency: str, amount: str, pounds: str) -> None:
    text = (official / "hmrc_monthly_customs_rates_2020-01_2023-06.csv").read_text(encoding="utf-8")
    days = RateDays(dt.date(2023, 6, 15))
    rate = exchange_rate(currency, _place("GB"), days, Rates((parse_rates(text, VERSION),)))
    value = converted(Decimal(amount), currency, rate).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert value == Decimal(pounds)


def _place(code: str) -> Jurisdiction:
    found = jurisdiction(code)
    assert found is not None
    return found


def test_rates_in_our_columns_hold_until_the_next_one() -> None:
    text = "currency,units,base,valid_from\nUSD,1.10,EUR,2026-01-01\nUSD,1.20,EUR,2026-02-01\n"
    table = parse_rates(text, VERSION)
    for day, units in ((dt.date(2026, 1, 31), "1.10"), (dt.date(2027, 1, 1), "1.20")):
        found = table.on("USD", day)
        assert found is not None
        assert found.units == Decimal(units)
    assert table.on("USD", dt.date(2025, 12, 31)) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("currency,units,base,valid_from\nUSD,0,EUR,2026-01-01\n", "no rate"),
        ("currency,units,base,valid_from\nUSD,1.1,EUR,\n", "is empty"),
        ("currency,units,base,valid_from\nUSD,1.1,EUR,1.1.2026\n", "no date"),
        ("currency,units,base,valid_from\nDollar,1.1,EUR,2026-01-01\n", "no currency"),
        ("currency,units,base,valid_from\nUSD,1.1,EUR,2026-01-01\nUSD,1.3,GBP,2026-01-01\n", "each base"),
        ("currency,units,base,valid_from,valid_until\nUSD,1.1,EUR,2026-02-01,2026-01-01\n", "before"),
        ("currency,units,base,valid_from\n", "not a single"),
    ],
)
def test_a_rate_that_cannot_be_taken_is_named(text: str, told: str) -> None:
    with pytest.raises(ListError, match=told):
        parse_rates(text, VERSION)


def test_the_union_takes_the_central_banks_rate_of_the_last_but_one_wednesday_of_the_month_before() -> None:
    rate = exchange_rate("USD", _place("DE"), RateDays(dt.date(2026, 5, 4)), Rates((), ecb_rates()))
    assert rate is not None
    assert (rate.date, rate.from_, rate.to) == (dt.date(2026, 4, 22), "EUR", "USD")
    assert FOR_WANT_OF not in rate.source


def test_a_central_banks_rate_for_another_country_is_labelled_as_standing_in() -> None:
    rate = exchange_rate("USD", _place("GB"), RateDays(dt.date(2026, 5, 4)), Rates((), ecb_rates()))
    assert rate is not None
    assert f"{FOR_WANT_OF} a rate of HMRC" in rate.source


def test_a_loaded_rate_stands_before_the_fallback() -> None:
    rate = exchange_rate("EUR", _place("GB"), RateDays(dt.date(2026, 5, 4)), Rates((EUR_IN_POUNDS,), ecb_rates()))
    assert rate is not None
    assert rate.source == "HMRC"


def test_no_rate_is_made_up() -> None:
    with pytest.raises(RateMissing, match="load"):
        exchange_rate("USD", _place("GB"), RateDays(dt.date(2026, 5, 4)), Rates())
    with pytest.raises(RateMissing, match="load"):
        exchange_rate("AFN", _place("DE"), RateDays(dt.date(2026, 5, 4)), Rates((), ecb_rates()))
    with pytest.raises(RateMissing, match="export"):
        exchange_rate("EUR", _place("AU"), RateDays(dt.date(2026, 5, 4)), Rates((), ecb_rates()))


@given(
    st.decimals(0, 1_000_000, places=2),
    st.lists(st.decimals(Decimal("0.01"), 1_000_000, places=2), min_size=1, max_size=30),
)
def test_the_parts_of_a_charge_always_add_up_to_it(amount: Decimal, shares: list[Decimal]) -> None:
    parts = apportioned(amount, shares)
    assert sum(parts) == amount
    assert all(part >= 0 for part in parts)
    exact = [amount * share / sum(shares) for share in shares]
    smaller = [n for n, share in enumerate(shares) if share < max(shares)]
    assert all(abs(parts[n] - exact[n]) < Decimal("0.01") for n in smaller)


def test_what_is_left_over_goes_to_the_largest_item() -> None:
    assert apportioned(Decimal("100.00"), [Decimal(1), Decimal(1), Decimal("1.1")]) == (
        Decimal("32.25"),
        Decimal("32.25"),
        Decimal("35.50"),
    )


def test_charges_cannot_be_spread_over_nothing() -> None:
    with pytest.raises(ValueOpen):
        apportioned(Decimal(10), [Decimal(0), Decimal(0)])


def test_a_table_of_charges_in_the_countrys_currency_is_converted() -> None:
    charges = (
        ChargeRate(line=2, charge="freight", per_kg=Decimal(1), currency="GBP"),
        ChargeRate(line=3, charge="insurance", percent_of_value=Decimal(0)),
    )
    declaration = _declared(_papers("FOB", total="3420.00"), "GB", charges=charges, rates=(EUR_IN_POUNDS,))
    freight = next(one for one in declaration.valuation_adjustments if one.why.startswith("freight"))
    assert freight.amount == Decimal("752.53")  # 655 kg at one pound, at 1.1489 EUR
    elsewhere = (charges[0].model_copy(update={"currency": "USD"}), charges[1])
    assert "table of charges is in USD" in _open_because(
        _declared(_papers("FOB", total="3420.00"), "GB", charges=elsewhere, rates=(EUR_IN_POUNDS,))
    )


def test_a_charge_by_weight_needs_the_gross_mass() -> None:
    papers = _papers("FOB", total="3420.00")
    for paper in ("packing", "transport", "certificate"):
        papers[paper]["gross_weight_kg"] = None
        for line in papers[paper]["lines"]:
            line["gross_weight_kg"] = None
    charges = (ChargeRate(line=2, charge="freight", per_kg=Decimal(1), currency="EUR"),)
    assert "gross mass" in _open_because(_declared(papers, charges=charges))


def test_freight_by_weight_needs_every_items_weight() -> None:
    papers = consistent()
    for line in papers["packing"]["lines"]:
        line["gross_weight_kg"] = line["net_weight_kg"] = None
    assert "weight of item 1" in _open_because(_declared(papers, apportion_by="weight"))


def test_a_draft_of_odd_amounts_gives_no_freight() -> None:
    papers = _papers("FCA", total="3420.00")
    odds: list[JsonValue] = ["much", True, None, "-5", "1E+400000000", "1E-400000000", []]
    for odd in odds:
        given = shipment(papers).model_copy(update={"draft": {"freight": odd, "insurance": "1"}})
        assert declare(given, reconciled(papers), DeclarationTerms()).customs_value is None


def test_papers_without_an_invoice_or_its_currency_give_no_value() -> None:
    papers = consistent()
    papers["invoice"]["currency"] = None
    assert "currency" in _open_because(_declared(papers))
    without = reconciled(consistent()).model_copy(update={"documents": (), "items": (), "standings": {}})
    with pytest.raises(ValueOpen, match="no invoice"):
        accounts_of(Values(without))


def test_one_invoice_of_two_that_states_freight_leaves_it_open() -> None:
    ref = FieldRef(document=0, field="freight")
    stated = Account({0: Decimal(10)}, (Charge("freight", Decimal(2), ref, in_total=True),), Decimal(0), Decimal(0), ())
    silent = Account({1: Decimal(10)}, (), Decimal(0), Decimal(0), ())
    with pytest.raises(ValueOpen, match="only some of the invoices"):
        costs_of((stated, silent), "FOB", Rule("CIF"), {"insurance": Stated(Decimal(1), "a test")})


def test_under_a_fob_basis_freight_that_nobody_states_is_not_known_for_the_taxes_that_take_it_in() -> None:
    silent = Account({0: Decimal(10)}, (), Decimal(0), Decimal(0), ())
    assert costs_of((silent,), "FOB", Rule("FOB"), {}).transport is None
    stated = {name: Stated(Decimal(2), "a test") for name in ("freight", "insurance")}
    known = costs_of((silent,), "FOB", Rule("FOB"), stated).transport
    assert known is not None
    assert [one.amount for one in known] == [Decimal(2), Decimal(2)]


def test_under_a_fob_basis_ex_works_lacks_the_way_to_the_port_but_in_the_united_states() -> None:
    papers = _papers("EXW", total="3420.00")
    assert "EXW" in _open_because(_declared(papers, "AU", fallback_rates=ecb_rates()))
    assert _declared(papers, "US", fallback_rates=ecb_rates()).customs_value is not None


def test_china_takes_the_rate_of_the_third_wednesday_and_croatia_had_another_currency_before_2023() -> None:
    rate = exchange_rate("EUR", _place("CN"), RateDays(dt.date(2026, 5, 4)), Rates((), ecb_rates()))
    assert rate is not None
    assert rate.date == dt.date(2026, 4, 15)
    with pytest.raises(RateMissing, match="not known here"):
        exchange_rate("USD", _place("HR"), RateDays(dt.date(2022, 5, 4)), Rates((), ecb_rates()))
    with pytest.raises(RateMissing, match="not known here"):
        exchange_rate("USD", _place("JP"), RateDays(dt.date(2026, 5, 4)), Rates((), ecb_rates()))


def test_before_the_rates_begin_and_after_they_end_there_is_none() -> None:
    assert ecb_rates().published("USD", dt.date(1998, 1, 1)) is None
    assert ecb_rates().published("USD", dt.date(2199, 1, 1)) is None


def test_an_amount_beyond_all_measure_is_refused() -> None:
    rule = rounding_in(_place("GB"), None)
    with pytest.raises(ValueOpen, match="digits"):
        rounded(Decimal("1E+30"), rule.value)
    with pytest.raises(ValueOpen, match="rounds"):
        rounding_in(_place("JP"), None)


def test_each_invoices_charges_are_spread_over_its_own_items() -> None:
    papers = consistent()
    first, other = papers["invoice"], papers["invoice"]["lines"][1]
    second = {
        **first,
        "number": "NL-205",
        "lines": [other],
        "freight": "50.00",
        "insurance": "5.00",
        "subtotal": None,
        "total_amount": "1555.00",
    }
    first |= {"lines": [first["lines"][0]], "subtotal": None, "total_amount": "2144.50"}
    both = {"invoice": first, "second": second, **{name: paper for name, paper in papers.items() if name != "invoice"}}
    declaration = _declared(both)
    assert [one.customs_value for one in declaration.items] == [Decimal("2144.50"), Decimal("1555.00")]
