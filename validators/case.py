"""What a check is given: the joined and witnessed papers, what stands for the declaration, and the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from schemas.findings import FindingCode
from schemas.pages import Notice
from schemas.ports import EarlierShipments, Similarity
from schemas.reference import NO_LISTS, References
from validators.found import Found
from validators.matched import Matched
from validators.papers import Papers
from validators.standing import Standings
from validators.tolerances import Tolerances


@dataclass(frozen=True, slots=True)
class Case:
    """One shipment under examination. `as_of` is the day the declaration would be accepted.

    `jurisdiction` is where it would be declared: the setting, else where the goods go, else None.
    """

    reference: str
    as_of: dt.date
    matched: Matched
    standings: Standings
    tolerances: Tolerances
    earlier: EarlierShipments
    similarity: Similarity
    notices: tuple[Notice, ...] = ()
    references: References = NO_LISTS
    jurisdiction: str | None = None

    @property
    def papers(self) -> Papers:
        return self.matched.papers


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: the codes it can yield and what it finds in a case, in the order of the papers."""

    codes: frozenset[FindingCode]
    run: Callable[[Case], Iterator[Found]]
