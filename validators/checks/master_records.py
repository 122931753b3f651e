"""The papers against the user's master data. What differs is told and holds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from schemas.findings import FindingCode
from schemas.reference import ArticleRecord, PartyRecord
from schemas.values import Party
from validators.case import Case, Check
from validators.figures import Item, item_at
from validators.found import Found
from validators.goods import same_code
from validators.master_data import articles_for, listed, party_records
from validators.origins import is_same_origin
from validators.papers import Cell
from validators.sameness import reference
from validators.standing import importers
from validators.units import converted

Same = Callable[[str, str], bool]


def _same_unit(left: str, right: str) -> bool:
    return converted(Decimal(1), left, right) is not None


_OF_AN_ARTICLE: tuple[tuple[FindingCode, str, str, Same], ...] = (
    ("hs_mismatch", "hs_code", "tariff code", lambda left, right: same_code(left, right) is not False),
    ("origin_mismatch", "origin", "origin", is_same_origin),
    ("unit_mismatch", "unit", "unit", _same_unit),
)
"""What a record says of an article: the code of the finding, the value, its name in words, and when two are one."""


def articles_are_as_recorded(case: Case) -> Iterator[Found]:
    for position, goods in enumerate(case.matched.items if case.references.articles else ()):
        records = articles_for(case, goods)
        if records:
            yield from _article(case, item_at(case, position), records)


def _article(case: Case, item: Item, records: Sequence[ArticleRecord]) -> Iterator[Found]:
    for code, name, what, same in _OF_AN_ARTICLE:
        cell = item.first(name)
        recorded = [(record, value) for record in records if (value := getattr(record, name))]
        if cell is None or not recorded or any(same(cell.shown, value) for _, value in recorded):
            continue
        record, value = recorded[0]
        where = f"{listed(case, 'articles')}, line {record.line}"
        message = f"{cell.where}: {what} {cell.shown}; the article is recorded with {value} ({where})"
        yield Found(code, message, (cell,), "policy", "info")


def parties_are_as_recorded(case: Case) -> Iterator[Found]:
    sellers = case.papers.parties("exporter", "commercial_invoice")
    for cell in sellers:
        yield from _party(case, "exporter_mismatch", cell)
    for importer in importers(case.matched)[:1]:
        yield from _party(case, "consignee_mismatch", importer)


def _party(case: Case, code: FindingCode, cell: Cell[object]) -> Iterator[Found]:
    party = cell.value
    if not isinstance(party, Party):
        return
    for record in party_records(case, party.name)[:1]:
        for what, printed, recorded in _differing(party, record):
            where = f"{listed(case, 'parties')}, line {record.line}"
            message = f"{cell.where}: {party.name}: {what} {printed}; the party is recorded with {recorded} ({where})"
            yield Found(code, message, (cell,), "policy", "info")


def _differing(party: Party, record: PartyRecord) -> Iterator[tuple[str, str, str]]:
    """Country and registration numbers; only numbers of one country are of one kind and can be compared."""
    if party.country and record.country and party.country != record.country:
        yield "country", party.country, record.country
    printed = reference(party.tax_id or "")
    known = [number for number in (record.vat, record.eori) if number and _is_of_one_kind(printed, reference(number))]
    if known and printed not in map(reference, known):
        yield "number", printed, known[0]


def _is_of_one_kind(printed: str, recorded: str) -> bool:
    return printed[:2].isalpha() and printed[:2] == recorded[:2] and len(printed) == len(recorded)


CHECKS = (
    Check(frozenset({"hs_mismatch", "origin_mismatch", "unit_mismatch"}), articles_are_as_recorded),
    Check(frozenset({"exporter_mismatch", "consignee_mismatch"}), parties_are_as_recorded),
)
