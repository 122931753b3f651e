"""The set: the same shipments at every level of damage, drawn from a seed and kept on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.scorecard.truths import Truth
from sample_docs.damage import LADDER
from sample_docs.generator.filing import write
from sample_docs.generator.looks import Wish
from sample_docs.generator.series import series

LEVELS: Final = LADDER
SEED: Final = 900_000
POOL: Final = "unseen"
MISMATCHES: Final = 3
"""The most in one of every two shipments; the other has none."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One shipment at one level: its papers in `folder`/papers, its truth, and room for what readers made of it."""

    level: str
    truth: Truth
    folder: Path

    @property
    def papers(self) -> Path:
        return self.folder / "papers" / self.truth.id

    def kept(self, name: str) -> Path:
        return self.folder / f"{name}.json"


@dataclass(frozen=True, slots=True)
class Series:
    """Which shipments: `count` from this seed on, in layouts of that pool. What is drawn is kept under `work`."""

    count: int
    work: Path
    seed: int = SEED
    pool: str = POOL
    mismatches: int = MISMATCHES

    def at(self, level: str) -> Iterator[Drawn]:
        """Every shipment at that level; one that was drawn before is not drawn again."""
        for number in range(self.seed, self.seed + self.count):
            faults = self.mismatches * (number % 2)
            wish = Wish(language="", level=level, pool=self.pool, faults=faults)
            folder = self.work / f"{self.pool}-{self.mismatches}" / level / str(number)
            told = folder / "truth.json"
            if not told.exists():
                _draw(wish, number, folder)
            yield Drawn(level, Truth.model_validate_json(told.read_bytes(), strict=False), folder)


def _draw(wish: Wish, number: int, folder: Path) -> None:
    """The truth is written last: where it is, the papers are whole."""
    [shipment] = series(wish, count=1, seed=number)
    write(shipment, folder / "papers", folder / "truths")
    told = json.loads((folder / "truths" / f"{shipment.id}.json").read_bytes())
    unfinished = folder / "unfinished"
    unfinished.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(folder / "truth.json")
