"""The repairs that restore broken relations: one value misread, or a few; everything that held must hold still."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import prod
from typing import Final

from validators.arithmetic import in_places
from validators.papers import DRAFT, Cell, Papers
from validators.solving.likelihood import Repair, chance_of, odds_of, rarity, repair_of
from validators.solving.relations import Place, Relation, can_be_misread, exponent, place

MOST: Final = 3
"""Values of one solution: an article's quantity may be misread alike on invoice, packing list and certificate."""
_TRIES: Final = 400
"""Repairs tried for one broken relation; papers broken in so many ways are a person's."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Values misread together and the relations that hold again with what they stand for.

    `odds` are against errors on paper. `merit` ranks solutions of the same relations: what a solution leaves broken
    would have to be an error on paper as well.
    """

    repairs: tuple[Repair, ...]
    mended: tuple[int, ...]
    odds: float
    merit: float

    @property
    def places(self) -> frozenset[Place]:
        return frozenset(place(repair.cell) for repair in self.repairs)


class System:
    """All relations of the papers, and which of them are broken."""

    def __init__(self, relations: Sequence[Relation], papers: Papers) -> None:
        self.relations, self._papers = tuple(relations), papers
        self._columns: dict[tuple[int, str], Counter[int]] = {}
        self._errors_at: dict[Place, bool] = {}
        self._at: dict[Place, list[int]] = defaultdict(list)
        for n, relation in enumerate(self.relations):
            for cell in relation.cells:
                self._at[place(cell)].append(n)
        self.broken = frozenset(n for n, relation in enumerate(self.relations) if not relation.is_kept({}))
        self._broken_at = {at: self.broken.intersection(of) for at, of in self._at.items()}

    def solutions(self) -> list[Solution]:
        """Every way to mend one broken relation or more, the likeliest first and the same for any order of papers."""
        found: dict[Key, Solution] = {}
        for root in sorted(self.broken):
            search = _Search(self, _TRIES)
            for repairs in search.mending(root, {}):
                key = frozenset((place(one.cell), one.value) for one in repairs)
                if key not in found:
                    found[key] = self._solution(repairs)
        whole = [one for key, one in found.items() if len(key) == 1 or not _has_part(key, one, found)]
        return sorted(whole, key=lambda one: (-one.merit, _printed(one)))

    def _solution(self, repairs: tuple[Repair, ...]) -> Solution:
        changes = {place(one.cell): one.value for one in repairs}
        touched = self.touched(changes)
        mended = tuple(n for n in touched if n in self.broken and self.relations[n].is_kept(changes))
        rare = [rarity(within_one_paper=self.relations[n].within_one_paper) for n in mended]
        loose = all(self.relations[n].loose for n in mended)
        odds = odds_of(repairs, rare=min(rare), errors=self._errors(mended), loose=loose) * self._left_over(mended)
        inexact = sum(not self.relations[n].is_exact(changes) for n in mended)
        return Solution(repairs, mended, odds, chance_of(repairs, inexact) / prod(rare))

    def _errors(self, mended: Sequence[int]) -> int:
        """How many wrong values it takes to break these: one where a single value stands in all of them."""
        cells = [{*map(place, self.relations[n].cells)} for n in mended]
        return 1 if not cells or set.intersection(*cells) else 2

    def places(self, relation: int) -> frozenset[Place]:
        """Where the values of that relation stand."""
        return frozenset(map(place, self.relations[relation].cells))

    def _left_over(self, mended: Sequence[int]) -> float:
        """What it costs that one value wrong on paper would explain more than these repairs do, and they leave it."""
        shared = frozenset.intersection(*(self.places(n) for n in mended))
        known = set(mended)
        more = [self._broken_at[at] - known for at in shared if self._broken_at[at] > known and self._is_one_error(at)]
        most: frozenset[int] = max(more, key=len, default=frozenset())
        return prod(rarity(within_one_paper=self.relations[n].within_one_paper) for n in most)

    def _is_one_error(self, at: Place) -> bool:
        """Whether some value there would keep all relations that it stands in."""
        if at not in self._errors_at:
            values = {value for n in self._broken_at[at] for value in self.relations[n].wanted({}, at)}
            self._errors_at[at] = any(self.failing({at: value}) is None for value in values)
        return self._errors_at[at]

    def rules(self, solution: Solution) -> list[str]:
        """What holds again with the solution, each rule once."""
        return list(dict.fromkeys(self.relations[n].rule for n in solution.mended))

    def decimals(self, cell: Cell[object]) -> tuple[int, int] | None:
        """How many decimals other values of the column have, mostly and at most; None where nothing tells."""
        if cell.name == "packages":
            return 0, 0
        if cell.line is None or cell.document == DRAFT:
            return None
        column = cell.document, cell.name
        if column not in self._columns:
            peers = self._papers.at(cell.document).column(cell.name)
            self._columns[column] = Counter(max(0, -exponent(peer.value)) for peer in peers)
        others = self._columns[column]
        if isinstance(cell.value, Decimal):
            others = others - Counter([max(0, -exponent(cell.value))])
        return (others.most_common(1)[0][0], max(others)) if others else None

    def is_stated(self, cell: Cell[object], value: object) -> bool:
        """Whether another paper prints that value for the same thing."""
        sides = (self.relations[n].cells for n in self._at[place(cell)] if self.relations[n].alike)
        return any(other.value == value for cells in sides for other in cells if other is not cell)

    def touched(self, changes: Mapping[Place, object]) -> list[int]:
        return sorted({n for at in changes for n in self._at[at]})

    def failing(self, changes: Mapping[Place, object]) -> int | None:
        """The first relation that the changes touch and do not keep; soft ones that were broken before may stay so."""
        for n in self.touched(changes):
            relation = self.relations[n]
            if not (relation.soft and n in self.broken) and not relation.is_kept(changes):
                return n
        return None


