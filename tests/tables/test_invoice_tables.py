from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.tables import find_table
from schemas.geometry import Box
from schemas.pages import Word
from tests.tables.sheets import Sheet, invoice, table_of, values

PRICED = ("quantity", "unit", "unit_price", "amount")


def items_of(sheet: Sheet, *rows: tuple[str, str, str, str, str]) -> None:
    for number, words, quantity, price, amount in rows:
        sheet.row((45, number), (75, words), (360, quantity, "r"), (450, price, "r"), (550, amount, "r"))


def header_of(sheet: Sheet) -> None:
    sheet.row((45, "Pos"), (75, "Description"), (330, "Quantity"), (405, "Unit price"), (520, "Amount"))


def test_a_borderless_table_with_numbers_flush_right_under_labels_flush_left() -> None:
    sheet = Sheet()
    header_of(sheet)
    items_of(
        sheet,
        ("1", "Ball valve DN 25, stainless\nsteel, PN 40", "1,600 PCS", "30.50", "48,800.00"),
        ("2", "Pump", "12 PCS", "360.10", "4,321.20"),
    )
    sheet.row((400, "Total"), (550, "53,121.20", "r"))
    lines = invoice(sheet)
    assert values(lines, *PRICED) == [("1600", "C62", "30.50", "48800.00"), ("12", "C62", "360.10", "4321.20")]
    assert values(lines, "description") == [("Ball valve DN 25, stainless steel, PN 40",), ("Pump",)]


def test_every_cell_ruled_with_values_in_the_middle_of_their_cells() -> None:
    sheet = Sheet()
    top = sheet.y - 4
    sheet.across(40, 555)
    sheet.row((45, "No."), (75, "Description of goods"), (330, "Qty"), (400, "Price"), (500, "Value USD"))
    for number, words, quantity in (("1", "Steel bolts\nM10 x 60\nzinc plated", "100"), ("2", "Nuts\nM10", "50")):
        sheet.across(40, 555)
        middle = (words.count("\n")) * 10.5 / 2
        for x, text in ((45, number), (340, quantity), (410, "2.00"), (510, "200.00" if number == "1" else "100.00")):
            sheet.put(x, text, at=sheet.y + middle)
        sheet.row((75, words))
    sheet.across(40, 555)
    sheet.down((40, 70, 325, 395, 495, 555), top, sheet.y - 4)
    table = table_of(sheet)
    assert values(invoice(sheet), "number", "description", "quantity") == [
        ("1", "Steel bolts M10 x 60 zinc plated", "100"),
        ("2", "Nuts M10", "50"),
    ]
    assert "ruled_rows" in table.complete_by


def test_dashed_rules_between_rows_share_the_lines_out() -> None:
    sheet = Sheet()
    header_of(sheet)
    for number, words in (("1", "Lamp, LED,\nsteel base"), ("2", "Table of acacia\nwood, folding")):
        sheet.across(40, 555, dashes=6)
        items_of(sheet, (number, words, "10", "2.50", "25.00"))
    sheet.across(40, 555, dashes=6)
    assert values(invoice(sheet), "description") == [("Lamp, LED, steel base",), ("Table of acacia wood, folding",)]


def test_values_at_the_foot_of_their_rows_take_the_words_above_them() -> None:
    sheet = Sheet()
    header_of(sheet)
    for number, words in (("1", "Lamp with shade\nof fabric"), ("2", "Chair\nof oak")):
        top = sheet.y
        sheet.row((75, words), gap=9)
        sheet.y = top
        sheet.put(45, number, at=top + 10.5)
        for x, text in ((360, "4 PCS"), (450, "2.50"), (550, "10.00")):
            sheet.put(x, text, right=True, at=top + 10.5)
        sheet.y = top + 2 * 10.5 + 9
    assert values(invoice(sheet), "number", "description") == [
        ("1", "Lamp with shade of fabric"),
        ("2", "Chair of oak"),
    ]


def test_a_header_of_two_printed_lines_and_chinese_over_english() -> None:
    sheet = Sheet()
    sheet.row((60, "货物名称"), (250, "税则号"), (330, "数量"), (400, "单价"), (500, "金额"), gap=0)
    sheet.row((60, "Description of goods"), (250, "H.S. Code"), (330, "Quantity"), (400, "Unit price"), (500, "Amount"))
    sheet.row((60, "Kettle"), (250, "8516.79.00"), (330, "432 件"), (400, "CNY 40.933"), (500, "CNY 17,683.06"))
    assert values(invoice(sheet), "hs_code", *PRICED) == [("85167900", "432", "C62", "40.933", "17683.06")]


