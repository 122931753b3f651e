from __future__ import annotations

import pytest

from schemas.documents import InvoiceLine
from tests.tables.sheets import LETTER, Sheet, invoice, packing, values

DETAILS = ("description", "part_number", "hs_code", "origin", "net_weight_kg")


def described(*below: str, kind: str = "Dining chair, oak frame") -> tuple[InvoiceLine, ...]:
    """Two items whose descriptions go on in these lines, in a table with a wide column of words."""
    sheet = Sheet()
    sheet.row((45, "No"), (75, "Description"), (330, "Qty"), (430, "Price"), (520, "Amount"))
    for number in ("1", "2"):
        sheet.row((45, number), (75, "\n".join((kind, *below))), (350, "192 pcs", "r"), (450, "36.80", "r"),
                  (550, "7,065.60", "r"))  # fmt: skip
    sheet.row((430, "Total"), (550, "14,131.20", "r"))
    return invoice(sheet)


@pytest.mark.parametrize(
    "below",
    [
        ("H.S. Code: 9401.61 Item code: R2717 C/O: Vietnam Net weight: 1,305.60 kg",),
        ("HS code 9401.61 · Art. R2717 · Origin Vietnam · Net 1,305.60 kg",),
        ("HS code: 9401.61 | Part no. R2717 | Made in: Viet Nam | N.W.: 1,305.60 kgs",),
        ("Item code: R2717", "Made in Vietnam", "HS code: 9401.61", "Net weight: 1,305.60 kg"),
        ("Zolltarifnummer 9401.61 · Bestellnummer R2717 · Ursprung: Vietnam · Netto: 1,305.60 kg",),
        ("Code SH 9401.61 ; Réf. : R2717 ; Origine : Vietnam ; Poids net : 1,305.60 kg",),
        ("Partida arancelaria: 9401.61 Ref.: R2717 Origen: Vietnam Peso neto: 1,305.60 kg",),
        ("Voce doganale: 9401.61 Cod. articolo: R2717 Origine: Vietnam Peso netto: 1,305.60 kg",),
        ("税号 HS code: 9401.61 货号 Item code: R2717 产地 C/O: Vietnam 净重 Net: 1,305.60 kg",),
        ("HS编码 9401.61 型号: R2717 产地: 越南 净重: 1,305.60 kg",),
    ],
)
def test_labelled_details_leave_the_description_for_their_own_fields(below: tuple[str, ...]) -> None:
    lines = described(*below)
    assert values(lines, *DETAILS) == [("Dining chair, oak frame", "R2717", "940161", "VN", "1305.60")] * 2
    assert values(lines, "quantity", "unit", "amount") == [("192", "C62", "7065.60")] * 2


def test_a_line_of_details_may_run_below_the_columns_of_numbers() -> None:
    below = "HS code: 9401.61 Item code: 70-5651 Country of origin: United Arab Emirates Net weight: 280.80 kg"
    assert 75 + len(below) * LETTER > 350
    lines = described(below)
    assert values(lines, *DETAILS) == [("Dining chair, oak frame", "70-5651", "940161", "AE", "280.80")] * 2
    assert values(lines, "quantity", "unit") == [("192", "C62")] * 2


@pytest.mark.parametrize(
    "words",
    [
        "Honey in jar, net weight: 500 g",
        "Plates of origin oak",
        "Model aircraft, style of 1940",
        "Art paper, 200 g",
        "Oil, item for export only",
        "Net curtain, 2.5 m",
    ],
)
def test_words_of_the_goods_that_look_like_labels_stay(words: str) -> None:
    assert (
        values(described(kind=words), "description", "part_number", "origin", "net_weight_kg")
        == [(words, None, None, None)] * 2
    )


def test_an_article_number_of_digits_needs_a_colon_behind_its_label() -> None:
    assert (
        values(described("Item no.: 4471902"), "description", "part_number")
        == [("Dining chair, oak frame", "4471902")] * 2
    )
    assert values(described("size of article 4471902"), "part_number") == [(None,)] * 2


