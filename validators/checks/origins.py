"""Where the goods were made, by every paper that says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from schemas.shipments import LineRef
from validators.case import Case, Check
from validators.differences import difference, dissenters
from validators.found import Found
from validators.origins import is_same_origin
from validators.papers import Cell, is_read
from validators.standing import origin_cells

_FEW = 3


def _planned(case: Case, ref: LineRef) -> list[Cell[str]]:
    """The draft's origins for this line of the invoice."""
    return [cell for line in case.matched.draft.beside(ref) if (cell := case.matched.text(line, "origin"))]


def origins_agree(case: Case) -> Iterator[Found]:
    """Two headers that differ are told once, and one that many lines contradict once for all of them."""
    pairs: dict[tuple[object, ...], tuple[Cell[str], Cell[str]]] = {}
    for item in case.matched.items:
        cells = [*origin_cells(case.matched, item.lines[0]), *_planned(case, item.lines[0])]
        for left, right in dissenters(cells, lambda a, b: is_same_origin(a.value, b.value)):
            pairs[left.document, left.name, left.line, right.document, right.name, right.line] = (left, right)
    by_header: dict[tuple[object, ...], list[tuple[Cell[str], Cell[str]]]] = defaultdict(list)
    for left, right in pairs.values():
        header = right if right.line is None else left
        by_header[header.document, header.name, header.line].append((left, right))
    for of in by_header.values():
        yield from _told(of, case.tolerances.evidence_limit)


def _told(pairs: Sequence[tuple[Cell[str], Cell[str]]], limit: int) -> Iterator[Found]:
    if len(pairs) <= _FEW:
        yield from (difference("origin_mismatch", "Origins", left=left, right=right) for left, right in pairs)
        return
    headers = [right if right.line is None else left for left, right in pairs]
    lines = [left if right.line is None else right for left, right in pairs]
    numbers = ", ".join(str((cell.line or 0) + 1) for cell in lines)
    stated = " or ".join(dict.fromkeys(cell.value for cell in lines))
    message = f"Origins differ: {headers[0].where} says {headers[0].value}, {len(lines)} lines ({numbers}) say {stated}"
    yield Found("origin_mismatch", message, (headers[0], *lines[:limit]), disputes=(headers[0], *lines))


def _is_stated_by_draft_only(case: Case, ref: LineRef) -> str:
    return "; the draft's is on no paper" if _planned(case, ref) else ""


def origins_are_stated(case: Case) -> Iterator[Found]:
    unstated = [n for n, item in enumerate(case.matched.items) if not origin_cells(case.matched, item.lines[0])]
    missing = [n for n in unstated if _is_read(case, n)]  # a row not read is asked for as such
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


def _is_read(case: Case, n: int) -> bool:
    ref = case.matched.items[n].lines[0]
    return is_read(case.papers.at(ref.document), ref.line)


CHECKS = (
    Check(frozenset({"origin_mismatch", "illegible"}), origins_agree),
    Check(frozenset({"origin_missing"}), origins_are_stated),
)
