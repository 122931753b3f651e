"""Two values that should be one, told as a finding; solving then says whether one of them was misread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from schemas.findings import FindingCode, Severity
from validators.found import Found
from validators.papers import Cell

V = TypeVar("V")


def difference(
    code: FindingCode, what: str, *, left: Cell[object], right: Cell[object], severity: Severity | None = None
) -> Found:
    """The finding that two papers differ."""
    message = f"{what} differ: {left.where} says {left.shown}, {right.where} says {right.shown}"
    return Found(code, message, (left, right), severity=severity)


def dissenters(cells: Sequence[Cell[V]], same: Callable[[Cell[V], Cell[V]], bool]) -> Iterator[tuple[Cell[V], Cell[V]]]:
    """Each value that is not the one most papers state, beside the first that is; the earlier paper wins a tie."""
    if not cells:
        return
    base = max(cells, key=lambda cell: sum(same(cell, other) for other in cells))
    yield from ((base, other) for other in cells if other is not base and not same(base, other))