def test_a_german_table_with_a_price_basis_and_a_unit_of_its_own() -> None:
    sheet = Sheet()
    sheet.row(
        (40, "Pos."), (65, "Artikel-Nr."), (120, "Bezeichnung"), (245, "Zolltarifnummer"), (318, "Menge"), (350, "ME"),
        (380, "E-Preis"), (425, "PE"), (500, "Betrag EUR"),
    )  # fmt: skip
    sheet.row(
        (40, "10"), (65, "A-4711"), (120, "Sechskantschraube M8"), (250, "73181588"), (342, "5.000", "r"), (350, "Stk"),
        (410, "12,50", "r"), (425, "100"), (545, "625,00", "r"),
    )  # fmt: skip
    lines = invoice(sheet)
    names = ("number", "part_number", "hs_code", *PRICED, "price_basis")
    assert values(lines, *names) == [("10", "A-4711", "73181588", "5000", "C62", "12.50", "625.00", "100")]


@pytest.mark.parametrize(
    ("detail", "field", "value"),
    [
        ("HS code 8413.70.00", "hs_code", "84137000"),
        ("tariff code 6109.10.90", "hs_code", "61091090"),
        ("Origin: CN", "origin", "CN"),
        ("Made in Vietnam", "origin", "VN"),
        ("Ursprungsland: Deutschland", "origin", "DE"),
        ("Art. C22-1654", "part_number", "C22-1654"),
        ("Net weight: 12.50 kg", "net_weight_kg", "12.50"),
    ],
)
def test_what_stands_below_a_description_goes_where_it_belongs(detail: str, field: str, value: str) -> None:
    sheet = Sheet()
    header_of(sheet)
    items_of(sheet, ("1", f"Pump with a motor of 4 kW\n{detail}", "4 PCS", "2.50", "10.00"))
    assert values(invoice(sheet), "description", field) == [("Pump with a motor of 4 kW", value)]


def test_a_wrapped_line_that_begins_with_a_code_stays_in_the_description() -> None:
    sheet = Sheet()
    header_of(sheet)
    items_of(sheet, ("1", "Deep groove ball bearing made after our drawing number\nB140-A", "4 PCS", "2.50", "10.00"))
    assert values(invoice(sheet), "part_number") == [(None,)]


def test_headings_are_no_items_and_give_their_origin_to_the_items_below() -> None:
    sheet = Sheet()
    header_of(sheet)
    sheet.row((45, "Made in Vietnam"))
    items_of(sheet, ("1", "Shirt", "4 PCS", "2.50", "10.00"), ("2", "Skirt", "2 PCS", "3.00", "6.00"))
    sheet.y += 6
    sheet.row((45, "Order 4711"))
    items_of(sheet, ("3", "Coat", "1 PCS", "9.00", "9.00"))
    assert values(invoice(sheet), "description", "origin") == [("Shirt", "VN"), ("Skirt", "VN"), ("Coat", None)]


@pytest.mark.parametrize("label", ["Carried forward", "Übertrag", "À reporter", "Suma y sigue", "Riporto", "承前页"])
@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_over_pages_and_sums_carried_are_no_items(label: str, *, repeated: bool) -> None:
    first, second = Sheet(), Sheet(number=2)
    header_of(first)
    items_of(first, ("1", "Shirt", "4 PCS", "2.50", "10.00"), ("2", "Skirt", "2 PCS", "3.00", "6.00"))
    first.row((75, label), (550, "16.00", "r"))
    if repeated:
        header_of(second)
    second.row((75, label), (550, "16.00", "r"))
    items_of(second, ("3", "Coat", "1 PCS", "1,109.00", "1,109.00"))
    second.row((400, "Total"), (550, "1,125.00", "r"))
    assert values(invoice(first, second), "description") == [("Shirt",), ("Skirt",), ("Coat",)]
    assert table_of(first, second).complete_by == ("row_numbers", "sums")


def test_an_item_broken_over_two_pages_stays_one() -> None:
    first, second = Sheet(), Sheet(number=2)
    header_of(first)
    items_of(first, ("1", "Shirt of cotton,", "4 PCS", "2.50", "10.00"))
    header_of(second)
    second.row((75, "long sleeve"))
    items_of(second, ("2", "Skirt", "2 PCS", "3.00", "6.00"))
    lines = invoice(first, second)
    assert values(lines, "description") == [("Shirt of cotton, long sleeve",), ("Skirt",)]
    assert lines[0].description is not None
    assert lines[0].description.page == 1


