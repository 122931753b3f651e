"""The goods of a certificate or transport document: lines set under one another in the big box of a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sample_docs.generator import printing
from sample_docs.generator.drawing import Ink
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet, wrapped


@dataclass(frozen=True, slots=True)
class Slot:
    """A column of the box: `left` and `right` in points, `runs(line)` what stands there."""

    left: float
    right: float
    runs: Callable[[int], Runs]
    align: str = "left"


def goods(sheet: Sheet, slots: Sequence[Slot], *, ink: Ink, gap: float = 4.0) -> None:
    """All lines from `sheet.y` on, each as high as its tallest column."""
    for line in range(len(sheet.paper.lines)):
        height = 0.0
        for slot in slots:
            wrapped_runs = wrapped(slot.runs(line), ink, slot.right - slot.left)
            x = {"left": slot.left, "right": slot.right}[slot.align]
            for at, runs in enumerate(wrapped_runs):
                sheet.put_runs((x, sheet.y + at * ink.size * LEADING), runs, ink=ink, align=slot.align)
            height = max(height, len(wrapped_runs) * ink.size * LEADING)
        sheet.y += height + gap


def packages_and_description(sheet: Sheet, line: int) -> list[Run]:
    """As "120 CTNS MEN'S SHIRTS" as certificates print it; the kind is the shipment's."""
    packages = sheet.cell(line, "packages")
    kind = sheet.paper.extras.get("package_word", "")
    counted = [packages, Run(f" {kind} ")] if packages.text else []
    return [*counted, sheet.cell(line, "description")]


def tariff(sheet: Sheet, line: int) -> list[Run]:
    """As "HS 8481.80" where the paper has the code."""
    code = sheet.cell(line, "hs_code")
    return [Run("  HS "), code] if code.text else []


def weight_or_quantity(sheet: Sheet, line: int) -> list[Run]:
    """The gross weight in kilograms where the paper has it, else the quantity."""
    weight = sheet.cell(line, "gross_weight_kg")
    if weight.text:
        return [weight, Run(f" {printing.kilograms(sheet.style)}")]
    return [sheet.cell(line, "quantity"), Run(" "), sheet.cell(line, "unit")]
