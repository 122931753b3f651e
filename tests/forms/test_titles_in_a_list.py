"""Waybills printed by a system: no form, titles in a column and each value far behind its own."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from extractors.context import Context
from extractors.documents.transport import transport_document, transport_form
from extractors.values.numbers import NumberStyle
from tests.forms.printed import form_page

_ENGLISH = Context(NumberStyle(".", ","), "dmy")
_LISTED = (
    ("Waybill no. / date of issue", "QRTU4471 / 14 Mar 2024"),
    ("Shipper", "OPORTO CERAMICA LDA"),
    ("Vessel/Voy.", "WHITE STORK 0617W"),
    ("POL", "Leixoes"),
    ("POD", "Halifax"),
    ("On board", "13 Mar 2024"),
    ("Packages", "36 cartons"),
    ("Cargo as declared by shipper", "CERAMIC TILES"),
    ("Cargo gross weight", "1,250.50 kg"),
    ("Cube", "4.250 m3"),
    ("Freight", "FREIGHT COLLECT"),
)


def test_values_far_behind_their_titles_are_read_where_the_titles_make_a_list() -> None:
    titles = [(40, 100 + 16 * at, title) for at, (title, _) in enumerate(_LISTED)]
    values = [(260, 100 + 16 * at, value) for at, (_, value) in enumerate(_LISTED)]
    page = form_page([(40, 40, "NON-NEGOTIABLE SEA WAYBILL"), *titles], values)
    fields, lines = transport_document([page], transport_form([page]), _ENGLISH)
    found = {name: field.value for name, field in fields.present().items()}
    assert found["number"] == "QRTU4471"
    assert found["shipped_on_board_date"] == dt.date(2024, 3, 13)
    assert (found["port_of_loading"], found["port_of_discharge"]) == ("Leixoes", "Halifax")
    assert found["volume_m3"] == Decimal("4.250")
    assert found["freight_terms"] == "collect"
    assert [{name: field.value for name, field in line.present().items()} for line in lines] == [
        {"description": "CERAMIC TILES", "packages": Decimal(36), "gross_weight_kg": Decimal("1250.50")}
    ]
