"""The parties of a paper: letterheads, address windows, boxes, columns with a rule."""

from __future__ import annotations

from typing import Final

from sample_docs.generator import printing
from sample_docs.generator.chance import Chance
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet
from sample_docs.generator.truth import Company
from sample_docs.layouts.training.words import label, manner
from sample_docs.layouts.training.writing import Content, Span, block, named, one_line

_HANDS: Final = ("M. Keller", "J. Okafor", "L. Brandt", "S. Rao", "C. Moreau", "P. Lindqvist", "T. Nakano", "A. Duarte")


def address(name: str, *, titled: bool = True, tax: bool = True) -> Content:
    """A party with or without its label above; nothing where the paper does not name it."""

    def drawn(sheet: Sheet, span: Span, top: float) -> float:
        if not sheet.has(name):
            return top
        y = block(sheet, span, top, [Run(label(sheet, name))], ink=manner(sheet).label) + 1.5 if titled else top
        return _lines(sheet, span, y, name, tax=tax)

    return drawn


def _lines(sheet: Sheet, span: Span, top: float, name: str, *, tax: bool) -> float:
    """Name, address, country and tax number in the paper's way; the same for all its parties."""
    company, chance = sheet.paper.company(name), sheet.chance("address")
    ink = sheet.ink.strong() if chance.happens(0.55) else sheet.ink
    y = block(sheet, span, top, [Run(company.name, f"{name}.name")], ink=ink)
    for runs in _place_lines(sheet, company, name, chance):
        y = block(sheet, span, y, runs)
    if tax and company.tax_id:
        number = [Run(f"{label(sheet, 'tax_id')} "), Run(company.tax_id, f"{name}.tax_id")]
        y = block(sheet, span, y, number)
    return _contacts(sheet, span, y, company, chance.branch(name))


def _place_lines(sheet: Sheet, company: Company, name: str, chance: Chance) -> list[Runs]:
    street, town = Run(company.street, f"{name}.address"), Run(company.town, f"{name}.address")
    country = _country(sheet, company, name, chance)
    way = chance.pick(("three", "three", "three", "two", "one"))
    if way == "three":
        return [[street], [town], [country]]
    if way == "two":
        return [[street], [town, Run(", "), country]]
    return [[Run(company.address, f"{name}.address"), Run(", "), country]]


def _country(sheet: Sheet, company: Company, name: str, chance: Chance) -> Run:
    text = printing.country(company.country, sheet.style)
    return Run(text.upper() if chance.happens(0.5) else text, f"{name}.country")


def _contacts(sheet: Sheet, span: Span, top: float, company: Company, chance: Chance) -> float:
    """Telephone, e-mail or a person: what a reader must not take for an address."""
    y = top
    if company.phone and chance.happens(0.6):
        y = block(sheet, span, y, [Run(f"{label(sheet, 'phone')} {company.phone}")])
    if chance.happens(0.25):
        host = "".join(char for char in company.name.split()[0].lower() if char.isascii() and char.isalpha())
        y = block(sheet, span, y, [Run(f"{label(sheet, 'email')} export@{host}.example")])
    if chance.happens(0.15):
        y = block(sheet, span, y, [Run(f"{label(sheet, 'contact')} {chance.pick(_HANDS)}")])
    return y


def letterhead(sheet: Sheet, span: Span, top: float) -> float:
    """The exporter as a house prints itself: large, without a label, left, in the middle or right, perhaps a sign."""
    chance, company = sheet.chance("letterhead"), sheet.paper.company("exporter")
    align = chance.pick(("left", "left", "centre", "right"))
    big = sheet.ink.sized(chance.real(11, 17)).strong().tinted(sheet.style.accent)
    y = top
    if company.local_name:
        y = one_line(sheet, span, y, [Run(company.local_name)], ink=big, align=align)
    if align == "left" and chance.happens(0.4):
        _sign(sheet, span.left, y, chance)
        span = Span(span.left + 44, span.right)
    y = one_line(sheet, span, y, [Run(company.name, "exporter.name")], ink=big, align=align)
    return _small_lines(sheet, span, y + 1, align)


def _small_lines(sheet: Sheet, span: Span, top: float, align: str) -> float:
    """Address, country, telephone and tax number under the name in small type, on one line or two."""
    chance, company = sheet.chance("letterhead lines"), sheet.paper.company("exporter")
    ink, parting = sheet.ink.sized(max(6.2, sheet.ink.size - 1.6)), chance.pick((" · ", ", ", " - ", " | "))
    place: list[Run] = [
        Run(company.street, "exporter.address"),
        Run(parting),
        Run(company.town, "exporter.address"),
        Run(parting),
        _country(sheet, company, "exporter", chance),
    ]
    reach: list[Run] = [Run(f"{label(sheet, 'phone')} {company.phone}")] if company.phone else []
    if company.tax_id:
        reach += [Run(f"{'   ' if reach else ''}{label(sheet, 'tax_id')} "), Run(company.tax_id, "exporter.tax_id")]
    y = one_line(sheet, span, top, place, ink=ink, align=align)
    y = one_line(sheet, span, y, reach, ink=ink, align=align)
    if chance.happens(0.5):
        sheet.rule((sheet.left, y + 3), (sheet.right, y + 3), width=chance.real(0.4, 1.6), colour=sheet.style.accent)
    return y + 6


def _sign(sheet: Sheet, x: float, y: float, chance: Chance) -> None:
    """A house sign of two shapes."""
    colour = sheet.style.accent
    sheet.frame((x, y), (x + 34, y + 34), width=0, fill=colour)
    inner = ((x + 6, y + 28), (x + 17, y + 6), (x + 28, y + 28), (x + 6, y + 28))
    if chance.happens(0.5):
        sheet.stroke(inner, width=2.4, colour="#ffffff")
    else:
        sheet.frame((x + 9, y + 9), (x + 25, y + 25), width=2.0, colour="#ffffff")


def window(sheet: Sheet, span: Span, top: float) -> float:
    """The address window of a letter: the sender in one tiny line, the consignee below, without a label."""
    company = sheet.paper.company("exporter")
    tiny = sheet.ink.sized(6)
    sender: Runs = [
        Run(company.name, "exporter.name"),
        Run(" - "),
        Run(company.street, "exporter.address"),
        Run(" - "),
        Run(company.town, "exporter.address"),
    ]
    sender = sender if sheet.chance("sender").happens(0.7) else named(sender)
    y = one_line(sheet, span, top, sender, ink=tiny)
    sheet.rule((span.left, y), (span.right, y), width=0.3)
    return _lines(sheet, span, y + 2 + sheet.ink.size * (LEADING - 1), "consignee", tax=True)
