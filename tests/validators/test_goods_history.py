"""Shipments against earlier ones of the same exporter: prices, weights, codes, origins, certificates, parties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.ports import EarlierGoods
from schemas.reference import ListVersion, ReferencePrice, References
from schemas.shipments import Reconciled
from tests.trade_papers import AS_OF, Plain, Register, WordsInCommon, codes, consistent, only, reconciled, shipment
from validators import Tolerances, reconcile
from validators.robust import spread_of
from validators.same_goods import KnownGoods, Named

TOWELS = EarlierGoods(
    reference="E-0",
    as_of=dt.date(2026, 1, 5),
    description="Cotton bath towel 70 x 140 cm",
    hs_code="63026000",
    origin="IN",
    unit="C62",
    quantity=Decimal(500),
    net_mass_kg=Decimal(240),
    item_price=Decimal(1600),
    currency="EUR",
)
"""3.20 a piece, 6.67 a kilogram, 0.48 kg a piece; the shipment's own are 3.20, 6.62 and 0.483."""


def earlier(*prices: str, **changed: object) -> list[EarlierGoods]:
    """One shipment for each price of 500 towels."""
    goods = replace(TOWELS, **changed)  # type: ignore[arg-type]  # names and values are those of EarlierGoods
    return [replace(goods, reference=f"E-{n}", item_price=Decimal(price)) for n, price in enumerate(prices)]


def judged(goods: Sequence[EarlierGoods], papers: dict[str, Plain] | None = None, **told: object) -> Reconciled:
    register = Register(goods=goods, **told)  # type: ignore[arg-type]  # the keywords are those of the stand-in
    return reconciled(papers or consistent(), register=register)


def undervalued(result: Reconciled) -> list[tuple[str, str]]:
    return [(one.severity, one.message) for one in result.findings if one.code == "undervaluation"]


def test_prices_as_they_always_were_are_nothing_to_tell() -> None:
    assert judged(earlier("1600", "1580", "1620", "1550")).findings == reconciled(consistent()).findings


def test_a_price_far_below_that_of_earlier_shipments_is_questioned_with_both_figures() -> None:
    [(severity, message)] = undervalued(judged(earlier("4000", "4100", "3900")))
    assert severity == "warning"
    assert "3.20 EUR per piece, usually 8.00 (the median of 3 earlier shipments, 7.80 to 8.20)" in message
    assert "per kilogram" in message


def test_a_questioned_price_points_at_amount_and_quantity_and_stays_in_the_provisional_declaration() -> None:
    result = judged(earlier("4000", "4100", "3900"))
    finding = only(result, "undervaluation")
    assert [(one.field, one.line) for one in finding.evidence[:2]] == [("amount", 1), ("quantity", 1)]
    assert finding.nature == "policy"
    assert "/items/0/item_price" not in result.withheld


def test_two_earlier_shipments_do_not_say_what_is_usual_however_many_their_lines() -> None:
    goods = earlier("4000", "4100")
    assert undervalued(judged([*goods, *goods])) == []


def test_a_price_that_was_cleared_before_is_told_and_does_not_hold() -> None:
    result = judged(earlier("4000", "4100", "3900", "1600"))
    assert [severity for severity, _ in undervalued(result)] == ["info"]
    assert codes(result) == []


def test_prices_that_always_varied_widely_do_not_hold_one_near_the_lowest() -> None:
    result = judged(earlier("2000", "9000", "4000", "12000", "1700"))
    assert [severity for severity, _ in undervalued(result)] == ["info"]
    result = judged(earlier("2000", "9000", "4000", "12000", "2100"))
    assert [severity for severity, _ in undervalued(result)] == ["warning"]


@pytest.mark.parametrize(
    "changed",
    [
        {"currency": "JPY"}, {"unit": "SET", "net_mass_kg": None}, {"description": "Cotton bath towel 100 x 200 cm"},
        {"part_number": "BT-100", "description": "Rug"}, {"quantity": None, "net_mass_kg": None},
    ],
    ids=["another currency", "another unit", "another size", "other goods", "no quantity"],
)  # fmt: skip
def test_prices_of_other_things_are_not_compared(changed: dict[str, object]) -> None:
    assert undervalued(judged(earlier("4000", "4100", "3900", **changed))) == []


def test_units_that_can_be_converted_are() -> None:
    result = judged(earlier("4000", "4100", "3900", unit="DZN", quantity=Decimal("41.6666666667")))
    [(severity, message)] = undervalued(result)
    assert severity == "warning"
    assert "usually 8.00" in message