Key = frozenset[tuple[Place, object]]


def _has_part(key: Key, whole: Solution, found: Mapping[Key, Solution]) -> bool:
    """Whether fewer of the same repairs mend all the same."""
    parts = (frozenset(part) for count in range(1, len(key)) for part in combinations(key, count))
    return any(part in found and set(found[part].mended) >= set(whole.mended) for part in parts)


def _printed(solution: Solution) -> list[tuple[str, str, int, str]]:
    """What stands on the papers, for an order that does not hang on which paper came first."""
    return sorted(
        (one.cell.type, one.cell.name, -1 if one.cell.line is None else one.cell.line, str(one.value))
        for one in solution.repairs
    )


def _as_fine(read: object, value: object) -> object:
    """With as many decimals as were read: fewer would be rounded coarser than the paper does, and fit too much."""
    if isinstance(read, Decimal) and isinstance(value, Decimal) and exponent(value) > exponent(read):
        return in_places(value, exponent(read))
    return value


class _Search:
    """Depth first, from one broken relation, as long as tries are left."""

    def __init__(self, system: System, tries: int) -> None:
        self._system, self._tries = system, tries

    def mending(self, root: int, done: Mapping[Place, Repair]) -> Iterator[tuple[Repair, ...]]:
        for repair in self._repairs(root, done):
            if self._tries <= 0:
                return
            self._tries -= 1
            repairs = {**done, place(repair.cell): repair}
            failing = self._system.failing({at: one.value for at, one in repairs.items()})
            if failing is None:
                yield tuple(repairs.values())
            elif len(repairs) < MOST:
                yield from self.mending(failing, repairs)

    def _repairs(self, root: int, done: Mapping[Place, Repair]) -> Iterator[Repair]:
        relation = self._system.relations[root]
        changes = {at: one.value for at, one in done.items()}
        for cell in relation.cells:
            at = place(cell)
            if at in done or not can_be_misread(cell):
                continue
            left_open = (other.value for other in cell.field.alternatives)
            fitting = (one for one in left_open if relation.is_kept({**changes, at: one}))
            wanted = (_as_fine(cell.value, value) for value in relation.wanted(changes, at))
            for value in dict.fromkeys((*wanted, *fitting)):
                stated = self._system.is_stated(cell, value)
                repair = repair_of(cell, value, decimals=self._system.decimals(cell), stated=stated)
                if repair is not None:
                    yield repair
