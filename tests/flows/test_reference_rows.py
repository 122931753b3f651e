"""What a list's file must look like, and what is said of one that does not."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reference_rows import ROWS, columns_of, rows_as
from schemas import list_tables
from schemas.list_tables import Columns, ListError, table_rows
from schemas.reference import ArticleRecord, ChargeRate, GoodsMeasure, ListVersion, ReferenceKind, WatchedParty

HEAD = "name,aliases,country,programme,valid_from,valid_until\n"


def _version(kind: ReferenceKind, scope: str = "") -> ListVersion:
    day = dt.date(2026, 1, 1)
    return ListVersion(kind=kind, scope=scope, name="x.csv", source="x", valid_from=day, sha256="0" * 64)


def _rows(kind: ReferenceKind, text: str, scope: str = "") -> tuple[object, ...]:
    return rows_as(ROWS[kind], text, _version(kind, scope))


def test_a_row_of_every_column_is_taken_as_it_stands() -> None:
    text = f"{HEAD}Blocked Horizon LLC,BHS|Horizon Blocked; Third,ae,SHIP,2026-01-02,2026-12-31\n"
    assert _rows("watch_list", text, "GB") == (
        WatchedParty(
            names=("Blocked Horizon LLC", "BHS", "Horizon Blocked", "Third"),
            country="AE",
            programme="SHIP",
            line=2,
            scope="GB",
            valid_from=dt.date(2026, 1, 2),
            valid_until=dt.date(2026, 12, 31),
        ),
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_each_usual_separator_is_understood(separator: str) -> None:
    text = f'name,programme\n"A{separator}B",SHIP\n'.replace(",", separator).replace(
        f"A{separator * 2}B", f"A{separator}B"
    )
    (row,) = rows_as(WatchedParty, text, _version("watch_list"))
    assert (row.names, row.programme) == ((f"A{separator}B",), "SHIP")


def test_lines_are_those_of_the_file_whatever_stands_between_rows() -> None:
    text = '# fictitious\n\nName , Programme\nA,"on two\r\nlines"\n\n  ,\nB,SHIP\n'
    rows = rows_as(WatchedParty, text, _version("watch_list"))
    assert [(row.line, row.names[0], row.programme) for row in rows] == [(4, "A", "on two\r\nlines"), (8, "B", "SHIP")]


def test_a_spreadsheets_line_that_names_the_separator_is_no_header() -> None:
    assert len(_rows("watch_list", "sep=;\nname;programme\nA;B\n")) == 1


def test_json_has_the_same_names_with_lists_as_lists() -> None:
    entries = [{"name": "A", "aliases": ["B", "C"], "programme": "SHIP", "country": None}]
    (row,) = rows_as(WatchedParty, json.dumps(entries), _version("watch_list"))
    assert (row.names, row.country, row.line) == (("A", "B", "C"), None, 1)


def test_numbers_of_json_keep_their_digits() -> None:
    text = '[{"code": "6403", "unit": "PR", "price": 4.10, "currency": "usd"}]'
    (row,) = _rows("reference_prices", text)
    assert row == ROWS["reference_prices"].model_validate(
        {"code": "6403", "unit": "PR", "price": Decimal("4.10"), "currency": "USD", "line": 1}
    )


def test_a_measure_for_several_origins_and_destinations_is_one_row_for_each_pair() -> None:
    text = "measure,code,origin,destination,legal_source\nBan,97.05,RU|BY,GB|EU,Act\n"
    rows = rows_as(GoodsMeasure, text, _version("restricted_goods"))
    assert [(row.code, row.origin, row.destination, row.line) for row in rows] == [
        ("9705", "RU", "GB", 2), ("9705", "RU", "EU", 2), ("9705", "BY", "GB", 2), ("9705", "BY", "EU", 2),
    ]  # fmt: skip


def test_charges_and_articles_are_taken() -> None:
    (charge,) = rows_as(ChargeRate, "charge,mode,per_kg,currency\nfreight,air,2.5,EUR\n", _version("charges"))
    assert (charge.per_kg, charge.mode) == (Decimal("2.5"), "air")
    (article,) = rows_as(ArticleRecord, "exporter,part_number,origin\nA,P-1,IN\n", _version("articles"))
    assert (article.part_number, article.origin) == ("P-1", "IN")


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("watch_list", "", "there is no header; begin with a line that names the columns"),
        ("watch_list", "# only a comment\n", "there is no header"),
        ("watch_list", "name,programme\n", "there is not a single row"),
        ("watch_list", "company,programme\nA,B\n", "line 1: there is no column name; the header"),
        ("watch_list", "name,programme,colour\nA,B,C\n", "line 1, column colour: is no column of this kind of list"),
        ("watch_list", "name,Name,programme\nA,B,C\n", "line 1: two columns have the name 'name'"),
        ("watch_list", "name,programme,,\nA,B,,\n", "line 1: two columns have no name"),
        ("watch_list", "name,programme\nA\n", "line 2: there are 1 cells where the header has 2 columns"),
        ("watch_list", "name,programme\nA,B\nC,D,E\n", "line 3: there are 3 cells"),
        ("watch_list", 'name,programme\nA,"B\nC,D\n', "line 2: this is no CSV"),
        ("watch_list", 'name,programme\nA,"B"C\n', "line 2: this is no CSV"),
        ("watch_list", "name,programme\n,B\n", "line 2, column name: is empty; fill the cell"),
        ("watch_list", "name,aliases,programme\n,A,B\n", "line 2, column name: is empty"),
        ("watch_list", "name,programme\nA,\n", "line 2, column programme: is empty"),
        ("watch_list", "name,programme\nA,=B2&C2\n", "line 2, column programme: there is a formula (=B2&C2)"),
        ("watch_list", "name,programme\n@SUM(A1),x\n", "line 2, column name: there is a formula"),
        ("watch_list", "name,programme\nA,x\nB\x1b[31m,x\n", "line 3: there is a control character (U+001B)"),
        ("watch_list", f"name,programme\n{'A' * 10001},x\n", "line 2, column name: is 10001 characters long"),
        ("watch_list", f"name,programme\n{'A' * 200000},x\n", "line 2: this is no CSV (field larger than"),
        ("watch_list", f"{HEAD}A,,QQ,x,,\n", "line 2, column country: 'QQ' is no country"),
        ("watch_list", f"{HEAD}A,,,x,1/2/2026,\n", "column valid_from: '1/2/2026' is no date"),
        ("watch_list", f"{HEAD}A,,,x,2026-02-01,2026-01-01\n", "valid_until: 2026-01-01 is before valid_from"),
        ("restricted_goods", "measure,code,legal_source\nBan,,Act\n", "column code: neither code nor words is given"),
        ("restricted_goods", "measure,code,legal_source\nBan,64035,Act\n", "'64035' has an odd number of digits"),
        ("restricted_goods", "measure,code,legal_source\nBan,shoes,Act\n", "column code: 'shoes' is no tariff code"),
        ("restricted_goods", "measure,code,legal_source\nBan,0012,Act\n", "column code: '0012' is no tariff code"),
        ("ip_rights", "brand,holder,codes\nA,B,64|6\n", "column codes: '6' is no tariff code"),
        ("reference_prices", 'code,unit,price,currency\n64,PR,"1,50",EUR\n', "column price: '1,50' is no amount"),
        ("reference_prices", "code,unit,price,currency\n64,PR,-1,EUR\n", "column price: '-1' is no amount"),
        ("reference_prices", "code,unit,price,currency\n64,PR,1,EURO\n", "column currency: 'EURO' is no currency"),
        ("articles", "exporter,part_number\nA,\n", "column part_number: neither part_number nor description is given"),
        ("charges", "charge,per_kg\nfreight,2\n", "column currency: an amount per kilogram needs its currency"),
        ("charges", "charge,mode,per_kg,currency\nfreight,bike,2,EUR\n", "line 2, column mode: Input should be 'sea'"),
        ("watch_list", "[", "line 1: this is no JSON"),
        ("watch_list", "[" * 100_000, "this is no JSON"),
        ("watch_list", '{"name": "A"}', "this JSON is no array"),
        ("watch_list", '["A"]', "entry 1: is no object"),
        ("watch_list", '[{"name": {"a": 1}, "programme": "x"}]', "entry 1, column name: is no value of a table"),
        ("watch_list", '[{"name": "A", "programme": "x"}, {"name": "B"}]', "entry 2: there is no column programme"),
        ("watch_list", '[{"name": "A", "Name": "B", "programme": "x"}]', "entry 1: two columns have the name 'name'"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_is_told_with_its_place(kind: ReferenceKind, text: str, told: str) -> None:
    with pytest.raises(ListError) as raised:
        _rows(kind, text)
    assert str(raised.value).startswith(told) or told in str(raised.value)
    assert "; " in str(raised.value)


def test_more_rows_than_a_list_can_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_tables, "MOST_ROWS", 3)
    columns = Columns(("a",))
    assert len(list(table_rows("a\n1\n2\n3\n", columns))) == 3
    with pytest.raises(ListError, match="there are more than 3 rows"):
        list(table_rows("a\n1\n2\n3\n4\n", columns))


def test_a_table_with_other_columns_is_taken_where_any_are_allowed() -> None:
    (row,) = table_rows("Commodity Code,text\n0101,horses\n", Columns(("commodity_code",)))
    assert dict(row.cells) == {"commodity_code": "0101", "text": "horses"}


@pytest.mark.parametrize("kind", ROWS)
def test_each_kind_names_its_columns(kind: ReferenceKind) -> None:
    columns = columns_of(kind)
    assert columns.known is not None
    assert set(columns.required) <= set(columns.known)
    assert {"valid_from", "valid_until"} <= set(columns.known)
    assert not {"line", "scope", "names"} & set(columns.known)


@given(st.text(), st.sampled_from(sorted(ROWS)))
def test_any_text_gives_rows_or_the_one_kind_of_error(text: str, kind: ReferenceKind) -> None:
    with contextlib.suppress(ListError):
        assert _rows(kind, text)


@given(st.lists(st.text(st.characters(categories=("L", "Nd", "Zs")), min_size=1), min_size=1, max_size=8))
def test_what_json_says_is_what_the_row_holds(names: list[str]) -> None:
    rows = rows_as(
        WatchedParty, json.dumps([{"name": f"x{one}", "programme": "p"} for one in names]), _version("watch_list")
    )
    assert [row.names[0] for row in rows] == [f"x{one}".strip() for one in names]