def test_a_price_asked_for_in_the_settings_decides_what_is_far_below() -> None:
    strict = reconciled(
        consistent(), register=Register(goods=earlier("2000", "2010", "1990")),
        tolerances=Tolerances(low_price_share=Decimal("0.9")),
    )  # fmt: skip
    assert [severity for severity, _ in undervalued(strict)] == ["warning"]
    assert undervalued(judged(earlier("2000", "2010", "1990"))) == []


def test_goods_sold_by_weight_have_one_price() -> None:
    papers = consistent()
    papers["invoice"]["lines"][0].update(quantity="290", unit="KGM", unit_price="6.62", amount="1919.80")
    papers["invoice"].update(subtotal="3419.80", total_amount="3644.30")
    goods = earlier("4000", "4100", "3900", unit="KGM", quantity=Decimal(240))
    [(severity, message)] = undervalued(judged(goods, papers))
    assert severity == "warning"
    assert message.count("usually") == 1


def test_a_credit_or_a_sample_for_nothing_has_no_price_to_compare() -> None:
    papers = consistent()
    papers["invoice"]["lines"][0].update(unit_price="0.00", amount="0.00")
    assert undervalued(judged(earlier("4000", "4100", "3900"), papers)) == []


def test_goods_that_weigh_more_than_ever_are_told() -> None:
    result = judged(earlier("1600", "1600", "1600", net_mass_kg=Decimal(120)))
    [finding] = [one for one in result.findings if one.code == "net_weight_mismatch"]
    assert finding.severity == "info"
    assert "0.4833 kg per piece, usually 0.2400" in finding.message


def test_a_low_price_per_kilogram_at_the_usual_unit_price_is_told_and_does_not_hold() -> None:
    result = judged(earlier("1600", "1590", "1610", net_mass_kg=Decimal(24)))
    [(severity, message)] = undervalued(result)
    assert severity == "info"
    assert "per kilogram" in message
    assert "per piece" not in message


def test_without_a_unit_in_common_the_price_per_kilogram_alone_is_questioned() -> None:
    result = judged(earlier("4000", "4100", "3900", unit="SET"))
    assert [severity for severity, _ in undervalued(result)] == ["warning"]


def test_another_code_or_origin_than_last_time_is_told_with_the_shipment() -> None:
    result = judged(earlier("1600", hs_code="63026001", origin="PK"))
    origin = only(result, "origin_mismatch")
    assert (origin.severity, "last time (E-0 of 2026-01-05) these goods were of origin PK" in origin.message) == (
        "info", True,
    )  # fmt: skip
    assert [one for one in result.findings if one.code == "hs_mismatch"] == []
    code = only(judged(earlier("1600", hs_code="57050080")), "hs_mismatch")
    assert (code.severity, "these goods had 57050080" in code.message) == ("info", True)


def test_what_earlier_shipments_say_never_holds_but_for_a_low_price() -> None:
    odd = earlier("1600", "1500", "1700", hs_code="57050080", origin="PK", net_mass_kg=Decimal(20))
    assert codes(judged(odd, new=("Norwick Looms Pvt. Ltd.",))) == []


def test_an_article_number_recognises_goods_whose_description_changed() -> None:
    papers = consistent()
    papers["invoice"]["lines"][0]["part_number"] = "BT-70"
    goods = earlier("4000", "4100", "3900", part_number="bt 70", description="Towel, terry")
    assert [severity for severity, _ in undervalued(judged(goods, papers))] == ["warning"]
    others = earlier("4000", "4100", "3900", part_number="BT-71")
    assert undervalued(judged(others, papers)) == []


def test_a_certificate_that_came_with_another_shipment_is_questioned() -> None:
    finding = only(judged([], certificates={"IN-77": ["E-3"]}), "certificate_reference")
    assert (finding.severity, finding.evidence[0].field) == ("warning", "number")
    assert "IN-77 came with an earlier shipment: E-3" in finding.message


def test_a_certificate_for_many_consignments_may_come_again() -> None:
    papers = consistent()
    papers["certificate"]["form"] = "statement_on_origin"
    assert "certificate_reference" not in codes(judged([], papers, certificates={"IN-77": ["E-3"]}))


