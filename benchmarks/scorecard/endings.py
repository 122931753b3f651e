"""How shipments ended: cleared without a person, held, or cleared although they should not have been.

A silent error is a declaration marked clear with a wrong value in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.judging import agrees, same_rows
from benchmarks.scorecard.cases import Case
from schemas.declarations import DeclarationItem

_OF_ALL: Final = (
    "exporter", "importer", "currency", "total_invoice_amount", "incoterm", "incoterm_place", "gross_mass_kg",
    "packages",
)  # fmt: skip
_OF_ITEMS: Final = ("description", "hs_code", "origin", "quantity", "unit", "net_mass_kg", "item_price")
_SUBHEADING: Final = 6
"""Digits: what is the same in every country."""


@dataclass(frozen=True, slots=True)
class Declared:
    """One value that should be declared, or an item too many. `given` is False where it was left open."""

    pointer: str
    given: bool
    right: bool

    @property
    def wrong(self) -> bool:
        return self.given and not self.right


@dataclass(frozen=True, slots=True)
class Endings:
    """Counts of shipments, and the names of those that ended badly.

    `may_pass`: nothing planted, and nothing printed that may be asked about as a matter of policy.
    """

    shipments: int
    cleared: int
    held: int
    rejected: int
    may_pass: int
    passed: int
    to_hold: int
    silent: tuple[str, ...]
    wrongly_cleared: tuple[str, ...]
    cleared_with_gaps: tuple[str, ...]
    declared: int
    declared_right: int
    declared_wrong: int


def endings(cases: Iterable[Case]) -> Endings:
    known = list(cases)
    statuses = [case.result.status for case in known]
    may_pass = [case for case in known if case.truth.status == "clear" and not case.truth.acceptable_findings]
    values = [one for case in known for one in declared(case)]
    return Endings(
        shipments=len(known),
        cleared=statuses.count("clear"),
        held=statuses.count("held"),
        rejected=statuses.count("rejected"),
        may_pass=len(may_pass),
        passed=sum(case.result.status == "clear" for case in may_pass),
        to_hold=sum(case.truth.status == "held" for case in known),
        silent=_named(case for case in known if is_silent_error(case)),
        wrongly_cleared=_named(case for case in known if _is_clear(case) and case.truth.status == "held"),
        cleared_with_gaps=_named(case for case in known if _is_clear(case) and _has_gaps(case)),
        declared=len(values),
        declared_right=sum(one.right for one in values),
        declared_wrong=sum(one.wrong for one in values),
    )


def _named(cases: Iterable[Case]) -> tuple[str, ...]:
    return tuple(f"{case.truth.id} {case.level}" for case in cases)


def _is_clear(case: Case) -> bool:
    return case.result.status == "clear"


def is_silent_error(case: Case) -> bool:
    return _is_clear(case) and any(one.wrong for one in declared(case))


def _has_gaps(case: Case) -> bool:
    return any(not one.given for one in declared(case))


def declared(case: Case) -> Iterator[Declared]:
    """Each value that the truth declares and no mismatch disputes, and every item that is none."""
    declaration = case.result.declaration
    for name in _OF_ALL:
        wanted = case.truth.declaration.get(name)
        if wanted is not None and f"/{name}" not in case.truth.declaration_disputed:
            value = getattr(declaration, name, None)
            yield Declared(f"/{name}", value is not None, agrees(name, wanted, value))
    if "/items" not in case.truth.declaration_disputed:
        yield from _items(case, declaration.items if declaration is not None else ())


def _items(case: Case, items: Sequence[DeclarationItem]) -> Iterator[Declared]:
    told = case.truth.declaration.get("items")
    rows = [row for row in told if isinstance(row, dict)] if isinstance(told, list) else []
    given = [_given(item) for item in items]
    pairs = {row: at for at, row in same_rows(given, rows).items()}
    for number, row in enumerate(rows):
        values = given[pairs[number]] if number in pairs else {}
        yield from _cells(f"/items/{number}", row, values, case.truth.declaration_disputed)
    for at in sorted(set(range(len(given))) - set(pairs.values())):
        yield Declared(f"/items/beyond/{at}", given=True, right=False)


def _given(item: DeclarationItem) -> dict[str, object]:
    return {name: value for name in _OF_ITEMS if (value := getattr(item, name)) is not None}


def _cells(
    pointer: str, row: Mapping[str, object], values: Mapping[str, object], disputed: frozenset[str]
) -> Iterator[Declared]:
    for name in _OF_ITEMS:
        wanted = row.get(name)
        if wanted is not None and f"{pointer}/{name}" not in disputed:
            value = values.get(name)
            right = value is not None and (
                _same_code(wanted, value) if name == "hs_code" else agrees(name, wanted, value)
            )
            yield Declared(f"{pointer}/{name}", value is not None, right)


def _same_code(wanted: object, value: object) -> bool:
    """A code with fewer digits is no wrong one, as long as it names a subheading."""
    short, long = sorted((str(wanted), str(value)), key=len)
    return len(short) >= _SUBHEADING and long.startswith(short)
