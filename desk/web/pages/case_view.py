"""What the case page shows of a shipment: its papers, its findings with their places, what may be decided, the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from desk.web.pages.paper_view import (
    Pages,
    PaperView,
    PlaceView,
    boxed,
    page_id,
    page_of,
    pages_of,
    papers_of,
    places_of,
)
from flows.errors import WrongDecisionError
from flows.wishes import WAIVERS, Wish, refuse
from schemas.casework import Case, CaseFinding, CorrectablePlace, Option, Rechecked
from schemas.comparison import Comparison, TableRow, TableValue
from schemas.comparison import GoodsTable as Goods
from schemas.decisions import Role
from schemas.documents import DocumentType
from schemas.findings import Action, Finding
from schemas.results import ShipmentResult

_RANK: Final = {"error": 0, "warning": 1, "info": 2}
_ORDER: Final[tuple[Action, ...]] = ("accept", "correct", "waive", "forgo_preference", "request")
_PAIR: Final = 2
_TYPES: Final = get_args(DocumentType)
_POINTER: Final = re.compile(r" \(/[^()]*\)$")


@dataclass(frozen=True, slots=True)
class OfferView:
    """One thing to do; `refused` says why this person cannot do it, None where it can be done."""

    option: Option
    refused: str | None


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with its places on the pages and what can be done about it, in the order of the keys."""

    told: CaseFinding
    places: tuple[PlaceView, ...]
    offers: tuple[OfferView, ...]

    @property
    def finding(self) -> Finding:
        return self.told.finding

    @property
    def is_open(self) -> bool:
        return self.told.finding.holds

    @property
    def is_sorting(self) -> bool:
        """Whether it tells that a person sorted pages (`flows.assigned_pages`)."""
        told = self.told.finding
        is_told = (told.code, told.severity) == ("illegible", "info")
        return is_told and told.decision is not None and told.decision.value in _TYPES

    @property
    def correctable(self) -> tuple[CorrectablePlace, ...]:
        """Where a value can be given, empty where this person may not correct here."""
        can = (one.option.places for one in self.offers if one.option.action == "correct" and one.refused is None)
        return next(can, ())

    @property
    def place_needed(self) -> bool:
        return any(one.option.place_needed for one in self.offers)

    @property
    def suggested(self) -> CorrectablePlace | None:
        return next((one for one in self.correctable if one.is_suggested), None) if self.finding.suggestion else None

    @property
    def takes(self) -> tuple[CorrectablePlace, ...]:
        """Of two values that ought to be one: the places, of which one key takes the value for both."""
        if len(self.correctable) != _PAIR or self.place_needed or self.suggested is not None:
            return ()
        return tuple(one for one in self.correctable if one.value)

    def value_at(self, place: CorrectablePlace) -> str:
        """The value as it is typed: behind one of the draft declaration stands where it is."""
        return _POINTER.sub("", place.value or "")


@dataclass(frozen=True, slots=True)
class CellView:
    value: TableValue
    page: str | None
    box: str | None


@dataclass(frozen=True, slots=True)
class RowView:
    """One row: the cells of each paper, in the order of the columns."""

    row: TableRow
    cells: tuple[tuple[CellView, ...], ...]

    @property
    def is_loud(self) -> bool:
        return self.row.agreement in ("disputed", "differs")


@dataclass(frozen=True, slots=True)
class GoodsView:
    goods: Goods
    rows: tuple[RowView, ...]

    @property
    def is_loud(self) -> bool:
        return self.goods.is_loud


@dataclass(frozen=True, slots=True)
class CaseView:
    """`now` is the case judged with what is drafted, None where nothing is."""

    case: Case
    now: Rechecked | None
    pages: Pages
    papers: tuple[PaperView, ...]
    findings: tuple[FindingView, ...]
    header: tuple[RowView, ...]
    goods: tuple[GoodsView, ...]

    @property
    def result(self) -> ShipmentResult:
        return self.case.result if self.now is None else self.now.result

    @property
    def comparison(self) -> Comparison:
        return self.case.comparison if self.now is None else self.now.comparison

    @property
    def open(self) -> int:
        """How many findings still hold the shipment."""
        return sum(one.is_open for one in self.findings)

    @property
    def asked_on(self) -> Mapping[str, int]:
        """How many places of open findings each page has, by the page's id."""
        counts: dict[str, int] = {}
        for place in (place for one in self.findings if one.is_open for place in one.places):
            if place.page is not None:
                counts[page_id(place.page)] = counts.get(page_id(place.page), 0) + 1
        return counts

    def finding(self, key: str) -> FindingView | None:
        return next((one for one in self.findings if one.told.key == key), None)


def case_view(case: Case, now: Rechecked | None, role: Role | None) -> CaseView:
    """The page's content; without a role everything can be seen and nothing decided."""
    pages = pages_of(case)
    comparison = case.comparison if now is None else now.comparison
    documents = (case.result if now is None else now.result).documents
    return CaseView(
        case=case,
        now=now,
        pages=pages,
        papers=papers_of(documents, pages),
        findings=tuple(_findings(case, now, role, pages=pages)),
        header=_rows(comparison.header, comparison, case=case, pages=pages),
        goods=tuple(GoodsView(one, _rows(one.rows, comparison, case=case, pages=pages)) for one in comparison.goods),
    )


def _findings(case: Case, now: Rechecked | None, role: Role | None, *, pages: Pages) -> Iterator[FindingView]:
    """Those that hold first, the gravest of them first; then the settled ones, then what is only told."""
    result = case.result if now is None else now.result
    told = case.findings if now is None else now.findings
    for one in sorted(told, key=lambda one: (not one.finding.holds, _RANK[one.finding.severity])):
        places = places_of(one.finding.evidence, documents=result.documents, files=case.intake.files, pages=pages)
        offers = tuple(_offers(one, role)) if role is not None and one.finding.holds else ()
        yield FindingView(one, places, offers)


def _offers(told: CaseFinding, role: Role) -> Iterator[OfferView]:
    for option in sorted(told.options, key=lambda one: _ORDER.index(one.action)):
        yield OfferView(option, _refusal(told.finding, option.action, role))


def _refusal(finding: Finding, action: Action, role: Role) -> str | None:
    """What the flow would say to it, told before anybody tries."""
    try:
        refuse(finding, Wish(action, WAIVERS[0], "somebody", role, "0" if action == "correct" else None))
    except WrongDecisionError as error:
        return str(error)
    return None


def _rows(rows: Sequence[TableRow], comparison: Comparison, *, case: Case, pages: Pages) -> tuple[RowView, ...]:
    columns = [one.document for one in comparison.papers]
    return tuple(
        RowView(row, tuple(tuple(_cells(row, column, case, pages=pages)) for column in columns)) for row in rows
    )


def _cells(row: TableRow, column: int, case: Case, *, pages: Pages) -> Iterator[CellView]:
    document = case.result.documents[column]
    for one in row.values:
        if one.document == column:
            page = page_of(one.file, one.page, document=document, files=case.intake.files, pages=pages)
            yield CellView(one, page_id(page) if page is not None else None, boxed(one.box))
