"""All rules of a shipment's papers, and what the broken ones are likeliest to come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from schemas.findings import FindingCode, Nature
from validators.case import Case
from validators.found import Found
from validators.solving.accounts import account_relations
from validators.solving.agreements import agreement_relations, pair
from validators.solving.codes import code_relations, order_relations
from validators.solving.likelihood import Repair
from validators.solving.masses import mass_relations
from validators.solving.relations import Relation, place
from validators.solving.search import Solution, System

_LIKELIER: Final = 4.0
"""How much likelier than any other one repair must be to be suggested."""
PAIRED: Final[frozenset[FindingCode]] = frozenset({
    "value_mismatch", "currency_mismatch", "origin_mismatch", "hs_mismatch", "quantity_mismatch", "unit_mismatch",
    "package_mismatch", "gross_weight_mismatch", "net_weight_mismatch", "reference_mismatch", "certificate_reference",
    "incoterm_mismatch", "duty_mismatch",
})  # fmt: skip
"""Codes whose two values ought to be one, whether or not a rule of the papers' arithmetic names them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The likeliest solution of some broken relations, and the others that would mend any of them."""

    best: Solution
    rivals: tuple[Solution, ...]

    @property
    def nature(self) -> Nature:
        """A misreading where all that could be one weigh more together than an error on paper."""
        odds = self.best.odds + sum(rival.odds for rival in self.rivals)
        return "misread" if odds >= 1 else "discrepancy"

    @property
    def is_plain(self) -> bool:
        """Whether one solution stands out, so that it may be suggested."""
        nearest = max((rival.merit for rival in self.rivals), default=0.0)
        return self.nature == "misread" and self.best.merit >= _LIKELIER * nearest

    def repairs(self, most: int) -> Iterator[Repair]:
        """Those of the likeliest solutions, best first."""
        for solution in (self.best, *sorted(self.rivals, key=lambda one: -one.merit))[:most]:
            yield from solution.repairs


def relations_of(case: Case, found: Sequence[Found]) -> list[Relation]:
    """Every rule that the papers' values keep or break."""
    papers, tolerances = case.papers, case.tolerances
    relations = [relation for paper in papers.of("commercial_invoice") for relation in account_relations(paper)]
    for paper in papers.of("commercial_invoice", "packing_list", "transport_document"):
        relations += mass_relations(paper, tolerances)
    relations += agreement_relations(case.matched, tolerances)
    relations += (*code_relations(papers, case.as_of), *order_relations(papers, case.as_of))
    known = [frozenset(map(place, relation.cells)) for relation in relations]
    for one in found:
        if one.code in PAIRED and len(one.cells) == 2 and not any({*map(place, one.cells)} <= of for of in known):  # noqa: PLR2004 - a pair
            relations.append(pair(one.cells[0], one.cells[1], tolerances))
    return relations


def verdicts(system: System) -> list[Verdict]:
    """One for each cause, the likeliest first; no relation is explained twice."""
    solutions, explained, reached = system.solutions(), set[int](), list[Verdict]()
    for solution in solutions:
        if explained & set(solution.mended):
            continue
        explained |= set(solution.mended)
        rivals = [one for one in solutions if one is not solution and set(one.mended) & set(solution.mended)]
        reached.append(Verdict(solution, tuple(rivals)))
    return reached
