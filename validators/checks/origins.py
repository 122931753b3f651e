"""Where the goods were made, by every paper that says so."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.shipments import LineRef
from validators.case import Case, Check
from validators.differences import difference, dissenters
from validators.found import Found
from validators.origins import is_same_origin
from validators.papers import Cell
from validators.standing import origin_cells


def _planned(case: Case, ref: LineRef) -> list[Cell[str]]:
    """The draft's origins for this line of the invoice."""
    return [cell for line in case.matched.draft.beside(ref) if (cell := case.matched.text(line, "origin"))]


def origins_agree(case: Case) -> Iterator[Found]:
    """Two headers that differ are told once, not for each line."""
    told: set[tuple[object, ...]] = set()
    for item in case.matched.items:
        cells = [*origin_cells(case.matched, item.lines[0]), *_planned(case, item.lines[0])]
        for left, right in dissenters(cells, lambda a, b: is_same_origin(a.value, b.value)):
            pair = (left.document, left.name, left.line, right.document, right.name, right.line)
            if pair not in told:
                told.add(pair)
                yield difference("origin_mismatch", "Origins", left=left, right=right)


def _is_stated_by_draft_only(case: Case, ref: LineRef) -> str:
    return "; the draft's is on no paper" if _planned(case, ref) else ""


def origins_are_stated(case: Case) -> Iterator[Found]:
    missing = [n for n, item in enumerate(case.matched.items) if not origin_cells(case.matched, item.lines[0])]
    if not missing:
        return
    ref = case.matched.items[missing[0]].lines[0]
    lines = "any goods" if len(missing) == len(case.matched.items) else f"line {', '.join(str(n + 1) for n in missing)}"
    paper = case.papers.at(ref.document)
    described = [cell for n in missing if (cell := case.matched.text(case.matched.items[n].lines[0], "description"))]
    yield Found(
        "origin_missing",
        f"No paper states the origin of {lines} of {paper.title}{_is_stated_by_draft_only(case, ref)}",
        tuple(described[: case.tolerances.evidence_limit]) if len(missing) < len(case.matched.items) else (),
        "missing",
        places=(paper.place("country_of_origin"),),
        disputes=(),
        pointers=tuple(f"/items/{n}/origin" for n in missing),
    )


CHECKS = (
    Check(frozenset({"origin_mismatch", "illegible"}), origins_agree),
    Check(frozenset({"origin_missing"}), origins_are_stated),
)
