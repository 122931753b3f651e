"""Two values that should be one: told as a finding, and whether a slip of the eye is the likelier reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from schemas.findings import FindingCode, Severity, Suggestion
from validators.confusions import is_slip
from validators.found import Found
from validators.papers import Cell

V = TypeVar("V")


def _left_open(cell: Cell[object], value: object) -> bool:
    """Whether the reader itself held the other value possible."""
    return any(alternative.value == value for alternative in cell.field.alternatives)


def suggested(cell: Cell[object], other: Cell[object]) -> Suggestion:
    """That the one was misread for what the other says."""
    line = None if cell.line is None else cell.line + 1
    why = f"one misread character; {other.where} says {other.shown}"
    return Suggestion(document=cell.type, field=cell.name, line=line, value=other.shown, why=why)


def difference(
    code: FindingCode, what: str, *, left: Cell[object], right: Cell[object], severity: Severity | None = None
) -> Found:
    """The finding that two papers differ.

    Where one side rests on one reading of a picture only and a slip explains the difference, it is told as a
    misreading; where the reader was itself in doubt, as a question. Each of them holds.
    """
    message = f"{what} differ: {left.where} says {left.shown}, {right.where} says {right.shown}"
    for cell, other in ((left, right), (right, left)):
        if not cell.field.needs_witness:
            continue
        if _left_open(cell, other.value):
            return Found(
                "illegible",
                f"{message}; the first may be misread",
                (cell, other),
                "misread",
                None,
                suggested(cell, other),
                disputes=(cell, other),
            )
        if is_slip(cell.value, other.value):
            return Found(code, message, (left, right), "misread", severity, suggested(cell, other))
    return Found(code, message, (left, right), severity=severity)


def dissenters(cells: Sequence[Cell[V]], same: Callable[[Cell[V], Cell[V]], bool]) -> Iterator[tuple[Cell[V], Cell[V]]]:
    """Each value that is not the one most papers state, beside the first that is; the earlier paper wins a tie."""
    if not cells:
        return
    base = max(cells, key=lambda cell: sum(same(cell, other) for other in cells))
    yield from ((base, other) for other in cells if other is not base and not same(base, other))
