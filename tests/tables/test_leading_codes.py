from __future__ import annotations

import pytest

from tests.tables.sheets import Sheet, invoice, packing, values

GOODS = ("Basin mixer tap, brass", "Oak dining chair, white", "Rubberwood shelf, black")


def listed(*texts: str, title: str = "Description") -> Sheet:
    """One item for each text, with quantity, price and amount."""
    sheet = Sheet()
    sheet.row((45, "No"), (75, title), (330, "Qty"), (430, "Price"), (520, "Amount"))
    for number, text in enumerate(texts, 1):
        sheet.row((45, str(number)), (75, text), (350, "10 pcs", "r"), (450, "2.50", "r"), (550, "25.00", "r"))
    return sheet


@pytest.mark.parametrize(
    "codes",
    [
        ("KX15702", "KX22701", "KX80000"), ("70.38400", "70.19901", "70.87602"), ("91300", "88503", "69101"),
        ("M/92300", "M/65102", "M/59104"), ("A-33000", "A-18404", "A-57801"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("between", [" ", " - "])
def test_codes_of_one_shape_before_all_descriptions_are_the_article_numbers(
    codes: tuple[str, ...], between: str
) -> None:
    lines = invoice(listed(*(code + between + text for code, text in zip(codes, GOODS, strict=True))))
    assert values(lines, "part_number", "description") == list(zip(codes, GOODS, strict=True))


@pytest.mark.parametrize(
    "texts",
    [
        ("100% cotton towels", "250 g tea bags", "12 V adapter"),
        ("HSS drill", "LED24 lamp", "Oak dining chair"),
        ("PT100 sensor, short", "PT100 sensor, long", "PT100 sensor, bent"),
        ("1.250 mm board", "2.500 mm board", "3.000 mm board"),
        ("84818000 mixer tap", "94016100 dining chair", "94036000 shelf"),
    ],
)
def test_words_that_describe_are_no_article_numbers(texts: tuple[str, ...]) -> None:
    assert values(invoice(listed(*texts)), "part_number", "description") == [(None, text) for text in texts]


def test_codes_stay_in_descriptions_whose_article_numbers_have_a_label() -> None:
    texts = [f"WX{n}300 headphones\nItem code: R271{n}" for n in range(1, 4)]
    lines = invoice(listed(*texts))
    assert values(lines, "part_number", "description") == [(f"R271{n}", f"WX{n}300 headphones") for n in range(1, 4)]


def test_an_article_number_over_a_description_that_is_called_item_and_description() -> None:
    lines = invoice(listed("KX157\nMixer tap", "KX227\nDining chair", title="Item / Description"))
    assert values(lines, "part_number", "description") == [("KX157", "Mixer tap"), ("KX227", "Dining chair")]


@pytest.mark.parametrize(
    ("below", "weight"),
    [
        ("Net 94.00 kg Gross 105.00 kg in 2 packages", "94.00"),
        ("Netto 94.00 kg Brutto 105.00 kg verpackt in 2 Packstücken", "94.00"),
        ("Netto 94.00 kg Lordo 105.00 kg in 2 colli", "94.00"),
        ("NET KG:94.00 GROSS KG:105.00 in 2 cartons", "94.00"),
    ],
)
def test_weights_and_packages_below_the_words(below: str, weight: str) -> None:
    sheet = Sheet()
    sheet.row((45, "Pos."), (75, "Description"), (500, "Quantity delivered"))
    for number in ("1", "2"):
        text = f"KX{number}5702 Dining chair, oak\nSerial no. SN5620 - SN5628\n{below}"
        sheet.row((45, number), (75, text), (550, "40 pcs", "r"))
    found = ("description", "part_number", "packages", "net_weight_kg", "gross_weight_kg")
    wanted = [("Dining chair, oak", f"KX{n}5702", "2", weight, "105.00") for n in (1, 2)]
    assert values(packing(sheet), *found) == wanted


def test_two_weights_with_a_stroke_between_them_below_one_title() -> None:
    sheet = Sheet()
    sheet.row((45, "Pos."), (75, "Contents"), (330, "Qty"), (400, "Ctns"), (470, "net / gross kg"))
    sheet.row((45, "Pallet 1 / 2"), (120, "120 x 80 x 90 cm, not stackable"))
    for number in ("1", "2"):
        sheet.row(
            (45, number), (75, "Dining chair"), (350, "40 pcs", "r"), (410, "2", "r"), (550, "94.00 / 105.00", "r")
        )
    lines = packing(sheet)
    assert (
        values(lines, "description", "packages", "net_weight_kg", "gross_weight_kg")
        == [("Dining chair", "2", "94.00", "105.00")] * 2
    )


@pytest.mark.parametrize("below", ["Partida 70133710, México", "TARIFF:70133710 ORIGIN:Mexico"])
def test_a_code_and_a_country_on_a_line_of_their_own(below: str) -> None:
    lines = invoice(listed(f"Glass tumbler\n{below}", f"Olive oil\n{below}"))
    assert values(lines, "description", "hs_code", "origin") == [
        ("Glass tumbler", "70133710", "MX"), ("Olive oil", "70133710", "MX")
    ]  # fmt: skip


def test_numbers_of_packages_beside_their_ranges_and_a_sum_behind_their_count() -> None:
    sheet = Sheet()
    sheet.row((45, "Case no."), (110, "No."), (150, "Contents"), (330, "Qty"), (430, "Net kg"), (520, "Gross kg"))
    for first, last in ((1, 8), (9, 67), (68, 70)):
        sheet.row((45, f"{first}-{last}"), (110, str(last - first + 1)), (150, "Dining chair, oak"),
                  (350, "40 pcs", "r"), (450, "94.00", "r"), (550, "105.00", "r"))  # fmt: skip
    sheet.row((45, "70 packages"), (150, "GRAND TOTAL"), (450, "282.00", "r"), (550, "315.00", "r"))
    wanted = [("1-8", "8", None), ("9-67", "59", None), ("68-70", "3", None)]
    assert values(packing(sheet), "package_range", "packages", "number") == wanted
