"""Tables of the kinds that trade papers show: how they are ruled, how cells share a column, what else there is."""

from __future__ import annotations

import pytest

from tests.tables.sheets import PITCH, Sheet, invoice, packing, table_of, values

PRICED = ("quantity", "unit", "unit_price", "amount")
ITEMS = (
    ("1", "Ball valve", "1,600 PCS", "30.50", "48,800.00"),
    ("2", "Pump with motor", "12 PCS", "360.10", "4,321.20"),
    ("3", "Gasket", "7 PCS", "2.00", "14.00"),
)
READ = [
    ("Ball valve", "1600", "30.50", "48800.00"),
    ("Pump with motor", "12", "360.10", "4321.20"),
    ("Gasket", "7", "2.00", "14.00"),
]
READ_NAMES = ("description", "quantity", "unit_price", "amount")


def header_of(sheet: Sheet) -> None:
    sheet.row((45, "Pos"), (75, "Description"), (330, "Quantity"), (405, "Unit price"), (520, "Amount"))


def item_of(sheet: Sheet, number: str, words: str, quantity: str, price: str, amount: str) -> None:
    sheet.row((45, number), (75, words), (360, quantity, "r"), (450, price, "r"), (550, amount, "r"))


@pytest.mark.parametrize("style", ["borderless", "half_ruled", "ruled", "columns_only", "dashed", "boxed", "zebra"])
def test_a_table_is_read_alike_however_it_is_ruled(style: str) -> None:
    sheet = Sheet()
    top = sheet.y - 4
    if style in ("half_ruled", "ruled", "boxed"):
        sheet.across(40, 555)
    header_of(sheet)
    if style != "borderless":
        sheet.across(40, 555)
    for at, item in enumerate(ITEMS):
        item_of(sheet, *item)
        if style in ("ruled", "boxed", "dashed") or (style == "zebra" and at % 2):
            sheet.across(40, 555, dashes=5 if style == "dashed" else 0)
    if style == "half_ruled":
        sheet.across(40, 555)
    if style in ("columns_only", "boxed"):
        sheet.down((40, 70, 325, 395, 495, 555), top, sheet.y - 4)
    sheet.row((400, "Total"), (550, "53,135.20", "r"))
    assert values(invoice(sheet), *READ_NAMES) == READ
    assert "sums" in table_of(sheet).complete_by


def test_two_values_in_one_column_one_above_the_other_are_two() -> None:
    sheet = Sheet()
    sheet.row((42, "Carton No."), (110, "Description"), (300, "Quantity"), (380, "Cartons"), (450, "Net kg\nGross kg"))
    for span, words, weights in (("1-4", "Pump", "10.50\n12.00"), ("5-6", "Valve", "7.25\n8.10")):
        sheet.row(
            (42, span),
            (110, words),
            (330, "20 PCS", "r"),
            (410, "4" if span == "1-4" else "2", "r"),
            (490, weights, "r"),
        )
    lines = packing(sheet)
    assert values(lines, "net_weight_kg", "gross_weight_kg") == [("10.50", "12.00"), ("7.25", "8.10")]


def test_an_article_number_above_the_description_in_one_column() -> None:
    sheet = Sheet()
    sheet.row((45, "Pos."), (75, "Artikel-Nr.\nBezeichnung"), (330, "Menge"), (405, "Einzelpreis"), (520, "Betrag"))
    sheet.row(
        (45, "1"), (75, "A-4711\nKugelhahn DN 25"), (360, "16 Stk", "r"), (450, "30,50", "r"), (550, "488,00", "r")
    )
    sheet.row((45, "2"), (75, "B-0815\nPumpe mit Motor"), (360, "12 Stk", "r"), (450, "2,00", "r"), (550, "24,00", "r"))
    assert values(invoice(sheet), "part_number", "description") == [
        ("A-4711", "Kugelhahn DN 25"),
        ("B-0815", "Pumpe mit Motor"),
    ]


