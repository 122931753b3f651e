"""The totals of an invoice: in rows of the table, in a block to the right, in boxes, in a line of text."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from sample_docs.generator import printing
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.layouts.training.facts import Fact, value_of
from sample_docs.layouts.training.words import manner, word
from sample_docs.layouts.training.writing import Span, block, one_line, squeezed

_CHARGES: Final = ("subtotal", "freight", "insurance", "other_charges", "discount")
_HUNDRED: Final = Decimal(100)
Entry = tuple[Runs, Runs]  # what stands left and right


def entries(sheet: Sheet) -> list[Entry]:
    """Goods value, charges, discount and the total with its currency, as far as the invoice has them."""
    chance = sheet.chance("money entries")
    found: list[Entry] = [([Run(_label(sheet, name))], [_signed(sheet, name)]) for name in _CHARGES if sheet.has(name)]
    if chance.happens(0.15):
        found.append(([Run(word(sheet, "vat_nil"))], [Run(printing.number("0.00", sheet.style))]))
    currency, total = sheet.value("currency"), sheet.value("total_amount")
    ahead: Runs = [Run(word(sheet, "total_amount"))]
    way = chance.pick(("label", "label", "before", "after"))
    if way == "label":
        return [*found, ([*ahead, Run(" "), currency], [total])]
    return [*found, (ahead, [currency, Run(" "), total] if way == "before" else [total, Run(" "), currency])]


def _label(sheet: Sheet, name: str) -> str:
    """The charge's label, a discount with its rate on many papers."""
    text = word(sheet, name)
    if name != "discount" or not sheet.chance("rate").happens(0.6):
        return text
    rate = Decimal(sheet.paper.text("discount")) / Decimal(sheet.paper.text("subtotal")) * _HUNDRED
    places = sheet.chance("places").pick((0, 1, 2))
    return f"{text} {printing.number(f'{rate:.{places}f}', sheet.style)} %"


def _signed(sheet: Sheet, name: str) -> Run:
    """A discount with a minus on many papers."""
    run = sheet.value(name)
    if name == "discount" and sheet.chance("minus").happens(0.6):
        return Run(sheet.chance("minus way").pick(("-{}", "- {}", "({})", "{}-")).format(run.text), run.name)
    return run


def block_right(sheet: Sheet, span: Span, top: float) -> float:
    """Labels and amounts under each other at the right edge, the total set off."""
    chance, y = sheet.chance("money block"), top
    step, boxed = chance.real(1.5, 5), chance.happens(0.3)
    found = entries(sheet)
    for at, (left, right) in enumerate(found):
        last = at == len(found) - 1
        ink = sheet.ink.sized(sheet.ink.size + chance.pick((0, 0, 1, 2.5))).strong() if last else sheet.ink
        own = squeezed([*left, Run("    "), *right], ink, span.width - 8)
        if last and not boxed:
            sheet.rule((span.left, y), (span.right, y), width=chance.pick((0.5, 0.9)))
        one_line(sheet, span.inset(3), y + step, left, ink=own)
        end = one_line(sheet, span.inset(3), y + step, right, ink=own, align="right") + step
        if boxed:
            sheet.frame((span.left, y), (span.right, end), width=0.5)
        y = end
    if chance.happens(0.2):
        sheet.rule((span.left, y + 1), (span.right, y + 1), width=0.5)
        sheet.rule((span.left, y + 2.6), (span.right, y + 2.6), width=0.5)
    return y + 4


def captioned(sheet: Sheet, span: Span, top: float) -> float:
    """The amounts in a row of boxes, each under its label."""
    found = entries(sheet)
    strips = span.split(*[1.0] * len(found))
    ends = []
    for strip, (left, right) in zip(strips, found, strict=True):
        y = block(sheet, strip.inset(3), top + 2, left, ink=manner(sheet).label)
        ends.append(one_line(sheet, strip.inset(3), y + 1, right, ink=sheet.ink.strong(), align="right"))
    for strip in strips:
        sheet.frame((strip.left, top), (strip.right, max(ends) + 3), width=0.5)
    return max(ends) + 6


def summary(sheet: Sheet) -> list[Fact]:
    """Packages, weights, origin and what else is stated once for all goods."""
    names = (
        "packages",
        "net_weight_kg",
        "gross_weight_kg",
        "volume_m3",
        "country_of_origin",
        "container_number",
        "marks",
    )
    found = [Fact(name, value_of(sheet, name)) for name in names if sheet.has(name)]
    return _shuffled(sheet, found)


def _shuffled(sheet: Sheet, found: Sequence[Fact]) -> list[Fact]:
    chance = sheet.chance("summary order")
    return chance.some(list(found), len(found)) if chance.happens(0.4) else list(found)
