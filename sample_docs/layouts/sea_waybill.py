"""A non-negotiable sea waybill as an online booking system prints it: few rules, labels before their values."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.tables import Column, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=46)
    _head(sheet)
    _parties(sheet)
    _voyage(sheet)
    _cargo(sheet)
    _foot(sheet)
    return sheet.finished()


def _head(sheet: Sheet) -> None:
    carrier = sheet.paper.extras.get("carrier", "")
    sheet.put((sheet.left, sheet.y + 10), carrier, ink=sheet.ink.sized(14).strong().tinted(sheet.style.accent))
    sheet.put((sheet.right, sheet.y + 6), "SEA WAYBILL", ink=sheet.ink.sized(16).strong(), align="right")
    sheet.put((sheet.right, sheet.y + 18), "NON-NEGOTIABLE", ink=sheet.ink.sized(8), align="right")
    number = [Run("Waybill No. "), sheet.value("number")]
    sheet.put_runs((sheet.right, sheet.y + 34), number, ink=sheet.ink.sized(10.5).strong(), align="right")
    sheet.rule((sheet.left, sheet.y + 42), (sheet.right, sheet.y + 42), width=2, colour=sheet.style.accent)
    sheet.y += 58


def _parties(sheet: Sheet) -> None:
    for name, title in (("exporter", "Shipper"), ("consignee", "Consignee"), ("notify_party", "Notify party")):
        top = sheet.y
        sheet.put((sheet.left, top), title, ink=sheet.ink.strong())
        if not sheet.has(name):
            sheet.put((sheet.left + 110, top), "SAME AS CONSIGNEE")
        end = sheet.party((sheet.left + 110, top), name, width=330, tax=False)
        sheet.y = max(end, top + 14) + 6
        sheet.rule((sheet.left, sheet.y - 8), (sheet.right, sheet.y - 8), width=0.3)
        sheet.y += 6


def _voyage(sheet: Sheet) -> None:
    cells: tuple[tuple[str, Runs], ...] = (
        ("Vessel / Voyage", [sheet.value("vessel_or_flight")]),
        ("Port of loading", [sheet.value("port_of_loading")]),
        ("Port of discharge", [sheet.value("port_of_discharge")]),
        ("Shipped on board", [sheet.value("shipped_on_board_date")]),
        ("Freight", [sheet.value("freight_terms")]),
        ("Place and date of issue", [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")]),
    )
    width = (sheet.right - sheet.left) / 3
    for at, (title, runs) in enumerate(cells):
        x, y = sheet.left + (at % 3) * width, sheet.y + (at // 3) * 30
        sheet.put((x, y), title, ink=sheet.ink.sized(7.5).tinted("#555555"))
        sheet.put_runs((x, y + 12), runs)
    sheet.y += 66


def _cargo(sheet: Sheet) -> None:
    """One row: the container with seal and marks, the packages, the goods, weight and measurement."""

    def container(_: int) -> Runs:
        seal = [Run(" / "), sheet.value("seal_number")] if sheet.has("seal_number") else []
        return [sheet.value("container_number"), *seal, Run(f" {sheet.paper.extras.get('marks', '')}")]

    volume = [sheet.value("volume_m3"), Run(" m3")] if sheet.has("volume_m3") else []
    columns = (
        Column("Container / Seal / Marks", 22, container),
        Column("Packages", 14, lambda _: sheet.packages()),
        Column("Description of goods", 32, lambda line: [sheet.cell(line, "description")]),
        Column("Gross weight", 15, lambda _: [sheet.weight("gross_weight_kg")], "right"),
        Column("Measurement", 12, lambda _: volume, "right"),
    )  # fmt: skip
    draw_table(sheet, Table(columns, 1, sheet.ink, rules=sheet.style.rules, gap=6), turn=Sheet.new_page)


def _foot(sheet: Sheet) -> None:
    text = (
        "The goods are to be delivered to the consignee named above upon proof of identity, without surrender of this"
        " document. Particulars furnished by the shipper; weight, quantity and contents unknown to the carrier."
    )
    y = sheet.flow((sheet.left, sheet.y + 60), [Run(text)], width=sheet.right - sheet.left, ink=sheet.ink.sized(7.5))
    parts.signed(sheet, (sheet.right - 150, y + 44), width=110)
    sheet.rule((sheet.right - 170, y + 48), (sheet.right, y + 48), width=0.5)
    sheet.put((sheet.right - 170, y + 58), "For the carrier", ink=sheet.ink.sized(7.5))


LAYOUT = Layout("sea_waybill", "transport_document", draw, "sea_waybill")
