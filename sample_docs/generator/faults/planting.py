"""What planting a fault needs: the paper, values made wrong, and how the truth tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.truth import Fault, Json, Paper, ShipmentTruth

INVOICE: Final = "commercial_invoice"
PACKING: Final = "packing_list"
CERTIFICATE: Final = "certificate_of_origin"
TRANSPORT: Final = "transport_document"
DRAFT: Final = "draft_declaration"


class CannotPlantError(ValueError):
    """The shipment has no place for that fault: the paper or the value it needs is not there."""


def paper_of(truth: ShipmentTruth, kind: str) -> Paper:
    paper = truth.paper(kind)
    if paper is None:
        raise CannotPlantError(f"{truth.id} has no {kind}")
    return paper


def told(
    truth: ShipmentTruth, fault: Fault, *, disputed: Sequence[str] = (), acceptable: Sequence[str] = ()
) -> ShipmentTruth:
    return replace(
        truth,
        faults=(*truth.faults, fault),
        disputed=(*truth.disputed, *disputed),
        acceptable=(*truth.acceptable, *acceptable),
    )


def off(value: str, chance: Chance, low: str, high: str) -> str:
    """The number made wrong by a share between two bounds, up or down, with as many places as it had."""
    share = chance.factor(low, high) * (1 if chance.happens(0.5) else -1)
    places = Decimal(value).as_tuple().exponent
    unit = Decimal(1).scaleb(int(places))
    changed = (Decimal(value) * (1 + share)).quantize(unit, ROUND_HALF_UP)
    return f"{changed if changed != Decimal(value) else changed + unit:f}"


def mistyped(number: str, chance: Chance) -> str:
    """One of the last digits replaced, as a clerk mistypes it."""
    places = [at for at, char in enumerate(number) if char.isdigit()][-4:]
    at = chance.pick(places)
    return number[:at] + str((int(number[at]) + chance.whole(1, 9)) % 10) + number[at + 1 :]


def item_pointers(truth: ShipmentTruth, name: str) -> list[str]:
    items = truth.declaration["items"]
    return [f"/items/{at}/{name}" for at in range(len(items) if isinstance(items, list) else 0)]


def invoice_line(truth: ShipmentTruth, row: int) -> int:
    """The 0-based invoice line of the same article as a packing list row."""
    part = paper_of(truth, PACKING).lines[row].get("part_number")
    lines = paper_of(truth, INVOICE).lines
    return next(at for at, line in enumerate(lines) if line.get("part_number") == part)


def drafted(truth: ShipmentTruth) -> dict[str, Json]:
    """The draft declaration there is, or one that agrees with the papers."""
    if truth.draft is not None:
        return dict(truth.draft)
    names = ("currency", "total_invoice_amount", "incoterm", "incoterm_place", "gross_mass_kg", "packages", "items")
    parties: dict[str, Json] = {name: {"name": truth.declaration[name]} for name in ("exporter", "importer")}
    return {"type": "import", **parties, **{name: truth.declaration[name] for name in names}}
