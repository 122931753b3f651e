"""A paper that came as a page and as figures: where the two do not state the same, neither is preferred."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from schemas.values import Party
from validators.case import Case, Check
from validators.differences import difference
from validators.found import Found
from validators.papers import Cell, Paper
from validators.sameness import same_value
from validators.twins import is_confirmed, paired_lines

_HEADER = (
    ("number", "Numbers"), ("date", "Dates"), ("invoice_number", "Invoice numbers"), ("currency", "Currencies"),
    ("total_amount", "Total amounts"), ("freight", "Amounts of freight"), ("insurance", "Amounts of insurance"),
    ("discount", "Discounts"), ("incoterm", "Delivery terms"), ("country_of_origin", "Origins"),
    ("packages", "Packages"), ("gross_weight_kg", "Gross weights"), ("net_weight_kg", "Net weights"),
)  # fmt: skip
_LINE = (
    ("quantity", "Quantities"), ("unit", "Units"), ("unit_price", "Unit prices"), ("amount", "Amounts"),
    ("hs_code", "Tariff codes"), ("origin", "Origins"), ("net_weight_kg", "Net weights"),
    ("gross_weight_kg", "Gross weights"), ("packages", "Packages"),
)  # fmt: skip
_ROLES = {"exporter": ("exporter",), "consignee": ("consignee", "buyer", "notify_party")}
"""A party of the figures and the roles in which the page may name the same one."""


def pages_state_their_figures(case: Case) -> Iterator[Found]:
    for paper in case.papers.all:
        if paper.twin_of is not None:
            page = case.papers.at(paper.twin_of)
            figures = replace(paper, type=page.type)
            yield from _headers(page, figures)
            yield from _parties(page, figures)
            yield from _lines(page, figures)


def _headers(page: Paper, figures: Paper) -> Iterator[Found]:
    for name, what in _HEADER:
        left, right = page.any(name), figures.any(name)
        if left and right and not is_confirmed(page.fields, figures.fields, name):
            yield difference("value_mismatch", what, left=left, right=right)


def _parties(page: Paper, figures: Paper) -> Iterator[Found]:
    for name, roles in _ROLES.items():
        stated = figures.party(name)
        named = [cell for role in roles if (cell := page.party(role)) is not None]
        if stated and named and not any(_is_one(cell, stated) for cell in named):
            yield difference("value_mismatch", "Parties", left=named[0], right=stated)


def _is_one(left: Cell[Party], right: Cell[Party]) -> bool:
    return same_value("exporter", left.value, right.value)


def _lines(page: Paper, figures: Paper) -> Iterator[Found]:
    if not figures.lines:
        return
    pairs = paired_lines(page.lines, figures.lines)
    if not pairs:
        message = (
            f"{page.title} has {len(page.lines)} lines on the page and {len(figures.lines)} as figures: "
            "find out which of them are the goods"
        )
        places = (page.place(), figures.place())
        yield Found("value_mismatch", message, places=places, pointers=("/items", "/total_invoice_amount"))
    for ours, theirs in pairs:
        for name, what in _LINE:
            left, right = page.any(name, ours), figures.any(name, theirs)
            if left and right and not is_confirmed(page.lines[ours], figures.lines[theirs], name):
                yield difference("value_mismatch", what, left=left, right=right)


CHECKS = (Check(frozenset({"value_mismatch", "illegible"}), pages_state_their_figures),)
