from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import facturx  # type: ignore[import-untyped]  # it ships no types
import pytest

from extractors.structured import read_attached, read_structured
from flows.isolation import read_isolated
from flows.plain import clear
from flows.settings import Settings
from flows.steps import unseen
from flows.workshop import open_workshop
from schemas.documents import CommercialInvoice, Document
from schemas.results import ShipmentResult
from tests.structured.figures import (
    GOODS,
    TOTAL,
    Goods,
    cii_invoice,
    invoice_in,
    invoice_page,
    invoice_rows,
    received,
    ubl_invoice,
    workbook,
)
from tests.trade_papers import Plain, Register, WordsInCommon, codes, consistent, reconciled, shipment
from validators import reconcile


def factur_x(pdf: bytes, xml: bytes) -> bytes:
    made = facturx.generate_from_binary(pdf, xml, flavor="factur-x", level="en16931", check_xsd=True)
    assert isinstance(made, bytes)
    return made


def test_the_e_invoice_inside_a_pdf_is_read_with_the_name_of_the_attachment_in_each_place() -> None:
    content = factur_x(invoice_page(), cii_invoice())
    invoice = invoice_in(read_attached(received("hybrid.pdf", content), content))
    assert len(invoice.lines) == len(GOODS)
    assert invoice.fields.number is not None
    assert invoice.fields.number.file == "hybrid.pdf"
    assert invoice.fields.number.locator == "factur-x.xml#/rsm:CrossIndustryInvoice/rsm:ExchangedDocument/ram:ID"


def test_a_pdf_without_attachments_has_none() -> None:
    content = invoice_page()
    assert list(read_attached(received("plain.pdf", content), content)) == []


