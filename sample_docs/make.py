"""Rebuilds the sample shipments and their truth, or draws random ones from a pool of layouts.

`python -m sample_docs.make [--out DIR] [--only ID]` makes the committed shipments.
`python -m sample_docs.make --pool training --count 20 --seed 0 --level mixed --language fr --out DIR` draws
random ones.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from sample_docs.damage import LADDER
from sample_docs.generator.filing import write
from sample_docs.generator.looks import PoolLacksError, Wish
from sample_docs.generator.series import series
from sample_docs.generator.truth import ShipmentTruth
from sample_docs.languages import WORDINGS
from sample_docs.layouts import POOLS
from sample_docs.shipments import shipments


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, or 2 where what is asked for cannot be made."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.pool and given.out is None:
        parser.error("--pool needs --out: random shipments do not belong among the committed ones")
    if given.pool:
        names = ("language", "mode", "level", "pool", "worn", "faults")
        unknown = set(given.layout) - {one.name for one in POOLS[given.pool]}
        if unknown:
            parser.error(f"the pool {given.pool} has no layout {', '.join(sorted(unknown))}")
        wish = Wish(**{name: getattr(given, name) for name in names}, layouts=frozenset(given.layout))
        return _made(series(wish, count=given.count, seed=given.seed), given.out)
    chosen = [truth for truth in shipments() if given.only in {None, truth.id}]
    if not chosen:
        sys.stderr.write(f"there is no shipment {given.only}; shipments.toml lists them all\n")
        return 2
    return _made(chosen, given.out or Path(__file__).parent)


def _made(truths: Iterable[ShipmentTruth], out: Path) -> int:
    try:
        for truth in truths:
            write(truth, out / "shipments", out / "truth")
            sys.stderr.write(f"{truth.id} made\n")
    except PoolLacksError as lacking:
        sys.stderr.write(f"{lacking}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sample_docs.make", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, help="where shipments/ and truth/ go (default: among the committed ones)")
    parser.add_argument("--only", metavar="ID", help="make one committed shipment only, as S03")
    drawn = parser.add_argument_group("random shipments")
    drawn.add_argument("--pool", choices=[*POOLS], help="draw random shipments with the layouts of this pool")
    drawn.add_argument("--count", type=int, default=10, help="how many (default: %(default)s)")
    drawn.add_argument("--seed", type=int, default=0, help="number of the first one (default: %(default)s)")
    drawn.add_argument("--language", choices=[*WORDINGS], default="", help="default: the pool's languages in turn")
    drawn.add_argument("--mode", choices=["sea", "air", "road"], default="", help="default: by the two countries")
    drawn.add_argument("--level", choices=[*LADDER, "mixed"], default="mixed", help="damage (default: %(default)s)")
    drawn.add_argument("--layout", action="append", default=[], metavar="NAME", help="this one wherever it fits")
    drawn.add_argument("--worn", type=float, default=0.0, help="share of papers stamped, folded, barred (default: 0)")
    drawn.add_argument("--faults", type=int, default=0, metavar="N", help="plant up to N mismatches (default: 0)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
