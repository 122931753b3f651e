"""The whole benchmark in one command; what was drawn and read is kept, so that a run that was stopped goes on.

    make scorecard                       or: python -m benchmarks.scorecard
    make scorecard COUNT=4 LEVELS="digital fax" READERS="tidewaiter rapidocr"

Writes `scorecard.md`, `scorecard.json` and the plots into `benchmarks/results/<version>`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.reading import one_thread
from benchmarks.scorecard.baselines import BASELINES
from benchmarks.scorecard.card import card
from benchmarks.scorecard.cases import Case
from benchmarks.scorecard.plots import draw
from benchmarks.scorecard.product import NAME, Product, product
from benchmarks.scorecard.protocol import FieldReader
from benchmarks.scorecard.report import ALL, Report
from benchmarks.scorecard.rivals import Compared, RivalReading, compared, product_compared, reading
from benchmarks.scorecard.scene import ROOT, release, scene
from benchmarks.scorecard.sets import LEVELS, POOL, SEED, Series
from benchmarks.scorecard.tables import markdown
from benchmarks.scorecard.truths import Truth
from sample_docs.layouts import POOLS

_COUNT: Final = 20
_NICEST: Final = 19
_ANY: Final = tuple(reader.name.partition(" ")[0].lower() for reader in BASELINES)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, or 1 where a declaration was cleared with a wrong value or over a mismatch."""
    given = _parser().parse_args(arguments)
    os.nice(_NICEST)  # whoever works here comes first
    one_thread()
    series = Series(given.count, given.work, seed=given.seed, pool=given.pool)
    report = _report(series, given.levels, _chosen(given.readers))
    out: Path = given.out or ROOT / "benchmarks" / "results" / release()
    out.mkdir(parents=True, exist_ok=True)
    draw(report, out)
    (out / "scorecard.json").write_bytes(report.to_json())
    (out / "scorecard.md").write_text(markdown(report), encoding="utf-8")
    print(markdown(report))
    ends = report.whole.endings
    return 1 if ends.silent or ends.wrongly_cleared else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scorecard",
        description=(__doc__ or "").splitlines()[0],
        epilog="Results come from layouts that nothing was written or fitted for, unless --pool names others.",
    )
    shown = "(default: %(default)s)"
    parser.add_argument("--count", type=int, default=_COUNT, help=f"shipments at each level {shown}")
    parser.add_argument("--levels", nargs="+", choices=LEVELS, default=list(LEVELS), help="default: the whole ladder")
    parser.add_argument("--readers", nargs="+", choices=(NAME, *_ANY), default=[NAME, *_ANY], help="default: all")
    parser.add_argument("--seed", type=int, default=SEED, help=f"of the first shipment {shown}")
    parser.add_argument("--pool", choices=[*POOLS], default=POOL, help=f"whose layouts are drawn {shown}")
    parser.add_argument("--work", type=Path, default=ROOT / ".scorecard", help="where what was drawn and read is kept")
    parser.add_argument("--out", type=Path, help="where results go (default: benchmarks/results/<version>)")
    return parser


def _chosen(names: Sequence[str]) -> list[FieldReader]:
    """The product is always read; of the others those named, and installed."""
    return [reader for name, reader in zip(_ANY, BASELINES, strict=True) if name in names and _is_here(reader)]


def _is_here(reader: FieldReader) -> bool:
    if not reader.is_installed():
        print(f"{reader.name}: not installed, left out", file=sys.stderr)
    return reader.is_installed()


def _report(series: Series, levels: Sequence[str], rivals: Sequence[FieldReader]) -> Report:
    with product() as ours:
        cases = {level: list(_cases(series, level, ours)) for level in LEVELS if level in levels}
    cards = {level: card(known) for level, known in cases.items()}
    cards[ALL] = card(case for known in cases.values() for case in known)
    side_by_side = {level: list(_compared(series, level, known, rivals)) for level, known in cases.items()}
    return Report(scene(series, rivals), cards, side_by_side)


def _cases(series: Series, level: str, ours: Product) -> Iterator[Case]:
    for at, drawn in enumerate(series.at(level), 1):
        cleared = ours.cleared(drawn)
        told = f"{level} {at} of {series.count}: {cleared.result.status}, {cleared.seconds:.0f} s"
        print(told, file=sys.stderr, flush=True)
        yield Case(level, drawn.truth, cleared.result, cleared.seconds, cleared.cpu)


def _compared(series: Series, level: str, known: Sequence[Case], rivals: Sequence[FieldReader]) -> Iterator[Compared]:
    """The product once for each set of claimed fields, then the readers that claim it."""
    able = [reader for reader in rivals if reader.is_for(level)]
    for claims in dict.fromkeys(reader.claims for reader in able):
        yield product_compared(NAME, claims, known)
        for reader in able:
            if reader.claims == claims:
                yield compared(reader.name, claims, _readings(series, level, reader))


def _readings(series: Series, level: str, reader: FieldReader) -> Iterator[tuple[Truth, RivalReading]]:
    for at, drawn in enumerate(series.at(level), 1):
        yield drawn.truth, reading(reader, drawn)
        print(f"{level} {at} of {series.count}: {reader.name}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
