"""An invoice with all references in a coloured bar down the left side and a table without rules."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.tables import PAD, Column, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout

_BAR = 138.0
_TINT = "#eef1f6"


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=36)
    sheet.ink = sheet.ink.sized(8.6)
    sheet.bottom -= 14
    _bar(sheet)
    sheet.left = _BAR + 18
    _head(sheet)
    table = Table(_columns(sheet), len(paper.lines), sheet.ink, rules="none", stripe=_stripe(sheet), gap=4.5)
    draw_table(sheet, table, turn=_turn)
    parts.at_least(sheet, 120, _turn)
    _totals(sheet)
    return sheet.finished(parts.page_number)


def _stripe(sheet: Sheet) -> str:
    return "#f4f4f4" if sheet.chance("stripe").happens(0.5) else ""


def _bar(sheet: Sheet) -> None:
    sheet.frame((0, 0), (_BAR, sheet.size[1]), width=0, fill=_TINT)
    sheet.frame((0, 0), (_BAR, 10), width=0, fill=sheet.style.accent)
    cells: list[tuple[str, Runs]] = [
        ("invoice_number", [sheet.value("number")]),
        ("invoice_date", [sheet.value("date")]),
        ("purchase_order", [sheet.value("purchase_order")]),
        ("incoterm", sheet.terms()),
        ("payment_terms", [sheet.value("payment_terms")]),
        ("currency", [sheet.value("currency")]),
        ("country_of_origin", [sheet.value("country_of_origin")]),
        ("country_of_destination", [sheet.value("country_of_destination")]),
        ("packages", sheet.packages()),
        ("gross_weight_kg", [sheet.weight("gross_weight_kg")] if sheet.has("gross_weight_kg") else []),
        ("net_weight_kg", [sheet.weight("net_weight_kg")] if sheet.has("net_weight_kg") else []),
    ]
    y = 150.0
    for key, runs in cells:
        if any(run.text.strip() for run in runs):
            y = parts.caption_value(sheet, (16, y), key, runs, width=_BAR - 26) + 9


def _head(sheet: Sheet) -> None:
    company = sheet.paper.company("exporter")
    title = sheet.ink.sized(21).tinted(sheet.style.accent)
    sheet.put((sheet.left, sheet.y + 16), sheet.label("title_invoice"), ink=title)
    y = sheet.party((16, sheet.y + 2), "exporter", ink=sheet.ink.sized(8), width=_BAR - 24)
    if company.phone:
        sheet.put((16, y), company.phone, ink=sheet.ink.sized(7.5))
    sheet.put((sheet.left, sheet.y + 44), sheet.label("consignee"), ink=sheet.ink.sized(7.5).tinted("#666666"))
    end = sheet.party((sheet.left, sheet.y + 57), "consignee", ink=sheet.ink.sized(9.4))
    if sheet.has("notify_party"):
        right = sheet.left + 215
        sheet.put((right, sheet.y + 44), sheet.label("notify_party"), ink=sheet.ink.sized(7.5).tinted("#666666"))
        end = max(end, sheet.party((right, sheet.y + 57), "notify_party", width=170))
    sheet.y = max(end, 128) + 14


def _columns(sheet: Sheet) -> list[Column]:
    names = [("description", 23), ("part_number", 9), ("hs_code", 10), ("quantity", 12)]
    if not parts.one_origin(sheet):
        names.insert(3, ("origin", 8))
    if sheet.chance("numbered").happens(0.5):
        names.insert(0, ("number", 4))
    return [parts.column(sheet, name, share) for name, share in (*names, ("unit_price", 9), ("amount", 10))]


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.frame((0, 0), (_BAR, sheet.size[1]), width=0, fill=_TINT)
    parts.caption_value(sheet, (16, 50), "invoice_number", [sheet.value("number")], width=_BAR - 26)
    sheet.y = 48


def _totals(sheet: Sheet) -> None:
    y = sheet.y + 18
    for label, value in parts.totals(sheet):
        total = value.name == "total_amount"
        ink = sheet.ink.sized(11).strong().tinted("#ffffff") if total else sheet.ink
        if total:
            sheet.frame((sheet.right - 200, y - 12), (sheet.right, y + 7), width=0, fill=sheet.style.accent)
        sheet.put_runs((sheet.right - 192, y), label, ink=ink)
        sheet.put((sheet.right - PAD, y), value.text, ink=ink, name=value.name, align="right")
        y += 17
    y = sheet.flow((sheet.left, y + 14), [Run(sheet.label("declaration"))], width=sheet.right - sheet.left)
    if bank := sheet.paper.extras.get("bank"):
        sheet.flow((sheet.left, y + 4), [Run(f"{sheet.label('bank')}: {bank}")], width=sheet.right - sheet.left)
    parts.signed(sheet, (sheet.left + 10, y + 50))
    sheet.put((sheet.left, y + 62), sheet.label("signature"), ink=sheet.ink.sized(7.5).tinted("#666666"))


LAYOUT = Layout("sidebar_invoice", "commercial_invoice", draw)
