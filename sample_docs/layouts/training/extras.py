"""What stands on papers and is no value of the shipment: banks, terms, thanks, registers, other numbers and dates."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sample_docs.generator import printing
from sample_docs.generator.chance import Chance
from sample_docs.generator.hand import signature
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.layouts.training.facts import Fact
from sample_docs.layouts.training.words import label, word
from sample_docs.layouts.training.writing import Span, block, one_line

_BANKS: Final = (
    "Meridian Trade Bank",
    "Banco del Litoral",
    "Hansa Kontor Bank",
    "First Orchard Bank",
    "Crédit du Quai",
)
_PLACES: Final = ("Hamburg", "Lyon", "Singapore", "London", "Bilbao", "Genova", "Shanghai", "Zürich")
_COUNTRIES: Final = ("DE", "FR", "GB", "ES", "IT", "CH", "NL")


def other_facts(sheet: Sheet) -> list[Fact]:
    """References that no field asks for: customer, delivery note, contact, another date."""
    chance, number = sheet.chance("other facts"), sheet.paper.text("date")
    found = []
    if chance.happens(0.3):
        found.append(Fact("customer", [Run(chance.digits(chance.whole(4, 8)))]))
    if chance.happens(0.25):
        found.append(Fact("delivery_note", [Run(f"{chance.pick(('8', 'LS-', 'DN'))}{chance.digits(6)}")]))
    if chance.happens(0.25) and number:
        day = dt.date.fromisoformat(number) + dt.timedelta(days=chance.whole(1, 45))
        found.append(Fact("delivery_date", [Run(printing.date(day.isoformat(), sheet.style))]))
    if chance.happens(0.15):
        found.append(Fact("contact", [Run(chance.pick(("M. Keller", "Ms. Rao", "J. Okafor", "export desk")))]))
    return found


def bank_lines(chance: Chance) -> list[str]:
    country = chance.pick(_COUNTRIES)
    iban = f"{country}{chance.digits(2)} " + " ".join(chance.digits(4) for _ in range(4)) + f" {chance.digits(2)}"
    swift = f"{''.join(chance.pick('ABCDEFGHKLMNPRSTV') for _ in range(4))}{country}2X"
    return [f"{chance.pick(_BANKS)}, {chance.pick(_PLACES)}", f"IBAN {iban}", f"BIC / SWIFT {swift}"]


def bank(sheet: Sheet, span: Span, top: float) -> float:
    """Bank details, on lines or in one."""
    chance = sheet.chance("bank")
    lines, ink = bank_lines(chance), sheet.ink.sized(sheet.ink.size - 1)
    if chance.happens(0.5):
        return block(sheet, span, top, [Run(f"{label(sheet, 'bank')} {', '.join(lines)}")], ink=ink)
    y = block(sheet, span, top, [Run(label(sheet, "bank"))], ink=ink.strong())
    for line in lines:
        y = block(sheet, span, y, [Run(line)], ink=ink)
    return y


def closing(sheet: Sheet, span: Span, top: float, key: str) -> float:
    """A sentence of declaration, a signature, what else ends a paper."""
    chance, y = sheet.chance("closing"), top
    small = sheet.ink.sized(sheet.ink.size - 0.8)
    if chance.happens(0.8):
        y = block(sheet, span, y, [Run(word(sheet, key))], ink=small) + 4
    if key == "declaration" and chance.happens(0.6):
        y = bank(sheet, Span(span.left, span.left + span.width * 0.62), y) + 4
    if chance.happens(0.3):
        y = block(sheet, span, y, [Run(word(sheet, "small_print"))], ink=sheet.ink.sized(6)) + 4
    return signed(sheet, span, y) if chance.happens(0.75) else y


def signed(sheet: Sheet, span: Span, top: float) -> float:
    """A line to sign on, left or right, mostly signed."""
    chance = sheet.chance("signature")
    strip = span.split(1, 1.4)[0] if chance.happens(0.35) else span.split(1.4, 1)[1]
    y = top + 34
    if chance.happens(0.8):
        points = signature(chance, (strip.left + 10, y - 4), width=min(95.0, strip.width * 0.7))
        sheet.stroke(points, width=1.1, colour=chance.pick(("#22347a", "#1b1b1b", "#2b2f8f")))
    sheet.rule((strip.left, y), (strip.right, y), width=0.5)
    return block(sheet, strip, y + 2, [Run(word(sheet, "signature"))], ink=sheet.ink.sized(7))


FOOT: Final = 34.0  # points above the foot of the page that footers need


def footer(sheet: Sheet, of: int) -> None:
    """Page number and, on many papers, the house's data in columns of tiny type; on every page."""
    chance = sheet.chance("footer")
    top = sheet.size[1] - 36
    if chance.happens(0.45):
        _house_data(sheet, top, chance)
    if of > 1 or chance.happens(0.25):
        text = chance.pick(("{page} {at} {of} {all}", "{page} {at}/{all}", "{at} / {all}", "{page} {at}"))
        number = text.format(page=word(sheet, "page"), at=sheet.page, of=word(sheet, "of"), all=of)
        align = chance.pick(("right", "centre", "left"))
        one_line(
            sheet, Span(sheet.left, sheet.right), sheet.size[1] - 15, [Run(number)], ink=sheet.ink.sized(7), align=align
        )


def _house_data(sheet: Sheet, top: float, chance: Chance) -> None:
    """Company, register and bank side by side under a rule."""
    sheet.rule((sheet.left, top - 3), (sheet.right, top - 3), width=0.4, colour="#888888")
    company = sheet.paper.company("exporter")
    lines = bank_lines(chance)
    columns = (
        (company.name, f"HRB {chance.digits(5)}"),
        (lines[0], lines[1]),
        (lines[2], f"{word(sheet, 'phone')} +{chance.digits(2)} {chance.digits(8)}"),
    )
    for strip, texts in zip(Span(sheet.left, sheet.right).split(1, 1.15, 1), columns, strict=True):
        y = top
        for text in texts:
            y = one_line(sheet, strip.inset(2), y, [Run(text)], ink=sheet.ink.sized(6).tinted("#444444"))
