from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.values.freight import parse_freight_terms
from extractors.values.lexicon import official_codes, printed_words, word_lists
from extractors.values.money import find_currencies, parse_money
from extractors.values.numbers import NumberStyle
from extractors.values.packages import leading_packages, parse_package_kind, parse_package_range, parse_packages
from extractors.values.units import parse_quantity, parse_unit
from extractors.values.weights import parse_volume_m3, parse_weight_kg

ENGLISH = NumberStyle(".", ",")
GERMAN = NumberStyle(",", ".")
SPELLINGS = {
    name: [(w, code) for code, words in word_lists(name).items() for w in words] for name in ("units", "packages")
}


@pytest.mark.parametrize("name", ["units", "packages"])
def test_every_printed_word_stands_for_an_official_code(name: str) -> None:
    assert set(printed_words(name).values()) <= set(official_codes(name))


@given(st.sampled_from(SPELLINGS["units"]), st.sampled_from([str.upper, str.lower, str.title, str]))
def test_a_unit_is_known_in_any_case(entry: tuple[str, str], case: type[str]) -> None:
    word, code = entry
    assert parse_unit(case(word)) == code
    assert parse_quantity(f"1,200 {case(word)}", ENGLISH) == (Decimal(1200), code) or word[0].isdigit()


@given(st.sampled_from(sorted(official_codes("units"))))
def test_a_units_own_code_is_a_unit(code: str) -> None:
    assert parse_unit(code) is not None


@given(st.sampled_from(SPELLINGS["packages"]), st.integers(1, 99_999))
def test_a_kind_of_package_is_known_behind_any_count(entry: tuple[str, str], count: int) -> None:
    word, code = entry
    assert parse_packages(f"{count:,} {word.upper()}", ENGLISH) == (Decimal(count), code)


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        ("60,000 PCS", ENGLISH, ("60000", "C62")),
        ("432 件", None, ("432", "C62")),
        ("1.200 Stk.", GERMAN, ("1200", "C62")),
        ("100'000 Stück", None, ("100000", "C62")),
        ("960 PAIRS", ENGLISH, ("960", "PR")),
        ("6,000} pcs", ENGLISH, ("6000", "C62")),
        ("263 CTNS", ENGLISH, ("263", "XCT")),
        ("414.72KGS", ENGLISH, ("414.72", "KGM")),
        ("5", None, ("5", None)),
        ("1,200 pcs", None, None),
        ("12 whatsits", ENGLISH, None),
        ("pcs", ENGLISH, None),
        ("M10 x 60", ENGLISH, None),
    ],
)
def test_quantities(text: str, style: NumberStyle | None, expected: tuple[str, str | None] | None) -> None:
    read = parse_quantity(text, style)
    assert read == (None if expected is None else (Decimal(expected[0]), expected[1]))


@pytest.mark.parametrize("text", ["GR", "TON", "CT.", "MT", "MTS", "LOT", "x", "", "Seite"])
def test_a_unit_that_could_be_two_is_none(text: str) -> None:
    assert parse_unit(text) in (None, "XCT")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("263 CTNS", ("263", "CT")),
        ("36箱", ("36", "CT")),
        ("136 CAJAS DE CARTÓN", ("136", "CT")),
        ("24 colis", ("24", "PK")),
        ("36 (THIRTY-SIX) CARTONS ONLY", ("36", "CT")),
        ("5 GARTONS", ("5", "CT")),
        ("453 CINS", ("453", "CT")),
        ("10 PALLETS", ("10", "PX")),
        ("12", ("12", None)),
        ("12.5 CTNS", None),
        ("12 CTNS / 1 PALLET", None),
        ("1 x 20'GP CONTAINER", None),
    ],
)
def test_packages(text: str, expected: tuple[str, str | None] | None) -> None:
    read = parse_packages(text, ENGLISH)
    assert read == (None if expected is None else (Decimal(expected[0]), expected[1]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 CARTONS — CENTRIFUGAL PUMP CP 32-160", ("12", "CT", "CENTRIFUGAL PUMP CP 32-160")),
        ("100 CTNS OLIVES, PREPARED", ("100", "CT", "OLIVES, PREPARED")),
        ("5 CARTONS OF MEN'S SHIRTS", ("5", "CT", "MEN'S SHIRTS")),
        ("3 Kartons", ("3", "CT", "")),
        ("12 BOXERS, COTTON", None),
        ("100% COTTON FABRIC", None),
    ],
)
def test_a_count_of_packages_before_the_goods_is_cut_off(text: str, expected: tuple[str, str, str] | None) -> None:
    read = leading_packages(text, ENGLISH)
    assert read == (None if expected is None else (Decimal(expected[0]), *expected[1:]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1-60", "1-60"),
        ("263", "263"),
        ("C/NO. 93-172", "93-172"),
        ("CINO. 1-84", "1-84"),
        ("1 – 60", "1-60"),
        ("001-060", "1-60"),
        ("Carton No. 1 to 5", "1-5"),
        ("7-7", "7"),
        ("60-1", None),
        ("C/NO. 1-UP", None),
        ("C53-4862", None),
        ("", None),
    ],
)
def test_package_ranges(text: str, expected: str | None) -> None:
    assert parse_package_range(text) == expected


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_a_range_is_read_back_if_it_runs_forward(first: int, last: int) -> None:
    expected = f"{first}-{last}" if first < last else str(first) if first == last else None
    assert parse_package_range(f"C/NO. {first}-{last}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4,178.00 kgs", "4178.00"),
        ("4.178 MT", "4178"),
        ("3.73710 MT", "3737.10"),
        ("2,397.20 K", "2397.20"),
        ("1.625 t", "1625"),
        ("100 LB", "45.35923700"),
        ("0.5 t", "500"),
        ("5 t", "5000"),
        ("500 g", "0.500"),
        ("12.5", "12.5"),
        ("12 PCS", None),
        ("kg", None),
    ],
)
def test_weights_are_kilograms_with_their_exact_decimals(text: str, expected: str | None) -> None:
    read = parse_weight_kg(text, ENGLISH)
    assert (None if read is None else f"{read:f}") == expected