def test_line_numbers_need_no_label() -> None:
    sheet = Sheet()
    sheet.row((75, "Désignation"), (330, "quantité"), (405, "prix unitaire"), (500, "montant EUR"))
    items_of(
        sheet, ("1", "Vin rouge", "288 pièces", "3,42", "984,96"), ("2", "Huile", "360 pièces", "5,58", "2 008,80")
    )
    assert values(invoice(sheet), "number", "description", "amount") == [
        ("1", "Vin rouge", "984.96"),
        ("2", "Huile", "2008.80"),
    ]


def test_labels_misread_by_ocr_are_known_by_likeness() -> None:
    sheet = Sheet()
    sheet.row((45, "Pos"), (75, "Descripfion"), (330, "Quantlty"), (405, "Umit price"), (520, "Arnount"))
    items_of(sheet, ("1", "Shirt", "4 PCS", "2.50", "10.00"), ("2", "Skirt", "2 PCS", "3.00", "6.00"))
    assert values(invoice(sheet), *PRICED) == [("4", "C62", "2.50", "10.00"), ("2", "C62", "3.00", "6.00")]


def test_without_any_label_arithmetic_tells_the_columns() -> None:
    sheet = Sheet()
    items_of(
        sheet,
        ("1", "Shirt of cotton", "14", "2.50", "35.00"),
        ("2", "Skirt of linen", "120", "3.00", "360.00"),
        ("3", "Coat of wool", "7", "19.00", "133.00"),
    )
    assert values(invoice(sheet), "description", "quantity", "unit_price", "amount") == [
        ("Shirt of cotton", "14", "2.50", "35.00"),
        ("Skirt of linen", "120", "3.00", "360.00"),
        ("Coat of wool", "7", "19.00", "133.00"),
    ]


def test_a_label_that_was_lost_is_made_good_by_arithmetic() -> None:
    sheet = Sheet()
    sheet.row((45, "Pos"), (75, "Description"), (405, "Unit price"), (520, "Amount"))
    items_of(sheet, ("1", "Shirt", "14", "2.50", "35.00"), ("2", "Skirt", "120", "3.00", "360.00"))
    assert values(invoice(sheet), "quantity") == [("14",), ("120",)]


def test_an_amount_wider_than_its_column_stays_whole_and_apart() -> None:
    sheet = Sheet()
    sheet.row((45, "Pos"), (75, "Description"), (330, "Qty"), (400, "Price"), (460, "Amount"))
    for number, price, amount in (("1", "1.50", "15.00"), ("2", "1,250,000.00", "12,500,000.00")):
        sheet.row((45, number), (75, "Press"), (345, "10", "r"), (425, price, "r"), (488, amount, "r"))
    assert values(invoice(sheet), "unit_price", "amount") == [("1.50", "15.00"), ("1250000.00", "12500000.00")]


def test_goods_whose_name_begins_like_a_charge_are_goods() -> None:
    sheet = Sheet()
    header_of(sheet)
    items_of(sheet, ("1", "Packing tape", "4 PCS", "2.50", "10.00"), ("2", "Total station", "2 PCS", "3.00", "6.00"))
    sheet.row((75, "Packing"), (550, "5.00", "r"))
    assert values(invoice(sheet), "description") == [("Packing tape",), ("Total station",)]
    assert [row.label.text for row in table_of(sheet).total_rows] == ["Packing"]


def tilted(word: Word) -> Word:
    drop = 0.04 * word.box.x0
    return replace(word, box=Box(word.box.x0, word.box.top + drop, word.box.x1, word.box.bottom + drop))


def test_a_skewed_page_is_read_like_a_level_one_and_hands_on_the_words_as_read() -> None:
    sheet = Sheet()
    for n in range(12):
        sheet.row((45, f"Line {n} of an address"), (330, "Another block of words"), gap=3)
    header_of(sheet)
    items_of(
        sheet,
        ("1", "Shirt of cotton,\nlong sleeve", "4 PCS", "2.50", "10.00"),
        ("2", "Skirt", "2 PCS", "3.00", "6.00"),
        ("3", "Coat", "2 PCS", "3.00", "6.00"),
    )
    words = tuple(tilted(w) for w in sheet.words)
    table = find_table([replace(sheet.page(), words=words, text_source="ocr")], "commercial_invoice")
    assert table is not None
    assert [row.cells["amount"].text for row in table.rows] == ["10.00", "6.00", "6.00"]
    assert {w for row in table.rows for cell in row.cells.values() for w in cell.words} <= set(words)


