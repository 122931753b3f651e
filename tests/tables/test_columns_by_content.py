from __future__ import annotations

from extractors.tables.cellreading import DOUBTFUL
from tests.tables.sheets import Sheet, invoice, packing, values

FIGURES = ("quantity", "unit", "unit_price", "amount")


def test_an_ordered_quantity_counts_where_no_other_is_printed_and_it_multiplies_out() -> None:
    sheet = Sheet()
    sheet.row((45, "Product"), (330, "Ordered qty"), (430, "Rate"), (510, "Line total"))
    sheet.row((45, "Ball valve"), (375, "16 PCS", "r"), (450, "30.50", "r"), (550, "488.00", "r"))
    sheet.row((45, "Pump housing"), (375, "12 PCS", "r"), (450, "360.10", "r"), (550, "4,321.20", "r"))
    assert values(invoice(sheet), *FIGURES) == [("16", "C62", "30.50", "488.00"), ("12", "C62", "360.10", "4321.20")]


def test_an_ordered_quantity_that_does_not_multiply_out_is_left_open() -> None:
    sheet = Sheet()
    sheet.row((45, "Product"), (330, "Ordered qty"), (430, "Rate"), (510, "Line total"))
    sheet.row((45, "Ball valve"), (375, "20 PCS", "r"), (450, "30.50", "r"), (550, "488.00", "r"))
    sheet.row((45, "Pump housing"), (375, "40 PCS", "r"), (450, "360.10", "r"), (550, "4,321.20", "r"))
    assert values(invoice(sheet), "quantity") == [(None,), (None,)]


def test_numbers_under_a_word_for_units_are_quantities_beside_the_column_of_units() -> None:
    sheet = Sheet()
    sheet.row((45, "Unités"), (90, "U/M"), (140, "Description"), (430, "Prix unitaire"), (520, "Montant"))
    sheet.row((70, "16", "r"), (90, "kg"), (140, "Café torréfié"), (460, "30,50", "r"), (550, "488,00", "r"))
    sheet.row((70, "12", "r"), (90, "kg"), (140, "Thé noir"), (460, "360,10", "r"), (550, "4.321,20", "r"))
    assert values(invoice(sheet), *FIGURES) == [("16", "KGM", "30.50", "488.00"), ("12", "KGM", "360.10", "4321.20")]


def test_a_nameless_quantity_is_found_where_some_prices_are_for_a_hundred() -> None:
    sheet = Sheet()
    sheet.row((45, "Descripción"), (340, "Xyz"), (430, "Precio unitario"), (520, "Importe"))
    sheet.row((45, "Tornillo hexagonal"), (375, "37200", "r"), (460, "8,80", "r"), (550, "3273,60", "r"))
    sheet.row((45, "Junta de goma"), (375, "24000", "r"), (460, "7,40", "r"), (550, "1776,00", "r"))
    sheet.row((45, "Manómetro"), (375, "720", "r"), (460, "9,59", "r"), (550, "6904,80", "r"))
    assert values(invoice(sheet), "quantity") == [("37200",), ("24000",), ("720",)]


def test_a_quantity_on_the_line_below_the_words_of_one_column_is_no_part_of_the_description() -> None:
    sheet = Sheet()
    sheet.row((45, "Pos."), (80, "Material"), (150, "Bezeichnung\nFakt. Menge"), (400, "Preis"), (520, "Wert"))
    for number, code, words, count, price, amount in (
        ("1", "KX4711", "Kugelhahn aus Edelstahl", "16 Stk", "30,50", "488,00"),
        ("2", "KX4712", "Pumpengehäuse", "12 Stk", "360,10", "4.321,20"),
    ):
        sheet.row((45, number), (80, code), (150, words), gap=0)
        sheet.row((150, count), (430, price, "r"), (550, amount, "r"), gap=0)
        sheet.row((150, "Stat. Warennummer 84818000 Nettogew. 52,00 kg"))
    lines = invoice(sheet)
    assert values(lines, *FIGURES) == [("16", "C62", "30.50", "488.00"), ("12", "C62", "360.10", "4321.20")]
    assert values(lines, "description", "hs_code") == [
        ("Kugelhahn aus Edelstahl", "84818000"),
        ("Pumpengehäuse", "84818000"),
    ]


def test_article_numbers_of_digits_alone_stand_under_the_descriptions() -> None:
    sheet = Sheet()
    sheet.row((45, "Description"), (340, "Qty"), (430, "Unit price"), (520, "Amount"))
    for words, code, count, price, amount in (
        ("Ball valve, size 7", "39600", "16 PCS", "30.50", "488.00"),
        ("Pump housing", "15806", "12 PCS", "360.10", "4,321.20"),
        ("Gasket", "63312", "2 PCS", "10.00", "20.00"),
    ):
        sheet.row((45, words), (375, count, "r"), (460, price, "r"), (550, amount, "r"), gap=2)
        sheet.row((45, code))
    assert values(invoice(sheet), "description", "part_number") == [
        ("Ball valve, size 7", "39600"),
        ("Pump housing", "15806"),
        ("Gasket", "63312"),
    ]


