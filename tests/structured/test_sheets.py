from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from extractors.structured import read_structured
from extractors.structured.workbook import number_text
from schemas.pages import Notice
from tests.structured.figures import (
    DAY,
    GOODS,
    NUMBER,
    Row,
    documents,
    invoice_in,
    invoice_rows,
    notices,
    packing_list_in,
    received,
    rows,
    saved,
    values,
    workbook,
)


def told(content: bytes, file: str = "invoice.xlsx") -> list[Notice]:
    return notices(read_structured(received(file, content), content))


def test_a_workbook_is_read_like_the_paper_it_would_print() -> None:
    content = workbook({"Invoice": invoice_rows()})
    invoice = invoice_in(read_structured(received("invoice.xlsx", content), content))
    found = values(invoice)
    assert (found["number"], found["date"], found["currency"]) == (NUMBER, DAY, "EUR")
    assert (found["total_amount"], found["gross_weight_kg"], found["packages"]) == (
        Decimal(2025), Decimal("412.5"), Decimal(14),
    )  # fmt: skip
    assert (found["incoterm"], found["incoterm_place"]) == ("FCA", "Leeds")
    assert [(row["hs_code"], row["quantity"], row["unit_price"], row["amount"]) for row in rows(invoice)] == [
        (one.hs, Decimal(one.quantity), Decimal(one.price), Decimal(one.amount)) for one in GOODS
    ]
    assert told(content) == []


def test_each_value_names_its_cell() -> None:
    content = workbook({"Our invoice": invoice_rows()})
    invoice = invoice_in(read_structured(received("invoice.xlsx", content), content))
    assert invoice.fields.number is not None
    assert invoice.fields.number.locator == "'Our invoice'!B3"
    assert invoice.fields.exporter is not None
    assert invoice.fields.exporter.locator == "'Our invoice'!A6:A9"
    amount = invoice.lines[2].amount
    assert amount is not None
    assert (amount.locator, amount.reader, amount.confidence, amount.page) == (
        "'Our invoice'!H23",
        "structured",
        1.0,
        None,
    )
    assert "every_row" in invoice.complete_by


def test_two_sheets_are_two_papers() -> None:
    packing: Sequence[Row] = [
        ("Packing list no.", "PL-9"), ("Invoice No.", NUMBER), (),
        ("Description", "Quantity", "Unit", "Cartons", "Net weight kg", "Gross weight kg"),
        *((one.description, int(one.quantity), one.unit, at, 10.5 * at, 11.25 * at) for at, one in enumerate(GOODS, 1)),
        ("Total", 380, None, 6, 63.0, 67.5),
    ]  # fmt: skip
    content = workbook({"Invoice": invoice_rows(), "Packing list": packing})
    invoice, packed = documents(read_structured(received("both.xlsx", content), content))
    assert (invoice.type, packed.type) == ("commercial_invoice", "packing_list")
    assert [row["net_weight_kg"] for row in rows(packed)] == [Decimal("10.5"), Decimal(21), Decimal("31.5")]
    assert values(packed)["gross_weight_kg"] == Decimal("67.5")


def test_a_formula_without_a_stored_value_is_told_and_never_evaluated() -> None:
    some = invoice_rows()
    some[-5] = (*some[-5][:7], "=E23*G23")
    content = workbook({"Invoice": some})
    invoice = invoice_in(read_structured(received("invoice.xlsx", content), content))
    assert invoice.lines[2].amount is None
    [notice] = told(content)
    assert "formulas without a stored value, which are not evaluated, or errors: Invoice!H23" in notice.message
    assert notice.holds


def test_an_error_in_a_cell_is_told() -> None:
    some = invoice_rows()
    some[-5] = (*some[-5][:7], "#REF!")
    assert "Invoice!H23" in told(workbook({"Invoice": some}))[0].message


def test_a_row_that_nothing_accounts_for_leaves_no_proof_of_completeness() -> None:
    some = invoice_rows()
    some.insert(-3, (None, None, None, None, None, None, None, 99.5))
    content = workbook({"Invoice": some})
    invoice = invoice_in(read_structured(received("invoice.xlsx", content), content))
    assert len(invoice.lines) == 3
    assert "every_row" not in invoice.complete_by


def test_hidden_sheets_are_not_read_and_hidden_rows_are_said() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Invoice"
    for row in invoice_rows():
        sheet.append(list(row))
    sheet.row_dimensions[21].hidden = True
    costs = book.create_sheet("Costs")
    costs.append(["Margin", 12])
    costs.sheet_state = "hidden"
    content = saved(book)
    assert len(documents(read_structured(received("invoice.xlsx", content), content))) == 1
    assert [(notice.holds, notice.message.split(" ", 2)[2]) for notice in told(content)] == [
        (False, "hidden rows or columns: they were read like the others."),
        (False, "a hidden sheet “Costs”: it was not read."),
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.1 + 0.2, "General", "0.3"), (1200.0, "#,##0.00", "1200"), (4711, "00000", "04711"), (0.05, "0%", "5.00%"),
        (100 / 3, "0.00", "33.33"), (100 / 3, "General", "33.333333"), (0.0375, "0.00", "0.0375"),
        (12.5, '#,##0.00 "USD"', "12.5 USD"), (12.5, "[$€-407] #,##0.00", "12.5 €"), (-3.5, "0.00", "-3.5"),
    ],
)  # fmt: skip
def test_numbers_are_taken_as_stored_without_the_noise_of_binary_fractions(
    value: float, number_format: str, text: str
) -> None:
    assert number_text(value, number_format) == text


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False, allow_infinity=False))
def test_every_amount_that_a_person_typed_is_read_as_typed(typed: Decimal) -> None:
    assert Decimal(number_text(float(typed), "#,##0.00")) == typed


