from __future__ import annotations

import pytest

from schemas.lodgements import check_digit_fits, country_of, has_mrns, is_number, year_of


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("21DE27364916384836", "DE"),
        ("26XIA1B2C3D4E5F6G7", "XI"),
        ("26GBA1B2C3D4E5F6G7", "GB"),
        ("26US27364916384836", None),
        ("26DE2736491638483", None),
        ("26DE2736491638483X", None),
        ("26de27364916384836", None),
        ("231-1234567-8", None),
    ],
)
def test_an_mrn_tells_its_country_and_another_number_tells_none(number: str, country: str | None) -> None:
    assert country_of(number) == country


def test_the_check_digit_is_that_of_iso_6346() -> None:
    assert check_digit_fits("21DE27364916384836")
    assert not check_digit_fits("21DE27364916384835")
    assert not check_digit_fits("21DE27364916384386")


def test_an_mrn_tells_its_year() -> None:
    assert year_of("21DE27364916384836") == 2021


def test_who_has_mrns() -> None:
    assert all(has_mrns(code) for code in ("EU", "DE", "GB", "XI"))
    assert not any(has_mrns(code) for code in ("US", "CN", None, ""))


def test_what_can_be_a_number_of_customs() -> None:
    assert all(is_number(text) for text in ("231-1234567-8", "12345678901234567"))
    assert not any(is_number(text) for text in ("", "abc", "12 34", "A" * 36, "-1234", "\u0661\u0662\u0663\u0664"))
