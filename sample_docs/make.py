"""Rebuilds the sample shipments and their truth: `python -m sample_docs.make [--out DIR] [--only ID]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sample_docs.generator.filing import write
from sample_docs.shipments import shipments


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, or 2 where `--only` names no shipment."""
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(prog="python -m sample_docs.make", description=__doc__)
    parser.add_argument("--out", type=Path, default=here, help="where shipments/ and truth/ go (default: %(default)s)")
    parser.add_argument("--only", metavar="ID", help="make one shipment only, as S03")
    given = parser.parse_args(arguments)
    chosen = [truth for truth in shipments() if given.only in {None, truth.id}]
    if not chosen:
        sys.stderr.write(f"there is no shipment {given.only}; shipments.toml lists them all\n")
        return 2
    for truth in chosen:
        write(truth, given.out / "shipments", given.out / "truth")
        sys.stderr.write(f"{truth.id} made\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
