"""The committed samples: their truth agrees with itself and with what stands on the papers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias, cast

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest
from PIL import Image

SAMPLES = Path(__file__).parents[2] / "sample_docs"
IDS = sorted(path.stem for path in (SAMPLES / "truth").glob("*.json"))
Truth: TypeAlias = dict[str, "str | list[Truth] | Truth"]
CENT = Decimal("0.01")
MOST_BYTES = 8_000_000


def truth_of(shipment: str) -> Truth:
    return cast("Truth", json.loads((SAMPLES / "truth" / f"{shipment}.json").read_text(encoding="utf-8")))


def documents(truth: Truth) -> list[Truth]:
    return cast("list[Truth]", truth["documents"])


def document(truth: Truth, kind: str) -> Truth:
    return next(one for one in documents(truth) if one["type"] == kind)


def fields(paper: Truth) -> dict[str, str]:
    return cast("dict[str, str]", paper["fields"])


def lines(paper: Truth) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", paper["lines"])


def codes(truth: Truth) -> list[str]:
    return [str(fault["code"]) for fault in cast("list[Truth]", truth["expected_findings"])]


def total(values: Iterator[str]) -> Decimal:
    return sum((Decimal(value) for value in values), Decimal(0))


def parts(paper: Truth) -> list[tuple[str, list[int]]]:
    return [(str(part["file"]), cast("list[int]", part["pages"])) for part in cast("list[Truth]", paper["parts"])]


def test_there_are_at_least_eight_and_three_have_planted_faults() -> None:
    held = [one for one in IDS if truth_of(one)["status"] == "held"]
    assert len(IDS) >= 8
    assert len(held) >= 3
    assert all(bool(codes(truth_of(one))) == (one in held) for one in IDS)


def test_all_samples_together_are_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < MOST_BYTES


@pytest.mark.parametrize("shipment", IDS)
def test_every_file_in_a_folder_is_a_document_of_the_truth_and_the_other_way_round(shipment: str) -> None:
    named = {file for paper in documents(truth_of(shipment)) for file, _ in parts(paper)}
    there = {path.name for path in (SAMPLES / "shipments" / shipment).iterdir()}
    assert there - {"draft_declaration.json"} == named


@pytest.mark.parametrize("shipment", IDS)
def test_every_page_of_every_file_belongs_to_exactly_one_document(shipment: str) -> None:
    told = sorted(
        (file, page) for paper in documents(truth_of(shipment)) for file, pages in parts(paper) for page in pages
    )
    there = sorted(
        (path.name, page)
        for path in (SAMPLES / "shipments" / shipment).iterdir()
        for page in range(1, page_count(path) + 1)
    )
    assert told == there


def page_count(path: Path) -> int:
    if path.suffix == ".json":
        return 0
    if path.suffix == ".pdf":
        return len(pypdfium2.PdfDocument(path))
    with Image.open(path) as picture:
        return int(getattr(picture, "n_frames", 1))


@pytest.mark.parametrize("shipment", IDS)
def test_amounts_are_quantity_times_price_but_where_a_fault_is_planted(shipment: str) -> None:
    truth = truth_of(shipment)
    wrong = [
        at
        for at, line in enumerate(lines(document(truth, "commercial_invoice")), 1)
        if (Decimal(line["quantity"]) * Decimal(line["unit_price"])).quantize(CENT) != Decimal(line["amount"])
    ]
    faults = cast("list[Truth]", truth["expected_findings"])
    assert [*map(str, wrong)] == [str(fault["line"]) for fault in faults if fault["code"] == "line_arithmetic"]


@pytest.mark.parametrize("shipment", IDS)
def test_lines_charges_and_discount_add_up_to_the_total(shipment: str) -> None:
    invoice = document(truth_of(shipment), "commercial_invoice")
    said = fields(invoice)
    charges = total(iter([said.get("freight", "0"), said.get("insurance", "0")])) - Decimal(said.get("discount", "0"))
    assert total(line["amount"] for line in lines(invoice)) + charges == Decimal(said["total_amount"])


@pytest.mark.parametrize("shipment", IDS)
def test_the_packing_lists_lines_add_up_to_its_totals(shipment: str) -> None:
    packing = document(truth_of(shipment), "packing_list")
    for name in ("net_weight_kg", "gross_weight_kg"):
        assert total(line[name] for line in lines(packing)) == Decimal(fields(packing)[name])
    counted = [line for line in lines(packing) if "packages" in line]
    if counted:
        assert total(line["packages"] for line in counted) == Decimal(fields(packing)["packages"])


@pytest.mark.parametrize("shipment", IDS)
def test_weights_and_packages_agree_between_the_papers_but_where_a_fault_is_planted(shipment: str) -> None:
    truth = truth_of(shipment)
    for name, code in (("gross_weight_kg", "gross_weight_mismatch"), ("packages", "package_mismatch")):
        values = {Decimal(fields(paper)[name]) for paper in documents(truth) if name in fields(paper)}
        assert len(values) == (2 if code in codes(truth) else 1)


@pytest.mark.parametrize("shipment", IDS)
def test_quantities_on_invoice_and_packing_list_differ_only_on_the_planted_line(shipment: str) -> None:
    truth = truth_of(shipment)
    invoiced = sorted(line["quantity"] for line in lines(document(truth, "commercial_invoice")))
    packed = sorted(line["quantity"] for line in lines(document(truth, "packing_list")))
    assert (invoiced != packed) == ("quantity_mismatch" in codes(truth))


@pytest.mark.parametrize("shipment", IDS)
def test_the_certificate_names_the_invoice_but_where_a_fault_is_planted(shipment: str) -> None:
    truth = truth_of(shipment)
    invoice = fields(document(truth, "commercial_invoice"))["number"]
    named = [
        fields(one).get("invoice_number", invoice) for one in documents(truth) if one["type"] == "certificate_of_origin"
    ]
    assert any(number != invoice for number in named) == ("certificate_reference" in codes(truth))


@pytest.mark.parametrize("shipment", IDS)
def test_a_drafts_total_differs_from_the_invoices_only_where_planted(shipment: str) -> None:
    path = SAMPLES / "shipments" / shipment / "draft_declaration.json"
    drafted = json.loads(path.read_text(encoding="utf-8"))["total_invoice_amount"] if path.exists() else None
    truth = truth_of(shipment)
    assert ("value_mismatch" in codes(truth)) == (
        drafted is not None and drafted != fields(document(truth, "commercial_invoice"))["total_amount"]
    )


def digital_papers() -> list[tuple[str, str]]:
    found = [(one, paper) for one in IDS for paper in documents(truth_of(one)) if paper["render"] == "digital"]
    return [(one, str(paper["type"])) for one, paper in found]


@pytest.mark.parametrize(("shipment", "kind"), digital_papers())
def test_the_text_layer_of_a_digital_paper_holds_what_the_truth_says(shipment: str, kind: str) -> None:
    paper = document(truth_of(shipment), kind)
    text = squeezed("".join(text_of(SAMPLES / "shipments" / shipment / file, pages) for file, pages in parts(paper)))
    for name in ("number", "invoice_number", "purchase_order", "container_number"):
        assert squeezed(fields(paper).get(name, "")) in text
    for line in lines(paper):
        for name in ("description", "part_number"):
            assert squeezed(line.get(name, "")) in text
        for name in ("quantity", "amount", "gross_weight_kg"):
            if kind != "transport_document" and name in line:
                assert digits(line[name]) in digits(text)


def text_of(path: Path, pages: list[int]) -> str:
    file = pypdfium2.PdfDocument(path)
    return "".join(file[page - 1].get_textpage().get_text_bounded() for page in pages)


def squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
