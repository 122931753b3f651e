from __future__ import annotations

import pytest

from tests.tables.sheets import Sheet, packing, table_of, values

WEIGHED = ("package_range", "packages", "net_weight_kg", "gross_weight_kg")


def header_of(sheet: Sheet) -> None:
    sheet.row((42, "Carton"), (95, "No. of"), gap=0)
    sheet.row(
        (42, "Nos."), (95, "Ctns"), (150, "Description"), (350, "Qty"), (410, "Net kg"), (470, "Gross kg"), (530, "CBM")
    )


def items_of(sheet: Sheet, *rows: tuple[str, str, str, str, str, str]) -> None:
    for span, count, words, quantity, net, gross in rows:
        sheet.row(
            (42, span), (115, count, "r"), (150, words), (370, quantity, "r"), (440, net, "r"), (505, gross, "r"),
            (550, "0.500", "r"),
        )  # fmt: skip


def shipment(*, lost: bool = False) -> Sheet:
    sheet = Sheet()
    header_of(sheet)
    items_of(sheet, ("1-12", "12", "Pump", "12 EA", "378.00", "416.40"))
    if not lost:
        items_of(sheet, ("13-22", "10", "Gauge\nEA. CTN: NW 9.60 / GW 10.50 kgs", "200 EA", "96.00", "105.00"))
    items_of(
        sheet,
        ("23-24", "2", "Motor", "2 EA", "58.00", "64.00"),
        ("24", "", "Bolt M10 (spare)\n(PACKED TOGETHER WITH PREVIOUS LINE)", "125 EA", "6.00", "6.36"),
    )
    sheet.row((42, "TOTAL"), (95, "24 CTNS"), (440, "538.00", "r"), (505, "591.76", "r"), (550, "2.000", "r"))
    return sheet


def test_ranges_mixed_cartons_and_weights_of_single_cartons() -> None:
    lines = packing(shipment())
    assert values(lines, *WEIGHED) == [
        ("1-12", "12", "378.00", "416.40"),
        ("13-22", "10", "96.00", "105.00"),
        ("23-24", "2", "58.00", "64.00"),
        ("24", None, "6.00", "6.36"),
    ]
    assert values(lines, "description") == [("Pump",), ("Gauge",), ("Motor",), ("Bolt M10 (spare)",)]


def test_a_whole_table_is_proved_whole() -> None:
    assert table_of(shipment(), kind="packing_list").complete_by == ("sums", "package_ranges")


def test_a_lost_row_leaves_no_proof() -> None:
    assert table_of(shipment(lost=True), kind="packing_list").complete_by == ()


@pytest.mark.parametrize("words", [("1", "3"), ("1", "2", "4"), ("2", "3")])
def test_line_numbers_with_a_gap_prove_nothing(words: tuple[str, ...]) -> None:
    sheet = Sheet()
    sheet.row((45, "Item"), (75, "Description"), (330, "Quantity"), (420, "Net weight"), (500, "Gross weight"))
    for number in words:
        sheet.row((45, number), (75, "Pump"), (360, "4 PCS", "r"), (450, "2.50", "r"), (550, "3.00", "r"))
    assert table_of(sheet, kind="packing_list").complete_by == ()


def test_the_marks_beside_the_items_make_no_rows() -> None:
    sheet = Sheet()
    sheet.row(
        (42, "唛头"),
        (110, "货物名称"),
        (250, "箱号"),
        (310, "件数"),
        (360, "数量"),
        (420, "毛重"),
        (500, "净重"),
        gap=0,
    )
    sheet.row(
        (42, "Marks"),
        (110, "Description"),
        (250, "C/No."),
        (300, "Packages"),
        (360, "Quantity"),
        (420, "G.W."),
        (500, "N.W."),
    )
    top = sheet.y
    for n, text in enumerate(("ABC", "HAMBURG", "P.O. 7627", "C/NO. 1-149")):
        sheet.put(42, text, at=top + n * 10.5)
    for words, span, count in (
        ("Cutting board of\nbamboo", "1-125", "125 CTNS"),
        ("Vacuum flask", "126-149", "24 CTNS"),
    ):
        sheet.row(
            (110, words), (250, span), (340, count, "r"), (390, "576 PCS", "r"),
            (450, "30.50 KG", "r"), (530, "25.00 KG", "r"),
        )  # fmt: skip
    sheet.row((42, "合计 TOTAL"), (340, "149 CTNS", "r"), (450, "61.00 KG", "r"), (530, "50.00 KG", "r"))
    lines = packing(sheet)
    assert values(lines, "description", *WEIGHED) == [
        ("Cutting board of bamboo", "1-125", "125", "25.00", "30.50"),
        ("Vacuum flask", "126-149", "24", "25.00", "30.50"),
    ]


