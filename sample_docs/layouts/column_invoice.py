"""An invoice with its parties side by side, a strip of references and columns parted by upright rules."""

from __future__ import annotations

from dataclasses import replace

from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.tables import PAD, Column, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=42)
    sheet.bottom -= 16
    _head(sheet)
    _strip(sheet)
    table = Table(_columns(sheet), len(paper.lines), sheet.ink, rules=sheet.style.rules, head_fill="#e4e4e4")
    draw_table(sheet, replace(table, gap=4.0), turn=_turn)
    parts.at_least(sheet, 150, _turn)
    _totals(sheet)
    _foot(sheet)
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    sheet.put((sheet.left, sheet.y + 14), sheet.label("title_invoice"), ink=sheet.ink.sized(19).strong())
    middle = (sheet.left + sheet.right) / 2 + 10
    top = sheet.y + 44
    ends = [_address(sheet, sheet.left, top, "exporter"), _address(sheet, middle, top, "consignee")]
    if sheet.has("notify_party"):
        ends.append(_address(sheet, middle, ends[1] + 8, "notify_party"))
    sheet.y = max(ends) + 8


def _address(sheet: Sheet, x: float, y: float, name: str) -> float:
    sheet.put((x, y), sheet.label(name), ink=sheet.ink.sized(7.5).strong().tinted(sheet.style.accent))
    sheet.rule((x, y + 3), (x + 225, y + 3), width=0.8, colour=sheet.style.accent)
    return sheet.party((x, y + 15), name)


def _strip(sheet: Sheet) -> None:
    """Two rows of captioned cells over the whole width."""
    cells: list[tuple[str, Runs]] = [
        ("invoice_number", [sheet.value("number")]),
        ("invoice_date", [sheet.value("date")]),
        ("purchase_order", [sheet.value("purchase_order")]),
        ("incoterm", sheet.terms()),
        ("payment_terms", [sheet.value("payment_terms")]),
        ("port_of_loading", [sheet.value("port_of_loading")]),
        ("port_of_discharge", [sheet.value("port_of_discharge")]),
        ("country_of_destination", [sheet.value("country_of_destination")]),
    ]
    shown = [(key, runs) for key, runs in cells if any(run.text.strip() for run in runs)]
    across = 4
    width = (sheet.right - sheet.left) / across
    for start in range(0, len(shown), across):
        for at, (key, runs) in enumerate(shown[start : start + across]):
            x = sheet.left + at * width
            sheet.frame((x, sheet.y), (x + width, sheet.y + 40), width=0.5)
            parts.caption_value(sheet, (x + 4, sheet.y + 9), key, runs, width=width - 8)
        sheet.y += 40
    sheet.y += 14


def _columns(sheet: Sheet) -> list[Column]:
    names = [("number", 4.4), ("part_number", 8), ("description", 24), ("hs_code", 9), ("quantity", 9)]
    if not parts.one_origin(sheet):
        names.insert(4, ("origin", 8))
    if sheet.chance("order").happens(0.5):
        names.insert(1, names.pop(3))
    columns = [parts.column(sheet, name, share) for name, share in (*names, ("unit_price", 9), ("amount", 10))]
    return [replace(one, title=_money(sheet, one)) for one in columns]


def _money(sheet: Sheet, column: Column) -> str:
    money = {sheet.label("column_unit_price"), sheet.label("column_amount")}
    currency = sheet.paper.text("currency")
    return f"{column.title} {currency}" if column.title in money and currency else column.title


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.y = 54
    ink = sheet.ink.strong()
    heading = [Run(f"{sheet.label('title_invoice')} "), sheet.value("number"), Run("   "), sheet.value("date")]
    sheet.put_runs((sheet.left, sheet.y), heading, ink=ink)
    sheet.y += 12


def _totals(sheet: Sheet) -> None:
    top, y = sheet.y + 14, sheet.y + 14
    for label, value in parts.totals(sheet):
        strong = value.name == "total_amount"
        ink = sheet.ink.sized(10.5).strong() if strong else sheet.ink
        if strong:
            sheet.rule((sheet.right - 190, y - 10), (sheet.right, y - 10))
        sheet.put_runs((sheet.right - 186, y + 2), label, ink=ink)
        sheet.put((sheet.right - PAD, y + 2), value.text, ink=ink, name=value.name, align="right")
        y += 16
    left_end = parts.key_values(sheet, (sheet.left, top + 2), parts.summary_rows(sheet), gap=105, width=180)
    sheet.y = max(y, left_end) + 16


def _foot(sheet: Sheet) -> None:
    y = sheet.flow((sheet.left, sheet.y), [Run(sheet.label("declaration"))], width=300, ink=sheet.ink.sized(8))
    if bank := sheet.paper.extras.get("bank"):
        runs = [Run(f"{sheet.label('bank')}: {bank}")]
        y = sheet.flow((sheet.left, y + 3), runs, width=300, ink=sheet.ink.sized(8))
    line = max(y, sheet.y + 34)
    parts.signed(sheet, (sheet.right - 150, line - 4))
    sheet.rule((sheet.right - 170, line), (sheet.right, line), width=0.5)
    sheet.put((sheet.right - 170, line + 10), sheet.label("signature"), ink=sheet.ink.sized(7.5))


LAYOUT = Layout("column_invoice", "commercial_invoice", draw)
