from tests.tables.sheets import Sheet, invoice, values


def test_a_line_of_details_may_begin_below_the_article_number_before_the_description() -> None:
    sheet = Sheet()
    sheet.row((45, "No"), (75, "Item code"), (150, "Description"), (330, "Qty"), (430, "Price"), (520, "Amount"))
    for number in ("1", "2"):
        sheet.row((45, number), (75, "KX41600\nHS code: 8467.29 Net weight: 538.20 kg"), (150, "Angle grinder, 125 mm"),
                  (350, "192 pcs", "r"), (450, "36.80", "r"), (550, "7,065.60", "r"))  # fmt: skip
    sheet.row((430, "Total"), (550, "14,131.20", "r"))
    names = ("part_number", "description", "hs_code", "net_weight_kg")
    assert values(invoice(sheet), *names) == [("KX41600", "Angle grinder, 125 mm", "846729", "538.20")] * 2