def test_code_and_origin_one_above_the_other_in_one_column() -> None:
    sheet = Sheet()
    sheet.row(
        (45, "Pos"),
        (75, "Description"),
        (260, "HS Code\nOrigin"),
        (330, "Quantity"),
        (405, "Unit price"),
        (520, "Amount"),
    )
    for number, words, code in (("1", "Valve", "8481.80.99\nItaly"), ("2", "Pump", "8413.70.21\nGermany")):
        sheet.row((45, number), (75, words), (260, code), (360, "4 PCS", "r"), (450, "2.50", "r"), (550, "10.00", "r"))
    assert values(invoice(sheet), "hs_code", "origin") == [("84818099", "IT"), ("84137021", "DE")]


def test_quantity_above_its_unit_and_price_above_its_basis() -> None:
    sheet = Sheet()
    sheet.row((45, "Pos"), (75, "Description"), (330, "Quantity\nUnit"), (405, "Unit price\nPE"), (520, "Amount"))
    sheet.row((45, "1"), (75, "Rivet"), (360, "5,000\nPCS", "r"), (450, "12.50\n100", "r"), (550, "625.00", "r"))
    sheet.row((45, "2"), (75, "Bolt"), (360, "800\nPCS", "r"), (450, "20.00\n100", "r"), (550, "160.00", "r"))
    assert values(invoice(sheet), *PRICED, "price_basis") == [
        ("5000", "C62", "12.50", "625.00", "100"),
        ("800", "C62", "20.00", "160.00", "100"),
    ]


@pytest.mark.parametrize("label", ["Subtotal", "Subtotal order 4711", "Total for order 4711", "Sub-total group A"])
def test_a_subtotal_between_groups_is_no_item_and_the_items_below_it_are(label: str) -> None:
    sheet = Sheet()
    header_of(sheet)
    sheet.row((45, "Order 4711"))
    item_of(sheet, *ITEMS[0])
    item_of(sheet, *ITEMS[1])
    sheet.row((75, label), (550, "53,121.20", "r"))
    sheet.row((45, "Order 4712"))
    item_of(sheet, *ITEMS[2])
    sheet.row((75, "Subtotal"), (550, "14.00", "r"))
    sheet.row((75, "Total"), (550, "53,135.20", "r"))
    assert values(invoice(sheet), *READ_NAMES) == READ
    assert "sums" in table_of(sheet).complete_by


def test_a_subtotal_between_groups_without_line_numbers() -> None:
    sheet = Sheet()
    sheet.row((75, "Description"), (330, "Quantity"), (405, "Unit price"), (520, "Amount"))
    for item in ITEMS[:2]:
        sheet.row((75, item[1]), (360, item[2], "r"), (450, item[3], "r"), (550, item[4], "r"))
    sheet.row((330, "1,612 PCS"), (550, "53,121.20", "r"))
    sheet.row((75, ITEMS[2][1]), (360, ITEMS[2][2], "r"), (450, ITEMS[2][3], "r"), (550, ITEMS[2][4], "r"))
    sheet.row((75, "Total"), (550, "53,135.20", "r"))
    assert values(invoice(sheet), *READ_NAMES) == READ


def test_a_charge_between_two_items_is_no_item() -> None:
    sheet = Sheet()
    header_of(sheet)
    item_of(sheet, *ITEMS[0])
    sheet.row((75, "Less 5 % discount"), (550, "-2,440.00", "r"))
    item_of(sheet, *ITEMS[1])
    item_of(sheet, *ITEMS[2])
    sheet.row((75, "Freight"), (550, "100.00", "r"))
    sheet.row((400, "Total"), (550, "50,795.20", "r"))
    assert values(invoice(sheet), *READ_NAMES) == READ
    assert "sums" in table_of(sheet).complete_by


