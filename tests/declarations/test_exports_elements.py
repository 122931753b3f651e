"""The table of H1 data elements, the page made of it, and the message that must carry it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from declarations.exports import cds
from declarations.exports.documentation import page
from declarations.exports.elements import DataElement, misfit
from tests.declarations.exported import ROOT, cds_schema, cleared, faults, files, profile

DEC = "{urn:wco:datamodel:WCO:DEC-DMS:2}"
ITEM = f"{DEC}GoodsShipment/{DEC}GovernmentAgencyGoodsItem"
MANDATORY = (
    "1/1", "1/2", "1/6", "1/9", "1/10", "1/11", "2/1", "2/3", "2/5", "3/16", "3/18", "4/1", "4/3", "4/8", "4/10",
    "4/11", "4/14", "4/16", "4/17", "5/8", "5/14", "5/15", "5/23", "6/1", "6/5", "6/8", "6/9", "6/10", "6/11", "6/14",
    "6/15", "6/18", "7/2", "7/4", "7/9", "7/15", "8/5",
)  # fmt: skip
"""What a full import declaration of goods that come by sea must carry, written down apart from the table."""


def _path(path: str) -> str:
    """The table's path as ElementTree takes it, with namespaces, without conditions on absent children."""
    plain = re.sub(r"\[(?:not )?\w+\]", "", path.partition("/@")[0])
    plain = re.sub(r"\[(\w+)(!?=)", rf"[{DEC}\1\2", plain)
    return "/".join(step if step.startswith("{") else DEC + step for step in re.split(r"/(?![^\[]*\])", plain))


@pytest.fixture(scope="module")
def declaration() -> ET.Element:
    root = ET.fromstring(files(cleared(), profile())["declaration.cds.xml"])  # noqa: S314 - written by this project
    found = root.find(f"{DEC}Declaration")
    assert found is not None
    return found


def _elements(number: str) -> list[DataElement]:
    return [one for one in cds.elements().elements if one.number == number]


def test_the_page_is_made_of_the_table() -> None:
    assert (ROOT / "docs/h1-data-elements.md").read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("number", MANDATORY)
def test_the_written_message_carries_every_mandatory_element(declaration: ET.Element, number: str) -> None:
    rows = [one for one in _elements(number) if one.needed != "optional" and not one.needed.startswith("rule")]
    assert rows
    places = {"header": [declaration], "item": declaration.findall(ITEM)}
    for row in rows:
        for place in places[row.level]:
            texts = [found.text for path in row.paths for found in place.findall(_path(path))]
            assert any(texts), f"{row.number} {row.name}"


def test_every_mandatory_element_is_in_the_table_as_one() -> None:
    asked = {one.number for one in cds.elements().elements if one.needed == "always"}
    assert asked <= set(MANDATORY)
    assert set(MANDATORY) - asked <= {"6/5", "7/9", "7/15"}  # needed under a condition that this declaration meets


def test_everything_that_is_written_stands_in_the_table(declaration: ET.Element) -> None:
    known = {one.level: set[str]() for one in cds.elements().elements}
    for one in cds.elements().elements:
        known[one.level] |= {re.sub(r"\[[^\]]*\]", "", path).partition("/@")[0] for path in one.paths}
    told = {path for path in _leaves(declaration, "") if not path.startswith("GoodsShipment/GovernmentAgencyGoodsItem")}
    items = {path for item in declaration.findall(ITEM) for path in _leaves(item, "")}
    beside = {"FunctionCode", "AdditionalDocument/CategoryCode"}
    assert told - known["header"] <= beside
    counted = {"Packaging/SequenceNumeric"}
    said = {
        "Commodity/Classification/IdentificationTypeCode",
        "Origin/TypeCode",
        "AdditionalDocument/LPCOExemptionCode",
    }
    assert items - known["item"] <= counted | said


def _leaves(element: ET.Element, path: str) -> list[str]:
    children = list(element)
    if not children:
        return [path]
    return [leaf for child in children for leaf in _leaves(child, f"{path}/{child.tag.removeprefix(DEC)}".strip("/"))]


def test_what_fills_its_form_to_the_last_sign_still_validates() -> None:
    """The forms are no wider than the schema: of every element that is written, the longest text that fits."""
    schema = cds_schema()
    for one in cds.elements().elements:
        root = ET.fromstring(files(cleared(), profile())["declaration.cds.xml"])  # noqa: S314 - written by this project
        place = root.find(f"{DEC}Declaration/{ITEM}" if one.level == "item" else f"{DEC}Declaration")
        assert place is not None
        for found in (found for path in one.paths if "@" not in path for found in place.findall(_path(path))):
            found.text = _longest(one.form)
        assert faults(schema, ET.tostring(root)) == [], f"{one.number} {one.name}"


def _longest(form: str) -> str:
    kind, _, most = form.partition("..")
    if kind == "n":
        figures, _, decimals = most.partition(",")
        whole = "9" * (int(figures) - int(decimals or 0))
        return f"{whole}.{'9' * int(decimals)}" if decimals else whole
    length = int(most or kind.lstrip("an"))
    return ("1" if "n" in kind else "A") * length


@pytest.mark.parametrize(
    ("text", "form", "fits"),
    [
        ("x" * 35, "an..35", True), ("x" * 36, "an..35", False), ("GB", "a2", True), ("G1", "a2", False),
        ("GBR", "a2", False), ("ÄÖ", "a2", False), ("12345678", "n8", True), ("1234567x", "n8", False),
        ("12.50", "n..16,2", True), ("12.500", "n..16,2", True), ("12.505", "n..16,2", False),
        ("-1", "n..16,2", False), ("0", "n..8", True), ("123456789", "n..8", False),
        ("1000000000000000", "n..16,2", True),
        ("10000000000000000", "n..16,2", False), ("", "an1", False), ("1,5", "n..16,2", False),
    ],
)  # fmt: skip
def test_a_value_fits_its_form_or_not(text: str, form: str, *, fits: bool) -> None:
    assert (misfit(text, form) is None) == fits


def test_the_table_ships_with_the_package() -> None:
    assert (Path(cds.__file__).parent / "h1_elements.csv").is_file()
