"""Misread or discrepancy: one value at a time perturbed, and whether solving tells which it was and what was printed.

    python -m benchmarks.natures [--shipments N] [--each N] [--truth DIR …] [--show]

Counted by family: nature right, suggestion right (of misreads), and `silent`: nothing is asked about the perturbed
value although it would be declared. What no constraint can see is counted apart (`unseen`): a value that no other one
depends on is asked about for want of a witness, or is not declared at all.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Final

from benchmarks.as_read import Base, Perturbed, Place, base_of, base_of_file
from benchmarks.perturbed import discrepancies, misreadings
from benchmarks.taking import Nothing
from extractors.engines.similarity import WordVectors
from sample_docs.generator.looks import Wish
from sample_docs.generator.series import series
from schemas.findings import Finding
from schemas.shipments import Reconciled, Shipment
from validators import reconcile

SAMPLES: Final = Path(__file__).parents[1] / "sample_docs" / "truth"
_SEED: Final = 7000


@dataclass(slots=True)
class Tally:
    """One family's counts; `suggested` only of misreads."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: str) -> None:
        self.counts[outcome] += 1

    def row(self, name: str) -> str:
        seen = self.counts["seen"]
        share = f"{self.counts['nature'] / seen:6.3f}" if seen else "     -"
        told = f"{self.counts['suggested'] / seen:6.3f}" if seen and name.startswith("misread") else "     -"
        return f"{name:28}{seen:6}{share:>9}{told:>11}{self.counts['unseen']:8}{self.counts['silent']:8}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one perturbation. `seen` where a finding says more than that a witness is wanting."""

    perturbed: Perturbed
    new: tuple[Finding, ...]
    silent: bool

    @property
    def seen(self) -> bool:
        return any(one.code != "illegible" or _is_told(one) for one in self.new)

    @property
    def nature_right(self) -> bool:
        """Of a misreading every finding says so, of a discrepancy none."""
        telling = [one for one in self.new if one.code != "illegible" or _is_told(one)]
        wanted = self.perturbed.kind
        natures = {one.nature for one in telling if one.nature in {"misread", "discrepancy"}}
        return natures == {wanted}

    @property
    def suggestion_right(self) -> bool:
        """Some finding names the place and what is printed there, and none another."""
        given = [one.suggestion for one in self.new if one.suggestion and (one.code != "illegible" or _is_told(one))]
        at = self.perturbed.place
        line = None if at.line is None else at.line + 1
        return bool(given) and all(
            (one.document, one.field, one.line) == (at.type, at.name, line) and _equal(one.value, self.perturbed.right)
            for one in given
        )


def _is_told(finding: Finding) -> bool:
    """Whether a question says more than that a value wants a witness."""
    return finding.suggestion is not None and finding.suggestion.why != "the best reading"


def _equal(left: str, right: str) -> bool:
    try:
        return Decimal(left) == Decimal(right)
    except InvalidOperation:
        return left == right


@cache
def _vectors() -> WordVectors:
    return WordVectors()


def _reconciled(shipment: Shipment) -> Reconciled:
    return reconcile(shipment, similarity=_vectors(), earlier=Nothing())


def judged(perturbed: Perturbed, known: Sequence[Finding]) -> Outcome:
    result = _reconciled(perturbed.after)
    before = {_told(one) for one in known}
    new = tuple(one for one in result.findings if one.holds and _told(one) not in before)
    return Outcome(perturbed, new, not new and _is_declared(result, perturbed))


def _told(finding: Finding) -> tuple[object, ...]:
    """A finding by what it says of which places."""
    return finding.code, tuple((one.document, one.field, one.line) for one in finding.evidence)


def _is_declared(result: Reconciled, perturbed: Perturbed) -> bool:
    """Whether the perturbed value alone stands for a declared one that nothing withholds."""
    at = perturbed.place
    for pointer, standing in result.standings.items():
        ours = any((one.document, one.field, one.line) == (at.paper, at.name, at.line) for one in standing.fields)
        withheld = any(pointer == other or pointer.startswith(f"{other}/") for other in result.withheld)
        same = standing.digits is not None and perturbed.right[: standing.digits] == _shown_value(
            result, at, standing.digits
        )
        if ours and not withheld and not same:
            return True
    return False


def _shown_value(result: Reconciled, at: Place, digits: int) -> str:
    """The digits of a code that would be declared."""
    paper = result.documents[at.paper]
    scope = paper.fields if at.line is None else paper.lines[at.line]
    field = scope.get(at.name)
    return str(field.value)[:digits] if field else ""


def outcomes(bases: Iterable[Base], each: int) -> Iterator[Outcome]:
    for base in bases:
        for perturbed in (*misreadings(base, _SEED, each=each), *discrepancies(base, _SEED, each=each)):
            known = _reconciled(perturbed.before).findings
            if not any(_shows(one, perturbed.place) for one in known if one.holds):
                yield judged(perturbed, known)


def _shows(finding: Finding, at: Place) -> bool:
    """Whether the value is in question already; then nothing can be said of one more change to it."""
    line = None if at.line is None else at.line + 1
    return any((one.document, one.field, one.line) == (at.type, at.name, line) for one in finding.evidence)


def bases(count: int, folders: Sequence[Path]) -> Iterator[Base]:
    """So many generated shipments, then every truth file of the folders."""
    for truth in series(Wish(language="", lines=None), count=count, seed=_SEED):
        yield base_of(truth)
    for folder in folders:
        yield from (base_of_file(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json")))


def tallied(found: Iterable[Outcome], *, show: bool) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for one in found:
        for name in (f"{one.perturbed.kind} {one.perturbed.family}", f"{one.perturbed.kind} in all"):
            tally = tallies.setdefault(name, Tally())
            for outcome in _counted(one):
                tally.add(outcome)
        if show and _is_odd(one):
            print(_shown(one))
    return dict(sorted(tallies.items()))


def _counted(one: Outcome) -> Iterator[str]:
    if one.silent:
        yield "silent"
    if not one.seen:
        yield "unseen"
        return
    yield "seen"
    if one.nature_right:
        yield "nature"
    if one.suggestion_right:
        yield "suggested"


def _is_odd(one: Outcome) -> bool:
    suggested = one.suggestion_right or one.perturbed.kind == "discrepancy"
    return one.silent or (one.seen and not (one.nature_right and suggested))


def _shown(one: Outcome) -> str:
    made = one.perturbed
    found = "; ".join(
        f"{f.code}/{f.nature}: {f.message[:150]} -> {f.suggestion and f.suggestion.value}" for f in one.new
    )
    return f"{made.after.reference} {made.kind} {made.how} {made.place} printed {made.right}: {found or 'SILENT'}"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shipments", type=int, default=30, help="generated shipments beside the samples")
    parser.add_argument("--each", type=int, default=2, help="perturbations of a family in each shipment and kind")
    parser.add_argument("--truth", type=Path, nargs="*", default=[SAMPLES], help="folders of truth files")
    parser.add_argument("--show", action="store_true", help="print what was told wrong")
    arguments = parser.parse_args()
    tallies = tallied(outcomes(bases(arguments.shipments, arguments.truth), arguments.each), show=arguments.show)
    print(f"{'':28}{'seen':>6}{'nature':>9}{'suggested':>11}{'unseen':>8}{'silent':>8}")
    print(*(tally.row(name) for name, tally in tallies.items()), sep="\n")
    return 1 if any(tally.counts["silent"] for tally in tallies.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