def test_freight_that_is_listed_like_an_item_is_a_charge() -> None:
    sheet = Sheet()
    header_of(sheet)
    for item in ITEMS:
        item_of(sheet, *item)
    item_of(sheet, "4", "Freight charges", "1 PCS", "100.00", "100.00")
    sheet.row((400, "Total"), (550, "53,235.20", "r"))
    assert values(invoice(sheet), *READ_NAMES) == READ
    assert [row.kind for row in table_of(sheet).total_rows] == ["charge", "sum"]
    assert "sums" in table_of(sheet).complete_by


@pytest.mark.parametrize("free", ["FREE", "F.O.C.", "free of charge", "N/C", "0.00", "gratis"])
def test_a_line_free_of_charge_is_a_line(free: str) -> None:
    sheet = Sheet()
    header_of(sheet)
    item_of(sheet, *ITEMS[0])
    sheet.row((45, "2"), (75, "Sample of gasket"), (360, "3 PCS", "r"), (550, free, "r"))
    item_of(sheet, *ITEMS[2])
    lines = invoice(sheet)
    assert [line.number.value for line in lines if line.number] == ["1", "2", "3"]
    assert values(lines, "quantity") == [("1600",), ("3",), ("7",)]
    assert values(lines, "amount")[1] == (("0.00",) if free == "0.00" else (None,))


@pytest.mark.parametrize("printed", ["-14.00", "(14.00)", "14.00-", "14.00 CR", "- 14.00", "−14.00"])
def test_a_credit_line_is_negative(printed: str) -> None:
    sheet = Sheet()
    header_of(sheet)
    item_of(sheet, *ITEMS[0])
    item_of(sheet, "2", "Returned gasket", "7 PCS", "2.00", printed)
    item_of(sheet, *ITEMS[2])
    assert values(invoice(sheet), "amount") == [("48800.00",), ("-14.00",), ("14.00",)]


@pytest.mark.parametrize(
    "text",
    [
        "Packed in 12 cartons, 340 kg net",
        "2 x 100 mm, 4 bolts M10",
        "Your order 4711 pos 10",
        "Batch 20250311 exp. 12/2027",
        "Delivery note 884411 of 03.04.2025",
        "total length 1,200 mm",
        "3 sets of 4 pieces each",
    ],
)
def test_a_line_of_words_and_numbers_in_a_description_is_no_new_item(text: str) -> None:
    sheet = Sheet()
    header_of(sheet)
    item_of(sheet, "1", f"Ball valve\n{text}", "1,600 PCS", "30.50", "48,800.00")
    item_of(sheet, *ITEMS[1])
    assert values(invoice(sheet), "number", "quantity", "amount") == [
        ("1", "1600", "48800.00"),
        ("2", "12", "4321.20"),
    ]


def test_a_line_of_words_that_runs_over_the_columns_of_numbers_is_no_item() -> None:
    sheet = Sheet()
    header_of(sheet)
    for item in ITEMS[:2]:
        item_of(sheet, *item)
        sheet.y -= 4
        sheet.row(
            (
                75,
                "Packed in 12 cartons, 3 cases of 40 pieces each, 340 kg net, 512.20 kg gross, length 1,200.50 mm, 3 m",
            )
        )
    assert values(invoice(sheet), "number", "quantity", "amount") == [
        ("1", "1600", "48800.00"),
        ("2", "12", "4321.20"),
    ]


def test_a_unit_printed_once_for_a_group_counts_for_the_lines_below_with_doubt() -> None:
    sheet = Sheet()
    sheet.row((45, "Pos"), (75, "Description"), (330, "Quantity"), (370, "Unit"), (405, "Unit price"), (520, "Amount"))
    for number, unit in (("1", "PCS"), ("2", ""), ("3", "SET"), ("4", "")):
        sheet.row((45, number), (75, "Pump"), (360, "4", "r"), (370, unit), (450, "2.50", "r"), (550, "10.00", "r"))
    lines = invoice(sheet)
    assert values(lines, "unit") == [("C62",), ("C62",), ("SET",), ("SET",)]
    assert [line.unit.confidence < 0.6 for line in lines if line.unit] == [False, True, False, True]


