"""What was found, told apart: a misreading with the value that mends it, or papers that disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from schemas.findings import Suggestion
from validators.arithmetic import in_places
from validators.case import Case
from validators.confusions import SAID
from validators.found import Found
from validators.papers import Cell
from validators.solving.likelihood import Repair
from validators.solving.relations import Place, place
from validators.solving.search import Solution, System
from validators.solving.verdicts import PAIRED, Verdict, relations_of, verdicts

_SURELY: Final = 50.0
"""Odds from which a misreading is asked for as such: at most one in fifty of these is an error on paper."""
_FEW: Final = 2
_WEIGHED: Final = 6
"""Solutions of one cause whose values are worth another look."""
_COUNTS: Final = frozenset({"quantity", "packages", "price_basis"})
MAY_BE_MISREAD: Final = PAIRED | {
    "line_arithmetic", "total_arithmetic", "weight_order", "date_order", "hs_invalid", "certificate_coverage",
    "illegible", "incoterm_invalid", "certificate_expired", "hs_description",
}  # fmt: skip
"""Codes that a misreading may be the cause of; the others are about what is missing, or about policy."""


@dataclass(frozen=True, slots=True)
class Solved:
    """Findings with their natures, and the repairs weighed for what is broken, the likeliest of each cause first.

    `likely` are those that stand out: what is suggested.
    """

    found: tuple[Found, ...]
    repairs: tuple[Repair, ...] = ()
    likely: tuple[Repair, ...] = ()


def solved(case: Case, found: Sequence[Found]) -> Solved:
    """The findings with the nature that solving gives them.

    What surely comes of one misreading is asked once, with all its places. Every value that was in doubt stays so, and
    the values taken for misread besides: nothing passes by this.
    """
    if not any(_is_open(one) for one in found):
        return Solved(tuple(found))
    system = System(relations_of(case, found), case.papers)
    reached = verdicts(system) if system.broken else []
    causes = [_cause(one, reached, system) if _is_open(one) else None for one in found]
    told = _told(found, causes, system, case.tolerances.evidence_limit)
    weighed = (repair for verdict in reached for repair in verdict.repairs(_WEIGHED))
    likely = (repair for verdict in reached if verdict.is_plain for repair in verdict.best.repairs)
    return Solved(tuple(told), tuple(weighed), tuple(likely))


def _is_open(one: Found) -> bool:
    return one.code in MAY_BE_MISREAD and bool(one.cells) and one.finding.holds and one.nature != "missing"


@dataclass(frozen=True, slots=True)
class _Cause:
    """The verdict a finding comes of. `alone` says that nothing else is wrong with the values it shows."""

    verdict: Verdict
    alone: bool

    @property
    def is_sure(self) -> bool:
        return self.alone and self.verdict.is_plain and self.verdict.best.odds >= _SURELY


def _cause(one: Found, reached: Sequence[Verdict], system: System) -> _Cause | None:
    shown = frozenset(map(place, one.cells))
    told = {n for n in system.broken if len(shown & system.places(n)) >= min(len(shown), _FEW)}
    for verdict in reached:
        mended = set(verdict.best.mended)
        about = shown & verdict.best.places if len(shown) == 1 else told & mended
        if verdict.nature == "misread" and about:
            return _Cause(verdict, told <= mended or len(shown) == 1)
    return None


def _told(found: Sequence[Found], causes: Sequence[_Cause | None], system: System, limit: int) -> Iterator[Found]:
    asked: set[int] = set()
    for one, cause in zip(found, causes, strict=True):
        if cause is None:
            yield one
        elif not cause.is_sure:
            yield _misread(one, cause.verdict, system)
        elif id(cause.verdict) not in asked:
            asked.add(id(cause.verdict))
            also = [other for other, of in zip(found, causes, strict=True) if of and of.verdict is cause.verdict]
            yield from _questions(cause.verdict.best, [other for other in also if other], system, limit)


def _misread(one: Found, verdict: Verdict, system: System) -> Found:
    """The finding as it was, told as a misreading; with a suggestion where one repair stands out."""
    disputes = (*one.in_doubt, *(repair.cell for repair in verdict.best.repairs))
    kept = one.suggestion if one.code == "illegible" else None
    if verdict.is_plain:
        kept = _suggestion(_shown(one, verdict.best), system.rules(verdict.best))
    return replace(one, nature="misread", suggestion=kept, disputes=disputes)


def _shown(one: Found, solution: Solution) -> Repair:
    """The repair of a value that the finding shows, if there is one, else the likeliest."""
    shown = frozenset(map(place, one.cells))
    return next((repair for repair in solution.repairs if place(repair.cell) in shown), solution.repairs[0])


def _questions(solution: Solution, symptoms: Sequence[Found], system: System, limit: int) -> Iterator[Found]:
    """One for each value misread; the first shows the places of all that it explains, and keeps what they withhold."""
    rules = system.rules(solution)
    for repair in solution.repairs:
        first = repair is solution.repairs[0]
        beside = [cell for one in symptoms for cell in one.cells] if first else []
        withheld = [cell for one in symptoms for cell in one.in_doubt] if first else []
        suggestion = _suggestion(repair, rules)
        name = repair.cell.name.replace("_", " ")
        yield Found(
            "illegible",
            f"{repair.cell.where}: {name} was read as '{repair.cell.shown}' and is likely to be {suggestion.value}: "
            f"{suggestion.why}; please look and confirm",
            tuple(_each_once([repair.cell, *beside]))[: limit + 1],
            "misread",
            suggestion=suggestion,
            places=tuple(place for one in symptoms for place in one.places) if first else (),
            disputes=tuple(_each_once([repair.cell, *withheld])),
            pointers=tuple(dict.fromkeys(pointer for one in symptoms for pointer in one.pointers)) if first else (),
        )


def _each_once(cells: Iterable[Cell[object]]) -> Iterator[Cell[object]]:
    known: dict[Place, Cell[object]] = {}
    for cell in cells:
        known.setdefault(place(cell), cell)
    yield from known.values()


def _suggestion(repair: Repair, rules: Sequence[str]) -> Suggestion:
    cell, slip = repair.cell, "the reader's other reading" if repair.slip is None else SAID[repair.slip]
    return Suggestion(
        document=cell.type,
        field=cell.name,
        line=None if cell.line is None else cell.line + 1,
        value=_printed(repair),
        why=f"{slip}; with it {' and '.join(rules[:_FEW])}",
    )


def _printed(repair: Repair) -> str:
    """As it would stand on the paper: of counts without zeros behind the mark."""
    value = repair.value
    if isinstance(value, Decimal) and repair.cell.name in _COUNTS and value == value.to_integral_value():
        value = in_places(value, 0)
    return replace(repair.cell, value=value).shown
