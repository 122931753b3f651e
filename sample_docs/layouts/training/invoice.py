"""Commercial invoices, each composed anew from its seed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sample_docs.generator.consignment import STATED
from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.training import extras, money
from sample_docs.layouts.training.bands import carrying, grouped, totals_row
from sample_docs.layouts.training.columns import column, described, has_cell, stacked, unit_place
from sample_docs.layouts.training.dress import dress_of
from sample_docs.layouts.training.facts import Fact, arranged, facts
from sample_docs.layouts.training.heads import Head, head, room_for, start, turned
from sample_docs.layouts.training.table import Col, Row, draw_goods
from sample_docs.layouts.training.writing import Content, Span

_FIRST: Final = (("invoice_number", "number"), ("invoice_date", "date"), ("purchase_order", "purchase_order"))
_REST: Final = tuple(
    (name, name)
    for name in (
        "incoterm", "payment_terms", "currency", "country_of_origin", "country_of_destination", "country_of_dispatch",
        "port_of_loading", "port_of_discharge", "vessel_or_flight", "transport_document_number",
    )
)  # fmt: skip


def draw(paper: Paper) -> Drawing:
    sheet = start(Sheet(paper))
    shown = _head(sheet)
    turn = turned(sheet, shown, number_key="invoice_number")
    head(sheet, shown)
    totals = _in_table(sheet)
    draw_goods(
        sheet, _columns(sheet), [*_rows(sheet), *totals], dress=dress_of(sheet.chance("dress")), turn=turn,
        carry=carrying(sheet, ("amount",)),
    )  # fmt: skip
    sheet.y += sheet.chance("after table").real(4, 16)
    whole = Span(sheet.left, sheet.right)
    room_for(sheet, _sums(sheet, below=not totals), whole, turn)
    room_for(sheet, lambda on, span, top: extras.closing(on, span, top, "declaration"), whole, turn)
    return sheet.finished(extras.footer)


def _head(sheet: Sheet) -> Head:
    """The references in the usual order or another; some papers leave some out."""
    chance = sheet.chance("references")
    first = [*facts(sheet, *_FIRST), *extras.other_facts(sheet)]
    rest = [fact for fact in facts(sheet, *_REST) if fact.key == "incoterm" or chance.happens(0.82)]
    if chance.happens(0.35):
        rest = chance.some(rest, len(rest))
    if chance.happens(0.2):
        first = [*first[:1], *chance.some(first[1:], len(first) - 1)]
    return Head("title_invoice", first, rest)


def _columns(sheet: Sheet) -> list[Col]:
    """A choice and an order of columns; what has none stands under the description or in a heading."""
    chance = sheet.chance("columns")
    own, details = _placed(sheet)
    names = ["description", *own]
    ordered = chance.some(names, len(names)) if chance.happens(0.3) else _usual(names)
    ahead = ["number"] if has_cell(sheet, "number") and chance.happens(0.72) else []
    behind = ["quantity", *(["unit"] if unit_place(sheet) == "apart" else []), "unit_price", "amount"]
    if chance.happens(0.12):
        behind = [*behind[1:2], behind[0], *behind[2:]] if behind[1] == "unit" else behind
    if chance.happens(0.12):
        ordered, behind = [*behind[:-2], *ordered], behind[-2:]
    cols = [
        described(sheet, details) if name == "description" else column(sheet, name)
        for name in (*ahead, *ordered, *behind)
    ]
    return stacked(sheet, cols)


def _usual(names: Sequence[str]) -> list[str]:
    order = ("part_number", "description", "hs_code", "origin", "net_weight")
    return [name for name in order if name in names]


def _placed(sheet: Sheet) -> tuple[list[str], list[str]]:
    """Of the further cells those with a column of their own and those under the description."""
    own, details = [], []
    for name, places in (
        ("part_number", ("own", "own", "detail", "nowhere")),
        ("hs_code", ("own", "own", "own", "detail", "detail")),
        ("origin", ("group",) if _by_origin(sheet) else ("own", "own", "detail")),
        ("net_weight", ("own", "detail", "nowhere", "nowhere", "nowhere")),
    ):
        place = sheet.chance("place", name).pick(places)
        if has_cell(sheet, name) or name == "net_weight":
            own += [name] if place == "own" else []
            details += [name] if place == "detail" else []
    if sheet.chance("batches").happens(0.12):
        details.append("batch")
    return own, details


def _by_origin(sheet: Sheet) -> bool:
    return has_cell(sheet, "origin") and sheet.chance("by origin").happens(0.2)


def _rows(sheet: Sheet) -> list[Row]:
    chance = sheet.chance("headings")
    if _by_origin(sheet):
        return grouped(sheet, ("origin",), sums=("amount",))
    if chance.happens(0.16):
        return grouped(sheet, ("order", "delivery"), sums=("amount",))
    return grouped(sheet, ())


def _in_table(sheet: Sheet) -> list[Row]:
    """The totals as last rows of the table on some papers; there the amounts stand under their column."""
    if not sheet.chance("totals in table").happens(0.3):
        return []
    rows: list[Row] = []
    for left, right in money.entries(sheet):
        value = next(run for run in right if run.text.strip())
        currency = [run for run in right if run.name == "currency"]
        value = next((run for run in right if run.name not in {"", "currency"}), value)
        rows.append(totals_row(sheet, [*left, *([Run(" "), *currency] if currency else [])], {"amount": value}))
    return rows


def _sums(sheet: Sheet, *, below: bool) -> Content:
    """What is said of all goods together, and beside or under it the totals where the table has none."""
    chance = sheet.chance("sums")
    said: list[Fact] = [fact for fact in money.summary(sheet) if chance.happens(0.8)]
    way = chance.pick(("beside", "beside", "under", "over", "captioned"))
    summed = arranged(sheet, said, "summary", wide=way != "beside")

    def drawn(on: Sheet, span: Span, top: float) -> float:
        if not below:
            return summed(on, span, top) + 8
        if way == "beside":
            left, right = span.split(1.15, 1)
            return max(summed(on, left.inset(2), top), money.block_right(on, right, top)) + 8
        if way == "captioned":
            return summed(on, span, money.captioned(on, span, top) + 4) + 8
        block = span.split(1.2, 1)[1]
        if way == "over":
            return summed(on, span, money.block_right(on, block, top) + 6) + 8
        return money.block_right(on, block, summed(on, span, top) + 6) + 8

    return drawn


LAYOUT: Final = Layout("training_invoice", "commercial_invoice", draw, prints=frozenset(STATED))
