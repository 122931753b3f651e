"""References of a paper as labels with values: side by side, above each other, in boxes, in grids, in running text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.layouts.training.words import label, manner, word
from sample_docs.layouts.training.writing import Content, Span, block, height, one_line, shown

_PALE: Final = ("#eeeeee", "#e6ebf2", "#f3efe4", "#e9f1ea", "#f6f6f6")


@dataclass(frozen=True, slots=True)
class Fact:
    """A label's key and the runs that print its value."""

    key: str
    runs: Runs


def facts(sheet: Sheet, *pairs: tuple[str, str]) -> list[Fact]:
    """(label key, field name) of what the paper has."""
    found = [Fact(key, value_of(sheet, name)) for key, name in pairs]
    return [fact for fact in found if shown(fact.runs)]


def value_of(sheet: Sheet, name: str) -> Runs:
    """A field with what belongs to it: terms with their place, packages with their kind, weights with their unit."""
    if name == "incoterm":
        return sheet.terms()
    if name == "packages":
        return sheet.packages()
    if name in {"gross_weight_kg", "net_weight_kg"}:
        return [sheet.weight(name)]
    if name == "volume_m3":
        return [sheet.value(name), Run(sheet.chance("cubic").pick((" m³", " CBM", " m3")))] if sheet.has(name) else []
    return [sheet.value(name)]


def arranged(sheet: Sheet, chosen: Sequence[Fact], purpose: str, *, wide: bool = False) -> Content:
    """The facts in one arrangement of this paper's choice; `wide` allows those that need the page's whole width."""
    chance = sheet.chance("facts", purpose)
    narrow = (_beside, _beside, _close_beside, _above_one, _in_boxes, _ruled_rows)
    ways = (_above_grid, _above_grid, _boxed_grid, _boxed_grid, _head_row, _two_columns) if wide else narrow
    way = chance.pick(ways)
    return lambda on, span, top: way(on, chosen, span, top, chance.branch("way")) if chosen else top


Way = Callable[[Sheet, Sequence[Fact], Span, float, Chance], float]


def _beside(sheet: Sheet, chosen: Sequence[Fact], span: Span, top: float, chance: Chance) -> float:
    """Labels in one column, values in the next, perhaps set to the right."""
    ink, gap, y = manner(sheet).label, chance.real(1.0, 5.0), top
    step = min(max(ink.width(label(sheet, fact.key)) for fact in chosen) + 8, span.width * 0.55)
    align = "right" if chance.happens(0.2) else "left"
    for fact in chosen:
        ends = block(sheet, Span(span.left, span.left + step - 4), y, [Run(label(sheet, fact.key))], ink=ink)
        y = max(ends, block(sheet, Span(span.left + step, span.right), y, fact.runs, align=align)) + gap
    return y


def _close_beside(sheet: Sheet, chosen: Sequence[Fact], span: Span, top: float, chance: Chance) -> float:
    """Each value right after its label."""
    y, gap = top, chance.real(1.0, 4.0)
    strong = chance.happens(0.4)
    for fact in chosen:
        runs = [Run(f"{label(sheet, fact.key)} "), *fact.runs]
        y = block(sheet, span, y, runs, ink=sheet.ink.strong() if strong else sheet.ink) + gap
    return y


def _above_one(sheet: Sheet, chosen: Sequence[Fact], span: Span, top: float, chance: Chance) -> float:
    """Each label above its value, all in one column or in two."""
    across = chance.pick((1, 2, 2))
    return _cells(sheet, chosen, span, top, across=across, ruled=False)


def _above_grid(sheet: Sheet, chosen: Sequence[Fact], span: Span, top: float, chance: Chance) -> float:
    return _cells(sheet, chosen, span, top, across=chance.pick((2, 3, 3, 4)), ruled=False)


def _boxed_grid(sheet: Sheet, chosen: Sequence[Fact], span: Span, top: float, chance: Chance) -> float:
    return _cells(sheet, chosen, span, top, across=chance.pick((2, 3, 4, 4)), ruled=True)


def _cells(
    sheet: Sheet, chosen: Sequence[Fact], span: Span, top: float, *, across: int, ruled: bool
) -> float:  # the six are the page, what, where and how
    y = top
    for start in range(0, len(chosen), across):
        row = chosen[start : start + across]
        strips = span.split(*[1.0] * across)
        bottom = max(_labelled(sheet, strip.inset(3), y + 2, fact) for strip, fact in zip(strips, row, strict=False))
        if ruled:
            for strip, _ in zip(strips, row, strict=False):
                sheet.frame((strip.left, y), (strip.right, bottom + 3), width=0.5, colour=_line(sheet))
        y = bottom + (3 if ruled else 5)
    return y


