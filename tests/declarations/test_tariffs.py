"""Tariffs as files: our columns and the published ones; which rate holds, and when none can be told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from declarations.duty.lookup import Goods, additional_duties, claimed_rate, end_use_rate, normal_rate
from declarations.duty.tariff_files import parse_tariff
from declarations.errors import TariffSilent
from schemas.list_tables import ListError
from schemas.reference import ListVersion
from schemas.tariffs import Tariff, TariffLine

DAY = dt.date(2026, 5, 4)
VERSION = ListVersion(
    kind="tariff", scope="GB", name="t.csv", source="a test", valid_from=dt.date(2021, 1, 1), sha256="0" * 64
)


def _tariff(*rows: str, header: str = "commodity,duty_expression") -> Tariff:
    return parse_tariff("\n".join((header, *rows)) + "\n", VERSION)


def test_our_columns_are_read_with_their_meaning(small: Tariff) -> None:
    line = next(one for one in small.lines if one.origin == "KE")
    assert (line.code, line.expression, line.preference, line.agreement, line.vat_rate) == (
        "630221",
        "4.0%",
        "300",
        "UK-Kenya EPA",
        Decimal(20),
    )
    assert (small.jurisdiction, small.name) == ("GB", "small.csv")
    assert small.countries["GSP"] == {"IN", "BD"}


def test_a_code_of_the_published_form_gets_its_lost_zero_back() -> None:
    found = _tariff("1012100,Horses,0.0%", header="commodity,description,ukgt_duty_rate")
    assert [one.code for one in found.lines] == ["01012100"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1012100,8%", "leading zero"),
        ("abc,8%", "no tariff code"),
        ("63026000,", "is empty"),
        ("", "not a single rate"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named(row: str, told: str) -> None:
    with pytest.raises(ListError, match=told):
        _tariff(row)


def test_a_wrong_percentage_or_day_is_named_with_its_column() -> None:
    with pytest.raises(ListError, match="vat_rate"):
        _tariff("63026000,8%,VAT", header="commodity,duty_expression,vat_rate")
    with pytest.raises(ListError, match="valid_from"):
        _tariff("63026000,8%,1.1.26", header="commodity,duty_expression,valid_from")


def test_the_longest_code_that_fits_gives_the_rate(small: Tariff) -> None:
    assert normal_rate(small, Goods("6302600000", "TR", DAY)).code == "63026000"
    assert normal_rate(small, Goods("6302210000", "TR", DAY)).code == "630221"


def test_a_short_code_has_a_rate_only_where_all_below_it_are_alike(small: Tariff) -> None:
    alike = _tariff("61091000,12.0%", "61099000,12.0%")
    assert normal_rate(alike, Goods("6109", None, DAY)).expression == "12.0%"
    with pytest.raises(TariffSilent, match="full national code"):
        normal_rate(small, Goods("7608", "US", DAY))


def test_zeros_that_only_fill_a_code_up_are_left_aside() -> None:
    divided = _tariff("94036010,0.0%", "94036090,0.0%", "85287210,14%", "85287220,0%")
    for code in ("94036000", "9403600000"):
        assert normal_rate(divided, Goods(code, None, DAY)).expression == "0.0%"
    with pytest.raises(TariffSilent, match="full national code"):
        normal_rate(divided, Goods("8528720000", None, DAY))
    with pytest.raises(TariffSilent, match="not in the tariff"):
        normal_rate(divided, Goods("94036020", None, DAY))


def test_a_code_that_is_divided_into_other_rates_has_none_of_its_own(small: Tariff) -> None:
    for code in ("76081000", "7608100090"):
        with pytest.raises(TariffSilent, match="full national code"):
            normal_rate(small, Goods(code, "US", DAY))


def test_goods_of_which_only_a_preferential_rate_is_loaded_have_no_normal_one() -> None:
    tariff = _tariff("63026000,Free,IN,200", header="commodity,duty_expression,origin,preference")
    with pytest.raises(TariffSilent, match="no normal rate"):
        normal_rate(tariff, Goods("63026000", "IN", DAY))
    assert claimed_rate(tariff, Goods("63026000", None, DAY)) is None


def test_goods_that_the_tariff_lacks_are_refused(small: Tariff) -> None:
    with pytest.raises(TariffSilent, match="not in the tariff"):
        normal_rate(small, Goods("97011000", "US", DAY))


def test_a_preferential_rate_is_for_its_origin_alone(small: Tariff) -> None:
    kenyan = claimed_rate(small, Goods("63022100", "KE", DAY))
    assert kenyan is not None
    assert (kenyan.expression, kenyan.agreement) == ("4.0%", "UK-Kenya EPA")
    assert claimed_rate(small, Goods("63022100", "UG", DAY)) is None
    assert claimed_rate(small, Goods("63022100", "KE", DAY), "200") is None


def test_a_preferential_rate_may_be_for_a_group_of_countries(small: Tariff) -> None:
    indian = claimed_rate(small, Goods("63026000", "IN", DAY))
    assert indian is not None
    assert indian.preference == "200"
    assert claimed_rate(small, Goods("63026000", "CN", DAY)) is None


def test_two_preferences_of_different_rates_cannot_be_told_apart(small: Tariff) -> None:
    other = TariffLine("63022100", "", "2.0%", origin="KE", preference="200", agreement="DCTS")
    with pytest.raises(TariffSilent, match="several rates"):
        claimed_rate(replace(small, lines=(*small.lines, other)), Goods("63022100", "KE", DAY))


def test_a_quota_is_given_only_to_whom_claims_it(small: Tariff) -> None:
    quota = TariffLine("63022100", "", "0%", origin="KE", preference="320", agreement="UK-Kenya EPA quota")
    tariff = replace(small, lines=(*small.lines, quota))
    goods = Goods("63022100", "KE", DAY)
    kenyan, claimed = claimed_rate(tariff, goods), claimed_rate(tariff, goods, "320")
    assert kenyan is not None
    assert claimed is not None
    assert (kenyan.expression, claimed.expression) == ("4.0%", "0%")


def test_a_rate_for_end_use_is_never_the_normal_one(small: Tariff) -> None:
    found = end_use_rate(small, Goods("7608100011", "US", DAY))
    assert found is not None
    assert found.expression == "0.0%"
    assert normal_rate(small, Goods("7608100011", "US", DAY)).expression == "6.0%"


def test_an_anti_dumping_duty_is_charged_on_its_origin_in_its_time(small: Tariff) -> None:
    charged = additional_duties(small, Goods("7318150000", "CN", DAY))
    assert [one.expression for one in charged] == ["24.5%"]
    assert additional_duties(small, Goods("7318150000", "VN", DAY)) == ()
    assert additional_duties(small, Goods("7318150000", "CN", dt.date(2027, 1, 1))) == ()


def test_a_duty_that_depends_on_the_maker_is_refused_without_its_code(small: Tariff) -> None:
    maker = TariffLine("73181500", "", "0%", origin="CN", tax_type="A30", additional_code="C999")
    tariff = replace(small, lines=(*small.lines, maker))
    with pytest.raises(TariffSilent, match="additional code"):
        additional_duties(tariff, Goods("73181500", "CN", DAY))


def test_a_rate_beside_which_a_trade_remedy_applies_is_refused() -> None:
    header = "commodity,description,ukgt_duty_rate,trade_remedy_applies"
    remedied = _tariff("0301919011,Trout,12.0%,True", header=header)
    with pytest.raises(TariffSilent, match="trade remedy"):
        normal_rate(remedied, Goods("0301919011", "TR", DAY))


def test_the_published_tariff_has_all_its_lines(published: Tariff) -> None:
    assert len(published.lines) == 11_830
    assert published.code_digits == 10
    assert normal_rate(published, Goods("0201100021", "JP", DAY)).expression == "12.00% + 147.00 GBP/100kg"