@pytest.mark.parametrize("mark", ['"', "do.", "ditto", '-"-', "''", "idem", "dto."])
def test_ditto_marks_say_what_stands_above(mark: str) -> None:
    sheet = Sheet()
    sheet.row(
        (45, "Pos"),
        (75, "Description"),
        (240, "Origin"),
        (300, "Quantity"),
        (370, "Unit"),
        (405, "Unit price"),
        (520, "Amount"),
    )
    for number, unit, origin in (("1", "PCS", "Italy"), ("2", mark, mark), ("3", mark, mark)):
        sheet.row(
            (45, number),
            (75, "Pump"),
            (240, origin),
            (330, "4", "r"),
            (370, unit),
            (450, "2.50", "r"),
            (550, "10.00", "r"),
        )
    assert values(invoice(sheet), "unit", "origin") == [("C62", "IT")] * 3


@pytest.mark.parametrize(
    ("label", "price", "basis"),
    [
        ("Price per 100", "12.50", "100"),
        ("Price / 1000", "12.50", "1000"),
        ("Price/1000 pcs", "12.50", "1000"),
        ("Unit price", "12.50/C", "100"),
        ("Unit price", "12.50 /M", "1000"),
        ("Unit price", "12.50 /100 PCS", "100"),
        ("Unit price", "12.50 per 100", "100"),
        ("Unit price", "12.50 p. 1,000", "1000"),
        ("Unit price", "12.50 %o", "1000"),
        ("Preis/100 Stk", "12.50", "100"),
        ("Preis je 1000", "12.50", "1000"),
    ],
)
def test_a_price_for_many_pieces_has_its_basis(label: str, price: str, basis: str) -> None:
    amount = {"100": "625.00", "1000": "62.50"}[basis]
    sheet = Sheet()
    sheet.row((45, "Pos"), (75, "Description"), (330, "Quantity"), (405, label), (520, "Amount"))
    item_of(sheet, "1", "Rivets", "5,000 PCS", price, amount)
    item_of(sheet, "2", "Bolts", "10,000 PCS", price, str(2 * float(amount)) + "0")
    assert values(invoice(sheet), "quantity", "unit_price", "price_basis", "amount")[0] == (
        "5000",
        "12.50",
        basis,
        amount,
    )


@pytest.mark.parametrize("cell", ["100 PCS / 250.50 KG", "100 PCS (250.50 KG)", "100 PCS\n250.50 KG"])
def test_of_a_quantity_in_two_units_the_first_counts(cell: str) -> None:
    sheet = Sheet()
    header_of(sheet)
    item_of(sheet, "1", "Rivets", cell, "2.50", "250.00")
    item_of(sheet, "2", "Bolts", cell, "3.00", "300.00")
    assert values(invoice(sheet), *PRICED)[0] == ("100", "C62", "2.50", "250.00")


def test_of_two_columns_of_quantities_the_one_that_the_price_is_for_counts() -> None:
    sheet = Sheet()
    sheet.row((45, "Pos"), (75, "Description"), (270, "Qty PCS"), (330, "Qty KG"), (405, "Unit price"), (520, "Amount"))
    for number, pieces, weight, amount in (("1", "100", "250.50", "626.25"), ("2", "40", "90.00", "225.00")):
        sheet.row(
            (45, number), (75, "Rods"), (300, pieces, "r"), (360, weight, "r"), (450, "2.50", "r"), (550, amount, "r")
        )
    assert values(invoice(sheet), *PRICED) == [
        ("250.50", "KGM", "2.50", "626.25"),
        ("90.00", "KGM", "2.50", "225.00"),
    ]