def _line(sheet: Sheet) -> str:
    return sheet.chance("line colour").pick(("#000000", "#000000", sheet.style.accent, "#888888"))


def _labelled(sheet: Sheet, span: Span, top: float, fact: Fact) -> float:
    """The label above its value."""
    y = block(sheet, span, top, [Run(label(sheet, fact.key))], ink=manner(sheet).label)
    return block(sheet, span, y + 1, fact.runs)


def _in_boxes(sheet: Sheet, chosen: Sequence[Fact], span: Span, top: float, chance: Chance) -> float:
    """A small table: the label in a shaded cell, the value in the next."""
    y, fill = top, chance.pick(("", *_PALE))
    left, right = span.split(chance.real(0.36, 0.48), 0.56)
    for fact in chosen:
        ends = block(sheet, left.inset(3), y + 3, [Run(label(sheet, fact.key))], ink=manner(sheet).label)
        bottom = max(ends, block(sheet, right.inset(3), y + 3, fact.runs)) + 3
        sheet.frame((left.left, y), (left.right, bottom), width=0.5, fill=fill, colour=_line(sheet))
        sheet.frame((right.left, y), (right.right, bottom), width=0.5, colour=_line(sheet))
        y = bottom
    return y


def _ruled_rows(sheet: Sheet, chosen: Sequence[Fact], span: Span, top: float, _chance: Chance) -> float:
    """Label left, value right, a hairline under each."""
    y = top
    left, right = span.split(0.42, 0.58)
    for fact in chosen:
        ends = block(sheet, left, y + 2, [Run(label(sheet, fact.key))], ink=manner(sheet).label)
        y = max(ends, block(sheet, right, y + 2, fact.runs, align="right")) + 2.5
        sheet.rule((span.left, y), (span.right, y), width=0.3, colour="#777777")
    return y


def _head_row(sheet: Sheet, chosen: Sequence[Fact], span: Span, top: float, chance: Chance) -> float:
    """A one-row table: labels as column heads, values below; a second one where they are many."""
    y, fill = top, chance.pick(("", *_PALE))
    for start in range(0, len(chosen), 5):
        row = chosen[start : start + 5]
        strips = span.split(*[1.0] * len(row))
        heads = max(
            block(sheet, strip.inset(3), y + 2.5, [Run(word(sheet, fact.key))], ink=manner(sheet).label)
            for strip, fact in zip(strips, row, strict=True)
        )
        ends = max(block(sheet, strip.inset(3), heads + 5, fact.runs) for strip, fact in zip(strips, row, strict=True))
        for strip in strips:
            sheet.frame((strip.left, y), (strip.right, heads + 2.5), width=0.5, fill=fill)
            sheet.frame((strip.left, heads + 2.5), (strip.right, ends + 3), width=0.5)
        y = ends + 7
    return y


def _two_columns(sheet: Sheet, chosen: Sequence[Fact], span: Span, top: float, chance: Chance) -> float:
    """Two lists of labels with values side by side."""
    half = (len(chosen) + 1) // 2
    strips = span.split(1, 1)
    way = chance.pick((_beside, _close_beside, _ruled_rows))
    parts = [(strip.inset(2), part) for strip, part in zip(strips, (chosen[:half], chosen[half:]), strict=True) if part]
    return max(way(sheet, part, strip, top, chance.branch("column")) for strip, part in parts)


def running(sheet: Sheet, chosen: Sequence[Fact], span: Span, top: float) -> float:
    """All facts in one running line, as "Invoice No. 17 · Date 3 May 2025"."""
    mark = sheet.chance("running").pick(("   ", "  |  ", ", ", "  -  "))
    runs: list[Run] = []
    for at, fact in enumerate(chosen):
        runs += [Run(f"{mark if at else ''}{word(sheet, fact.key)} "), *fact.runs]
    return block(sheet, span, top, runs)


def tallest(sheet: Sheet, contents: Sequence[tuple[Content, Span]]) -> float:
    """The height of the tallest of several contents side by side."""
    return max(height(sheet, content, span) for content, span in contents)


__all__ = ["Fact", "arranged", "facts", "one_line", "running", "tallest", "value_of"]
