"""Titles of boxes: found in any language and over several lines, though small print is misread."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.forms.boxes import FormPage
from extractors.forms.labels import form_labels
from extractors.forms.lines import chains, line_text, visual_lines
from extractors.forms.voyage import carried_by
from schemas.geometry import Box
from schemas.pages import Page, Word
from tests.drawing import Line
from tests.forms.printed import form_page


def concepts(*titles: Line, reader: str = "text_layer") -> list[str]:
    return [label.concept for label in form_labels(form_page(titles, [], reader=reader))]


@pytest.mark.parametrize(
    ("printed", "concept"),
    [
        ("SHIPPERIEXPORTER", "exporter"),
        ("Consgnee's Name and Address", "consignee"),
        ("Arpor of Destinaton", "port_of_discharge"),
        ("8 Orlgin criterion (see Notes overleaf)", "criterion"),
        ("DESCRIPTI0N OF PACKAGES AND G00DS", "goods"),
    ],
)
def test_a_title_is_known_though_letters_are_misread(printed: str, concept: str) -> None:
    assert concepts((40, 40, printed), reader="tesseract") == [concept]


@pytest.mark.parametrize(
    "value", ["FRANCE", "NO. 588 JIANGNAN ROAD, HIGH-TECH ZONE", "Exporter Services Ltd", "OLIVE OIL"]
)
def test_a_value_that_resembles_a_title_is_none(value: str) -> None:
    assert concepts((40, 40, value)) == []


def test_one_title_in_three_languages_is_one_box() -> None:
    page = form_page(
        [(40, 40, "1 Consignor · Expéditeur · Expedidor"), (320, 40, "3 Country of origin · Pays d'origine")],
        [(40, 50, "CORK WORKS LDA"), (320, 50, "PORTUGAL")],
    )
    form = FormPage(page)
    assert [(label.concept, label.number) for label in form.labels] == [("exporter", "1"), ("country_of_origin", "3")]
    assert line_text(form.value_lines(form.labels[0])[0]) == "CORK WORKS LDA"


def test_two_titles_that_begin_alike_are_told_apart_by_their_later_lines() -> None:
    assert concepts(
        (300, 130, "4. Country, group of countries or"),
        (300, 138, "territory in which the products are"),
        (300, 146, "considered as originating"),
        (430, 130, "5. Country, group of countries or"),
        (430, 138, "territory of destination"),
    ) == ["country_of_origin", "country_of_destination"]


def test_a_value_set_larger_begins_behind_the_title_on_the_same_line() -> None:
    form = FormPage(form_page([(40, 40, "Reference No.")], [(100, 39, "AB-77/012")]))
    assert line_text(form.value_lines(form.labels[0])[0]) == "AB-77/012"


def test_a_short_rule_through_a_value_closes_no_box() -> None:
    titles = [(40, 40, "SHIPPER/EXPORTER"), (40, 100, "CONSIGNEE")]
    values = [(40, 50, "KORK UND HOLZ"), (40, 62, "WERK 2 GMBH")]
    page = form_page(titles, values, cells=[(30, 30, 300, 95)])
    stroke = form_page([], [], cells=[(45, 55, 70, 55)]).rules[:1]
    crossed = Page("form.pdf", "0" * 64, 1, 595.0, 842.0, page.words, (*page.rules, *stroke))
    form = FormPage(crossed)
    assert [line_text(line) for line in form.value_lines(form.labels[0])] == ["KORK UND HOLZ", "WERK 2 GMBH"]


words = st.builds(
    lambda text, x, y, h: Word(text, Box(x, y, x + 4.0 * len(text), y + h)),
    st.text(string.ascii_letters + string.digits + "|-", min_size=1, max_size=9),
    st.floats(0, 550),
    st.floats(0, 800),
    st.floats(2, 14),
)


@given(st.lists(words, max_size=40))
def test_no_word_is_lost_or_used_twice_in_lines_and_titles(drawn: list[Word]) -> None:
    page = Page("form.pdf", "0" * 64, 1, 595.0, 842.0, tuple(drawn))
    spans = chains(page)
    assert sorted(id(w) for s in spans for w in s.words) == sorted(id(w) for w in drawn)
    lines = visual_lines(spans)
    assert sorted(id(w) for line in lines for s in line for w in s.words) == sorted(id(w) for w in drawn)
    titled = [id(w) for label in form_labels(page) for w in label.words]
    assert len(titled) == len(set(titled))


@given(st.floats(-0.02, 0.02))
def test_a_line_that_rises_or_falls_stays_one_line(slope: float) -> None:
    places = zip("abcdefgh", range(40, 400, 45), strict=False)
    row = [Word(text, Box(x, 100 + slope * x, x + 40, 108 + slope * x)) for text, x in places]
    page = Page("form.pdf", "0" * 64, 1, 595.0, 842.0, tuple(row))
    assert [span.text for span in chains(page)] == ["a b c d e f g h"]


@pytest.mark.parametrize(
    ("printed", "vessel"),
    [
        ("BY SEA: CORAL STAR V.012W", "CORAL STAR V.012W"),
        ("BYAIR", None),
        ("BY TRUCK / SEA", None),
        ("FROM NINGBO TO OSLO BY SEA", None),
        ("SEA STAR V.7", "SEA STAR V.7"),
        ("PER LKW", None),
        ("DE VALENCIA A CASABLANCA", None),
        ("BY AIR LX188", "LX188"),
        ("VESSEL: BLUE HERON", "BLUE HERON"),
        ("MARÍTIMO", None),
    ],
)
def test_mode_and_route_are_no_vessel(printed: str, vessel: str | None) -> None:
    assert carried_by(printed) == vessel
