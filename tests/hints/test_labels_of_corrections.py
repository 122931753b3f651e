"""From a value that a person gave to the label it stands by, and back to the value on the next paper."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from extractors.documents import find_documents
from extractors.hints import label_hints, sighted, with_proposed
from schemas.documents import PackingListFields
from schemas.hints import Beside, Hint, HintSource, LabelHint
from schemas.pages import Page
from tests.drawing import Line, page_of

HEAD: list[Line] = [
    (40, 100, "Norwick Looms Pvt. Ltd."),
    (40, 114, "12 Mill Road, Surat, India"),
    (40, 160, "Consignee:"),
    (140, 160, "Halden Textil GmbH"),
    (40, 420, "Net weight:"),
    (200, 420, "480.00 kg"),
]
TITLE = (40, 40, "PACKING LIST")


def _paper(*lines: Line) -> Page:
    return page_of([*HEAD, *lines], title=TITLE)


def _hint(label: str, beside: Beside = "right", field: str = "gross_weight_kg") -> Hint:
    source = HintSource(reference="A-1", revision=1, decision=1, by="ann", at=dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
    lesson = LabelHint(document="packing_list", field=field, label=label, beside=beside)
    return Hint(exporter="Norwick Looms Pvt. Ltd.", lesson=lesson, source=source)


def _learned(page: Page, value: str, field: str = "gross_weight_kg") -> list[tuple[str, str]]:
    found = label_hints("packing_list", field, value, kind=PackingListFields, pages=[page])
    return [(one.label, one.beside) for one in found]


@pytest.mark.parametrize(
    ("lines", "learned"),
    [
        ([(40, 400, "Qualm on the scale:"), (200, 400, "512.50 kg")], ("qualm on the scale", "right")),
        ([(40, 400, "Qualm plim: 512.50 kg")], ("qualm plim", "inline")),
        ([(300, 300, "Qualm plim"), (300, 313, "512.50 kg")], ("qualm plim", "below")),
    ],
)
def test_a_label_right_of_above_or_before_the_value_is_learned(lines: list[Line], learned: tuple[str, str]) -> None:
    assert learned in _learned(_paper(*lines), "512.5")


def test_nothing_is_learned_where_the_value_is_not_printed() -> None:
    assert _learned(_paper((40, 400, "Qualm:"), (200, 400, "512.50 kg")), "513") == []


def test_nothing_is_learned_from_a_label_that_leads_to_another_value_too() -> None:
    twice = _paper((40, 400, "Qualm:"), (200, 400, "512.50 kg"), (40, 440, "Qualm:"), (200, 440, "77.00 kg"))
    assert _learned(twice, "512.5") == []


def test_a_label_that_means_another_field_is_neither_learned_nor_followed() -> None:
    assert _learned(_paper(), "480") == []
    page = _paper()
    assert sighted(find_documents([page]), [page], [_hint("net weight")]) == ()


def test_the_next_paper_is_read_where_the_hint_says_as_a_question() -> None:
    page = _paper((40, 400, "Qualm on the scale:"), (200, 400, "733.10 kg"))
    documents = find_documents([page])
    assert documents[0].fields.get("gross_weight_kg") is None
    (seen,) = sighted(documents, [page], [_hint("qualm on the scale")])
    field = with_proposed(documents, seen)[0].fields.get("gross_weight_kg")
    assert field is not None
    assert (field.value, field.proposed, field.witnesses) == (Decimal("733.10"), True, ())
    assert seen.reading.value == "733.10"


def test_a_value_that_was_read_is_never_replaced() -> None:
    page = _paper((40, 400, "Gross weight:"), (200, 400, "512.50 kg"), (40, 440, "Qualm:"), (200, 440, "99.00 kg"))
    documents = find_documents([page])
    (seen,) = sighted(documents, [page], [_hint("qualm")])
    assert with_proposed(documents, seen) == documents


def test_hints_that_lead_to_different_values_say_nothing() -> None:
    page = _paper((40, 400, "Qualm:"), (200, 400, "512.50 kg"), (40, 440, "Dorvex:"), (200, 440, "99.00 kg"))
    assert sighted(find_documents([page]), [page], [_hint("qualm"), _hint("dorvex")]) == ()


def test_a_hint_about_another_type_of_paper_is_not_looked_up() -> None:
    page = _paper((40, 400, "Qualm:"), (200, 400, "512.50 kg"))
    other = _hint("qualm").model_copy(
        update={"lesson": LabelHint(document="commercial_invoice", field="number", label="qualm", beside="right")}
    )
    assert sighted(find_documents([page]), [page], [other]) == ()
