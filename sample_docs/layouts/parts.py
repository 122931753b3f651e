"""Pieces that several layouts share: columns of goods, lists of totals, page numbers, boxes with a caption."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sample_docs.generator.drawing import Ink, Point
from sample_docs.generator.hand import signature
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet
from sample_docs.generator.tables import Column

_RIGHT = {"unit_price", "amount", "net_weight", "gross_weight", "volume", "packages"}
_CELLS = {"net_weight": "net_weight_kg", "gross_weight": "gross_weight_kg", "volume": "volume_m3"}


def column(sheet: Sheet, name: str, share: float) -> Column:
    """A column of one cell name; quantities carry their unit, money its currency in the heading."""
    title = sheet.label(f"column_{name}")
    if name == "quantity":
        return Column(title, share, lambda row: quantity(sheet, row), "right")
    cell = _CELLS.get(name, name)
    align = "right" if name in _RIGHT else "left"
    return Column(title, share, lambda row: [sheet.cell(row, cell)], align)


def quantity(sheet: Sheet, row: int) -> list[Run]:
    """As "1,200 pcs" with both values named."""
    return [sheet.cell(row, "quantity"), Run(" "), sheet.cell(row, "unit")]


def one_origin(sheet: Sheet) -> bool:
    """Whether the paper states the origin once for all goods."""
    return sheet.has("country_of_origin")


def totals(sheet: Sheet) -> list[tuple[Runs, Run]]:
    """Goods value, charges, discount and total, as far as the invoice has them; the total names the currency."""
    rows: list[tuple[Runs, Run]] = [
        ([Run(sheet.label(name))], sheet.value(name))
        for name in ("subtotal", "freight", "insurance", "discount")
        if sheet.has(name)
    ]
    currency = [Run(" "), sheet.value("currency")] if sheet.has("currency") else []
    rows.append(([Run(sheet.label("total_amount")), *currency], sheet.value("total_amount")))
    return rows


def caption_value(sheet: Sheet, at: Point, key: str, runs: Runs, *, width: float = 120.0) -> float:
    """A small grey caption with the value under it; gives the y below."""
    sheet.put(at, sheet.label(key), ink=sheet.ink.sized(7).tinted("#555555"))
    return sheet.flow((at[0], at[1] + 11), runs, width=width)


def box(sheet: Sheet, start: Point, end: Point, title: str) -> Point:
    """A ruled box of a form with its printed title in small type; gives where its content starts."""
    sheet.frame(start, end, colour=sheet.style.accent)
    ink = Ink("narrow", 6.2, colour=sheet.style.accent)
    y = sheet.flow((start[0] + 3, start[1] + 7), [Run(title)], width=end[0] - start[0] - 6, ink=ink)
    return (start[0] + 6, y + 1)


def page_number(sheet: Sheet, of: int) -> None:
    """As "Page 2 of 3" at the foot, not where there is only one page."""
    if of > 1:
        text = f"{sheet.label('page')} {sheet.page} {sheet.label('of')} {of}"
        sheet.put((sheet.right, sheet.size[1] - 26), text, ink=sheet.ink.sized(8), align="right")


def signed(sheet: Sheet, at: Point, *, width: float = 90.0) -> None:
    """A signature on the line that ends there, in blue pen."""
    sheet.stroke(signature(sheet.chance("signature", str(at)), at, width=width), width=1.1, colour="#22347a")


def summary_rows(sheet: Sheet) -> list[tuple[str, Runs]]:
    """Packages, weights, volume, container and origin that a paper states for all goods, as (label, value)."""
    rows: list[tuple[str, Runs]] = []
    if sheet.has("packages"):
        rows.append((sheet.label("packages"), sheet.packages()))
    rows += [(sheet.label(n), [sheet.weight(n)]) for n in ("net_weight_kg", "gross_weight_kg") if sheet.has(n)]
    if sheet.has("volume_m3"):
        rows.append((sheet.label("volume_m3"), [sheet.value("volume_m3"), Run(" m³")]))
    plain = ("country_of_origin", "container_number", "marks")
    return rows + [(sheet.label(name), [sheet.value(name)]) for name in plain if sheet.has(name)]


def key_values(sheet: Sheet, at: Point, rows: Sequence[tuple[str, Runs]], *, gap: float, width: float = 200.0) -> float:
    """Labels in one column, values in the next, at least `gap` points to the right; gives the y below."""
    y = at[1]
    step = max([gap, *(sheet.ink.width(f"{label}:") + 8 for label, _ in rows)])
    for label, runs in rows:
        sheet.put((at[0], y), f"{label}:")
        y = max(sheet.flow((at[0] + step, y), runs, width=width), y + sheet.ink.size * LEADING) + 1.5
    return y


def at_least(sheet: Sheet, height: float, turn: Callable[[Sheet], None]) -> None:
    """Start a new page where less than `height` points are left."""
    if sheet.y + height > sheet.bottom:
        turn(sheet)
