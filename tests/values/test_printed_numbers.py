from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.values.numbers import NumberStyle, number_style, numeric_readings, parse_number

ENGLISH = NumberStyle(".", ",")
GERMAN = NumberStyle(",", ".")
SWISS = NumberStyle(".", "'")
FRENCH = NumberStyle(",", " ")
STYLES = [ENGLISH, GERMAN, SWISS, FRENCH, NumberStyle("."), NumberStyle(",")]

amounts = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


def printed(amount: Decimal, style: NumberStyle) -> str:
    group = style.group or ""
    return f"{amount:,f}".replace(",", "\0").replace(".", style.decimal).replace("\0", group)


@given(amounts, st.sampled_from(STYLES))
def test_what_is_printed_in_a_style_is_read_back_with_its_decimals(amount: Decimal, style: NumberStyle) -> None:
    read = parse_number(printed(amount, style), style)
    assert str(read) == str(amount)


@given(amounts, st.sampled_from(STYLES))
def test_without_a_style_a_number_is_read_right_or_not_at_all(amount: Decimal, style: NumberStyle) -> None:
    assert parse_number(printed(amount, style), None) in (amount, None)


@given(st.decimals(0, 10**6, places=3, allow_nan=False), st.sampled_from(STYLES), st.sampled_from(STYLES))
def test_a_number_of_another_style_is_never_read_where_its_marks_contradict(
    amount: Decimal, style: NumberStyle, other: NumberStyle
) -> None:
    read = parse_number(printed(amount, style), other)
    if style.decimal == other.decimal:
        assert read in (amount, None)
    elif read is not None:
        assert "." not in str(read) or amount < 1000, "three decimals can only pass for one group of thousands"


@given(st.text(max_size=30), st.sampled_from([None, *STYLES]))
def test_any_text_is_a_number_or_nothing(text: str, style: NumberStyle | None) -> None:
    read = parse_number(text, style)
    assert read is None or read.is_finite()
    assert len(numeric_readings(text, style, lost_point=True)) <= 8


@given(st.text(alphabet="0123456789.,' OIlSB-()|", max_size=14), st.sampled_from([None, *STYLES]))
def test_the_first_reading_is_the_sure_one(text: str, style: NumberStyle | None) -> None:
    sure = parse_number(text, style)
    readings = numeric_readings(text, style)
    assert sure is None or readings[0] == sure
    assert len(set(readings)) == len(readings)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1’234.56", "1234.56"),
        ("12.50", "12.50"),
        ("0,500", "0.500"),
        ("1234.567", "1234.567"),
        ("3.73710", "3.73710"),
        ("-12.50", "-12.50"),
        ("12.50-", "-12.50"),
        ("(1,234.56)", "-1234.56"),
        ("1, 234.56", "1234.56"),
        ("1.250,-", "1250"),
        ("US$ 5.00", "5.00"),
        ("HK$980,579.74", "980579.74"),
        ("45'338.65 EUR", "45338.65"),
        ("１２．５０", "12.50"),
        ("| 12.50 |", "12.50"),
        ("1,234.56]", "1234.56"),
    ],
)
def test_a_number_with_one_meaning_needs_no_style(text: str, value: str) -> None:
    assert str(parse_number(text, None)) == value


@pytest.mark.parametrize(
    "text",
    [
        "1,234",
        "1.234",
        "1 234,56",
        "12 PCS",
        "1,23,456.00",
        "1.234.56",
        "12,5O",
        ".50",
        "12.",
        "",
        "EUR",
        "1-2",
        "|12",
        "0x1F",
    ],
)
def test_what_may_mean_something_else_is_not_read_without_a_style(text: str) -> None:
    assert parse_number(text, None) is None


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("1,234", ENGLISH, "1234"),
        ("1,234", GERMAN, "1.234"),
        ("0,500", ENGLISH, None),
        ("1 234,56", FRENCH, "1234.56"),
        ("1 234,56", GERMAN, None),
        ("1, 234", ENGLISH, "1234"),
        ("5, 60", ENGLISH, None),
        ("1,23,456.00", ENGLISH, None),
        ("1,23,456.00", NumberStyle(".", ",", lakh=True), "123456.00"),
        ("1'234.56", ENGLISH, "1234.56"),
        ("12345678901234567890", ENGLISH, None),
        ("5.-", ENGLISH, "5"),
        ("5,-", ENGLISH, None),
    ],
)
def test_the_style_settles_the_marks(text: str, style: NumberStyle, value: str | None) -> None:
    read = parse_number(text, style)
    assert (None if read is None else str(read)) == value


def test_a_per_cent_sign_or_word_is_dropped_only_where_asked() -> None:
    assert parse_number("13 %", ENGLISH) is None
    assert parse_number("13 %", ENGLISH, trailing_unit=True) == 13
    assert parse_number("12.5 kg", ENGLISH, trailing_unit=True) == Decimal("12.5")


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["Total 1,234.56"], ENGLISH),
        (["1.234,56 EUR", "12,50"], GERMAN),
        (["45'338.65"], SWISS),
        (["1\u202f234,56"], FRENCH),
        (["14 366,64 EUR", "1 056,00"], FRENCH),
        (["12.50", "7"], NumberStyle(".")),
        (["0,800"], NumberStyle(",")),
        (["12,34,567.00"], NumberStyle(".", ",", lakh=True)),
    ],
)
def test_a_style_is_proved_by_tokens_with_one_meaning(texts: list[str], style: NumberStyle) -> None:
    assert number_style(texts) == style


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["1.234", "12,345"],
        ["HS 8413.70", "27.08.2025", "A-12.50-B"],
        ["1,234.56", "1.234,56"],
        ["steel 8.8"],
        ["4 250 15 330"],
    ],
)
def test_ambiguous_or_divided_evidence_proves_no_style(texts: list[str]) -> None:
    assert number_style(texts) is None


def test_a_weight_beside_its_count_of_packages_proves_no_spaces_between_groups() -> None:
    assert number_style(["13 330.70 K", "134 397.20 K", "12.50"]) == NumberStyle(".")
    assert number_style(["13 330,70"]) == NumberStyle(",")


@given(st.lists(st.decimals(1000, 10**7, places=2, allow_nan=False), min_size=2), st.sampled_from(STYLES[:4]))
def test_a_document_of_grouped_amounts_proves_its_own_style(amounts: list[Decimal], style: NumberStyle) -> None:
    assert number_style(printed(amount, style) for amount in amounts) == style


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        ("1,2B4.50", ENGLISH, "1284.50"),
        ("O.5", ENGLISH, "0.5"),
        ("3/217.36", SWISS, "3217.36"),
        ("1.234.56", ENGLISH, "1234.56"),
        ("1 234,56", None, "1234.56"),
        ("|234", ENGLISH, "1234"),
    ],
)
def test_a_misread_number_is_offered_but_not_taken(text: str, style: NumberStyle | None, expected: str) -> None:
    assert parse_number(text, style) is None
    assert Decimal(expected) in numeric_readings(text, style)


def test_an_ambiguous_number_offers_both_meanings() -> None:
    assert numeric_readings("1,234", None) == (Decimal(1234), Decimal("1.234"))


def test_a_lost_point_is_considered_only_in_columns_that_print_decimals() -> None:
    assert numeric_readings("1575", ENGLISH) == (Decimal(1575),)
    assert numeric_readings("1575", ENGLISH, lost_point=True) == (Decimal(1575), Decimal("15.75"), Decimal("1.575"))