@pytest.mark.parametrize(
    ("quantity", "price", "amount"),
    [
        ("1 600", "30,50", "48 800,00"),
        ("1.600", "30,50", "48.800,00"),
        ("1'600", "30.50", "48'800.00"),
        ("1600", "30,50", "48.800,00"),
        ("1,600", "30.50", "48800.00"),
    ],
)
def test_thousands_are_parted_in_many_ways(quantity: str, price: str, amount: str) -> None:
    sheet = Sheet()
    header_of(sheet)
    item_of(sheet, "1", "Ball valve", f"{quantity} PCS", price, amount)
    item_of(sheet, "2", "Pump", "12 PCS", price, "366,00" if "," in price else "366.00")
    assert values(invoice(sheet), *PRICED)[0] == ("1600", "C62", "30.50", "48800.00")


def test_amounts_left_of_prices_left_of_quantities() -> None:
    sheet = Sheet()
    sheet.row((45, "Amount"), (120, "Unit price"), (200, "Quantity"), (280, "Description"), (520, "No."))
    for number, words, quantity, price, amount in ITEMS:
        sheet.row((90, amount, "r"), (160, price, "r"), (245, quantity, "r"), (280, words), (530, number))
    assert values(invoice(sheet), "number", *READ_NAMES) == [(str(n), *r) for n, r in enumerate(READ, 1)]


def test_a_header_of_three_printed_lines() -> None:
    sheet = Sheet()
    sheet.row(
        (45, "Pos"),
        (75, "Description\nof\ngoods"),
        (330, "Quantity\nin\npieces"),
        (405, "Price\nper unit\nUSD"),
        (520, "Amount\nin\nUSD"),
    )
    for number, words, quantity, price, amount in ITEMS:
        item_of(sheet, number, words, quantity.removesuffix(" PCS"), price, amount)
    assert values(invoice(sheet), *READ_NAMES) == READ


@pytest.mark.parametrize("between", [" / ", "\n"])
def test_titles_in_two_languages(between: str) -> None:
    pairs = (
        "Pos",
        f"Beschreibung{between}Description",
        f"Menge{between}Quantity",
        f"Preis{between}Price",
        f"Betrag{between}Amount",
    )
    sheet = Sheet()
    sheet.row(*zip((45, 75, 310, 400, 495), pairs, strict=True))
    for item in ITEMS:
        item_of(sheet, *item)
    assert values(invoice(sheet), *READ_NAMES) == READ


def test_narrow_columns_whose_words_nearly_touch() -> None:
    sheet = Sheet()
    sheet.row((45, "Pos"), (70, "Description"), (181, "HS code"), (216, "Qty"), (243, "Price"), (275, "Amount"))
    for number, words, quantity, price, amount in ITEMS:
        sheet.row(
            (45, number),
            (70, words),
            (180, "84818099"),
            (240, quantity.removesuffix(" PCS"), "r"),
            (268, price, "r"),
            (306, amount, "r"),
        )
    assert values(invoice(sheet), "hs_code", *READ_NAMES) == [("84818099", *r) for r in READ]


def test_two_tables_side_by_side_are_read_both_or_not_called_complete() -> None:
    sheet = Sheet()
    titles = ("Description", "Qty", "Price", "Amount")
    sheet.row(*((x + at, t) for x in (40, 310) for at, t in zip((0, 110, 150, 200), titles, strict=True)))
    for n in range(3):
        sheet.row(
            *(
                cell
                for x in (40, 310)
                for cell in (
                    (x, f"Valve type {n}"),
                    (x + 130, str(n + 3), "r"),
                    (x + 175, "2.50", "r"),
                    (x + 235, f"{2.5 * (n + 3):.2f}", "r"),
                )
            )
        )
    table = table_of(sheet)
    assert len(table.rows) == 6 or not table.complete_by


def test_a_heading_with_an_origin_holds_until_the_next_heading_even_over_pages() -> None:
    first, second = Sheet(), Sheet(number=2)
    header_of(first)
    first.row((75, "Made in Vietnam"))
    item_of(first, *ITEMS[0])
    header_of(second)
    item_of(second, *ITEMS[1])
    second.row((75, "Made in Italy"))
    item_of(second, *ITEMS[2])
    assert values(invoice(first, second), "origin") == [("VN",), ("VN",), ("IT",)]