def test_the_certificate_of_an_invoice_that_came_twice_is_told_once_as_the_invoice() -> None:
    result = judged([], known={"NL-204": ["E-3"]}, certificates={"IN-77": ["E-3"]})
    assert codes(result) == ["duplicate_invoice"]


def test_a_new_party_is_told_with_its_role() -> None:
    result = judged([], new=("Norwick Looms Pvt. Ltd.", "Halden Textil GmbH"))
    told = {one.code: one for one in result.findings if "is new" in one.message}
    assert set(told) == {"exporter_mismatch", "consignee_mismatch"}
    assert {one.severity for one in told.values()} == {"info"}
    assert codes(result) == []


def priced(*rows: ReferencePrice) -> Reconciled:
    version = ListVersion(
        kind="reference_prices", name="prices.csv", source="own", valid_from=dt.date(2026, 1, 1), sha256="0" * 64
    )
    return reconcile(
        shipment(consistent()),
        similarity=WordsInCommon(),
        earlier=Register(),
        references=References(versions=(version,), reference_prices=rows),
    )


def price(code: str = "6302", unit: str = "C62", per: str = "3.50", **told: object) -> ReferencePrice:
    given = {"code": code, "unit": unit, "price": Decimal(per), "currency": "EUR", "line": 4, **told}
    return ReferencePrice.model_validate(given)


def test_a_price_below_the_reference_is_questioned_and_names_the_list() -> None:
    [(severity, message)] = undervalued(priced(price()))
    assert severity == "warning"
    assert "3.20 EUR per piece, the reference price for 6302 is 3.50 (prices.csv of 2026-01-01, line 4)" in message


def test_a_reference_price_per_kilogram_is_set_against_the_net_mass() -> None:
    assert [message for _, message in undervalued(priced(price("63022100", "KGM", "5.01")))] != []
    assert undervalued(priced(price("63022100", "KGM", "4.99"))) == []


@pytest.mark.parametrize(
    "row",
    [
        price("6203"), price(currency="USD"), price(origin="PK"), price(unit="PR"), price(per="3.20"),
        price(valid_until=AS_OF - dt.timedelta(days=1)),
    ],
    ids=["other code", "other currency", "other origin", "other unit", "not below", "no longer in force"],
)  # fmt: skip
def test_a_reference_price_for_something_else_says_nothing(row: ReferencePrice) -> None:
    assert undervalued(priced(row)) == []


def test_the_longest_code_counts() -> None:
    rows = (price("63", per="9.00"), price("63026000", per="3.00"), price("63022100", "SET", "6.00"))
    assert undervalued(priced(*rows)) == []


def test_goods_are_recognised_by_their_words_and_figures() -> None:
    known = KnownGoods([Named(None, text) for text in ("LED lamp, 40 W, E27", "LED lamp, 5 W, E27", "Steel bolt M8")])
    assert [one.description for one in known.like(Named(None, "Lamp LED 40 W E27"))] == ["LED lamp, 40 W, E27"]
    assert known.like(Named(None, "Table")) == []
    assert known.like(Named()) == []


def test_less_alike_words_are_the_same_goods_only_under_one_code() -> None:
    known = KnownGoods([Named(None, "Knitted cotton shirt for men", "610510")])
    assert len(known.like(Named(None, "Mens knitted cotton shirts", "61051000"))) == 1
    assert known.like(Named(None, "Mens knitted cotton shirts", "620520")) == []


positive = st.decimals(min_value="0.01", max_value="1000000", places=2)


@given(st.lists(positive, min_size=1, max_size=30), st.decimals(min_value="0.1", max_value="10", places=1))
def test_what_is_usual_does_not_depend_on_order_or_currency_unit(figures: list[Decimal], factor: Decimal) -> None:
    one, other = spread_of(figures), spread_of([figure * factor for figure in reversed(figures)])
    assert one is not None
    assert other is not None
    assert (other.median, other.lowest) == (one.median * factor, one.lowest * factor)
    assert not one.is_outlier(one.median)


@given(st.lists(st.decimals(min_value=9, max_value=11, places=2), min_size=3, max_size=30), positive)
def test_one_wrong_figure_moves_what_is_usual_no_further_than_the_others_reach(
    figures: list[Decimal], wrong: Decimal
) -> None:
    spread = spread_of([*figures, wrong])
    assert spread is not None
    assert min(figures) <= spread.median <= max(figures)


def test_figures_not_above_nothing_are_no_figures() -> None:
    assert spread_of([Decimal(0), Decimal(-3)]) is None
