"""What several of these layouts need: text that fits its cell, parties in one line, labels above or before values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sample_docs.generator import printing
from sample_docs.generator.drawing import Ink, Point
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet
from sample_docs.layouts import parts

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
GREY = "#6b6b6b"
_OWN = {"invoice_number": "number", "packing_number": "number", "invoice_date": "date", "packing_date": "date"}


@dataclass(frozen=True, slots=True)
class Frame:
    """A box on the page, in points."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left


def fitted(runs: Runs, ink: Ink, width: float) -> Ink:
    """The ink, smaller where the runs are wider than the width."""
    needed = sum(ink.width(run.text) for run in runs)
    return ink.sized(ink.size * min(1.0, width / needed)) if needed else ink


def put(sheet: Sheet, at: Point, runs: Runs, *, width: float, ink: Ink | None = None, align: str = "left") -> None:
    """On one line, as small as the width asks for."""
    sheet.put_runs(at, runs, ink=fitted(runs, ink or sheet.ink, width), align=align)


def printed(runs: Runs) -> bool:
    """Whether any of the runs has something to print."""
    return any(run.text.strip() for run in runs)


def reference(sheet: Sheet, key: str) -> Runs:
    """What stands behind the label of that key; nothing where the paper does not have it."""
    if key == "incoterm":
        return sheet.terms()
    if key == "packages":
        return sheet.packages()
    if key in {"net_weight_kg", "gross_weight_kg"}:
        return [sheet.weight(key)]
    if key == "volume_m3":
        return [sheet.value(key), Run(" m³")] if sheet.has(key) else []
    own = sheet.paper.type in {"commercial_invoice", "packing_list"} and not sheet.has(key)
    return [sheet.value(_OWN.get(key, key) if own else key)]


def known(sheet: Sheet, keys: Sequence[str]) -> list[tuple[str, Runs]]:
    """Label and value of those keys that the paper has."""
    pairs = [(sheet.label(key), reference(sheet, key)) for key in keys]
    return [(label, runs) for label, runs in pairs if printed(runs)]


def captioned(sheet: Sheet, frame: Frame, caption: str, runs: Runs = (), *, rule: float = 0.5) -> Point:
    """A ruled cell with its caption small at the top left and one line of value; gives where text may start."""
    if rule:
        sheet.frame((frame.left, frame.top), (frame.right, frame.bottom), width=rule)
    small = [Run(caption)]
    put(sheet, (frame.left + 3, frame.top + 8), small, width=frame.width - 6, ink=sheet.ink.sized(6.4))
    at = (frame.left + 4, frame.top + 20)
    put(sheet, at, runs, width=frame.width - 8)
    return at


def row_of(sheet: Sheet, frame: Frame, keys: Sequence[str]) -> None:
    """Cells of equal width side by side, empty where the paper has no such value."""
    width = frame.width / len(keys)
    for at, key in enumerate(keys):
        left = frame.left + at * width
        cell = Frame(left, frame.top, left + width, frame.bottom)
        captioned(sheet, cell, sheet.label(key), reference(sheet, key))


def address(sheet: Sheet, name: str, *, between: str = ", ") -> Runs:
    """A party on one line: name, street, town, country."""
    if not sheet.has(name):
        return []
    company = sheet.paper.company(name)
    part = f"{name}.address"
    named = [(company.name, f"{name}.name"), (company.street, part), (company.town, part)]
    named.append((printing.country(company.country, sheet.style), f"{name}.country"))
    runs: list[Run] = []
    for text, key in named:
        if text:
            runs += [*([Run(between)] if runs else []), Run(text, key)]
    return runs


def above(sheet: Sheet, at: Point, label: str, runs: Runs, *, width: float) -> float:
    """A small grey label with the value under it; gives the y below both."""
    put(sheet, at, [Run(label)], width=width - 4, ink=sheet.ink.sized(sheet.ink.size * 0.78).tinted(GREY))
    return sheet.flow((at[0], at[1] + sheet.ink.size * 1.3), runs, width=width - 4) + 6


def carried(sheet: Sheet, rows: int) -> str:
    """The amounts of the first rows added up, as a page that runs on prints them."""
    total = sum((Decimal(line["amount"]) for line in sheet.paper.lines[:rows]), Decimal(0))
    return printing.number(f"{total:f}", sheet.style)


def charges(sheet: Sheet) -> list[tuple[str, Run]]:
    """Label and value of goods value, freight, insurance and discount as far as the invoice has them."""
    names = ("subtotal", "freight", "insurance", "discount")
    return [(sheet.label(name), sheet.value(name)) for name in names if sheet.has(name)]


def currency(sheet: Sheet) -> list[Run]:
    """A blank and the currency's code, nothing where the paper has none."""
    return [Run(" "), sheet.value("currency")] if sheet.has("currency") else []


def signed(sheet: Sheet, at: Point, key: str = "signature", *, width: float = 150.0) -> None:
    """A rule with a signature on it, its caption below."""
    parts.signed(sheet, (at[0] + 16, at[1] - 4))
    sheet.rule(at, (at[0] + width, at[1]), width=0.4)
    put(sheet, (at[0], at[1] + 10), [Run(sheet.label(key))], width=width, ink=sheet.ink.sized(7))


def lines(sheet: Sheet, at: Point, texts: Sequence[str], *, ink: Ink) -> float:
    """Words that are no value, one line each; gives the baseline after them."""
    y = at[1]
    for text in texts:
        sheet.put((at[0], y), text, ink=ink)
        y += ink.size * LEADING
    return y
