"""What is typed into the boxes of a form."""

from __future__ import annotations

from dataclasses import replace

from sample_docs.generator import printing
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.layouts.training.writing import Content, Span, block


def text(runs_of: str) -> Content:
    """A field of the paper as printed."""
    return lambda sheet, span, top: block(sheet, span, top, [sheet.value(runs_of)])


def aside(key: str) -> Content:
    """A text of the paper that is no field."""
    return lambda sheet, span, top: block(sheet, span, top, [Run(sheet.paper.extras.get(key, ""))])


def words(*lines: str) -> Content:
    """Printed words, each on a line of its own."""

    def drawn(sheet: Sheet, span: Span, top: float) -> float:
        y = top
        for line in lines:
            y = block(sheet, span, y, [Run(line)])
        return y

    return drawn


def said(*runs_of: str | Run) -> Content:
    """Fields (by name) and words (as runs) one after the other; the words fall away where no field is there."""

    def drawn(sheet: Sheet, span: Span, top: float) -> float:
        runs = [one if isinstance(one, Run) else sheet.value(one) for one in runs_of]
        there = any(run.name and run.text for run in runs)
        return block(sheet, span, top, runs) if there else top

    return drawn


def party(name: str, *, capitals: bool = False) -> Content:
    """Name, address and country as a typist fills them in, without label and tax number."""

    def drawn(sheet: Sheet, span: Span, top: float) -> float:
        if not sheet.has(name):
            return top
        company = sheet.paper.company(name)
        country = printing.country(company.country, sheet.style)
        place: Runs = [Run(company.town, f"{name}.address"), Run(", "), Run(country, f"{name}.country")]
        apart: list[Runs] = [place[:1], [Run(country.upper(), f"{name}.country")]]
        lines: list[Runs] = [[Run(company.name, f"{name}.name")], [Run(company.street, f"{name}.address")]]
        lines += apart if sheet.chance("typed country").happens(0.6) else [place]
        y = top
        for runs in lines:
            y = block(sheet, span, y, [_raised(run) for run in runs] if capitals else runs)
        return y

    return drawn


def _raised(run: Run) -> Run:
    """In capitals, as many typists write; the sharp s has none that readers expect."""
    return replace(run, text=run.text.upper()) if "ß" not in run.text else run


def joined(*contents: Content, gap: float = 1.0) -> Content:
    """Contents under each other."""

    def drawn(sheet: Sheet, span: Span, top: float) -> float:
        y = top
        for content in contents:
            end = content(sheet, span, y)
            y = end + gap if end > y else y
        return y

    return drawn


def strong(content: Content, *, by: float = 1.0) -> Content:
    """In bold and larger type."""

    def drawn(sheet: Sheet, span: Span, top: float) -> float:
        plain = sheet.ink
        sheet.ink = plain.sized(plain.size * by).strong()
        end = content(sheet, span, top)
        sheet.ink = plain
        return end

    return drawn


def weight(name: str) -> Content:
    """A weight with its unit."""
    return lambda sheet, span, top: block(sheet, span, top, [sheet.weight(name)] if sheet.has(name) else [])


def packages(sheet: Sheet, span: Span, top: float) -> float:
    """Number and kind."""
    return block(sheet, span, top, sheet.packages())
