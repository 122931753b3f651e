"""What a declaration needs of each item and no paper was seen to give: asked once for a column, not line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.documents import AnyField
from schemas.findings import Evidence, FindingCode, Suggestion
from schemas.shipments import LineRef
from validators.case import Case, Check
from validators.classification.articles import articles
from validators.classification.suggesting import proposals, suggestion
from validators.found import Found
from validators.numbering import lines_told
from validators.papers import BY_EYE, Paper

# Declared value of an item, the column that gives it, and what a clerk calls it (contract: field_missing).
_OF_ITEM = (
    ("description", "description", "description"),
    ("quantity", "quantity", "quantity"),
    ("item_price", "amount", "amount"),
    ("hs_code", "hs_code", "tariff code of six digits"),
)
# The net mass last, as it takes a packing list.
_READABLE = (("unit", "unit", "unit"), ("net_mass_kg", "net_weight_kg", "net mass"))
_ON_EVERY_INVOICE = frozenset({"description", "quantity", "amount"})
"""Columns without which a paper would be no invoice: where all of one is missing, its heading was not known."""
_SIX = 6
_FEW = 3


@dataclass(frozen=True, slots=True)
class _Gap:
    """A value that is missing of the item at that position, on the invoice's line."""

    position: int
    ref: LineRef
    pointer: str


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of a paper and the values that are missing in it, top to bottom."""

    paper: Paper
    name: str
    gaps: tuple[_Gap, ...]

    @property
    def where(self) -> str:
        return f"{self.paper.title}, {lines_told([gap.ref.line + 1 for gap in self.gaps])}"

    @property
    def places(self) -> tuple[Evidence, ...]:
        """Every line, as each needs a value of its own."""
        place = self.paper.place(self.name)
        return tuple(place.model_copy(update={"line": gap.ref.line + 1}) for gap in self.gaps)

    def lost(self) -> _Column:
        """Of the gaps those that were rather lost in reading than left blank: of a column or of a row not recognised.

        The eye found others of the column; or nothing was found of a column that every invoice has; or the row has no
        description, without which there is no line of goods.
        """
        there = (self.paper.field(self.name, line) for line in range(len(self.paper.lines)))
        found = [one for one in there if one is not None and not _is_typed(one)]
        whole = any(one.reader in BY_EYE for one in found) if found else self.name in _ON_EVERY_INVOICE
        return replace(self, gaps=tuple(gap for gap in self.gaps if whole or self._is_unread(gap.ref.line)))

    def _is_unread(self, line: int) -> bool:
        described = self.paper.field("description", line)
        return described is None or _is_typed(described)


def _is_typed(field: AnyField) -> bool:
    """Whether a person gave it where nothing was read: that says nothing of how the rest was read."""
    return field.reader == "person" and field.box is None and field.locator is None


def item_values_are_there(case: Case) -> Iterator[Found]:
    """A column that was not recognised and rows that lost a cell are questions to read; a blank on paper is not."""
    uncoded = [n for n in range(len(case.matched.items)) if not _has(case, n, "hs_code")]
    suggested = _suggested(case, uncoded)
    for declared, name, what in _OF_ITEM:
        for of in _columns(case, name, _gaps(case, declared)):
            lost = of.lost()
            if lost.gaps:
                yield _missing("illegible", f"the {what} could not be read", lost)
            blank = replace(of, gaps=tuple(gap for gap in of.gaps if gap not in lost.gaps))
            yield from _blank(f"no paper gives the {what}", blank, suggested if name == "hs_code" else {})


def _blank(told: str, of: _Column, suggested: Mapping[int, Suggestion | None]) -> Iterator[Found]:
    """A few lines each by itself, with its own suggestion; of many together the first that has one."""
    groups = [of.gaps] if len(of.gaps) > _FEW else [(gap,) for gap in of.gaps]
    for gaps in groups:
        hint = next((found for gap in gaps if (found := suggested.get(gap.position)) is not None), None)
        yield replace(_missing("field_missing", told, replace(of, gaps=gaps)), suggestion=hint)


def _missing(code: FindingCode, told: str, of: _Column) -> Found:
    pointers = tuple(gap.pointer for gap in of.gaps)
    return Found(code, f"{of.where}: {told}", nature="missing", places=of.places, pointers=pointers)


def _gaps(case: Case, declared: str) -> list[_Gap]:
    return [
        _Gap(n, item.lines[0], f"/items/{n}/{declared}")
        for n, item in enumerate(case.matched.items)
        if not _has(case, n, declared)
    ]


def _columns(case: Case, name: str, gaps: Iterable[_Gap]) -> Iterator[_Column]:
    """The gaps by their papers."""
    found: dict[int, list[_Gap]] = defaultdict(list)
    for gap in gaps:
        found[gap.ref.document].append(gap)
    yield from (_Column(case.papers.at(index), name, tuple(of)) for index, of in found.items())


def _has(case: Case, n: int, declared: str) -> bool:
    standing = case.standings.by_pointer.get(f"/items/{n}/{declared}")
    if standing is None or declared != "hs_code":
        return standing is not None
    ref = standing.fields[0]
    cell = case.papers.at(ref.document).text("hs_code", ref.line)
    return cell is not None and len(cell.value) >= _SIX


def _suggested(case: Case, positions: Sequence[int]) -> dict[int, Suggestion | None]:
    """Codes that may be those of goods without one, by the items' positions."""
    uncoded = [article for article in articles(case) if article.position in positions] if positions else []
    found = zip(uncoded, proposals(case, uncoded), strict=True)
    return {article.position: suggestion(article, proposed) for article, proposed in found}


def item_values_could_be_read(case: Case) -> Iterator[Found]:
    """Unit and net mass of every item: as a rule papers print them, so that none means one not read."""
    for declared, name, what in _READABLE if case.papers.of("packing_list") else _READABLE[:1]:
        reasons: dict[str, list[_Gap]] = defaultdict(list)
        for gap in _gaps(case, declared):
            reasons[_why_not(case, gap.ref)].append(gap)
        for why, gaps in reasons.items():
            for of in _columns(case, name, gaps):
                message = f"{of.where}: the {what} of these goods {why}"
                yield Found("illegible", message, nature="missing", places=of.places)


def _why_not(case: Case, ref: LineRef) -> str:
    group = case.matched.packing.of(ref)
    shared = group is not None and group.right and len(group.left) > 1
    return "stands on no paper by itself: it is packed with other lines" if shared else "could be read on no paper"


CHECKS = (
    Check(frozenset({"field_missing", "illegible"}), item_values_are_there),
    Check(frozenset({"illegible"}), item_values_could_be_read),
)