def test_sums_side_by_side_under_their_words_are_no_item() -> None:
    sheet = Sheet()
    sheet.row((45, "HTS"), (110, "Product"), (330, "Quantity"), (430, "Rate"), (510, "Line total"))
    sheet.row((45, "8481.80"), (110, "Ball valve"), (375, "16 PCS", "r"), (450, "30.50", "r"), (550, "488.00", "r"))
    sheet.row((45, "8413.91"), (110, "Pump housing"), (375, "2 PCS", "r"), (450, "10.00", "r"), (550, "20.00", "r"))
    sheet.row((200, "Untaxed amount", "r"), (340, "Shipping", "r"), (450, "Insurance", "r"), (550, "Amount due", "r"))
    sheet.row((200, "508.00", "r"), (340, "40.00", "r"), (450, "2.00", "r"), (550, "550.00 EUR", "r"))
    assert values(invoice(sheet), "description", "amount") == [("Ball valve", "488.00"), ("Pump housing", "20.00")]


def test_the_terms_of_delivery_under_the_titles_belong_to_no_item() -> None:
    sheet = Sheet()
    sheet.row((45, "No."), (80, "Model No."), (150, "Description"), (340, "Qty"), (430, "Unit price"), (520, "Amount"))
    sheet.row((45, "FOB Shanghai, Incoterms 2020"))
    sheet.row(
        (45, "1"), (80, "KX4711"), (150, "Ball valve"), (375, "16 PCS", "r"), (460, "30.50", "r"), (550, "488.00", "r")
    )
    sheet.row((45, "2"), (80, "KX4712"), (150, "Pump"), (375, "2 PCS", "r"), (460, "10.00", "r"), (550, "20.00", "r"))
    assert values(invoice(sheet), "part_number", "description", "origin") == [
        ("KX4711", "Ball valve", None),
        ("KX4712", "Pump", None),
    ]


def test_prices_and_amounts_with_their_currency_are_found_without_a_title() -> None:
    sheet = Sheet()
    sheet.row((45, "Descripción"), (330, "Cantidad"), (430, "Xyz"), (520, "Qrs"))
    sheet.row((45, "Válvula de bola"), (375, "16 pzas", "r"), (460, "USD 30,50", "r"), (550, "USD 488,00", "r"))
    sheet.row((45, "Carcasa"), (375, "12 pzas", "r"), (460, "USD 360,10", "r"), (550, "USD 4.321,20", "r"))
    assert values(invoice(sheet), *FIGURES) == [("16", "C62", "30.50", "488.00"), ("12", "C62", "360.10", "4321.20")]


def test_amounts_that_look_like_subheadings_are_amounts_where_they_multiply_out_and_codes_where_not() -> None:
    sheet = Sheet()
    sheet.row((45, "Description"), (200, "Xyz"), (330, "Quantity"), (430, "Unit price"), (520, "Qrs"))
    sheet.row((45, "Pump"), (200, "8413.70"), (375, "20 PCS", "r"), (460, "260.10", "r"), (550, "5202.00", "r"))
    sheet.row((45, "Valve"), (200, "8481.80"), (375, "12 PCS", "r"), (460, "360.10", "r"), (550, "4321.20", "r"))
    assert values(invoice(sheet), "hs_code", "amount") == [("841370", "5202.00"), ("848180", "4321.20")]


def test_codes_do_not_say_how_numbers_are_printed() -> None:
    sheet = Sheet()
    titles = ((45, "Artikel-Nr."), (110, "Bezeichnung"), (330, "Xyz"), (430, "Einzelpreis"), (520, "Betrag"))
    sheet.row(*titles)
    sheet.row((45, "70.39100"), (110, "Weinkorken"), (375, "24.000", "r"), (460, "0,196", "r"), (550, "4.704,00", "r"))
    sheet.row((45, "70.51807"), (110, "Flaschen"), (375, "40.000", "r"), (460, "0,158", "r"), (550, "6.320,00", "r"))
    assert values(invoice(sheet), "quantity", "amount") == [("24000", "4704.00"), ("40000", "6320.00")]