def test_a_weight_without_unit_has_its_columns_unit() -> None:
    assert parse_weight_kg("4.178", ENGLISH, default_unit="TNE") == 4178


@given(st.decimals(0, 10**5, places=3, allow_nan=False))
def test_tonnes_and_kilograms_of_one_mass_agree(tonnes: Decimal) -> None:
    assert parse_weight_kg(f"{tonnes:f} MT", ENGLISH) == tonnes * 1000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5.820 CBM", "5.820"),
        ("VOL 3.800 CBM", "3.800"),
        ("1.5 m³", "1.5"),
        ("5.2 m°", "5.2"),
        ("35 cbft", "0.991089630720"),
        ("5 kg", None),
    ],
)
def test_volumes_are_cubic_metres(text: str, expected: str | None) -> None:
    read = parse_volume_m3(text, ENGLISH)
    assert (None if read is None else f"{read:f}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CNY 17,682.94", ("17682.94", "CNY")),
        ("US$2,234.59", ("2234.59", "USD")),
        ("€ 5.00", ("5.00", "EUR")),
        ("5.00 £", ("5.00", "GBP")),
        ("HK$5", ("5", "HKD")),
        ("¥5", ("5", None)),
        ("$5", ("5", None)),
        ("RMB 5", ("5", "CNY")),
        ("SFr. 5.00", ("5.00", "CHF")),
        ("5.00", ("5.00", None)),
        ("EUR", None),
        ("USD 5.00 EUR", None),
        ("(USD 5.00)", ("-5.00", "USD")),
    ],
)
def test_money(text: str, expected: tuple[str, str | None] | None) -> None:
    read = parse_money(text, ENGLISH)
    assert read == (None if expected is None else (Decimal(expected[0]), expected[1]))


def test_currencies_are_found_in_printed_order_and_never_inside_words() -> None:
    assert find_currencies("Amount (HKD), US$5 and 7€; euros; RUSSIA, THERMOS, $ 5, CAD5") == [
        "HKD",
        "USD",
        "EUR",
        "CAD",
    ]
    assert find_currencies("SAY TOTAL: US DOLLARS FIVE") == ["USD"]
    assert find_currencies("ALL RIGHTS RESERVED: TOP QUALITY") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FREIGHT PREPAID", "prepaid"),
        ("Freight Collect", "collect"),
        ("PP", "prepaid"),
        ("CC", "collect"),
        ("运费到付", "collect"),
        ("Port payé", "prepaid"),
        ("Fracht zahlt Empfänger", "collect"),
        ("Prepaid / Weight Charge / Collect", None),
        ("FREIGHT", None),
        ("COLLECTION", None),
    ],
)
def test_freight_terms(text: str, expected: str | None) -> None:
    assert parse_freight_terms(text) == expected


@given(st.text(max_size=30))
def test_any_text_is_a_value_or_nothing(text: str) -> None:
    parse_unit(text)
    parse_package_kind(text)
    parse_package_range(text)
    parse_quantity(text, ENGLISH)
    parse_packages(text, ENGLISH)
    leading_packages(text, ENGLISH)
    parse_weight_kg(text, ENGLISH)
    parse_volume_m3(text, ENGLISH)
    parse_money(text, ENGLISH)
    find_currencies(text)
    parse_freight_terms(text)


@pytest.mark.parametrize(("text", "unit"), [("PA", "PR"), ("PAA", "PR"), ("GRS", "GRO"), ("Tsd", "MIL"), ("ml", None)])
def test_a_unit_is_read_for_what_trade_means_by_it(text: str, unit: str | None) -> None:
    """PA is the Italian pair, not the packet of Rec. 21; ml stands for millilitre and for the mètre linéaire."""
    assert parse_unit(text) == unit
