"""Three workers in processes of their own, with a bucket, a register and a Prefect server that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from tests.larger import Installation, installation
from tests.servers import PostgresServer, S3Server
from tests.waiting import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

SAMPLES = Path(__file__).parents[2] / "sample_docs" / "shipments"
# Named so that each worker's share has one shipment of each broker, and begins with another broker's.
BROKERS = ("bark", "nock", "woge")
# Digital papers, of which the last ones are held.
DROPPED = ("S01", "S07", "S10")
DAY = "2026-07-01"
SECONDS = 150


@pytest.fixture
def larger(tmp_path: Path, s3_server: S3Server, postgres_server: PostgresServer) -> Iterator[Installation]:
    # A killed worker's shipment is taken up by another one after the time of its lease.
    with installation(tmp_path, s3_server, postgres_server, workers="1", inbox_lease_seconds="15") as larger:
        yield larger


def test_with_one_of_three_workers_killed_each_shipment_is_answered_once_and_no_broker_waits_for_another(
    larger: Installation,
) -> None:
    for sample in DROPPED:
        for broker in BROKERS:
            larger.drop(broker, sample, SAMPLES / sample, as_of=DAY)
    with ExitStack() as running:
        workers = [
            running.enter_context(larger.worker(f"worker-{number}", f"--lane={number + 1}/3")) for number in range(3)
        ]
        wait_until(lambda: len(larger.answered()) > 0, seconds=SECONDS)
        workers[0].kill()
        wait_until(lambda: not larger.keys("inbox/") and not _unfinished(larger), seconds=SECONDS)
        answered = larger.answered()
    assert sorted(answered) == sorted((broker, sample, 1) for broker in BROKERS for sample in DROPPED)
    first, last = ({one: pick(at for key, at in answered.items() if key[0] == one) for one in BROKERS}
                   for pick in (min, max))  # fmt: skip
    assert max(first.values()) <= min(last.values())
    assert Counter(key.rpartition("/")[2] for key in larger.records()) == {"declaration.json": 6, "result.json": 9}
    assert larger.status()["shipments"] == {"clear": 6, "held": 3, "rejected": 0}
    worked = [name for name in ("worker-0", "worker-1", "worker-2") if '"event": "file"' in larger.log(name)]
    assert len(worked) > 1


def _unfinished(larger: Installation) -> bool:
    """Whether something is noted as about to be committed, as by who was killed before he could index it."""
    with psycopg.connect(larger.environment["TIDEWAITER_REGISTER_URL"]) as register:
        return register.execute("SELECT * FROM unfinished").fetchone() is not None
