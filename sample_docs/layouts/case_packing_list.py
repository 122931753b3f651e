"""A packing list as one ruled table with a row of sums, its references in a frame above."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.tables import PAD, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.counter_invoice import centred_letterhead
from sample_docs.layouts.layout import Layout

_SUMS = {
    "packages": "packages",
    "net_weight": "net_weight_kg",
    "gross_weight": "gross_weight_kg",
    "volume": "volume_m3",
}


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=44)
    sheet.bottom -= 14
    if paper.style.language == "zh":
        centred_letterhead(sheet, "title_packing")
    else:
        _head(sheet)
    _references(sheet)
    names = _names(sheet)
    columns = [parts.column(sheet, name, share) for name, share in names]
    table = Table(columns, len(paper.lines), sheet.ink, rules="grid", head_fill="#ececec")
    edges = draw_table(sheet, table, turn=_turn)
    _sums(sheet, [name for name, _ in names], edges)
    _foot(sheet)
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    title = sheet.ink.sized(18).strong().tinted(sheet.style.accent)
    sheet.put((sheet.right, sheet.y + 12), sheet.label("title_packing"), ink=title, align="right")
    sheet.y = sheet.party((sheet.left, sheet.y + 10), "exporter", width=260) + 10


def _references(sheet: Sheet) -> None:
    top, middle = sheet.y, sheet.left + 250
    sheet.put((sheet.left + 6, top + 13), sheet.label("consignee"), ink=sheet.ink.sized(7.5).strong())
    end = sheet.party((sheet.left + 6, top + 26), "consignee", width=middle - sheet.left - 14, tax=False)
    rows: list[tuple[str, Runs]] = [
        ("packing_number", [sheet.value("number")]),
        ("packing_date", [sheet.value("date")]),
        ("invoice_number", [sheet.value("invoice_number")]),
        ("purchase_order", [sheet.value("purchase_order")]),
        ("vessel_or_flight", [sheet.value("vessel_or_flight")]),
    ]
    shown = [(sheet.label(key), runs) for key, runs in rows if any(run.text.strip() for run in runs)]
    end = max(end, parts.key_values(sheet, (middle + 8, top + 14), shown, gap=120, width=140))
    sheet.frame((sheet.left, top), (sheet.right, end), width=0.8)
    sheet.rule((middle, top), (middle, end), width=0.8)
    sheet.y = end + 14


def _names(sheet: Sheet) -> list[tuple[str, float]]:
    names = [("package_range", 9), ("description", 28), ("quantity", 11), ("packages", 8)]
    weights: list[tuple[str, float]] = [("net_weight", 10), ("gross_weight", 10)]
    volume: list[tuple[str, float]] = [("volume", 8)] if sheet.has("volume_m3") else []
    if sheet.chance("order").happens(0.5):
        names.insert(1, names.pop(3))
    return [*names, *weights, *volume]


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.y = 54
    heading = [Run(f"{sheet.label('title_packing')} "), sheet.value("number")]
    sheet.put_runs((sheet.left, sheet.y), heading, ink=sheet.ink.strong())
    sheet.y += 10


def _sums(sheet: Sheet, names: list[str], edges: list[float]) -> None:
    y = sheet.y + 14
    ink = sheet.ink.strong()
    sheet.put((sheet.left + 5, y), sheet.label("total"), ink=ink)
    for name, x in zip(names, edges, strict=True):
        if name in _SUMS:
            value = sheet.value(_SUMS[name])
            sheet.put((x - PAD, y), value.text, ink=ink, name=value.name, align="right")
    sheet.frame((sheet.left, sheet.y), (sheet.right, y + 6), width=0.8)
    sheet.y = y + 24


def _foot(sheet: Sheet) -> None:
    parts.at_least(sheet, 90, _turn)
    rows: list[tuple[str, Runs]] = [(sheet.label("packages"), sheet.packages())] if sheet.has("package_kind") else []
    rows += [(sheet.label(n), [sheet.value(n)]) for n in ("marks", "container_number") if sheet.has(n)]
    y = parts.key_values(sheet, (sheet.left, sheet.y), rows, gap=110, width=300)
    parts.signed(sheet, (sheet.right - 140, y + 22))
    sheet.put((sheet.right - 150, y + 34), sheet.label("packed_by"), ink=sheet.ink.sized(7.5))


LAYOUT = Layout("case_packing_list", "packing_list", draw)
