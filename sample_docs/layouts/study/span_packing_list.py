"""A landscape packing specification of a machine maker: headings over several columns, a row of grand totals."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Column, Listing
from sample_docs.layouts.study.words import StudySheet

_SPAN = 14.0  # points; the upper row of the heading


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "spans", margin=40, landscape=True)
    sheet.ink = Ink(sheet.style.family, 8.6)
    sheet.bottom -= 10
    _head(sheet)
    edges = _table(sheet)
    parts.at_least(sheet, 70, lambda one: _turn(one, 0))
    _sum(sheet, edges)
    pieces.signed(sheet, (sheet.left, sheet.y + 44), "packed_by")
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    sheet.put((sheet.left, 56), sheet.label("title"), ink=sheet.ink.sized(15).strong())
    third, end = (sheet.right - sheet.left) / 3, 0.0
    for at, name in enumerate(("exporter", "consignee")):
        x = sheet.left + at * third
        sheet.put((x, 76), sheet.label(name), ink=sheet.ink.sized(7.4).tinted(pieces.GREY))
        end = max(end, sheet.party((x, 88), name, width=third - 16))
    y, x = 76.0, sheet.left + 2 * third
    both = [sheet.value("number"), Run(", "), sheet.value("date")]
    for label, runs in ((sheet.label("number_date"), both), *pieces.known(sheet, ("invoice_number", "marks"))):
        y = pieces.above(sheet, (x, y), label, runs, width=third)
    sheet.y = max(y, end) + 6 + _SPAN


def _table(sheet: Sheet) -> list[float]:
    names = (
        ("c_case", "package_range", 9, "centre"), ("c_cartons", "packages", 6, "right"),
        ("c_text", "description", 34, "left"), ("c_quantity", "quantity", 9, "right"),
        ("net", "net_weight_kg", 10, "right"), ("gross", "gross_weight_kg", 10, "right"),
    )  # fmt: skip
    columns = [Column(sheet.label(key), share, listing.plain(sheet, name), side) for key, name, share, side in names]
    columns[3] = Column(sheet.label("c_quantity"), 13, lambda row: (parts.quantity(sheet, row),), "right")
    columns += [_size(sheet, at) for at in range(3)]
    columns.append(Column(sheet.label("c_volume"), 8, listing.plain(sheet, "volume_m3"), "right"))
    _spans(sheet, columns)
    listed = Listing(columns, sheet.ink, rules="grid", gap=2)
    return listing.draw(sheet, listed, turn=lambda one, row: _next(one, row, columns))


def _size(sheet: Sheet, at: int) -> Column:
    return Column("LBH"[at], 5, lambda row: ([Run(_side(sheet, row, at))],), "right")


def _side(sheet: Sheet, row: int, at: int) -> str:
    low, high = ((60, 120), (40, 80), (30, 110))[at]
    return str(sheet.chance("size", row, at).whole(low, high))


def _spans(sheet: Sheet, columns: list[Column]) -> None:
    """The words over the columns of weights and of sizes."""
    whole = sum(column.share for column in columns)
    scale = (sheet.right - sheet.left) / whole
    starts = [sheet.left + scale * sum(column.share for column in columns[:at]) for at in range(len(columns) + 1)]
    for key, first, last in (("weight", 4, 6), ("size", 6, 9)):
        sheet.frame((starts[first], sheet.y - _SPAN), (starts[last], sheet.y), width=0.5)
        middle = (starts[first] + starts[last]) / 2
        pieces.put(sheet, (middle, sheet.y - 4), [Run(sheet.label(key))], width=starts[last] - starts[first] - 4,
                   ink=sheet.ink.strong(), align="centre")  # fmt: skip


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    heading = [Run(f"{sheet.label('number_date')}: "), sheet.value("number"), Run(", "), sheet.value("date")]
    sheet.put_runs((sheet.left, 50), heading)
    sheet.y = 60


def _next(sheet: Sheet, row: int, columns: list[Column]) -> None:
    _turn(sheet, row)
    sheet.y += _SPAN
    _spans(sheet, columns)


def _sum(sheet: Sheet, edges: list[float]) -> None:
    top, ink = sheet.y, sheet.ink.strong()
    sheet.y += 17
    sheet.frame((sheet.left, top), (sheet.right, sheet.y), width=0.9, fill="")
    counted = pieces.fitted(sheet.packages(), ink, 110)
    end = sheet.put_runs((sheet.left + 4, sheet.y - 5), sheet.packages(), ink=counted)
    sheet.put((max(end + 10, edges[1] + 4), sheet.y - 5), sheet.label("sum"), ink=ink)
    for edge, name in ((4, "net_weight_kg"), (5, "gross_weight_kg"), (9, "volume_m3")):
        sheet.put_runs((edges[edge] - 3, sheet.y - 5), [sheet.value(name)], ink=ink, align="right")


LAYOUT = Layout("span_packing_list", "packing_list", draw, None, ("en", "fr", "it"))
