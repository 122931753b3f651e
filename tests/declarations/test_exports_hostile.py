"""Whatever stands on a paper, a message is well-formed and says it as it stands, or the format is not ready."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from declarations.exports import exports_of, written
from declarations.exports.markup import Element, write
from schemas.documents import Document
from schemas.profiles import Profile
from schemas.results import ShipmentResult
from schemas.values import Party
from tests.declarations.exported import cleared, files, missing, profile

TEXTS = st.text(min_size=1, max_size=300)
CODES = {"office_code": "FX", "declaration_type": "IM", "general_procedure": "4", "importer_code": "1"}


def _printed(name: str, address: str, marks: str) -> tuple[ShipmentResult, Profile]:
    result = cleared()
    assert result.declaration is not None
    exporter = Party(name=name, address=address, country="IN")
    declared = result.declaration.model_copy(update={"exporter": exporter, "incoterm_place": marks})
    documents = tuple(_renamed(paper, exporter, marks) for paper in result.documents)
    known = profile(suppliers=None, asycuda={**CODES, "declarant_code": "2"}, country_of_dispatch="IN")
    return result.model_copy(update={"declaration": declared, "documents": documents}), known


def _renamed(paper: Document, exporter: Party, marks: str) -> Document:
    values: dict[str, object] = {"exporter": exporter, "marks": marks}
    fields = {name: field for name in values if (field := paper.fields.get(name)) is not None}
    changed = {name: field.model_copy(update={"value": values[name]}) for name, field in fields.items()}
    return paper.model_copy(update={"fields": paper.fields.model_copy(update=changed)})


@settings(deadline=None)  # the first example waits for the papers to be solved
@given(TEXTS, TEXTS, TEXTS)
def test_no_name_address_or_mark_makes_a_message_that_cannot_be_read(name: str, address: str, marks: str) -> None:
    result, known = _printed(name, address, marks)
    ready = result.model_copy(update={"exports": exports_of(result, [known])})
    for content in written(ready, [known]).values():
        ET.fromstring(content)  # noqa: S314 - written by this project


@pytest.mark.parametrize("name", ["cds", "ubl_invoice", "asycuda"])
def test_a_control_character_in_a_name_is_named_in_every_format(name: str) -> None:
    result, known = _printed("Norwick\x07Looms", "Mill Road", "A")
    told = [one.name for one in missing(result, name, known)]
    assert any("U+0007" in text for text in told)


def test_a_character_in_an_element_of_no_table_is_named_too() -> None:
    result, known = _printed("Norwick", "Mill\x0bRoad", "A")
    (only,) = [one for one in missing(result, "ubl_invoice", known) if "U+000B" in one.name]
    assert only.element == "cbc:Line"


def test_markup_and_entities_are_written_as_text() -> None:
    element = Element("a", children=(Element("b", '<!DOCTYPE x [<!ENTITY e "">]>&e;', attributes=(("c", '"<&'),)),))
    read = ET.fromstring(write(element))  # noqa: S314 - written by this project
    assert read[0].text == '<!DOCTYPE x [<!ENTITY e "">]>&e;'
    assert read[0].get("c") == '"<&'


def test_what_could_not_be_read_has_no_format() -> None:
    rejected = cleared().model_copy(update={"status": "rejected", "declaration": None})
    assert [(one.format, one.ready) for one in exports_of(rejected, [profile()])] == [("json", False)]
    assert files(rejected, profile()) == {}