def test_numbers_of_one_length_beside_the_description_are_the_articles() -> None:
    sheet = Sheet()
    sheet.row((45, "Xyz"), (110, "Description"), (330, "Quantity"), (430, "Unit price"), (520, "Amount"))
    sheet.row((45, "39600"), (110, "Ball valve"), (375, "16 PCS", "r"), (460, "30.50", "r"), (550, "488.00", "r"))
    sheet.row((45, "15806"), (110, "Pump"), (375, "12 PCS", "r"), (460, "360.10", "r"), (550, "4,321.20", "r"))
    assert values(invoice(sheet), "part_number") == [("39600",), ("15806",)]


def test_goods_whose_words_have_no_known_title_are_found_by_quantity_price_and_amount() -> None:
    sheet = Sheet()
    sheet.row((45, "Xyz"), (330, "Quantity"), (430, "Unit price"), (520, "Amount"))
    sheet.row((45, "Ball valve of brass"), (375, "16 PCS", "r"), (460, "30.50", "r"), (550, "488.00", "r"))
    sheet.row((45, "Pump housing"), (375, "12 PCS", "r"), (460, "360.10", "r"), (550, "4,321.20", "r"))
    assert values(invoice(sheet), "description", "amount") == [
        ("Ball valve of brass", "488.00"),
        ("Pump housing", "4321.20"),
    ]


def test_item_above_article_numbers_leaves_the_words_beside_them_to_be_the_description() -> None:
    sheet = Sheet()
    sheet.row((45, "Item"), (110, "Xyz"), (330, "Quantity"), (430, "Unit price"), (520, "Amount"))
    sheet.row((45, "A-99200"), (110, "Ball valve"), (375, "16 PCS", "r"), (460, "30.50", "r"), (550, "488.00", "r"))
    sheet.row((45, "A-37501"), (110, "Steel pump"), (375, "12 PCS", "r"), (460, "360.10", "r"), (550, "4,321.20", "r"))
    assert values(invoice(sheet), "part_number", "description") == [
        ("A-99200", "Ball valve"),
        ("A-37501", "Steel pump"),
    ]


def test_two_titles_close_together_above_two_columns_are_two() -> None:
    sheet = Sheet()
    sheet.row(
        (45, "S.No."), (75, "Qrs."), (140, "Description"), (330, "Quantity"), (430, "Unit price"), (520, "Amount")
    )
    first, second = (
        ("1", "KX4700", "Ball valve", "16 PCS", "30.50", "488.00"),
        ("2", "KX5150", "Pump", "2 PCS", "10.00", "20.00"),
    )
    for number, code, words, count, price, amount in (first, second):
        sheet.row((50, number), (75, code), (140, words), (375, count, "r"), (460, price, "r"), (550, amount, "r"))
    assert values(invoice(sheet), "number", "part_number") == [("1", "KX4700"), ("2", "KX5150")]


def test_a_quantity_within_the_words_is_the_number_that_price_and_amount_prove() -> None:
    sheet = Sheet()
    sheet.row((45, "Pos."), (80, "Bezeichnung"), (400, "Preis"), (520, "Wert"))
    for number, words, count, price, amount in (
        ("1", "Kugelhahn aus Edelstahl", "16 Stk", "30,50", "488,00"),
        ("2", "Pumpengehäuse", "12 Stk", "360,10", "4.321,20"),
    ):
        sheet.row((45, number), (80, words), (430, price, "r"), (550, amount, "r"), gap=2)
        sheet.row((80, count))
    lines = invoice(sheet)
    assert values(lines, *FIGURES) == [("16", "C62", "30.50", "488.00"), ("12", "C62", "360.10", "4321.20")]
    assert values(lines, "description") == [("Kugelhahn aus Edelstahl",), ("Pumpengehäuse",)]


def test_a_number_within_the_words_that_does_not_multiply_out_is_no_quantity() -> None:
    sheet = Sheet()
    sheet.row((45, "Pos."), (80, "Bezeichnung"), (400, "Preis"), (520, "Wert"))
    sheet.row((45, "1"), (80, "Kugelhahn"), (430, "30,50", "r"), (550, "488,00", "r"), gap=2)
    sheet.row((80, "25 Stk"))
    sheet.row((45, "2"), (80, "Pumpe"), (430, "360,10", "r"), (550, "4.321,20", "r"), gap=2)
    sheet.row((80, "17 Stk"))
    assert values(invoice(sheet), "quantity") == [(None,), (None,)]


def test_amounts_under_a_title_of_weights_are_amounts_where_all_multiply_out() -> None:
    sheet = Sheet()
    sheet.row((45, "Descrizione"), (330, "Quantità"), (430, "Prezzo"), (520, "Netto"))
    sheet.row((45, "Valvola a sfera"), (375, "16 PZ", "r"), (460, "30,50", "r"), (550, "488,00", "r"))
    sheet.row((45, "Pompa"), (375, "12 PZ", "r"), (460, "360,10", "r"), (550, "4.321,20", "r"))
    assert values(invoice(sheet), "amount", "net_weight_kg") == [("488.00", None), ("4321.20", None)]


