"""Papers side by side: rows of what several papers call one thing, goods lines as they were joined, loud and quiet."""

from __future__ import annotations

from typing import Any

from pydantic import JsonValue

from flows.casework.comparing import compared
from schemas.comparison import Comparison, GoodsTable, TableRow
from tests.trade_papers import Plain, consistent, reconciled


def _table(papers: dict[str, Plain], **draft: JsonValue) -> Comparison:
    told = reconciled(papers)
    return compared(told.documents, told, findings=told.findings, declaration=None, draft=draft)


def _row(name: str, table: Comparison | GoodsTable) -> TableRow:
    rows = table.header if isinstance(table, Comparison) else table.rows
    return next(one for one in rows if one.name == name)


def _line(papers: dict[str, Plain], paper: str, number: int) -> dict[str, Any]:
    line: dict[str, Any] = papers[paper]["lines"][number]
    return line


def test_papers_that_agree_are_quiet() -> None:
    table = _table(consistent())
    assert {one.agreement for one in table.header} <= {"agrees", "alone"}
    assert not any(one.is_loud for one in table.goods)
    assert [one.type for one in table.papers] == [
        "commercial_invoice", "packing_list", "certificate_of_origin", "transport_document",
    ]  # fmt: skip


def test_what_papers_name_apart_stands_in_one_row() -> None:
    row = _row("invoice_number", _table(consistent()))
    assert [(one.document, one.field) for one in row.values] == [
        (0, "number"), (1, "invoice_number"), (2, "invoice_number"),
    ]  # fmt: skip
    assert (row.agreement, row.values[0].text) == ("agrees", "NL-204")


def test_a_weight_that_differs_is_loud_and_shows_whose_it_is_with_its_place() -> None:
    papers = consistent()
    papers["transport"]["gross_weight_kg"] = "700.00"
    row = _row("gross_weight_kg", _table(papers))
    assert row.agreement == "disputed"
    assert row.findings != ()
    [other] = [one for one in row.values if not one.agrees]
    assert (other.document, other.text, other.file, other.page) == (3, "700.00", "transport.pdf", 1)
    assert other.box is not None


def test_what_the_brokers_draft_says_of_a_header_value_stands_beside_it() -> None:
    table = _table(consistent(), total_invoice_amount="9.90", items=[{"item_price": "1.00"}])
    assert _row("total_amount", table).drafted == "9.90"
    assert {row.drafted for row in table.header if row.name != "total_amount"} == {None}
    assert {row.drafted for goods in table.goods for row in goods.rows} == {None}


def test_goods_lines_stand_together_as_they_were_joined_and_the_odd_one_is_loud() -> None:
    papers = consistent()
    _line(papers, "packing", 1)["quantity"] = "240"
    towels, linen = _table(papers).goods[:2]
    assert (towels.item, towels.is_loud, towels.title) == (0, False, "Cotton bath towel 70 x 140 cm")
    assert (linen.item, linen.is_loud) == (1, True)
    row = _row("quantity", linen)
    assert row.pointer == "/items/1/quantity"
    assert [(one.document, one.line, one.text, one.agrees) for one in row.values] == [
        (0, 1, "250", True), (1, 1, "240", False), (2, 1, "250", True),
    ]  # fmt: skip
    assert _row("quantity", towels).agreement == "agrees"


def test_lines_that_add_up_to_an_invoice_line_agree_with_it() -> None:
    papers = consistent()
    first = _line(papers, "packing", 0)
    papers["packing"]["lines"] = [
        {**first, "quantity": "400", "packages": "12", "net_weight_kg": "190.00", "gross_weight_kg": "215.00"},
        {**first, "quantity": "200", "packages": "8", "net_weight_kg": "100.00", "gross_weight_kg": "115.00"},
        _line(papers, "packing", 1),
    ]
    row = _row("quantity", _table(papers).goods[0])
    assert [one.text for one in row.values] == ["600", "400", "200", "600"]
    assert row.agreement == "agrees"


def test_a_line_that_belongs_to_no_invoice_line_stands_alone_and_is_loud() -> None:
    papers = consistent()
    papers["packing"]["lines"].append({"description": "Diesel generator 50 kVA", "quantity": "1", "unit": "C62"})
    left = [one for one in _table(papers).goods if one.item is None]
    assert [(one.title, one.is_loud, one.lines) for one in left] == [("Diesel generator 50 kVA", True, ((1, 2),))]


def test_what_papers_call_the_goods_is_quiet_while_no_check_takes_them_for_others() -> None:
    assert _row("description", _table(consistent()).goods[0]).agreement == "agrees"
