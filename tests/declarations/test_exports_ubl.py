"""The papers as UBL 2.1 documents."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from declarations.exports import ubl
from declarations.exports.markup import write
from schemas.documents import CommercialInvoice, PackingList
from tests.declarations.exported import cleared, export, faults, files, papers, ubl_schema
from tests.trade_papers import consistent, shipment

CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
KINDS = {
    "ubl_invoice": "Invoice",
    "ubl_packing_list": "PackingList",
    "ubl_certificate_of_origin": "CertificateOfOrigin",
}


def _numbered() -> dict[str, dict[str, object]]:
    given = papers()
    given["packing"]["number"] = "PL-204"
    given["certificate"]["issued_by"] = "Chamber of Commerce, Erode"
    return given


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    return dict(files(cleared(_numbered(), jurisdiction="DE")))


def _texts(content: bytes, name: str) -> list[str | None]:
    root = ET.fromstring(content)  # noqa: S314 - written by this project
    return [found.text for found in root.iter(f"{CBC}{name}")]


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_with_a_form_in_ubl_is_written_and_validates(written: dict[str, bytes], kind: str) -> None:
    assert faults(ubl_schema(KINDS[kind]), written[f"declaration.{kind}.xml"]) == []


def test_the_invoice_says_what_the_paper_says(written: dict[str, bytes]) -> None:
    content = written["declaration.ubl_invoice.xml"]
    assert _texts(content, "ID")[0] == "NL-204"
    assert _texts(content, "IssueDate") == ["2026-03-30"]
    assert _texts(content, "DocumentCurrencyCode") == ["EUR"]
    assert _texts(content, "PayableAmount") == ["3420.00"]
    assert _texts(content, "InvoicedQuantity") == ["600", "250"]
    assert _texts(content, "PriceAmount") == ["3.20", "6.00"]
    assert _texts(content, "ItemClassificationCode") == ["63026000", "63022100"]


def test_the_packing_list_names_its_invoice_and_weights(written: dict[str, bytes]) -> None:
    content = written["declaration.ubl_packing_list.xml"]
    assert _texts(content, "ID")[0] == "PL-204"
    assert "NL-204" in _texts(content, "ID")
    assert _texts(content, "GrossWeightMeasure") == ["655.00", "330.00", "325.00"]


def test_the_certificate_names_criterion_and_issuer_and_leaves_the_issuing_country_empty(
    written: dict[str, bytes],
) -> None:
    content = written["declaration.ubl_certificate_of_origin.xml"]
    assert _texts(content, "CertificateType") == ["form_a"]
    assert _texts(content, "ApprovalStatus") == ["not verified"]
    assert b"<cac:IssuingCountry/>" in content
    assert "Chamber of Commerce, Erode" in _texts(content, "Name")


def test_a_packing_list_without_a_number_is_not_ready_and_gets_none() -> None:
    told = export(cleared(), "ubl_packing_list")
    assert not told.ready
    assert [(one.element, one.where_to_set) for one in told.missing] == [
        ("cbc:ID", "the paper: number of the packing list")
    ]
    assert "declaration.ubl_packing_list.xml" not in files(cleared())


def test_a_value_that_nobody_witnessed_is_left_out() -> None:
    read = shipment(consistent(), reader="tesseract")
    invoice = next(paper for paper in read.documents if isinstance(paper, CommercialInvoice))
    message = ubl.document(invoice, "S-1")
    assert _texts(write(message), "PayableAmount") == []
    assert "cbc:PayableAmount" in {one.element for one in ubl.missing(invoice, message)}
    assert _texts(write(message), "Description")[0] == "Cotton bath towel 70 x 140 cm"


def test_a_second_packing_list_is_a_second_document_and_the_same_one_twice_is_one() -> None:
    result = cleared(_numbered())
    packing = next(paper for paper in result.documents if isinstance(paper, PackingList))
    assert packing.fields.number is not None
    other = packing.fields.number.model_copy(update={"value": "PL-205"})
    second = packing.model_copy(update={"fields": packing.fields.replacing(number=other)})
    several = result.model_copy(update={"documents": (*result.documents, packing, second)})
    names = {name for name in files(several) if "packing" in name}
    assert names == {"declaration.ubl_packing_list.xml", "declaration.ubl_packing_list_2.xml"}