def test_columns_of_weights_per_carton_are_left_to_themselves() -> None:
    sheet = Sheet()
    sheet.row(
        (42, "C/No."), (95, "Ctns"), (130, "Description"), (260, "Quantity"), (330, "N.W./CTN"), (390, "G.W./CTN"),
        (450, "Total N.W."), (510, "Total G.W."),
    )  # fmt: skip
    sheet.row(
        (42, "1-10"), (95, "10"), (130, "Pump"), (290, "100 PCS", "r"), (360, "9.60", "r"), (420, "10.50", "r"),
        (485, "96.00", "r"), (545, "105.00", "r"),
    )  # fmt: skip
    assert values(packing(sheet), "net_weight_kg", "gross_weight_kg") == [("96.00", "105.00")]


def test_weights_in_pounds_become_kilograms() -> None:
    sheet = Sheet()
    sheet.row(
        (42, "Ctn No."), (130, "Description"), (300, "Qty"), (400, "Net weight (lbs)"), (490, "Gross weight (lbs)")
    )
    sheet.row((42, "1-2"), (130, "Pump"), (315, "2 EA", "r"), (450, "100.00", "r"), (550, "200.00", "r"))
    net, gross = values(packing(sheet), "net_weight_kg", "gross_weight_kg")[0]
    assert net is not None
    assert gross is not None
    assert net.startswith("45.359")
    assert gross.startswith("90.718")


def test_a_carton_column_that_holds_ranges_is_one_of_numbers_whatever_it_is_called() -> None:
    sheet = Sheet()
    sheet.row((42, "Cartons"), (110, "Description"), (300, "Qty"), (400, "Net kg"), (490, "Gross kg"))
    for span in ("1-5", "6 - 20", "21"):
        sheet.row((42, span), (110, "Pump"), (315, "2 EA", "r"), (425, "1.00", "r"), (520, "2.00", "r"))
    assert values(packing(sheet), "package_range", "packages") == [("1-5", None), ("6-20", None), ("21", None)]


def test_packages_without_a_label_are_known_by_their_ranges() -> None:
    sheet = Sheet()
    sheet.row((42, "Package no."), (150, "Content"), (350, "Qty"), (410, "Net kg"), (470, "Gross kg"))
    for span, count, words in (
        ("1-5", "5", "Pump"),
        ("6-20", "15", "Gauge"),
        ("21-32", "12", "Motor"),
        ("33-42", "10", "Bolt"),
    ):
        sheet.row(
            (42, span), (140, count, "r"), (150, words), (370, "2 EA", "r"), (440, "1.00", "r"), (505, "2.00", "r")
        )
    assert values(packing(sheet), "packages", "description") == [
        ("5", "Pump"), ("15", "Gauge"), ("12", "Motor"), ("10", "Bolt"),
    ]  # fmt: skip


def test_groups_under_subtotals_keep_their_items_where_the_figures_stand_on_the_second_line() -> None:
    sheet = Sheet()
    sheet.row((45, "Pos."), (75, "von - bis"), (151, "Artikel"), (330, "Menge"), (410, "Kolli"), (500, "Brutto kg"))
    at = 1
    for delivery, (first, second) in (("385458", (17, 58)), ("870118", (23, 74))):
        sheet.row((45, f"Lieferschein Nr. {delivery}"), gap=8.0)
        for cartons in (first, second):
            number = str(len([w for w in sheet.words if w.text == "Fußball,"]) + 1)
            sheet.row((45, number), (75, f"{at}-{at + cartons - 1}"), (151, "Fußball, Größe 5, Polyurethan,"), gap=0.0)
            sheet.row(
                (151, "genäht"),
                (360, f"{cartons * 30} Stk", "r"),
                (430, str(cartons), "r"),
                (540, f"{cartons * 14},10", "r"),
                gap=8.0,
            )
            at += cartons
        total = sum(n * 1410 for n in (first, second))
        sheet.row((45, "Teilsumme"), (430, str(first + second), "r"), (540, f"{total // 100},{total % 100:02d}", "r"))
    lines = packing(sheet)
    assert [line.packages.value for line in lines if line.packages] == [17, 58, 23, 74]


def test_tariff_codes_under_the_article_numbers_are_no_part_of_them() -> None:
    sheet = Sheet()
    sheet.row((45, "Riferimento"), (151, "Descrizione"), (330, "Q.tà"), (410, "Colli"), (500, "Lordo kg"))
    for part, code, name in (("A-73002", "61051000", "Polo uomo"), ("A-92501", "96170000", "Bottiglia termica")):
        sheet.row((45, f"{part}\n{code}"), (151, name), (360, "130 PZ", "r"), (430, "26", "r"), (540, "314,60", "r"))
    assert values(packing(sheet), "part_number", "hs_code") == [("A-73002", "61051000"), ("A-92501", "96170000")]