def stored(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def cleared(tmp_path: Path, files: dict[str, bytes]) -> ShipmentResult:
    settings = Settings(data_dir=tmp_path / "kept", workers=1, required_documents=("commercial_invoice",))
    with open_workshop(settings) as workshop:
        return clear(stored(tmp_path / "S-1", files), workshop, as_of=dt.date(2026, 4, 1), on_page=unseen)


def test_a_child_process_hands_over_what_is_embedded_beside_the_pages(tmp_path: Path) -> None:
    content = factur_x(invoice_page(), cii_invoice())
    path = tmp_path / "hybrid"
    path.write_bytes(content)
    reading = read_isolated(received("hybrid.pdf", content), path, settings=Settings(workers=1), on_page=unseen)
    assert [document.text_source for document in reading.structured] == ["structured"]
    assert [page.number for page in reading.pages] == [1]


def test_the_goods_of_a_hybrid_invoice_are_declared_once_and_confirmed_by_the_twin(tmp_path: Path) -> None:
    result = cleared(tmp_path, {"hybrid.pdf": factur_x(invoice_page(), cii_invoice())})
    page, figures = result.documents
    assert (page.text_source, figures.text_source) == ("digital", "structured")
    assert result.declaration is not None
    assert len(result.declaration.items) == len(GOODS)
    assert result.declaration.total_invoice_amount == Decimal(TOTAL)
    assert len(result.declaration.supporting_documents) == 1
    assert isinstance(page, CommercialInvoice)
    assert page.fields.total_amount is not None
    assert "twin" in page.fields.total_amount.witnesses
    assert all(line.quantity is not None and "twin" in line.quantity.witnesses for line in page.lines)
    assert "twin" in page.complete_by
    assert [finding.code for finding in result.findings if finding.code == "value_mismatch"] == []


def test_an_e_invoice_that_disagrees_with_its_page_is_a_finding_with_both_places(tmp_path: Path) -> None:
    dearer = (replace(GOODS[0], quantity="150", amount="675.00"), *GOODS[1:])
    result = cleared(tmp_path, {"hybrid.pdf": factur_x(invoice_page(dearer, total="2160.00"), cii_invoice())})
    found = {finding.evidence[0].field: finding for finding in result.findings if finding.code == "value_mismatch"}
    assert set(found) == {"quantity", "amount", "total_amount"}
    page, figures = found["total_amount"].evidence
    assert (page.file, page.page, page.value) == ("hybrid.pdf", 1, "2160.00")
    assert page.box is not None
    assert figures.value == f"{TOTAL} (factur-x.xml#{_GRAND})"
    assert found["quantity"].evidence[0].line == 1
    assert "as figures" in found["quantity"].message
    assert result.status == "held"
    assert result.declaration is not None
    assert result.declaration.total_invoice_amount is None


_GRAND = (
    "/rsm:CrossIndustryInvoice/rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
    "/ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:GrandTotalAmount"
)


def figures(content: bytes, file: str = "invoice.xml") -> Document:
    return invoice_in(read_structured(received(file, content), content))


def solved(*documents: Document) -> Any:  # noqa: ANN401 - the reconciled papers
    papers = shipment({}).model_copy(update={"documents": documents})
    return reconcile(papers, similarity=WordsInCommon(), earlier=Register())


def test_a_scan_and_its_xml_file_are_one_paper_and_the_scan_is_witnessed() -> None:
    scan = as_scan(figures(ubl_invoice()))
    result = solved(scan, figures(ubl_invoice()))
    assert result.twins == (1,)
    assert len(result.items) == len(GOODS)
    first = result.documents[0].lines[0]
    assert {name for name, field in first.present().items() if "twin" not in field.witnesses} <= {"number"}
    assert "value_mismatch" not in codes(result)


def as_scan(document: Document, **changes: object) -> Document:
    """The same document as OCR would have read it, with other values of header fields."""
    fields = {
        name: field.model_copy(
            update={
                "reader": "tesseract", "locator": None, "page": 1, "box": (10.0, 10.0, 90.0, 20.0), "file": "scan.pdf",
                "value": changes.get(name, field.value),
            }
        )
        for name, field in document.fields.present().items()
    }  # fmt: skip
    lines = tuple(
        line.model_copy(
            update={
                name: field.model_copy(
                    update={"reader": "tesseract", "locator": None, "page": 1, "box": (1.0, 2, 3, 4)}
                )
                for name, field in line.present().items()
            }
        )
        for line in document.lines
    )
    part = document.parts[0].model_copy(update={"file": "scan.pdf", "sha256": "1" * 64, "pages": (1,)})
    update = {
        "fields": document.fields.model_copy(update=fields),
        "lines": lines,
        "parts": (part,),
        "text_source": "ocr",
    }
    return document.model_copy(update={**update, "complete_by": ()})


def test_a_misread_number_does_not_make_two_papers_of_one() -> None:
    scan = as_scan(figures(ubl_invoice()), number="BT-2O47")
    result = solved(scan, figures(ubl_invoice()))
    assert (result.twins, len(result.items)) == ((1,), len(GOODS))
    assert "value_mismatch" in codes(result)


def test_an_invoice_of_another_number_and_sum_is_a_paper_of_its_own() -> None:
    other = (Goods("Files", "82031000", "GB", "10", "C62", "2.00", "20.00"),)
    result = solved(as_scan(figures(ubl_invoice())), figures(ubl_invoice(other, number="BT-9", total="20.00")))
    assert (result.twins, len(result.items)) == ((), len(GOODS) + 1)


def test_lines_that_one_of_the_twins_lacks_are_told_and_no_goods_declared() -> None:
    result = solved(as_scan(figures(ubl_invoice())), figures(ubl_invoice(GOODS[:2])))
    [finding] = [one for one in result.findings if one.code == "value_mismatch"]
    assert "has 3 lines on the page and 2 as figures" in finding.message
    assert "/items" in result.withheld


def test_what_the_page_lacks_is_taken_from_the_figures_with_its_place_there() -> None:
    whole = figures(ubl_invoice())
    scan = as_scan(whole)
    bare = scan.model_copy(update={"fields": scan.fields.model_copy(update={"incoterm": None, "currency": None})})
    result = solved(bare, whole)
    currency = result.documents[0].fields.currency
    assert (currency.file, currency.locator) == ("invoice.xml", "/Invoice/cbc:DocumentCurrencyCode")


def test_lines_in_another_order_are_the_same_lines() -> None:
    result = solved(as_scan(figures(ubl_invoice())), figures(ubl_invoice(GOODS[::-1])))
    assert "value_mismatch" not in codes(result)


def test_an_e_invoice_and_a_workbook_of_one_invoice_are_counted_once() -> None:
    content = workbook({"Invoice": invoice_rows()})
    result = solved(figures(ubl_invoice()), figures(content, "invoice.xlsx"))
    assert (result.twins, len(result.items)) == ((1,), len(GOODS))


def test_an_e_invoice_alone_is_declared(tmp_path: Path) -> None:
    result = cleared(tmp_path, {"invoice.xml": ubl_invoice()})
    assert result.declaration is not None
    assert [item.hs_code for item in result.declaration.items] == [one.hs for one in GOODS]


def test_papers_without_figures_have_no_twins() -> None:
    papers: dict[str, Plain] = consistent()
    assert reconciled(papers).twins == ()


@pytest.mark.parametrize("unit_price", ["4.50", "450.00"])
def test_a_price_for_a_hundred_is_the_price_for_one(unit_price: str) -> None:
    basis = '</cbc:PriceAmount><cbc:BaseQuantity unitCode="C62">100</cbc:BaseQuantity>'
    hundred = ubl_invoice().replace(b">4.50</cbc:PriceAmount>", f">{unit_price}{basis}".encode())
    result = solved(as_scan(figures(ubl_invoice())), figures(hundred))
    assert ("value_mismatch" in codes(result)) == (unit_price == "4.50")
