from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.values.dates import DateOrder, ambiguous_dates, date_order, find_dates, parse_date
from extractors.values.lexicon import word_lists

AUGUST_27 = dt.date(2025, 8, 27)
days = st.dates(dt.date(1999, 1, 1), dt.date(2099, 12, 31))
ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd")


@pytest.mark.parametrize(
    "text",
    [
        "2025-08-27",
        "27/08/2025",
        "08-27-2025",
        "27 Aug 2025",
        "27-AUG-2025",
        "AUGUST 27, 2025",
        "27.08.2025",
        "27. August 2025",
        "27 août 2025",
        "27 aout 2025",
        "27 de agosto de 2025",
        "27 agosto 2025",
        "2025年8月27日",
        "2025 年 8 月 27 日",
        "20250827",
        "Monday, 27th August 2025",
        "Aug. 27, 2025",
        "27AUG2025",
        "27-Aug-25",
        "2025/08/27",
        "27. 8. 2025",
        "27/08/2025 14:30",
        "le 27 août 2025",
        "2O25-08-27",
        "27/O8/2025",
        "２０２５-０８-２７",
        "2025-Aug-27",
    ],
)
def test_a_date_with_one_meaning_needs_no_order(text: str) -> None:
    assert parse_date(text, None) == AUGUST_27


@given(days, st.sampled_from(["%Y-%m-%d", "%d %b %Y", "%B %d, %Y", "%Y年%m月%d日", "%d-%b-%Y", "%Y%m%d"]))
def test_unmistakable_forms_are_read_back(day: dt.date, form: str) -> None:
    assert parse_date(day.strftime(form), None) == day


@given(days, st.sampled_from("/-."), st.sampled_from(["dmy", "mdy"]))
def test_numeric_dates_are_read_in_the_documents_order(day: dt.date, mark: str, order: DateOrder) -> None:
    form = "%d{0}%m{0}%Y" if order == "dmy" else "%m{0}%d{0}%Y"
    text = day.strftime(form.format(mark))
    assert parse_date(text, order) == day
    assert parse_date(text, None) in (day, None)
    assert day in ambiguous_dates(text)


@given(days, st.sampled_from(sorted(word_lists("dates").items())))
def test_a_month_is_known_by_all_its_names(day: dt.date, month: tuple[str, tuple[str, ...]]) -> None:
    number, names = month
    expected = day.replace(month=int(number), day=min(day.day, 28))
    for name in names:
        assert parse_date(f"{expected.day} {name} {expected.year}", None) == expected


@given(st.text(max_size=40), st.sampled_from([None, *ORDERS]))
def test_any_text_holds_dates_or_none(text: str, order: DateOrder | None) -> None:
    parse_date(text, order)
    ambiguous_dates(text)
    for date, printed in find_dates(text, order):
        assert 1950 <= date.year < 2100
        assert printed


def test_day_and_month_that_could_be_exchanged_give_both_and_no_date() -> None:
    assert parse_date("05/08/2025", None) is None
    assert ambiguous_dates("05/08/2025") == (dt.date(2025, 8, 5), dt.date(2025, 5, 8))


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2025",
        "12345678",
        "27/08/25",
        "27/13/2025 or so",
        "LDG-20250517",
        "00/00/2025",
        "1234-56-78",
        "May",
        "2025",
    ],
)
def test_what_is_no_date_or_could_be_another_is_none(text: str) -> None:
    assert parse_date(text, None) is None


def test_a_year_cut_to_its_first_half_is_not_taken_for_2020() -> None:
    assert parse_date("02-23-20", "mdy") is None
    assert parse_date("02-23-26", "mdy") == dt.date(2026, 2, 23)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["Date 27/08/2025", "05/08/2025"], "dmy"),
        (["01-11-2026", "Houston, 01-27-2026"], "mdy"),
        (["05/08/2025"], None),
        (["2025-08-27", "27 Aug 2025"], None),
        (["27/08/2025", "08-27-2025"], None),
        (["27/08/2025", "28/08/2025", "29/08/2025", "30/08/2025", "12-31-2025"], "dmy"),
    ],
)
def test_the_order_is_what_the_documents_dates_prove(texts: list[str], order: DateOrder | None) -> None:
    assert date_order(texts) == order


def test_the_issuers_country_helps_only_where_no_date_proves_anything() -> None:
    assert date_order(["05/08/2025"], hint_country="US") == "mdy"
    assert date_order(["05/08/2025"], hint_country="DE") == "dmy"
    assert date_order(["27/08/2025"], hint_country="US") == "dmy"
    assert date_order(["05/08/2025"], hint_country="CA") is None


def test_dates_are_found_in_a_longer_text_with_their_printed_form() -> None:
    text = "HOUSTON, TX, 01-11-2026; on board 27 Aug 2025, ref 2025/0817/33, INV LDG-20250517"
    assert find_dates(text, "mdy") == [(dt.date(2026, 1, 11), "01-11-2026"), (AUGUST_27, "27 Aug 2025")]
    assert find_dates(text, None) == [(AUGUST_27, "27 Aug 2025")]
