"""Fits the table of confidences on generated shipments, and says how far it can be trusted.

    make calibrate                  or: python -m benchmarks.calibration [--shipments 24] [--check 8] [--jobs 1]
    python -m benchmarks.calibration --keep     the figures of the table as it is shipped

Shipments are drawn in the layouts of the pools `calibration` and `blind`, for which no rule was written and on which
nothing was trained; they are damaged, read by both engines, and every value is judged against what is printed. What was
read is kept in `--work`, so that a run that was stopped goes on; empty that folder when the reading has changed. The
table is fitted on the first shipments, and its figures are those of the others, which it never saw.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from benchmarks.generated import Lot, kept, pages_of, read_lot
from benchmarks.taking import Taken, observed, taken
from extractors.calibration import Calibration, shipped
from extractors.calibration.bounds import upper_bound
from extractors.calibration.fitting import Observation, calibration_error, fitted
from extractors.calibration.table import ENOUGH, FILE, Cut, Source
from extractors.calibration.traits import EVIDENCE, QUALITIES

ROOT: Final = Path(__file__).parents[1]
TABLE: Final = ROOT / "extractors" / "calibration" / FILE
POOLS: Final = ("calibration", "blind")
SEED: Final = 0
CHECK_SEED: Final = 100_000
FAULTS: Final = 25


def main() -> int:
    given = _arguments()
    fit = [Lot(pool, SEED, given.shipments, given.work) for pool in given.pools]
    check = [Lot(pool, CHECK_SEED, given.check, given.work) for pool in given.pools]
    for lot in (*fit, *check):
        for name in read_lot(lot, jobs=given.jobs):
            print(f"{name} read", file=sys.stderr, flush=True)
    table = shipped() if given.keep else _fit(fit)
    if not given.keep:
        TABLE.write_text(table.to_text(), encoding="utf-8")
    for lot in check:
        report(table, lot, given.risk)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shipments", type=int, default=24, help="of each pool, to fit on (default: %(default)s)")
    parser.add_argument(
        "--check", type=int, default=8, help="of each pool, to take the figures from (default: %(default)s)"
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes that read (default: %(default)s)")
    parser.add_argument("--pools", nargs="+", default=POOLS, help="whose layouts are drawn (default: %(default)s)")
    parser.add_argument("--work", type=Path, default=ROOT / ".calibration", help="where what was read is kept")
    parser.add_argument("--risk", type=float, default=0.001, help="wrong ones among accepted values (default: 0.001)")
    parser.add_argument("--keep", action="store_true", help="leave the shipped table as it is, and judge it")
    return parser.parse_args()


def _fit(lots: Sequence[Lot]) -> Calibration:
    reads = [read for lot in lots for read in kept(lot)]
    values = [observation for read in reads for _, observation in observed(read)]
    layouts = tuple(sorted({one.layout for one in values}))
    pools = ", ".join(lot.pool for lot in lots)
    source = Source(
        pool=pools, seed=SEED, shipments=len(reads), pages=pages_of(reads), values=len(values), layouts=layouts
    )
    table = fitted(values, source)
    print(f"fitted on {len(values)} values of {len(reads)} shipments, {source.pages} pages, {len(layouts)} layouts")
    print(", ".join(f"{name.replace('_', ' ')} {figure}" for name, figure in table.metrics.items()))
    shares("evidence", values, lambda one: one.traits.evidence, order=EVIDENCE)
    return table


def report(table: Calibration, lot: Lot, risk: float) -> None:
    cut = table.cut(risk)
    reads = list(kept(lot))
    all_values = [one for read in reads for one in taken(read, table, cut)]
    values = [one for one in all_values if one.by_eye]
    print(f"\ncut for a risk of {risk}: {cut.confidence}, with which the product accepts {cut.n} of the values fitted "
          f"on, {cut.wrong} of them wrong, upper bound {cut.upper:.5f}")  # fmt: skip
    seen = f"{len(reads)} shipments, {pages_of(reads)} pages, of the pool {lot.pool}"
    print(f"\n{len(all_values)} values of {seen} that the table never saw")
    print(f"calibration error {_error(all_values):.4f}; of the {len(values)} read from pictures {_error(values):.4f}")
    above = [one for one in values if one.confidence >= cut.confidence]
    rule = [one for one in values if one.accepted]
    in_force = [one for one in values if one.in_force]
    print(f"by the cut alone:          {accepted(above, values)}")
    print(f"as the product declares:   {accepted(rule, in_force)}")
    shares("evidence", [one.observation for one in all_values], lambda one: one.traits.evidence, order=EVIDENCE)
    shares("page", [one.observation for one in values], lambda one: one.traits.quality, order=QUALITIES)
    by_kind(values, cut)
    print("\nwrong ones by field, of all: " + ", ".join(_most(one for one in values if not one.observation.right)))
    slips = [one for one in (*rule, *(one for one in above if not one.accepted)) if not one.observation.right]
    for one in slips[:FAULTS]:
        print(f"  accepted and wrong: {_shown(one)}")


def _error(values: Iterable[Taken]) -> float:
    return calibration_error((one.confidence, one.observation.right) for one in values)


def accepted(values: Sequence[Taken], of: Sequence[Taken]) -> str:
    wrong = sum(not one.observation.right for one in values)
    bound = upper_bound(wrong, len(values))
    share = len(values) / max(1, len(of))
    return f"{len(values)} of {len(of)} ({share:.1%}) accepted, {wrong} wrong, upper bound {bound:.5f}"


def shares(
    title: str, values: Sequence[Observation], of: Callable[[Observation], str], *, order: Iterable[str] = ()
) -> None:
    """A line for each class: how many, how many wrong, the rate and its upper bound."""
    n = Counter(of(one) for one in values)
    wrong = Counter(of(one) for one in values if not one.right)
    print(f"\n{title:28} {'n':>6} {'wrong':>6} {'rate':>8} {'bound':>8}")
    for name in (*order, *sorted(n.keys() - set(order))):
        bound = upper_bound(wrong[name], n[name])
        rate = f"{wrong[name] / n[name]:8.4f} {bound:8.4f}" if n[name] else ""
        print(f"{name:28} {n[name]:6} {wrong[name]:6} {rate} {'too few' if n[name] < ENOUGH else ''}")


def by_kind(values: Sequence[Taken], cut: Cut) -> None:
    """By the cut alone, of all values; and as the product declares, of those that stand for a declared one."""
    print(
        f"\n{'kind':12} {'values':>6} {'above the cut':>14} {'wrong':>6} {'in force':>9} {'accepted':>9} {'wrong':>6}"
    )
    for kind in sorted({one.observation.traits.kind for one in values}):
        own = [one for one in values if one.observation.traits.kind == kind]
        above = [one for one in own if one.confidence >= cut.confidence]
        in_force = [one for one in own if one.in_force]
        rule = [one for one in in_force if one.accepted]
        figures = (len(own), len(above), _wrong(above), len(in_force), len(rule), _wrong(rule))
        print("{:12} {:6} {:14} {:6} {:9} {:9} {:6}".format(kind, *figures))


def _wrong(values: Iterable[Taken]) -> int:
    return sum(not one.observation.right for one in values)


def _most(values: Iterable[Taken]) -> list[str]:
    return [f"{name} {n}" for name, n in Counter(one.observation.traits.name for one in values).most_common(FAULTS)]


def _shown(one: Taken) -> str:
    traits, judged = one.observation.traits, one.judged
    where = f"{one.shipment} {one.observation.layout} {one.level}"
    return f"{where} {traits.name} {traits.evidence}: {judged.field.text!r}, printed: {judged.wanted!r}"


if __name__ == "__main__":
    sys.exit(main())
