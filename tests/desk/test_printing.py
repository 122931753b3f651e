from __future__ import annotations

import datetime as dt
from decimal import Decimal
from io import StringIO

from rich.console import Console

from desk.printing import summary
from schemas.declarations import Declaration, DeclarationItem
from schemas.documents import CommercialInvoice, InvoiceFields, Part
from schemas.fields import Field
from schemas.findings import Evidence, Finding, Suggestion
from schemas.results import Export, Missing, ShipmentResult, Status


def _shown(result: ShipmentResult) -> str:
    out = StringIO()
    Console(file=out, width=200, highlight=False).print(summary(result, stored_at="DIR/result.json"))
    return out.getvalue()


def _result(status: Status = "held", *, file: str = "a.pdf", message: str = "Something is wrong.") -> ShipmentResult:
    sha256 = "0" * 64
    number = Field[str](value="A-18", confidence=1.0, file=file, page=2, box=(1.0, 2.0, 3.0, 4.0), text="A-18")
    invoice = CommercialInvoice(
        parts=(Part(file=file, sha256=sha256, pages=(1, 2, 3, 5)),), fields=InvoiceFields(number=number)
    )
    finding = Finding(
        code="total_arithmetic",
        severity="error",
        message=message,
        evidence=(
            Evidence(file=file, page=2, field="total_amount", line=None),
            Evidence(document="packing_list", line=3),
        ),
        suggestion=Suggestion(
            document="commercial_invoice", field="total_amount", value="150.50", why="then all adds up"
        ),
    )
    note = Finding(code="date_order", severity="info", message="Only a note.")
    declaration = Declaration(
        currency="EUR",
        total_invoice_amount=Decimal("1E+3"),
        packages=Decimal(4),
        items=(DeclarationItem(item_number=1),),
    )
    return ShipmentResult(
        broker="local", reference="R-1", revision=2, as_of=dt.date(2026, 1, 2), status=status,
        documents=(invoice,), findings=(note, finding), declaration=declaration,
    )  # fmt: skip


def test_the_summary_says_what_was_found_where_and_where_it_is_stored() -> None:
    shown = _shown(_result())
    for part in (
        "R-1 #2 as of 2026-01-02: held", "commercial invoice", "a.pdf p. 1-3, 5", "total_arithmetic",
        "Something is wrong.", "Perhaps 150.50: then all adds up", "a.pdf p. 2 total_amount", "packing_list line 3",
        "provisional declaration: items 1, total 1000 EUR, packages 4", "stored at DIR/result.json",
    ):  # fmt: skip
        assert part in shown


def test_the_gravest_finding_stands_first() -> None:
    shown = _shown(_result())
    assert shown.index("total_arithmetic") < shown.index("date_order")


def test_each_place_of_a_finding_stands_on_a_line_of_its_own() -> None:
    lines = _shown(_result()).splitlines()
    first = next(number for number, line in enumerate(lines) if "a.pdf p. 2 total_amount" in line)
    assert lines[first + 1].strip() == "packing_list line 3"


def test_a_clear_declaration_is_not_called_provisional() -> None:
    assert "provisional" not in _shown(_result("clear"))


def test_markup_and_control_signs_of_a_paper_are_printed_and_not_obeyed() -> None:
    shown = _shown(_result(file="[red]a\x1b[2J.pdf", message="[bold]price[/bold] \x07 \u202egnorw"))
    assert "[red]a\ufffd[2J.pdf" in shown
    assert "[bold]price[/bold] \ufffd \ufffdgnorw" in shown
    assert "\x1b" not in shown


def _exported(*missing: Missing) -> ShipmentResult:
    exports = (
        Export(format="json", ready=True), Export(format="cds", ready=not missing, missing=missing),
        Export(format="ubl_invoice", ready=True), Export(format="asycuda", ready=False, missing=(_lack(9),)),
    )  # fmt: skip
    return _result("clear").model_copy(update={"exports": exports})


def _lack(n: int, where: str = "profile: goods") -> Missing:
    return Missing(element=f"6/{n}", name=f"Element {n}", where_to_set=where)


def test_the_summary_of_a_clear_shipment_names_the_formats_written_and_what_the_next_lacks() -> None:
    assert "written: json, cds, ubl_invoice" in _shown(_exported())
    shown = _shown(_exported(_lack(1), _lack(2)))
    assert "written: json, ubl_invoice" in shown
    assert "cds lacks 6/1 Element 1 (profile: goods); 6/2 Element 2 (profile: goods)" in shown
    assert "6/3 Element 3 (profile: goods); and 2 more" in _shown(_exported(*(_lack(n) for n in range(1, 6))))


def test_customs_of_another_country_are_not_spoken_of_nor_anything_of_a_held_shipment() -> None:
    assert "cds" not in _shown(_exported(_lack(8, where="setting TIDEWAITER_JURISDICTION")))
    assert "written" not in _shown(_exported().model_copy(update={"status": "held"}))
