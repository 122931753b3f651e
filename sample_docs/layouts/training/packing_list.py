"""Packing lists, each composed anew from its seed."""

from __future__ import annotations

from typing import Final

from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.training import extras, money
from sample_docs.layouts.training.bands import carrying, grouped, totals_row
from sample_docs.layouts.training.columns import column, described, field_of, has_cell, stacked, unit_place
from sample_docs.layouts.training.dress import dress_of
from sample_docs.layouts.training.facts import arranged, facts
from sample_docs.layouts.training.heads import Head, head, room_for, start, turned
from sample_docs.layouts.training.table import Col, Row, draw_goods
from sample_docs.layouts.training.words import word
from sample_docs.layouts.training.writing import Span

_FIRST: Final = (("packing_number", "number"), ("packing_date", "date"), ("linked_invoice", "invoice_number"))
_REST: Final = (
    ("purchase_order", "purchase_order"),
    ("vessel_or_flight", "vessel_or_flight"),
    ("container_number", "container_number"),
    ("marks", "marks"),
)
_SUMMED: Final = ("packages", "net_weight", "gross_weight", "volume", "quantity")


def draw(paper: Paper) -> Drawing:
    sheet = start(Sheet(paper))
    shown = _head(sheet)
    turn = turned(sheet, shown, number_key="packing_number")
    head(sheet, shown)
    cols = _columns(sheet)
    summed = [col.name for col in cols if col.name in _SUMMED[:4]]
    totals = _totals(sheet, summed)
    draw_goods(
        sheet, cols, [*_rows(sheet, summed), *totals], dress=dress_of(sheet.chance("dress")), turn=turn,
        carry=carrying(sheet, summed if sheet.chance("carry").happens(0.4) else ()),
    )  # fmt: skip
    sheet.y += sheet.chance("after table").real(4, 16)
    whole = Span(sheet.left, sheet.right)
    said = [fact for fact in money.summary(sheet) if not totals or sheet.chance("said", fact.key).happens(0.6)]
    room_for(sheet, arranged(sheet, said, "summary", wide=sheet.chance("wide").happens(0.4)), _said_span(sheet), turn)
    room_for(sheet, lambda on, span, top: extras.closing(on, span, top + 8, "packed_note"), whole, turn)
    return sheet.finished(extras.footer)


def _said_span(sheet: Sheet) -> Span:
    """The sums over the whole width, at the left or at the right."""
    left, right = Span(sheet.left, sheet.right).split(1.2, 1)
    return sheet.chance("said where").pick((Span(sheet.left, sheet.right), left, left, right))


def _head(sheet: Sheet) -> Head:
    chance = sheet.chance("references")
    first = facts(sheet, *_FIRST)
    rest = [*facts(sheet, *_REST), *extras.other_facts(sheet)]
    rest = [fact for fact in rest if chance.happens(0.85)]
    if chance.happens(0.3):
        rest = chance.some(rest, len(rest))
    return Head("title_packing", first, rest)


def _columns(sheet: Sheet) -> list[Col]:
    chance = sheet.chance("columns")
    own, details = _placed(sheet)
    ahead = [name for name, share in (("number", 0.4), ("package_range", 0.7)) if chance.happens(share)]
    if chance.happens(0.3):
        ahead.reverse()
    middle = (
        chance.some(["description", *own], 1 + len(own))
        if chance.happens(0.25)
        else [*own[:1], "description", *own[1:]]
    )
    counted = ["quantity", *(["unit"] if unit_place(sheet) == "apart" else [])]
    counted = ["packages", *counted] if chance.happens(0.5) else [*counted, "packages"]
    if chance.happens(0.25):
        ahead, counted = [*ahead, *counted], []
    weights = chance.pick(
        (["net_weight", "gross_weight"], ["net_weight", "gross_weight"], ["gross_weight", "net_weight"])
    )
    if chance.happens(0.06):
        weights = ["gross_weight"]
    behind = [*weights, *(["volume"] if has_cell(sheet, "volume") and chance.happens(0.6) else [])]
    names = [*ahead, *middle, *counted, *behind]
    return stacked(
        sheet, [described(sheet, details) if name == "description" else column(sheet, name) for name in names]
    )


def _placed(sheet: Sheet) -> tuple[list[str], list[str]]:
    """Part numbers, tariff codes and contents: in a column, under the description, or not there."""
    own, details = [], []
    for name, places in (
        ("part_number", ("own", "own", "own", "detail", "nowhere")),
        ("hs_code", ("nowhere", "nowhere", "nowhere", "own", "detail")),
        ("contents", ("nowhere", "nowhere", "detail")),
        ("batch", ("nowhere",) * 7 + ("detail",)),
    ):
        place = sheet.chance("place", name).pick(places)
        own += [name] if place == "own" and has_cell(sheet, name) else []
        details += [name] if place == "detail" else []
    return own, details


def _rows(sheet: Sheet, summed: list[str]) -> list[Row]:
    if sheet.chance("headings").happens(0.22):
        return grouped(sheet, ("order", "pallet", "delivery"), sums=summed)
    return grouped(sheet, ())


def _totals(sheet: Sheet, summed: list[str]) -> list[Row]:
    """The row of totals under the columns, on most lists."""
    if not summed or not sheet.chance("totals row").happens(0.75):
        return []
    sums: dict[str, Run] = {name: sheet.value(field_of(name)) for name in summed if sheet.has(field_of(name))}
    return [totals_row(sheet, [Run(word(sheet, "total"))], sums)]


LAYOUT: Final = Layout("training_packing_list", "packing_list", draw)
