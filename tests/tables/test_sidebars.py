from __future__ import annotations

import pytest

from tests.tables.sheets import Sheet, invoice, table_of, values

FIELDS = ("Our invoice", "HYL26-02092", "Dated", "2026-04-20", "P.O. No.", "SKC 5531", "Terms of delivery", "CIF Busan",
          "Terms of payment", "T/T 45 days", "Currency", "USD", "Packages", "132 CTNS")  # fmt: skip


def with_sidebar(side: float, table: float) -> Sheet:
    """A table whose left edge is at `table`, and a column of header fields at `side` in a rhythm of its own."""
    sheet = Sheet()
    for n, text in enumerate(FIELDS):
        sheet.put(side, text, at=60 + 13.3 * n)
    sheet.y = 112
    sheet.row((table, "Description"), (table + 150, "Qty"), (table + 210, "Price"), (table + 280, "Amount"))
    for words, amount in (
        ("Angle grinder, electric,\n125 mm", "6,672.00"),
        ("Twist drill set", "7,618.67"),
        ("Spanner", "3,326.40"),
    ):
        sheet.row(
            (table, words), (table + 180, "240 PCS", "r"), (table + 235, "27.80", "r"), (table + 320, amount, "r")
        )
    sheet.row((table + 210, "Total"), (table + 320, "17,617.07", "r"))
    return sheet


@pytest.mark.parametrize(("side", "table"), [(16, 160), (470, 60)])
def test_a_column_of_header_fields_beside_the_table_is_no_part_of_it(side: float, table: float) -> None:
    sheet = with_sidebar(side, table)
    assert values(invoice(sheet), "description", "amount") == [
        ("Angle grinder, electric, 125 mm", "6672.00"), ("Twist drill set", "7618.67"), ("Spanner", "3326.40"),
    ]  # fmt: skip
    regions = table_of(sheet).regions
    aside = [w for w in sheet.page().words if (w.box.x0 >= side if side > table else w.box.x1 < table)]
    assert len(aside) >= len(FIELDS)
    assert not any(box.contains_middle_of(w.box) for _, box in regions for w in aside)


def test_an_unlabelled_column_that_keeps_to_the_rows_stays_in_the_table() -> None:
    sheet = Sheet()
    for n, text in enumerate(("4471-A", "4472-B")):
        sheet.put(16, text, at=60 + 13 * n)
    sheet.y = 112
    sheet.row((110, "Description"), (310, "Qty"), (370, "Price"), (440, "Amount"))
    for code, words in (("KX-100", "Angle grinder"), ("KX-200", "Twist drill set"), ("KX-300", "Spanner")):
        sheet.row((16, code), (110, words), (340, "240 PCS", "r"), (395, "2.00", "r"), (480, "480.00", "r"))
    assert values(invoice(sheet), "part_number", "description") == [
        ("KX-100", "Angle grinder"), ("KX-200", "Twist drill set"), ("KX-300", "Spanner"),
    ]  # fmt: skip
