"""Packing lists and tables of certificates whose titles mislead: ranges, units and words in the cells tell."""

from __future__ import annotations

from tests.tables.sheets import Sheet, packing, values

COUNTED = ("packages", "quantity", "unit")


def test_of_two_quantities_the_one_that_the_ranges_count_is_that_of_packages() -> None:
    sheet = Sheet()
    titles = ((45, "Collo n."), (110, "Quantità"), (170, "Descrizione"), (380, "Quantità"), (450, "Peso netto kg"))
    sheet.row(*titles)
    sheet.row((45, "1-81"), (140, "81", "r"), (170, "Valvola"), (420, "2916 PZ", "r"), (500, "816,48", "r"))
    sheet.row((45, "82-150"), (140, "69", "r"), (170, "Pompa"), (420, "2484 PZ", "r"), (500, "695,52", "r"))
    assert values(packing(sheet), *COUNTED) == [("81", "2916", "C62"), ("69", "2484", "C62")]


def test_pieces_under_packages_and_packages_under_quantity_change_places() -> None:
    sheet = Sheet()
    sheet.row((45, "Description"), (300, "Quantity"), (400, "Packages"), (500, "Gross weight kg"))
    sheet.row((45, "Ball valve"), (350, "36 CTNS", "r"), (450, "432 PCS", "r"), (550, "120.50", "r"))
    sheet.row((45, "Pump"), (350, "43 CTNS", "r"), (450, "1,032 PCS", "r"), (550, "512.00", "r"))
    assert values(packing(sheet), *COUNTED) == [("36", "432", "C62"), ("43", "1032", "C62")]


def test_packages_and_pieces_in_one_cell_are_told_by_their_units() -> None:
    sheet = Sheet()
    sheet.row((45, "Descrizione"), (300, "Quantità"), (500, "Peso lordo kg"))
    sheet.row((45, "Valvola a sfera"), (300, "33 colli 2640 pz"), (550, "120,50", "r"))
    sheet.row((45, "Pompa"), (300, "27 colli 405 pz"), (550, "512,00", "r"))
    assert values(packing(sheet), *COUNTED) == [("33", "2640", "C62"), ("27", "405", "C62")]


def test_packages_under_a_title_of_numbers_are_no_numbers_of_items() -> None:
    sheet = Sheet()
    sheet.row((45, "Item"), (90, "Description"), (330, "Number"), (420, "Quantity"), (500, "Gross weight kg"))
    sheet.row((45, "1"), (90, "Ball valve"), (330, "60 CTNS"), (420, "2880 PCS"), (550, "120.50", "r"))
    sheet.row((45, "2"), (90, "Pump"), (330, "196 CTNS"), (420, "7840 PCS"), (550, "512.00", "r"))
    assert values(packing(sheet), "number", *COUNTED) == [("1", "60", "2880", "C62"), ("2", "196", "7840", "C62")]


def test_weights_that_say_themselves_which_they_are() -> None:
    sheet = Sheet()
    sheet.row((45, "Description"), (300, "Quantity"), (450, "Weight"))
    sheet.row((45, "Ball valve"), (350, "36 PCS", "r"), (450, "gross 1,820.00 KG"), gap=2)
    sheet.row((450, "net 1,776.00 KG"))
    sheet.row((45, "Pump"), (350, "43 PCS", "r"), (450, "gross 512.00 KG"), gap=2)
    sheet.row((450, "net 480.00 KG"))
    assert values(packing(sheet), "gross_weight_kg", "net_weight_kg") == [("1820.00", "1776.00"), ("512.00", "480.00")]


def test_a_whole_number_beside_a_weight_may_be_packages_or_a_volume_and_is_left_open() -> None:
    sheet = Sheet()
    sheet.row((45, "Contents"), (250, "Quantity"), (350, "Xyz"), (450, "Net weight kg"))
    sheet.row((45, "Centrifugal pump"), (290, "8 PCS", "r"), (370, "4", "r"), (520, "188.00", "r"))
    assert values(packing(sheet), "packages", "volume_m3") == [(None, None)]


def test_rolls_in_pallets_are_a_quantity_and_no_packages() -> None:
    sheet = Sheet()
    sheet.row((45, "Pallet No."), (120, "Description"), (300, "Quantity"), (500, "Gross weight kg"))
    sheet.row((45, "1-2"), (120, "Cotton fabric"), (350, "20 ROLLS", "r"), (550, "220.50", "r"))
    sheet.row((45, "3-5"), (120, "Linen fabric"), (350, "30 ROLLS", "r"), (550, "320.50", "r"))
    assert values(packing(sheet), *COUNTED) == [(None, "20", "XRO"), (None, "30", "XRO")]


def test_cases_counted_in_pieces_stay_packages() -> None:
    sheet = Sheet()
    sheet.row((45, "Description"), (300, "Quantity"), (360, "Unit"), (420, "Packages"), (500, "Gross weight kg"))
    sheet.row((45, "Cotton"), (340, "20", "r"), (360, "ROLLS"), (460, "2 PCS", "r"), (550, "220.50", "r"))
    sheet.row((45, "Linen"), (340, "30", "r"), (360, "ROLLS"), (460, "3 PCS", "r"), (550, "320.50", "r"))
    assert values(packing(sheet), *COUNTED) == [("2", "20", "XRO"), ("3", "30", "XRO")]


def test_one_piece_in_each_of_ten_packages_are_not_ten_packages_of_one_quantity() -> None:
    sheet = Sheet()
    sheet.row((45, "Carton"), (110, "Description"), (300, "Quantity"), (380, "Quantity"), (500, "Gross weight kg"))
    sheet.row((45, "1-10"), (110, "Pump"), (340, "1", "r"), (420, "10", "r"), (550, "220.50", "r"))
    sheet.row((45, "11-30"), (110, "Valve"), (340, "1", "r"), (420, "20", "r"), (550, "320.50", "r"))
    assert values(packing(sheet), "packages") == [(None,), (None,)]


def test_subheadings_beside_weights_are_no_weights() -> None:
    sheet = Sheet()
    sheet.row((45, "Description"), (250, "Xyz"), (330, "Quantity"), (500, "Net weight kg"))
    sheet.row((45, "Valve"), (250, "8481.80"), (375, "20 PCS", "r"), (550, "2,500.50", "r"))
    sheet.row((45, "Pump"), (250, "8413.70"), (375, "30 PCS", "r"), (550, "6,200.25", "r"))
    assert values(packing(sheet), "hs_code", "gross_weight_kg") == [("848180", None), ("841370", None)]