def test_a_remark_that_runs_over_the_columns_stays_with_the_words() -> None:
    sheet = Sheet()
    sheet.row((45, "Descrizione"), (240, "Quantità"), (400, "Prezzo"), (520, "Importo"))
    for words, code, count, price, amount in (
        ("Valvola a sfera", "8481.80.10", "16 PZ", "30,50", "488,00"),
        ("Pompa", "8413.70.10", "12 PZ", "360,10", "4.321,20"),
    ):
        sheet.row((45, words), (275, count, "r"), (430, price, "r"), (550, amount, "r"), gap=2)
        sheet.row((45, f"Zyxwv statistico complementare interno secondo {code}"))
    assert values(invoice(sheet), "description", "hs_code", "quantity") == [
        ("Valvola a sfera", "84818010", "16"),
        ("Pompa", "84137010", "12"),
    ]


def test_a_description_that_ends_with_a_comma_is_doubted() -> None:
    sheet = Sheet()
    sheet.row((45, "Description"), (330, "Quantity"), (430, "Unit price"), (520, "Amount"))
    sheet.row((45, "Power supply, 60 W,"), (375, "16 PCS", "r"), (460, "30.50", "r"), (550, "488.00", "r"))
    sheet.row((45, "Pump, 2 kW"), (375, "12 PCS", "r"), (460, "360.10", "r"), (550, "4,321.20", "r"))
    doubted = [line.description.confidence for line in invoice(sheet) if line.description]
    assert doubted[0] <= DOUBTFUL < doubted[1]


def test_a_lot_that_looks_like_a_code_is_none() -> None:
    sheet = Sheet()
    sheet.row((45, "Description"), (330, "Quantity"), (430, "Unit price"), (520, "Amount"))
    for words, count, price, amount in (
        ("Ball valve", "16 PCS", "30.50", "488.00"),
        ("Pump", "2 PCS", "10.00", "20.00"),
    ):
        sheet.row((45, words), (375, count, "r"), (460, price, "r"), (550, amount, "r"), gap=2)
        sheet.row((45, "Lot 73181590 exp 2027"))
    assert values(invoice(sheet), "hs_code") == [(None,), (None,)]


def test_of_two_counts_in_a_cell_the_one_that_is_priced_is_the_quantity() -> None:
    sheet = Sheet()
    sheet.row((45, "Description"), (250, "Quantity"), (430, "Unit price"), (520, "Amount"))
    sheet.row((45, "Coffee beans"), (250, "100 BAGS / 2505.00 KG"), (460, "30.50", "r"), (550, "3,050.00", "r"))
    sheet.row((45, "Cocoa beans"), (250, "40 BAGS / 1000.00 KG"), (460, "20.00", "r"), (550, "800.00", "r"))
    assert values(invoice(sheet), "quantity") == [("100",), ("40",)]


def test_net_weights_at_a_price_of_one_are_no_amounts() -> None:
    sheet = Sheet()
    sheet.row((45, "Description"), (330, "Quantity"), (430, "Unit price"), (520, "Net weight kg"))
    sheet.row((45, "Rice"), (375, "500 KG", "r"), (460, "1.00", "r"), (550, "500.00", "r"))
    sheet.row((45, "Beans"), (375, "250 KG", "r"), (460, "1.01", "r"), (550, "250.00", "r"))
    assert values(invoice(sheet), "net_weight_kg", "amount") == [("500.00", None), ("250.00", None)]


def test_one_item_alone_proves_no_quantity_among_its_words() -> None:
    sheet = Sheet()
    sheet.row((45, "Pos."), (80, "Description"), (400, "Price"), (520, "Amount"))
    sheet.row((45, "1"), (80, "Drive unit"), (430, "30.50", "r"), (550, "61.00", "r"), gap=2)
    sheet.row((80, "2 M of cable"))
    assert values(invoice(sheet), "quantity") == [(None,)]


def test_numbers_of_one_length_are_no_article_numbers_where_the_quantity_is_not_known() -> None:
    sheet = Sheet()
    sheet.row((45, "Xyz"), (110, "Description"), (330, "Net weight kg"), (430, "Gross weight kg"))
    sheet.row((45, "24000"), (110, "Steel bolts"), (375, "240.50", "r"), (500, "250.50", "r"))
    sheet.row((45, "37200"), (110, "Steel nuts"), (375, "372.20", "r"), (500, "380.40", "r"))
    assert values(packing(sheet), "part_number") == [(None,), (None,)]