CSV = (
    "Line{0}Artikel{0}Bezeichnung{0}Menge{0}Einheit{0}Einzelpreis{0}Betrag EUR{0}Ursprung{0}Zolltarifnummer\r\n"
    "1{0}A-1{0}Sägeblätter für Stahl{0}120{0}Stk{0}4{1}50{0}540{1}00{0}DE{0}82023100\r\n"
    "2{0}A-2{0}Meißel, klein{0}60{0}Stk{0}12{1}25{0}735{1}00{0}DE{0}82053000\r\n"
    "{0}{0}{0}{0}{0}Gesamt{0}1275{1}00{0}{0}\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize(("delimiter", "mark"), [(";", ","), (";", "."), ("\t", ","), ("|", ".")])
def test_a_csv_file_gives_the_same_lines_in_every_encoding_and_with_every_delimiter(
    encoding: str, delimiter: str, mark: str
) -> None:
    content = CSV.format(delimiter, mark).encode(encoding)
    invoice = invoice_in(read_structured(received("rechnung.csv", content), content))
    assert [(row["description"], row["quantity"], row["unit_price"], row["amount"]) for row in rows(invoice)] == [
        ("Sägeblätter für Stahl", Decimal(120), Decimal("4.50"), Decimal("540.00")),
        ("Meißel, klein", Decimal(60), Decimal("12.25"), Decimal("735.00")),
    ]
    assert invoice.lines[0].quantity is not None
    assert invoice.lines[0].quantity.locator == 'row 2, column "Menge"'


def test_chinese_in_its_own_encoding_is_read() -> None:
    lines = ("序号,品名,数量,单位,单价,金额", "1,不锈钢螺栓,1200,件,0.25,300.00", "2,橡胶垫圈,500,件,0.10,50.00")
    content = "\n".join((*lines, "合计,,,,,350.00")).encode("gb18030")
    invoice = invoice_in(read_structured(received("发票.csv", content), content))
    assert [row["description"] for row in rows(invoice)] == ["不锈钢螺栓", "橡胶垫圈"]


def test_numbers_that_may_mean_two_things_are_left_out_and_asked_for() -> None:
    content = (
        b"Description,Quantity,Unit,Net weight,Gross weight\nBolts,1200,PCS,1.250,1.300\nNuts,800,PCS,2.125,2.250\n"
    )
    packed = packing_list_in(read_structured(received("pl.csv", content), content))
    assert [line.net_weight_kg for line in packed.lines] == [None, None]
    [notice] = told(content, "pl.csv")
    assert 'thousands or thousandths: row 2, column "Net weight"; row 2, column "Gross weight"' in notice.message
    assert notice.holds


def test_a_formula_in_a_csv_file_is_never_evaluated_and_a_kept_zero_is_text() -> None:
    content = (
        b'Item,Description,Quantity,Unit,Unit price,Amount\n="007",Bolts,10,PCS,2.50,=C2*E2\n'
        b'="008",Nuts,4,PCS,1.50,6.00\n'
    )
    invoice = invoice_in(read_structured(received("i.csv", content), content))
    assert invoice.lines[0].amount is None
    assert 'row 2, column "Amount"' in told(content, "i.csv")[0].message


@pytest.mark.parametrize(
    "content",
    [b"a\nb\nc\n", b"Dear sirs, we thank you, as ever, for your order.\n", b"name,colour\nx,red\n", b",,,\n,,,\n"],
)
def test_a_csv_file_without_a_table_of_goods_says_what_to_send(content: bytes) -> None:
    found = list(read_structured(received("list.csv", content), content))
    assert documents(found) == []
    assert "is a CSV file without a table of goods" in notices(found)[0].message


def test_blank_sheets_are_said_to_be_blank() -> None:
    content = workbook({"One": [], "Two": [()]})
    assert [notice.message for notice in told(content)] == [
        "“invoice.xlsx” is a workbook whose sheets are blank: send it again."
    ]


_NAMES = st.text(st.characters(whitelist_categories=["Lu", "Ll"], max_codepoint=0x17F), min_size=3, max_size=12)
_LINES = st.tuples(_NAMES, st.integers(1, 9999), st.integers(1, 99_999))


@settings(max_examples=25, deadline=None)
@given(st.lists(_LINES, min_size=2, max_size=12))
def test_no_line_of_a_sheet_is_lost_or_altered(lines: list[tuple[str, int, int]]) -> None:
    priced = [(f"Part {name}", count, cents / 100, count * cents / 100) for name, count, cents in lines]
    total = sum(count * cents for _, count, cents in lines) / 100
    table = [
        ("Pos", "Description", "Qty", "Unit", "Unit price USD", "Amount USD"),
        *((at, name, count, "PCS", price, amount) for at, (name, count, price, amount) in enumerate(priced, 1)),
        (None, "Total", None, None, None, total),
    ]
    content = workbook({"Invoice": table})
    invoice = invoice_in(read_structured(received("invoice.xlsx", content), content))
    assert [(row["quantity"], row["unit_price"], row["amount"]) for row in rows(invoice)] == [
        (Decimal(count), Decimal(cents) / 100, Decimal(count * cents) / 100) for _, count, cents in lines
    ]
    assert values(invoice)["total_amount"] == Decimal(str(total))
