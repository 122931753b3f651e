import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from benchmarks.judging import Judged, agrees, company, judged
from schemas.documents import CommercialInvoice, InvoiceFields, InvoiceLine, Part
from schemas.fields import Field
from schemas.values import Party


def read(value: Any) -> Field[Any]:  # noqa: ANN401 - a value of any field
    return Field[Any](value=value, confidence=0.9, file="a.pdf", page=1, box=(0.0, 0.0, 1.0, 1.0))


@pytest.mark.parametrize(
    ("name", "printed", "value", "right"),
    [
        ("total_amount", "1234.50", Decimal("1234.5"), True),
        ("total_amount", "1234.50", Decimal("1234.05"), False),
        ("date", "2026-03-30", dt.date(2026, 3, 30), True),
        ("date", "2026-03-30", dt.date(2026, 3, 20), False),
        ("exporter", {"name": "Müller & Söhne GmbH"}, Party(name="MUELLER & SOEHNE GMBH"), True),
        ("exporter", {"name": "Lotus Garment Co., Ltd"}, Party(name="Padma Knit Ltd"), False),
        ("description", "woven fabric of polyester, dyed", "POLYESTER WOVEN FABRIC OF, DYED", True),
        ("description", "steel bolts", "cotton shirts", False),
        ("unit", "C62", "H87", True),
        ("unit", "C62", "SET", False),
        ("hs_code", "61091000", "61091000", True),
        ("number", "A-18/B", "A-18 / B", True),
        ("number", "A-18/B", "A-13/B", False),
        ("number", None, "A-18", False),
    ],
)
def test_a_value_is_right_where_it_says_what_is_printed(
    *, name: str, printed: object, value: object, right: bool
) -> None:
    assert agrees(name, printed, value) is right


def test_a_legal_form_is_no_part_of_a_company() -> None:
    assert company("Kellermann Antriebstechnik GmbH") == company("KELLERMANN ANTRIEBSTECHNIK")


TRUTH = {
    "type": "commercial_invoice",
    "parts": [{"file": "a.pdf", "pages": [1]}],
    "fields": {"number": "A-18", "total_amount": "30.00"},
    "lines": [
        {"number": "1", "description": "Steel bolts M10", "quantity": "10", "amount": "10.00"},
        {"number": "2", "description": "Steel nuts M10", "quantity": "20", "amount": "20.00"},
    ],
}


def judge(lines: list[dict[str, Any]], **fields: object) -> dict[tuple[str, int | None], Judged]:
    document = CommercialInvoice(
        parts=(Part(file="a.pdf", sha256="0" * 64, pages=(1,)),),
        fields=InvoiceFields(**{name: read(value) for name, value in fields.items()}),
        lines=tuple(InvoiceLine(**{name: read(value) for name, value in line.items()}) for line in lines),
    )
    return {(one.name, one.line): one for one in judged((document,), [TRUTH])}


def test_values_of_the_header_are_judged_by_name_and_what_is_not_printed_is_wrong() -> None:
    found = judge([], number="A-18", total_amount=Decimal("33.00"), freight=Decimal("5.00"))
    assert {name: one.right for (name, _), one in found.items()} == {
        "number": True, "total_amount": False, "freight": False,
    }  # fmt: skip


def test_rows_are_judged_by_their_likest_row_whatever_their_order() -> None:
    second = {"description": "Steel nuts M10", "quantity": Decimal(20), "amount": Decimal("20.00")}
    first = {"description": "Steel bolts M10", "quantity": Decimal(70), "amount": Decimal("10.00")}
    found = judge([second, first])
    assert {place for place, one in found.items() if not one.right} == {("quantity", 1)}


def test_every_value_of_a_row_that_is_none_is_wrong() -> None:
    found = judge([{"description": "carried forward", "amount": Decimal("30.00")}])
    assert {place: one.right for place, one in found.items()} == {("description", 0): False, ("amount", 0): False}