def test_a_unit_printed_in_two_languages_is_one_unit_where_both_agree() -> None:
    sheet = Sheet()
    sheet.row((45, "箱号"), (100, "货物名称及规格"), (330, "数量"), (400, "净重"), (500, "毛重"))
    sheet.row(
        (45, "1-8"),
        (100, "不锈钢保温瓶 Vacuum flask"),
        (360, "1,920 只 PCS", "r"),
        (430, "652.80", "r"),
        (530, "740.80", "r"),
    )
    sheet.row((45, "9-12"), (100, "皮鞋 Shoes"), (360, "36 双 PCS", "r"), (430, "20.00", "r"), (530, "24.00", "r"))
    lines = packing(sheet)
    assert values(lines, "quantity", "unit") == [("1920", "C62"), ("36", None)]


@pytest.mark.parametrize("label", ["Artikel", "Item", "Art.", "Teile-Nr."])
def test_article_numbers_of_digits_are_no_carton_range(label: str) -> None:
    sheet = Sheet()
    sheet.row((45, "Nr."), (75, "Bezeichnung"), (245, label), (313, "Kolli"), (391, "Anzahl"), (460, "Netto kg"))
    for number, code, cartons in (("1", "70-5672", "9"), ("2", "70-8191", "22"), ("3", "70-5427", "14")):
        sheet.row(
            (45, number),
            (75, "Drehstrommotor 2,2 kW"),
            (245, code),
            (340, cartons, "r"),
            (420, "36 St.", "r"),
            (490, "590,40", "r"),
        )
    lines = packing(sheet)
    assert values(lines, "part_number", "package_range", "packages") == [
        ("70-5672", None, "9"), ("70-8191", None, "22"), ("70-5427", None, "14"),
    ]  # fmt: skip


def test_carton_ranges_under_a_label_that_says_little_are_carton_ranges() -> None:
    sheet = Sheet()
    sheet.row(
        (45, "Nos."),
        (110, "No. of"),
        (151, "Description of goods"),
        (330, "Qty"),
        (410, "Net kg"),
        (500, "Gross kg"),
        gap=-4,
    )
    sheet.row((110, "pkgs"))
    for span, cartons, net, gross in (("1-40", "40", "552.00", "596.00"), ("41-70", "30", "504.00", "531.00")):
        sheet.row(
            (45, span),
            (130, cartons, "r"),
            (151, "Angle grinder"),
            (370, "240 pcs", "r"),
            (440, net, "r"),
            (530, gross, "r"),
        )
    sheet.row((45, "TOTAL"), (130, "70", "r"), (440, "1,056.00", "r"), (530, "1,127.00", "r"))
    lines = packing(sheet)
    assert values(lines, "package_range", "packages", "gross_weight_kg") == [
        ("1-40", "40", "596.00"), ("41-70", "30", "531.00"),
    ]  # fmt: skip


@pytest.mark.parametrize("below", ["型号 Model : A-10000", "货号 Article code : A-10000", "型号: A-10000"])
def test_a_chinese_label_takes_the_latin_one_behind_it_along(below: str) -> None:
    lines = described(below, kind="吸顶灯 LED ceiling light, 24 W")
    assert values(lines, "description", "part_number") == [("吸顶灯 LED ceiling light, 24 W", "A-10000")] * 2


@pytest.mark.parametrize(
    "below", ["Nomenclatura : 85444290", "Zollpositionsnr.: 8544 42 90", "Codice SA / Comm. code 8544.42"]
)
def test_a_label_no_list_knows_is_told_by_standing_before_a_tariff_code_under_every_item(below: str) -> None:
    lines = described(below, kind="Power cord with plug, 2 m")
    found = values(lines, "description", "hs_code")
    assert {description for description, _ in found} == {"Power cord with plug, 2 m"}
    assert all(code is not None and code.startswith("854442") for _, code in found)


def test_repeated_words_before_a_number_that_is_no_tariff_code_stay_in_the_description() -> None:
    lines = described("Drawing 99887766", kind="Power cord with plug, 2 m")
    assert {description for description, _ in values(lines, "description", "hs_code")} == {
        "Power cord with plug, 2 m Drawing 99887766"
    }
