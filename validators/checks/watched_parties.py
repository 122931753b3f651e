"""Every party on every paper, looked up on the watch list that the user loaded. Without one nothing is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from typing_extensions import override

from schemas.reference import WatchedParty
from schemas.values import Party
from validators.case import Case, Check
from validators.found import Found
from validators.listed import is_in_force, list_of
from validators.origins import is_same_origin
from validators.papers import TWIN, Cell
from validators.screening import (
    Index,
    Listed,
    Name,
    index_of,
    is_one,
    likeness,
    named,
    parts_of_name,
    stands_inside,
    weakest,
)

# A known country that agrees lets a name be this much less alike, one that does not must be made up for.
_COUNTRY_AGREES = 0.07
_COUNTRY_DIFFERS = 0.05
_SHORT_NAME = 5
_SHORT_EASTERN_NAME = 4
_LIKE_WORD = 0.85
_LONG_NAME = 12
_NAME_IN_ADDRESS = 8
_LINES_OF_ADDRESS = re.compile(r"[\n,;]")

_ROLES = {"notify_party": "notify party"}


@dataclass(frozen=True, slots=True)
class _Hit:
    """A party on a paper that may be a listed one; `score` from 0 to 1, `sure` where it is taken for it."""

    cell: Cell[Party]
    listed: Listed
    score: float
    sure: bool


class _SameRows:
    """Rows as the key of what was made of them: alike only if they are the same object, as comparing costs more."""

    def __init__(self, rows: tuple[WatchedParty, ...]) -> None:
        self.rows = rows

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SameRows) and self.rows is other.rows

    @override
    def __hash__(self) -> int:
        return id(self.rows)


@lru_cache(maxsize=2)
def _index(watched: _SameRows) -> Index:
    return index_of((n, name) for n, row in enumerate(watched.rows) for name in row.names)


def parties_are_not_watched(case: Case) -> Iterator[Found]:
    """One finding for each listed party, with every place that names it."""
    rows = case.references.watch_list
    if not rows:
        return
    cells = [cell for cell in case.papers.cells() if cell.type != TWIN]
    parties = [Cell(c.document, c.type, c.name, c.value, c.field) for c in cells if isinstance(c.value, Party)]
    hits = [hit for cell in parties for hit in _best(_hits(case, cell))]
    for _, of_row in groupby(sorted(hits, key=lambda hit: hit.listed.row), key=lambda hit: hit.listed.row):
        yield _found(case, list(of_row))


def _best(hits: Sequence[_Hit]) -> list[_Hit]:
    """The parties that a name is taken for; else the one that it is most like."""
    sure = [hit for hit in hits if hit.sure]
    return sure or sorted(hits, key=lambda hit: -hit.score)[:1]


def _hits(case: Case, cell: Cell[Party]) -> list[_Hit]:
    """For each listed party the name that this one is most like."""
    index = _index(_SameRows(case.references.watch_list))
    best: dict[int, _Hit] = {}
    for text in parts_of_name(cell.value.name):
        printed = named(text)
        for listed in index.near(printed):
            row = case.references.watch_list[listed.row]
            if is_in_force(case, row):
                hit = _compared(case, cell, printed, listed)
                if hit is not None and (listed.row not in best or hit.score > best[listed.row].score):
                    best[listed.row] = hit
    return [*best.values(), *_in_address(case, cell, set(best))]


def _compared(case: Case, cell: Cell[Party], printed: Name, listed: Listed) -> _Hit | None:
    """A name of one telling word is many companies' own: there the country counts more, and every letter."""
    score, agreement = likeness(listed.name, printed), _country(case, cell, listed)
    if is_one(listed.name, printed) and score >= case.tolerances.listed_name:
        return _Hit(cell, listed, score, sure=agreement > 0 or _tells(listed.name, alone=agreement == 0))
    word_is_like = len(listed.name.telling) > 1 or agreement > 0 or weakest(listed.name, printed) >= _LIKE_WORD
    is_near = score >= case.tolerances.near_listed_name - agreement and word_is_like
    inside = agreement >= 0 and stands_inside(listed.name, printed)
    return _Hit(cell, listed, score, sure=False) if is_near or inside else None


def _tells(name: Name, *, alone: bool) -> bool:
    """Whether the name says who is meant: by itself, or (not `alone`) even against another country."""
    if not alone:
        return len(name.telling) > 1 and len(name.joined) >= _LONG_NAME
    shortest = _SHORT_NAME if name.joined.isascii() else _SHORT_EASTERN_NAME
    return bool(name.telling) and len(name.joined) >= shortest


def _country(case: Case, cell: Cell[Party], listed: Listed) -> float:
    """How much the countries speak for the same party (above 0) or against it; 0 where one is not known."""
    ours, theirs = cell.value.country, case.references.watch_list[listed.row].country
    if ours is None or theirs is None:
        return 0.0
    return _COUNTRY_AGREES if is_same_origin(ours, theirs) else -_COUNTRY_DIFFERS


def _in_address(case: Case, cell: Cell[Party], known: set[int]) -> Iterator[_Hit]:
    """A listed name as a line of the address, such as behind "care of"."""
    index = _index(_SameRows(case.references.watch_list))
    lines = _LINES_OF_ADDRESS.split(cell.value.address or "")
    for printed in (named(part) for line in lines for part in parts_of_name(line)):
        if len(printed.joined) < _NAME_IN_ADDRESS:
            continue
        for listed in index.near(printed):
            row = case.references.watch_list[listed.row]
            score = likeness(listed.name, printed)
            if listed.row not in known and is_in_force(case, row) and is_one(listed.name, printed):
                known.add(listed.row)
                yield _Hit(cell, listed, score, sure=False)


def _found(case: Case, hits: Sequence[_Hit]) -> Found:
    best = max(hits, key=lambda hit: (hit.sure, hit.score))
    row = case.references.watch_list[best.listed.row]
    role = _ROLES.get(best.cell.name, best.cell.name)
    who = f"{best.cell.where} names as {role} '{best.cell.shown}'"
    alike = "which is" if best.sure else f"which is {best.score:.0%} like"
    entry = f"'{best.listed.text}'{f' ({row.country})' if row.country else ''} on the watch list"
    message = f"{who}, {alike} {entry} for {row.programme} ({list_of(case, 'watch_list', row)})"
    cells = tuple(hit.cell for hit in hits)
    return Found("denied_party", message, cells, "policy", "error" if best.sure else "warning")


CHECKS = (Check(frozenset({"denied_party"}), parties_are_not_watched),)