def test_an_origin_merged_over_several_rows_holds_for_the_rows_it_spans() -> None:
    sheet = Sheet()
    sheet.row(
        (45, "Pos"), (75, "Description"), (240, "Origin"), (330, "Quantity"), (405, "Unit price"), (520, "Amount")
    )
    sheet.across(40, 555)
    top = sheet.y
    for number, words, quantity, price, amount in ITEMS:
        sheet.row((45, number), (75, words), (360, quantity, "r"), (450, price, "r"), (550, amount, "r"))
        if number != "3":
            sheet.across(40, 230)
            sheet.across(320, 555)
    sheet.across(40, 555)
    sheet.put(240, "Italy", at=top + PITCH + 5)
    sheet.down((40, 70, 230, 320, 395, 495, 555), top - 20, sheet.y - 4)
    assert values(invoice(sheet), "origin") == [("IT",)] * 3


def test_a_percentage_of_discount_is_no_amount_and_spoils_none() -> None:
    sheet = Sheet()
    sheet.row(
        (45, "Pos"), (75, "Description"), (330, "Quantity"), (395, "Unit price"), (455, "Disc. %"), (520, "Amount")
    )
    for number, amount in (("1", "90.00"), ("2", "45.00")):
        quantity = "10 PCS" if number == "1" else "5 PCS"
        sheet.row(
            (45, number),
            (75, "Pump"),
            (360, quantity, "r"),
            (430, "10.00", "r"),
            (480, "10 %", "r"),
            (550, amount, "r"),
        )
    lines = invoice(sheet)
    assert values(lines, "quantity", "unit_price", "amount") == [("10", "10.00", "90.00"), ("5", "10.00", "45.00")]
    assert values(lines, "discount") == [("10.00",), ("5.00",)]


def test_a_line_of_shipping_marks_that_begins_like_a_heading_stays_among_the_marks() -> None:
    sheet = Sheet()
    sheet.row(
        (42, "Marks"), (130, "Carton No."), (200, "Description"), (330, "Quantity"), (400, "Net kg"), (480, "Gross kg")
    )
    sheet.row(
        (42, "ACME LONDON\nP.O. 4711\nC/NO. 1-6\nMADE IN CHINA"),
        (130, "1-4"),
        (200, "Pump"),
        (360, "4 PCS", "r"),
        (430, "10.50", "r"),
        (510, "12.00", "r"),
        gap=-30,
    )
    sheet.row((130, "5-6"), (200, "Valve"), (360, "4 PCS", "r"), (430, "7.25", "r"), (510, "8.10", "r"))
    table = table_of(sheet, kind="packing_list")
    assert (
        " ".join(r.cells["marks"].text for r in table.rows if "marks" in r.cells)
        == "ACME LONDON P.O. 4711 C/NO. 1-6 MADE IN CHINA"
    )
    assert [r.cells["description"].text for r in table.rows] == ["Pump", "Valve"]


def test_the_foot_of_the_page_is_no_item_but_rows_far_apart_are() -> None:
    sheet = Sheet()
    header_of(sheet)
    for item in ITEMS[:2]:
        item_of(sheet, *item)
        sheet.y += 120
    item_of(sheet, *ITEMS[2])
    sheet.y += 120
    sheet.row((45, "HRB 85990"), (75, "IBAN IT11 1827 3280 9314"), (330, "Tel. +21"), (405, "98359573"))
    assert values(invoice(sheet), *READ_NAMES) == READ
    assert table_of(sheet).complete_by == ("row_numbers",)


def test_a_subtotal_that_the_first_group_reaches_proves_nothing_of_the_others() -> None:
    sheet = Sheet()
    header_of(sheet)
    item_of(sheet, *ITEMS[0])
    sheet.row((75, "Subtotal"), (550, "48,800.00", "r"))
    sheet.row((75, "Pump with motor 12 PCS"), (550, "4,321.20", "r"))
    sheet.row((400, "Total"), (550, "53,121.20", "r"))
    assert "sums" not in table_of(sheet).complete_by


