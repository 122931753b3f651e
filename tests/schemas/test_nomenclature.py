"""The nomenclature of 2022 as it is installed: what is in it, and what is said of codes that are not."""

import pytest

from schemas.nomenclature import (
    heading_text,
    is_heading,
    is_subheading,
    nomenclature,
    placing,
    subheading_text,
    subheadings_of,
)


def test_it_is_the_edition_of_2022_without_the_chapters_left_to_countries() -> None:
    texts = nomenclature()
    # 96 chapters are in use: 1 to 97 without 77.
    assert (len(texts.chapters), len(texts.headings), len(texts.subheadings)) == (96, 1228, 5612)
    assert "77" not in texts.chapters
    assert {code[:2] for code in texts.subheadings} == set(texts.chapters)


def test_every_subheading_has_a_heading_and_every_heading_a_subheading() -> None:
    texts = nomenclature()
    assert {code[:4] for code in texts.subheadings} == set(texts.headings) == set(texts.of_heading)


@pytest.mark.parametrize("code", ["610910", "6109100010", "85171300", "854999"])
def test_a_subheading_is_known_by_its_first_six_digits(code: str) -> None:
    assert is_subheading(code)
    assert placing(code) == "present"
    assert subheading_text(code)


@pytest.mark.parametrize("code", ["", "61", "6109", "61091", "610999", "851712", "771100", "990000"])
def test_a_short_code_or_one_of_another_edition_is_no_subheading(code: str) -> None:
    assert not is_subheading(code)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("851712", "unplaced"),  # telephones for cellular networks until 2021, since then 8517.13 and 8517.14
        ("94051000", "unplaced"),
        ("98030000", "national"),
        ("9903881500", "national"),
        ("770100", "unknown"),
        ("610099", "unknown"),
        ("000000", "unknown"),
    ],
)
def test_a_code_that_is_not_there_may_be_older_or_national_or_none(code: str, said: str) -> None:
    assert placing(code) == said


def test_texts_are_had_by_any_longer_code() -> None:
    assert (heading_text("61091000") or "").startswith("T-shirts, singlets")
    assert "of cotton" in (subheading_text("61091000") or "")
    assert heading_text("6100") is None
    assert subheading_text("6109") is None
    assert is_heading("6109100010")
    assert not is_heading("610")


def test_the_subheadings_of_a_heading_are_what_an_older_code_may_have_become() -> None:
    assert {"851713", "851714"} <= set(subheadings_of("851712"))
    assert subheadings_of("7701") == ()
