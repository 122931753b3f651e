"""The small rules under the checks: rounding and tightness, names of companies, units, slips of the eye."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validators.arithmetic import is_tight, line_tolerance, misreadings, multiplies_out, price_ulp, sum_tolerance, ulp
from validators.certificate_rules import is_known_criterion
from validators.confusions import confusable, slip_between, slips
from validators.languages import language_of
from validators.names import core, is_same_party
from validators.origins import is_same_origin
from validators.sameness import same_value
from validators.units import canonical, converted, kilograms

money = st.decimals(min_value="0.01", max_value="99999", places=2)
pieces = st.integers(min_value=1, max_value=99999).map(Decimal)


@given(pieces, money)
def test_an_amount_rounded_from_an_exact_price_always_multiplies_out(quantity: Decimal, price: Decimal) -> None:
    assert multiplies_out(quantity, price, quantity * price, "EUR")


@given(pieces, st.decimals(min_value="0.001", max_value="500", places=5))
def test_a_price_rounded_for_print_still_multiplies_out(quantity: Decimal, price: Decimal) -> None:
    printed = price.quantize(Decimal("0.001"))
    amount = (quantity * price).quantize(Decimal("0.01"))
    assert multiplies_out(quantity, printed, amount, "EUR")


@given(pieces, money, st.decimals(min_value="0.001", max_value="9", places=3))
def test_an_amount_off_by_more_than_rounding_never_does(quantity: Decimal, price: Decimal, more: Decimal) -> None:
    amount = quantity * price
    off = line_tolerance(quantity, price, amount, "EUR") + more
    assert not multiplies_out(quantity, price, amount + off, "EUR")


@given(money, money)
def test_a_sum_is_tight_for_each_of_its_terms(left: Decimal, right: Decimal) -> None:
    values = [left, right, left + right]
    assert all(is_tight(values, place, lambda v: v[0] + v[1] == v[2]) for place in range(3))


def test_a_product_within_wide_rounding_is_not_tight() -> None:
    values = [Decimal(60000), Decimal("0.078"), Decimal("4690.80")]

    def holds(v: object) -> bool:
        assert isinstance(v, list)
        return multiplies_out(v[0], v[1], v[2], "USD")

    assert holds(values)
    assert not is_tight(values, 2, holds)


@given(st.decimals(min_value="-999999", max_value="999999", places=3))
def test_no_misreading_is_the_number_itself(value: Decimal) -> None:
    assert value == 0 or value not in list(misreadings(value))


def test_the_last_printed_place_is_the_rounding() -> None:
    assert ulp(Decimal("12.50")) == Decimal("0.01")
    assert ulp(Decimal("1E+3")) == 1
    assert ulp(Decimal("NaN")) == 1
    assert price_ulp(Decimal(771), "JPY") == 1
    assert price_ulp(Decimal(771), "EUR") == Decimal("0.01")
    assert sum_tolerance([Decimal("1.00"), Decimal("2.00")], Decimal("3.0")) == Decimal("0.1")


@given(st.integers(min_value=0, max_value=10**9).map(Decimal))
def test_a_slip_that_swaps_like_digits_can_be_undone(value: Decimal) -> None:
    swapped = [other for other in slips(value) if len(str(other)) == len(str(value)) and other.as_tuple().exponent == 0]
    assert all(value in list(slips(other)) for other in swapped if str(other)[0] != "0")


def test_slips_are_between_like_values_of_one_kind() -> None:
    assert confusable("NL-2O4", "NL-204")
    assert not confusable("NL-204", "NL-2045")
    assert not confusable("NL-204", "NL-207")
    assert slip_between(Decimal("150.5"), Decimal(1505)) == "mark"
    assert slip_between(Decimal(150), "150") is None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Tamarind Mills Co., Ltd.", "TAMARIND MILLS COMPANY LIMITED"),
        ("Gruber & Söhne GmbH & Co. KG", "GRUBER UND SOEHNE GMBH & CO KG"),
        ("Société Mercier S.A.R.L.", "SOCIETE MERCIER SARL"),
        ("PT Nusa Kain", "Nusa Kain"),
        ("Oakline Intl. Trading Inc", "Oakline International Trading Incorporated"),
        ("Oakline International Trading", "OAKLINE INTERNATIONAL TRADlNG LLC"),
        ("Blue Keel", "Bluekeel Ltd"),
        ("...", "-"),
    ],
)
def test_spellings_of_one_company_are_one(left: str, right: str) -> None:
    assert is_same_party(left, right, same_name=0.84)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Tamarind Mills Ltd", "Tamarind Foods Ltd"),
        ("Gruber GmbH", "Gerber Import GmbH"),
        ("AB", "Abacus Trading"),
        ("", "Abacus Trading"),
    ],
)
def test_two_companies_are_two(left: str, right: str) -> None:
    assert not is_same_party(left, right, same_name=0.84)


@given(st.text(max_size=30))
def test_every_name_is_the_same_as_itself(name: str) -> None:
    assert is_same_party(name, name, same_name=0.84) or len(core(name).replace(" ", "")) < 4


@given(st.sampled_from(["C62", "DZN", "KGM", "LBR", "MTR", "YRD", "PR", "TNE"]), st.integers(1, 10**6).map(Decimal))
def test_converting_there_and_back_changes_nothing(unit: str, quantity: Decimal) -> None:
    for other in ("C62", "KGM", "MTR", "PR"):
        there = converted(quantity, unit, other)
        back = None if there is None else converted(there, other, unit)
        assert back is None or abs(back - quantity) < Decimal("1e-9")


def test_units_of_different_kinds_are_not_converted() -> None:
    assert converted(Decimal(3), "SET", "C62") is None
    assert converted(Decimal(3), "KGM", "MTR") is None
    assert converted(Decimal(3), "XCT", "CT") == 3
    assert converted(Decimal(3), None, "CT") == 3
    assert converted(Decimal(4), "C62", "PR") == 2
    assert canonical("ea") == "C62"
    assert kilograms(Decimal(2), "TNE") == 2000
    assert kilograms(Decimal(2), None) is None


def test_the_union_agrees_with_its_members_only() -> None:
    assert is_same_origin("EU", "PT")
    assert is_same_origin("PT", "EU")
    assert not is_same_origin("EU", "GB")
    assert not is_same_origin("PT", "ES")


def test_values_are_compared_by_their_kind() -> None:
    assert same_value("number", "INV-NO 204/26", "INVNO204-26")
    assert same_value("package_kind", "Ct", "CT")
    assert same_value("date", None, None)
    assert not same_value("unit", "SET", "C62")


@pytest.mark.parametrize(
    ("form", "criterion", "known"),
    [
        ("form_a", '"P"', True), ("form_a", "W 96.18", True), ("form_a", "W", False), ("form_a", "Y 45%", True),
        ("form_e", "PE", True), ("form_e", "45%", True), ("form_d", "RVC 41.5%", True), ("form_d", "CTH+RVC 40%", True),
        ("rcep", "CTC ACU", True), ("rcep", "P", False), ("usmca", "B", True), ("eur1", "anything", True),
    ],
)  # fmt: skip
def test_each_form_knows_its_own_criteria(form: str, criterion: str, *, known: bool) -> None:
    assert is_known_criterion(form, criterion) is known


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["Steel bolts M8", "RUBBER GASKET"], "en"),
        (["Sechskantschraube, Stahl verzinkt, packed in cartons of 100"], "de"),
        (["Vin rouge, bouteilles de 0,75 L"], "fr"),
        (["Aceite de oliva, botellas"], "es"),
        (["Valvola a sfera, acciaio inox"], "it"),
        (["6205-2RS", "M10"], None),
        ([], None),
    ],
)
def test_the_language_of_goods_is_told_by_their_words(texts: list[str], language: str | None) -> None:
    assert language_of(texts) == language


def test_a_dash_before_a_number_may_be_a_rule_of_the_table() -> None:
    assert slip_between(Decimal("-17.92"), Decimal("17.92")) == "sign"