def test_goods_with_vat_are_summed_up_before_it() -> None:
    sheet = Sheet()
    header_of(sheet)
    for item in ITEMS:
        item_of(sheet, *item)
    for label, amount in (("Net total", "53,135.20"), ("VAT 19 %", "10,095.69"), ("Total amount", "63,230.89")):
        sheet.row((380, label), (550, amount, "r"))
    assert "sums" in table_of(sheet).complete_by
    assert [row.kind for row in table_of(sheet).total_rows] == ["sum", "charge", "sum"]


@pytest.mark.parametrize("between", ["", "/ "])
def test_lot_numbers_and_contents_of_packages_are_no_words_of_the_goods(between: str) -> None:
    sheet = Sheet()
    header_of(sheet)
    details = f"Article no. {between}A-60514\nLos / Lot no. B322654\n30 pcs per carton\nHS code 8481.80.99"
    item_of(sheet, "1", f"Ball valve\n{details}", "1,600 PCS", "30.50", "48,800.00")
    item_of(sheet, *ITEMS[1])
    assert values(invoice(sheet), "description", "part_number", "hs_code")[0] == ("Ball valve", "A-60514", "84818099")


def test_a_detail_whose_value_stands_on_the_next_line_is_read() -> None:
    sheet = Sheet()
    header_of(sheet)
    item_of(sheet, "1", "Ball valve\nOrigin: Italy Net weight:\n110.40 kg", "1,600 PCS", "30.50", "48,800.00")
    item_of(sheet, *ITEMS[1])
    assert values(invoice(sheet), "description", "origin", "net_weight_kg")[0] == ("Ball valve", "IT", "110.40")


def test_a_list_price_beside_the_price_is_not_the_price() -> None:
    sheet = Sheet()
    titles = (
        (45, "Pos"),
        (75, "Description"),
        (300, "Quantity"),
        (355, "List price"),
        (430, "Net price"),
        (520, "Amount"),
    )
    sheet.row(*titles)
    for number, quantity, amount in (("1", "10 PCS", "90.00"), ("2", "5 PCS", "45.00")):
        cells = ((335, quantity, "r"), (390, "10.00", "r"), (465, "9.00", "r"), (550, amount, "r"))
        sheet.row((45, number), (75, "Pump"), *cells)
    assert values(invoice(sheet), "unit_price", "amount") == [("9.00", "90.00"), ("9.00", "45.00")]


def test_sixty_lines_over_four_pages_and_350_over_eleven_are_all_read() -> None:
    for count, per_page, repeated in ((60, 15, True), (60, 15, False), (350, 32, True), (350, 32, False)):
        sheets = long_invoice(count, per_page, repeated=repeated)
        table = table_of(*sheets)
        assert [row.cells["number"].text for row in table.rows] == [str(n) for n in range(1, count + 1)]
        assert table.complete_by == ("row_numbers", "sums")


def long_invoice(count: int, per_page: int, *, repeated: bool) -> list[Sheet]:
    sheets: list[Sheet] = []
    total = 0
    for n in range(1, count + 1):
        if n % per_page == 1:
            sheets.append(Sheet(number=len(sheets) + 1))
            if repeated or n == 1:
                header_of(sheets[-1])
            if n > 1:
                sheets[-1].row((75, "Carried forward"), (550, f"{total:,}.00", "r"))
        total += 2 * n
        item_of(sheets[-1], str(n), "Ball valve DN 25\nsteel PN 40", f"{n} PCS", "2.00", f"{2 * n:,}.00")
        sheets[-1].y -= 5
        if n % per_page == 0 and n < count:
            sheets[-1].row((75, "Carried forward"), (550, f"{total:,}.00", "r"))
    sheets[-1].row((400, "Total"), (550, f"{total:,}.00", "r"))
    return sheets
