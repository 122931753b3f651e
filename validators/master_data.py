"""What the user's master data say of a party or an article. They support and suggest; a paper is never overwritten.

The rows come from lists that the user loads. Decisions of clerks may fill them later: whoever builds the References
adds such rows, and nothing here has to know where a row came from.
"""

from __future__ import annotations

from schemas.reference import ANY_DAY, ArticleRecord, PartyRecord, ReferenceKind, counting
from schemas.shipments import LineRef
from schemas.values import Party
from validators.case import Case
from validators.goods import Goods
from validators.names import is_same_party
from validators.papers import Cell
from validators.same_goods import KnownGoods, Named
from validators.sellers import seller_of


def exporter_of(case: Case, line: LineRef) -> Cell[Party] | None:
    """Who sells the goods of an invoice line: the exporter of that invoice, else of any paper."""
    return seller_of(case.papers, case.papers.at(line.document))


def named(item: Goods) -> Named:
    return Named(item.part, next(iter(item.descriptions), None), item.hs)


def articles_for(case: Case, item: Goods) -> list[ArticleRecord]:
    """The records of this item's exporter that speak of these goods and count on the day, in the list's order."""
    exporter = exporter_of(case, item.lines[0])
    if exporter is None or not case.references.articles:
        return []
    rows = counting(case.references.articles, case.as_of)
    own = [row for row in rows if is_same_party(row.exporter, exporter.value.name, same_name=case.tolerances.same_name)]
    known = KnownGoods(own)
    return known.like(named(item))


def party_records(case: Case, name: str) -> list[PartyRecord]:
    """The records of a party of this name or alias that count on the day, in the list's order."""
    same_name = case.tolerances.same_name
    return [
        row
        for row in counting(case.references.parties, case.as_of)
        if any(is_same_party(one, name, same_name=same_name) for one in (row.name, *row.aliases))
    ]


def listed(case: Case, kind: ReferenceKind) -> str:
    """The list a message rests on, with its date: "articles.csv of 2026-01-01"."""
    version = case.references.version(kind)
    if version is None or version.valid_from == ANY_DAY:
        return version.name if version else "the list in use"
    return f"{version.name} of {version.valid_from}"
