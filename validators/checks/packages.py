"""How many packages each paper counts, and whether the lines come to the total."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.values import plain
from validators.case import Case, Check
from validators.differences import difference, dissenters
from validators.found import Found
from validators.papers import DRAFT_TYPE
from validators.totals import column_sums


def lines_add_up(case: Case) -> Iterator[Found]:
    """A line without packages is packed with another, so that fewer is no contradiction then."""
    for paper in case.papers.of("packing_list", "transport_document"):
        for column in column_sums(paper):
            total = column.total
            if total.name != "packages" or column.exact or (column.sum < total.value and not column.complete):
                continue
            message = f"{total.where}: the lines add up to {plain(column.sum)} packages, the total says {total.shown}"
            yield Found(
                "package_mismatch", message, (total, *column.cells[: case.tolerances.evidence_limit]), disputes=(total,)
            )


def papers_agree(case: Case) -> Iterator[Found]:
    cells = case.papers.numbers("packages", "packing_list", "commercial_invoice", "transport_document", DRAFT_TYPE)
    for left, right in dissenters(cells, lambda a, b: a.value == b.value):
        yield difference("package_mismatch", "Numbers of packages", left=left, right=right)


CHECKS = (
    Check(frozenset({"package_mismatch"}), lines_add_up),
    Check(frozenset({"package_mismatch", "illegible"}), papers_agree),
)