def test_pages_without_a_table_have_none() -> None:
    sheet = Sheet()
    sheet.row((45, "Dear Sirs, we thank you for your order."))
    assert find_table([sheet.page()], "commercial_invoice") is None
    assert find_table([], "commercial_invoice") is None


def test_a_region_spans_header_to_last_item_and_leaves_the_sums_out() -> None:
    sheet = Sheet()
    sheet.row((45, "Some words above"))
    header_of(sheet)
    items_of(sheet, ("1", "Shirt", "4 PCS", "2.50", "10.00"))
    sheet.row((400, "Total"), (550, "10.00", "r"))
    ((_, region),) = table_of(sheet).regions
    inside = [w.text for w in sheet.words if region.contains_middle_of(w.box)]
    assert inside == [
        "Pos",
        "Description",
        "Quantity",
        "Unit",
        "price",
        "Amount",
        "1",
        "Shirt",
        "4",
        "PCS",
        "2.50",
        "10.00",
    ]


def test_a_price_per_thousand_behind_the_price_is_its_basis() -> None:
    sheet = Sheet()
    header_of(sheet)
    items_of(sheet, ("1", "Rivets", "5,000 PCS", "12.50 / 1000", "62.50"))
    assert values(invoice(sheet), "unit_price", "price_basis", "amount") == [("12.50", "1000", "62.50")]


def test_a_unit_that_only_the_label_gives_counts() -> None:
    sheet = Sheet()
    sheet.row((45, "Pos"), (75, "Description"), (330, "Quantity (PCS)"), (420, "Unit price"), (520, "Amount"))
    sheet.row((45, "1"), (75, "Rivets"), (380, "5,000", "r"), (450, "0.50", "r"), (550, "2,500.00", "r"))
    assert values(invoice(sheet), "quantity", "unit") == [("5000", "C62")]


def test_a_field_points_at_its_words_alone() -> None:
    sheet = Sheet()
    header_of(sheet)
    items_of(sheet, ("1", "Rivets", "5,000 PCS", "12.50", "62,500.00"))
    (line,) = invoice(sheet)
    assert line.quantity is not None
    assert line.unit is not None
    assert (line.quantity.text, line.unit.text) == ("5,000", "PCS")


@given(st.lists(st.tuples(st.integers(1, 99999), st.integers(1, 99999)), min_size=2, max_size=12), st.randoms())
def test_every_printed_row_becomes_a_line_whatever_the_order_of_the_words(
    rows: list[tuple[int, int]], chance: random.Random
) -> None:
    sheet = Sheet()
    header_of(sheet)
    for n, (quantity, cents) in enumerate(rows, 1):
        amount = Decimal(cents) * quantity / 100
        items_of(sheet, (str(n), "Steel part", f"{quantity:,} PCS", f"{Decimal(cents) / 100:,.2f}", f"{amount:,.2f}"))
    chance.shuffle(sheet.words)
    expected = [(str(n), str(q), f"{Decimal(c) / 100:.2f}") for n, (q, c) in enumerate(rows, 1)]
    assert values(invoice(sheet), "number", "quantity", "unit_price") == expected


def test_a_line_of_tax_with_its_rate_before_it_is_no_item() -> None:
    sheet = Sheet()
    sheet.row((45, "Nr."), (100, "Beschreibung"), (330, "Menge"), (420, "VK-Preis"), (500, "Zeilenbetrag"))
    sheet.row(
        (45, "42500"),
        (100, "LED-Lampe, E27, 9 W"),
        (360, "5.600 St.", "r"),
        (450, "0,857", "r"),
        (550, "4.799,20", "r"),
    )
    sheet.row(
        (45, "56502"),
        (100, "LED-Lampe, E14, 6 W"),
        (360, "9.800 St.", "r"),
        (450, "0,696", "r"),
        (550, "6.820,80", "r"),
    )
    sheet.row((330, "Gesamt EUR ohne MwSt."), (550, "11.620,00", "r"))
    sheet.row((330, "0 % MwSt."), (550, "0", "r"))
    sheet.row((330, "Gesamt EUR inkl. MwSt."), (550, "11.620,00", "r"))
    assert [amount for (amount,) in values(invoice(sheet), "amount")] == ["4799.20", "6820.80"]
