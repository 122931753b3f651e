"""A shipment small enough to score by hand: what is printed, and results that differ from it in one thing each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from benchmarks.scorecard.cases import Case
from benchmarks.scorecard.truths import Truth
from schemas.declarations import Declaration, DeclarationItem
from schemas.documents import (
    CommercialInvoice,
    Document,
    InvoiceFields,
    InvoiceLine,
    PackingList,
    PackingListFields,
    Part,
)
from schemas.fields import Field
from schemas.findings import Evidence, Finding, FindingCode
from schemas.results import ShipmentResult, Status
from schemas.values import Party

BOLTS = {"description": "Steel bolts M10", "quantity": "10", "amount": "10.00"}
NUTS = {"description": "Steel nuts M10", "quantity": "20", "amount": "20.00"}
TRUTH: dict[str, Any] = {
    "id": "T1",
    "attributes": {"as_of": "2026-03-30", "mode": "sea"},
    "documents": [
        {
            "type": "commercial_invoice",
            "form": None,
            "parts": [{"file": "a.pdf", "pages": [1, 2]}],
            "fields": {"number": "A-18", "currency": "EUR", "total_amount": "30.00", "exporter": {"name": "Kern GmbH"}},
            "lines": [BOLTS, NUTS],
        },
        {
            "type": "packing_list",
            "form": None,
            "parts": [{"file": "b.pdf", "pages": [1]}],
            "fields": {"packages": "4"},
            "lines": [],
        },
    ],
    "status": "clear",
    "declaration": {
        "exporter": "Kern GmbH",
        "currency": "EUR",
        "total_invoice_amount": "30.00",
        "packages": "4",
        "items": [
            {"description": "Steel bolts M10", "hs_code": "73181500", "quantity": "10"},
            {"description": "Steel nuts M10", "hs_code": "731816", "quantity": "20"},
        ],
    },
}
DECLARED = Declaration(
    exporter=Party(name="KERN GMBH"),
    currency="EUR",
    total_invoice_amount=Decimal("30.00"),
    packages=Decimal(4),
    items=(
        DeclarationItem(item_number=1, description="Steel bolts M10", hs_code="731815", quantity=Decimal(10)),
        DeclarationItem(item_number=2, description="Steel nuts M10", hs_code="731816", quantity=Decimal(20)),
    ),
)


def truth(**changed: object) -> Truth:
    return Truth.model_validate({**TRUTH, **changed}, strict=False)


def read(value: Any, confidence: float = 0.9) -> Field[Any]:  # noqa: ANN401  a value of any field
    return Field[Any](value=value, confidence=confidence, file="a.pdf", page=1, box=(0.0, 0.0, 1.0, 1.0))


def part(file: str, *pages: int) -> tuple[Part, ...]:
    return (Part(file=file, sha256="0" * 64, pages=pages),)


def invoice(lines: Sequence[dict[str, Any]] | None = None, **fields: object) -> CommercialInvoice:
    """The invoice with its lines as printed unless others are given, and only these fields."""
    rows = [_typed(BOLTS), _typed(NUTS)] if lines is None else lines
    return CommercialInvoice(
        parts=part("a.pdf", 1, 2),
        fields=InvoiceFields(**{name: read(value) for name, value in fields.items()}),
        lines=tuple(InvoiceLine(**{name: read(value) for name, value in row.items()}) for row in rows),
    )


def _typed(row: dict[str, str]) -> dict[str, Any]:
    return {name: value if name == "description" else Decimal(value) for name, value in row.items()}


def whole_invoice() -> CommercialInvoice:
    return invoice(number="A-18", currency="EUR", total_amount=Decimal("30.00"), exporter=Party(name="Kern GmbH"))


def packing_list(**fields: object) -> PackingList:
    return PackingList(
        parts=part("b.pdf", 1), fields=PackingListFields(**{name: read(value) for name, value in fields.items()})
    )


def finding(code: FindingCode, *places: tuple[str, str, str, int | None], **told: Any) -> Finding:  # noqa: ANN401
    """Holds. Each place is file, type of paper, field, and 1-based line."""
    evidence = tuple(
        Evidence(file=file, page=1, document=kind, field=name, line=line) for file, kind, name, line in places
    )
    return Finding(code=code, severity=told.pop("severity", "error"), message="…", evidence=evidence, **told)


def case(
    *,
    status: Status = "clear",
    documents: Sequence[Document] | None = None,
    findings: Sequence[Finding] = (),
    declaration: Declaration | None = DECLARED,
    printed: Truth | None = None,
) -> Case:
    """Cleared and right in everything, but for what is said otherwise; it took 6 seconds, 3 of the processor."""
    result = ShipmentResult(
        broker="local",
        reference="T1",
        revision=1,
        as_of=dt.date(2026, 3, 30),
        status=status,
        documents=(whole_invoice(), packing_list(packages=Decimal(4))) if documents is None else tuple(documents),
        findings=tuple(findings),
        declaration=declaration,
    )
    return Case("digital", printed or truth(), result, seconds=6.0, cpu=3.0)
