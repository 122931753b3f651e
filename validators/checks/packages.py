"""How many packages each paper counts, and whether the lines come to the total."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.values import plain
from validators.case import Case, Check
from validators.found import Found
from validators.misplaced import between, is_disputed, taken_from
from validators.totals import column_sums
from validators.wholes import dissenting, wholes


def lines_add_up(case: Case) -> Iterator[Found]:
    """A line without packages is packed with another, so that fewer is no contradiction then."""
    found = wholes(case.papers, "packages")
    for paper in case.papers.of("packing_list", "transport_document"):
        for column in column_sums(paper):
            total = column.total
            if total.name != "packages" or column.exact or (column.sum < total.value and not column.complete):
                continue
            if is_disputed(found, total) and taken_from(case.papers, total, stated=column.sum) is not None:
                continue  # the other paper's figure tells that it is none of packages
            message = f"{total.where}: the lines add up to {plain(column.sum)} packages, the total says {total.shown}"
            yield Found(
                "package_mismatch", message, (total, *column.cells[: case.tolerances.evidence_limit]), disputes=(total,)
            )


def papers_agree(case: Case) -> Iterator[Found]:
    for left, right in dissenting(wholes(case.papers, "packages")):
        if len(left.cells) == len(right.cells) == 1:
            yield between(
                "package_mismatch", "Numbers of packages", left=left.cells[0], right=right.cells[0], papers=case.papers
            )
        else:
            message = f"Numbers of packages differ: {left.told}, {right.told}"
            yield Found("package_mismatch", message, (*left.cells, *right.cells))


CHECKS = (
    Check(frozenset({"package_mismatch"}), lines_add_up),
    Check(frozenset({"package_mismatch", "illegible"}), papers_agree),
)
