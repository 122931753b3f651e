"""Titles that fill a ruled cell of their own, their value in the cell beside or under it; lines of containers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from extractors.context import Context
from extractors.documents.transport import transport_document, transport_form
from extractors.values.numbers import NumberStyle
from tests.drawing import Line
from tests.forms.printed import Cell, form_page

_ENGLISH = Context(NumberStyle(".", ","), "dmy")
_TITLE: Line = (40, 30, "NON-NEGOTIABLE SEA WAYBILL")
_EDGES = (40.0, 160.0, 290.0, 410.0, 540.0)


def _row(top: float, height: float = 16) -> list[Cell]:
    return [(x0, top, x1, top + height) for x0, x1 in pairwise(_EDGES)]


def _line(top: float, *texts: str) -> list[Line]:
    return [(x + 4, top + 5, text) for x, text in zip(_EDGES, texts, strict=False) if text]


def _read(titles: Sequence[Line], values: Sequence[Line], cells: Sequence[Cell]) -> dict[str, object]:
    page = form_page([_TITLE, *titles], values, cells=cells)
    fields, _ = transport_document([page], transport_form([page]), _ENGLISH)
    return {name: field.value for name, field in fields.present().items()}


def test_a_value_stands_in_the_cell_right_of_its_title_in_a_list_of_two_columns() -> None:
    titles = [
        *_line(100, "Vessel / Voyage", "", "Issued", ""),
        *_line(116, "Port of Loading", "", "Port of Discharge", ""),
    ]
    values = [*_line(100, "", "WHITE STORK 0617W", "", "14 Mar 2024"), *_line(116, "", "Leixoes", "", "Halifax")]
    found = _read(titles, values, [*_row(100), *_row(116)])
    assert (found["vessel_or_flight"], found["port_of_loading"]) == ("WHITE STORK 0617W", "Leixoes")
    assert found["port_of_discharge"] == "Halifax"


_CONTAINERS = _line(300, "Container No.", "Seal", "Packages", "Gross weight (kg)")
_GOODS: list[Line] = [(44, 420, "Cargo as declared by shipper")]
_TILES: list[Line] = [(44, 432, "CERAMIC TILES")]
_ONE = _line(316, "TGHU1234569", "QX558201", "36 cartons", "1,250.50")


def test_under_a_row_of_titles_the_only_container_has_seal_packages_and_weight() -> None:
    found = _read([*_CONTAINERS, *_GOODS], [*_ONE, *_TILES], [*_row(300), *_row(316)])
    assert found["seal_number"] == "QX558201"
    assert (found["packages"], found["gross_weight_kg"]) == (Decimal(36), Decimal("1250.50"))


def test_the_first_of_two_containers_does_not_speak_for_both() -> None:
    other = _line(332, "MSKU7654321", "QX558202", "20 cartons", "800.00")
    found = _read([*_CONTAINERS, *_GOODS], [*_ONE, *other, *_TILES], [*_row(300), *_row(316), *_row(332)])
    assert "packages" not in found
    assert "gross_weight_kg" not in found


def test_a_high_box_left_empty_does_not_take_the_value_of_the_box_beside_it() -> None:
    cells = [(40.0, 100.0, 290.0, 170.0), (290.0, 100.0, 540.0, 170.0)]
    found = _read([(44, 104, "Notify Party")], [(294, 104, "OPORTO CERAMICA LDA"), (294, 116, "4050 PORTO")], cells)
    assert "notify_party" not in found


_BILL: list[Line] = [
    (44, 300, "Kind of Packages; Description of goods; Marks and Numbers"),
    (440, 300, "Weight"),
]
_WHERE: list[Cell] = [(40.0, 296.0, 430.0, 420.0), (430.0, 296.0, 540.0, 420.0)]


def _bill(*lines: str) -> dict[str, object]:
    values = [(44.0, 320.0 + 12 * at, text) for at, text in enumerate(lines)]
    return _read(_BILL, [*values, (440, 320, "2,050.50 KG")], _WHERE)


def test_the_line_of_a_container_tells_seal_and_packages() -> None:
    found = _bill("CERAMIC TILES", "TGHU1234569 QX558201 40 DRY 9'6 36 CARTONS 2,050.50 KG")
    assert (found["seal_number"], found["packages"], found["package_kind"]) == ("QX558201", Decimal(36), "CT")


def test_packages_of_several_containers_are_added() -> None:
    found = _bill("TILES", "TGHU1234569 QX558201 40 HC 36 CARTONS", "MSKU7654321 QX558202 20 GP 20 CARTONS")
    assert found["packages"] == Decimal(56)


def test_packages_are_left_open_where_one_container_counts_none_or_the_bill_says_another_number() -> None:
    assert "packages" not in _bill("TILES", "TGHU1234569 QX558201 40 HC 36 CARTONS", "MSKU7654321 QX558202 20 GP")
    assert "packages" not in _bill("said to contain 63 CARTONS", "TILES", "TGHU1234569 QX558201 40 DRY 36 CARTONS")


def test_a_number_behind_a_container_without_its_size_is_no_seal() -> None:
    assert "seal_number" not in _bill("TILES", "TGHU1234569 QX558201")
