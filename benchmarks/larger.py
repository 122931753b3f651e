"""Shipments a minute with one, two and three workers: `python -m benchmarks.larger [SHIPMENTS]`.

Each run has a new bucket, a new register in PostgreSQL, a new Prefect server on PostgreSQL, and workers in processes of
their own (`tidewaiter worker`, one lane and one reading process each), all on this machine. Digital shipments of ten
brokers lie in the inbox before the first worker starts. Counted from the first answer, when everyone is at work, to the
last one; a broker's waiting is from there to each of its answers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from tests.larger import Installation, installation
from tests.servers import PostgresServer, S3Server, postgresql, seaweedfs
from tests.waiting import wait_until

SHIPMENTS = 40
_BROKERS = 10
_SAMPLES = ("S01", "S07", "S08", "S10")  # The digital ones.
_DAY = "2026-07-01"
_SECONDS = 1200
_PAPERS = Path(__file__).parents[1] / "sample_docs" / "shipments"


@dataclass(frozen=True, slots=True)
class Run:
    """What one run showed. Times are whole seconds, as the bucket keeps them."""

    workers: int
    answers: dict[tuple[str, str, int], datetime]

    @property
    def seconds(self) -> float:
        return (max(self.answers.values()) - min(self.answers.values())).total_seconds()

    @property
    def rate(self) -> float:
        """Shipments a minute."""
        return 60 * (len(self.answers) - 1) / self.seconds

    @property
    def waiting(self) -> list[float]:
        """Mean waiting of each broker, in seconds."""
        begin = min(self.answers.values())
        brokers = sorted({broker for broker, _, _ in self.answers})
        return [
            mean((at - begin).total_seconds() for key, at in self.answers.items() if key[0] == one) for one in brokers
        ]


def run(workers: int, shipments: int, s3: S3Server, postgres: PostgresServer) -> Run:
    with TemporaryDirectory() as folder, installation(Path(folder), s3, postgres, workers="1") as larger:
        for number in range(shipments):
            sample = _SAMPLES[number // _BROKERS % len(_SAMPLES)]
            again = number // (_BROKERS * len(_SAMPLES))
            larger.drop(f"broker-{number % _BROKERS}-{again}", sample, _PAPERS / sample, as_of=_DAY)
        with ExitStack() as running:
            for number in range(workers):
                running.enter_context(larger.worker(f"worker-{number}", f"--lane={number + 1}/{workers}"))
            wait_until(lambda: _is_done(larger), seconds=_SECONDS)
            return Run(workers, larger.answered())


def _is_done(larger: Installation) -> bool:
    return not larger.keys("inbox/")


def told(one: Run) -> str:
    waiting = one.waiting
    spread = f"{min(waiting):.1f} to {max(waiting):.1f} s, spread {max(waiting) - min(waiting):.1f}"
    return (
        f"{one.workers} workers: {len(one.answers)} shipments in {one.seconds:.0f} s, {one.rate:.1f} a minute; "
        f"mean waiting of a broker {spread}"
    )


def runs(shipments: int) -> Iterator[Run]:
    with TemporaryDirectory(prefix="tidewaiter-larger-") as folder:
        place = Path(folder)
        place.chmod(0o755)  # PostgreSQL runs as somebody else.
        for name in ("s3", "postgres"):
            (place / name).mkdir()
        with seaweedfs(place / "s3") as s3, postgresql(place / "postgres") as postgres:
            for workers in (1, 2, 3):
                yield run(workers, shipments, s3, postgres)


if __name__ == "__main__":
    for one in runs(int(sys.argv[1]) if len(sys.argv) > 1 else SHIPMENTS):
        print(told(one), flush=True)
