"""A few shipments perturbed one value at a time, as the benchmark of natures does it with many."""

from __future__ import annotations

from benchmarks.natures import Outcome, bases, outcomes, tallied


def _outcomes() -> list[Outcome]:
    return list(outcomes(bases(2, []), each=1))


def test_misread_values_and_wrong_papers_are_told_apart_and_nothing_passes() -> None:
    found = _outcomes()
    seen = [one for one in found if one.seen]
    assert len(seen) > 20
    assert not any(one.silent for one in found)
    assert sum(one.nature_right for one in seen) >= 0.9 * len(seen)
    misread = [one for one in seen if one.perturbed.kind == "misread"]
    assert sum(one.suggestion_right for one in misread) >= 0.9 * len(misread)


def test_the_counts_are_told_by_family() -> None:
    rows = [tally.row(name) for name, tally in tallied(_outcomes()[:8], show=False).items()]
    assert any(row.startswith("misread in all") for row in rows)
