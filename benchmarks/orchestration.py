"""What the flows cost beside the plain steps: `python -m benchmarks.orchestration [--count 100] [--only PART]`.

`share`    digital shipments by the plain steps, from the inbox without Prefect, and by the flows in one lane and in two
`latency`  from the drop to the answer, with the stack running: a digital shipment, and a scanned one of six pages
`idle`     what watching costs: an empty inbox, and one with 10,000 old objects
`memory`   of the worker, over as many shipments

Both servers are those of `tidewaiter up`; each side has a bucket of its own. Seconds are those between the ends of the
first and of the last shipment: starting is not counted, and the first shipments warm each side up. The shipments are
drawn, of the layouts that the extractors were trained on. `--servers-on 1` keeps the servers on that core, and the
sides on the others.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Final

import boto3
import psutil
from botocore.exceptions import ClientError

from archive.stores.buckets import make_own
from flows.settings import Settings
from flows.up.object_server import REGION
from flows.up.stack import Running, running
from sample_docs.generator.filing import write
from sample_docs.generator.looks import Wish
from sample_docs.generator.series import series

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PARTS: Final = ("share", "latency", "idle", "memory")
DRAWN: Final = 16
OLD_OBJECTS: Final = 10_000
_SCANNED_PAGES: Final = 6
_IDLE_SECONDS: Final = 60
_DROPS: Final = 3
_LOOK: Final = 0.1


@dataclass(frozen=True, slots=True)
class Place:
    """A running stack, and in it an archive, an exchange and a folder for one side; `bucket` is the exchange's."""

    up: Running
    folder: Path
    bucket: str

    @property
    def environment(self) -> dict[str, str]:
        told = {
            "TIDEWAITER_S3_BUCKET": f"{self.bucket}-archive",
            "TIDEWAITER_EXCHANGE_BUCKET": self.bucket,
            "TIDEWAITER_DATA_DIR": str(self.folder),
        }
        quiet = {"TIDEWAITER_INBOX_QUIET_SECONDS": "3600", "PYTHONPATH": str(Path.cwd())}
        return {**os.environ, **self.up.stack.environment(), **told, **quiet}

    @property
    def client(self) -> S3Client:
        told = self.up.stack.environment()
        return boto3.client(
            "s3",
            endpoint_url=told["TIDEWAITER_S3_ENDPOINT"],
            region_name=REGION,
            aws_access_key_id=told["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=told["AWS_SECRET_ACCESS_KEY"],
        )

    def drop(self, reference: str, shipment: Path) -> None:
        client = self.client
        for paper in sorted(shipment.iterdir()):
            client.upload_file(str(paper), self.bucket, f"inbox/local/{reference}/{paper.name}")
        client.put_object(Bucket=self.bucket, Key=f"inbox/local/{reference}/_READY")

    def server_cpu(self) -> dict[str, float]:
        """CPU seconds that each server used so far."""
        return {one.program.name: _cpu(psutil.Process(one.process.pid)) for one in self.up.crew.children}


@dataclass(frozen=True, slots=True)
class Side:
    """What is compared: the processes that it starts, and whether its shipments lie in the inbox or are named."""

    name: str
    commands: Sequence[Sequence[str]]
    from_inbox: bool = True


@dataclass(frozen=True, slots=True)
class Cost:
    """For one shipment, in seconds."""

    elapsed: float
    own_cpu: float
    server_cpu: float


def sides(shipments: Sequence[Path]) -> tuple[Side, ...]:
    def ours(*arguments: str) -> list[str]:
        return [sys.executable, "-m", "benchmarks.orchestration_sides", *arguments]

    def lane(number: int, of: int) -> list[str]:
        return [sys.executable, "-m", "flows.up.worker", "--once", "--alone", f"--lane={number}/{of}"]

    return (
        Side("plain steps", [ours("plain", *map(str, shipments))], from_inbox=False),
        Side("inbox, no Prefect", [ours("inbox")]),
        Side("flows, one lane", [lane(1, 1)]),
        Side("flows, two lanes", [lane(1, 2), lane(2, 2)]),
    )


def measured(side: Side, shipments: Sequence[Path], place: Place) -> Cost:
    """The side run to its end; raises `RuntimeError` where it did not clear all."""
    if side.from_inbox:
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(place.drop, [f"R{number:04}" for number in range(len(shipments))], shipments))
    logs = [place.folder / f"log-{number}" for number in range(len(side.commands))]
    warm = 2 * len(side.commands)
    own, servers = _run(side, logs, place, warm=warm)
    ends = sorted(end for log in logs for end in _ends(log))
    if len(ends) != len(shipments):
        raise RuntimeError(f"{side.name}: {len(ends)} of {len(shipments)} cleared\n{logs[0].read_text()[-2000:]}")
    counted = len(ends) - warm
    return Cost((ends[-1] - ends[warm - 1]).total_seconds() / counted, own / counted, servers / counted)


def _run(side: Side, logs: Sequence[Path], place: Place, *, warm: int) -> tuple[float, float]:
    """CPU seconds of the side's processes and of the servers, from the `warm`-th shipment to the end."""
    began = []
    for command, log in zip(side.commands, logs, strict=True):
        with log.open("wb") as stream:
            began.append(_started(command, place, stream))
    while sum(1 for log in logs for _ in _ends(log)) < warm and None in [one.poll() for one in began]:
        time.sleep(_LOOK)
    own_before, servers_before = sum(_family_cpu(one.pid) for one in began), sum(place.server_cpu().values())
    own = 0.0
    for process in began:
        _, _, usage = os.wait4(process.pid, 0)
        own += usage.ru_utime + usage.ru_stime
    return own - own_before, sum(place.server_cpu().values()) - servers_before


def _family_cpu(pid: int) -> float:
    """Of the process, those it started, and those of them that ended."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
        ended = process.cpu_times()
        return sum(map(_cpu, family)) + float(ended.children_user + ended.children_system)
    except psutil.NoSuchProcess:
        return 0.0


def _started(
    command: Sequence[str], place: Place, stderr: IO[bytes] | int, *, stdout: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=place.environment, stderr=stderr, stdout=stdout)  # noqa: S603 - our own


def _ends(log: Path) -> Iterator[dt.datetime]:
    for line in log.read_text().splitlines():
        if '"event": "file"' in line:
            yield dt.datetime.fromisoformat(json.loads(line)["time"])


def share(shipments: Sequence[Path], open_place: Callable[[], Place], rounds: int) -> None:
    """The sides by turns, so that a busy machine is busy for all of them."""
    costs: dict[str, list[Cost]] = {}
    for _ in range(rounds):
        for side in sides(shipments):
            cost = measured(side, shipments, open_place())
            print(
                f"{side.name}: {cost.elapsed:.3f} s, CPU {cost.own_cpu:.3f} s, servers {cost.server_cpu:.3f} s",
                flush=True,
            )
            costs.setdefault(side.name, []).append(cost)
    print(f"\n{len(shipments)} digital shipments | s/shipment | of plain | own CPU s | servers' CPU s")
    plain = costs["plain steps"]
    for name, found in costs.items():
        ratio = median(one.elapsed / other.elapsed for one, other in zip(found, plain, strict=True))
        elapsed, own, servers = (median(getattr(one, part) for one in found) for part in Cost.__slots__)
        print(f"{name:<24} | {elapsed:10.3f} | {ratio:8.2f} | {own:9.2f} | {servers:.3f}")


def latency(digital: Path, scanned: Path, open_place: Callable[[], Place], lanes: int) -> None:
    place = open_place()
    commands = [
        [sys.executable, "-m", "flows.up.worker", "--alone", f"--lane={lane}/{lanes}"] for lane in range(1, lanes + 1)
    ]
    began = [_started(command, place, subprocess.DEVNULL) for command in commands]
    try:
        place.drop("warm", digital)
        _answered("warm", place)
        for name, shipment in (("digital", digital), (f"scanned, {pages_of(scanned)} pages", scanned)):
            took = [_took(f"{name[:4]}-{number}", shipment, place) for number in range(_DROPS)]
            print(f"{name:<24} | drop to answer {median(took):5.1f} s | each {', '.join(f'{one:.1f}' for one in took)}")
    finally:
        for process in began:
            process.terminate()
            process.wait()


def _took(reference: str, shipment: Path, place: Place) -> float:
    """Nothing is read twice: each drop has other papers, by a comment after the end of each file."""
    with TemporaryDirectory() as folder:
        for paper in shipment.iterdir():
            (Path(folder) / paper.name).write_bytes(paper.read_bytes() + f"\n% {reference}\n".encode())
        place.drop(reference, Path(folder))
    return _answered(reference, place)


def _answered(reference: str, place: Place) -> float:
    """Seconds until the answer is there; `TimeoutError` after five minutes."""
    client, began = place.client, time.monotonic()
    while time.monotonic() - began < 300:  # noqa: PLR2004 - see above
        try:
            client.head_object(Bucket=place.bucket, Key=f"outbox/local/{reference}/1/findings.txt")
        except ClientError:
            time.sleep(0.05)
        else:
            return time.monotonic() - began
    raise TimeoutError(reference)


def idle(open_place: Callable[[], Place]) -> None:
    for name, objects in (("empty inbox", 0), (f"{OLD_OBJECTS:,} old objects", OLD_OBJECTS)):
        place = open_place()
        client = place.client
        with ThreadPoolExecutor(8) as threads:
            keys = [f"inbox/local/old-{number // 4:05}/{number}.pdf" for number in range(objects)]
            list(
                threads.map(
                    lambda key, put=client, to=place.bucket: put.put_object(Bucket=to, Key=key, Body=b"%PDF"), keys
                )
            )
        command = [sys.executable, "-m", "benchmarks.orchestration_sides", "idle", str(_IDLE_SECONDS)]
        with _started(command, place, subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
            cost = json.loads(process.communicate()[0])
        print(f"{name:<24} | {cost['cpu']:5.2f} CPU s a minute | {cost['requests']:5.0f} requests a minute")


def memory(shipments: Sequence[Path], open_place: Callable[[], Place]) -> None:
    """Resident memory of the worker without its readers, as it goes."""
    place = open_place()
    for number, shipment in enumerate(shipments):
        place.drop(f"R{number:04}", shipment)
    command, log = [sys.executable, "-m", "flows.up.worker", "--once", "--alone"], place.folder / "log"
    seen: dict[int, float] = {}
    with log.open("wb") as stream, _started(command, place, stream) as process:
        worker = psutil.Process(process.pid)
        while process.poll() is None:
            done = sum(1 for _ in _ends(log))
            seen.setdefault(done // max(1, len(shipments) // 10), worker.memory_info().rss / 1024**2)
            time.sleep(1)
    print(f"memory of the worker in MB, at each tenth of {len(shipments)} shipments: ", end="")
    print(", ".join(f"{resident:.0f}" for resident in seen.values()))


def _cpu(process: psutil.Process) -> float:
    used = process.cpu_times()
    return float(used.user + used.system)


def drawn(folder: Path, level: str, count: int) -> list[Path]:
    """Shipments without planted faults, one folder each."""
    for truth in series(Wish(pool="training", level=level), count=count, seed=77):
        write(truth, folder / "shipments", folder / "truth")
    return sorted((folder / "shipments").iterdir())


def pages_of(shipment: Path) -> int:
    truths = json.loads((shipment.parents[1] / "truth" / f"{shipment.name}.json").read_text())
    return sum(len(document["pages"]) for document in truths["documents"])


@contextmanager
def places(folder: Path, servers_on: str | None) -> Iterator[Callable[[], Place]]:
    """A running stack without workers, which gives each side a place of its own."""
    with running(Settings(data_dir=folder), port=None, say=lambda _: None) as up:
        for child in up.crew.children if servers_on else ():
            psutil.Process(child.process.pid).cpu_affinity([int(servers_on or 0)])

        def open_place() -> Place:
            number = time.monotonic_ns()
            place = Place(up, folder / str(number), f"side-{number}")
            place.folder.mkdir()
            make_own(place.client, archive=f"{place.bucket}-archive", exchange=place.bucket)
            return place

        yield open_place


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--lanes", type=int, default=2)
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--servers-on", metavar="CORE")
    given = parser.parse_args(arguments)
    wanted = {given.only} if given.only else set(PARTS)
    with TemporaryDirectory(prefix="tidewaiter-") as root, places(Path(root) / "data", given.servers_on) as open_place:
        digital = drawn(Path(root) / "digital", "digital", DRAWN)
        many = list(islice(cycle(digital), given.count))
        if "share" in wanted:
            share(many, open_place, given.rounds)
        if "latency" in wanted:
            scanned = drawn(Path(root) / "scanned", "scan_clean", DRAWN)
            latency(
                digital[0], min(scanned, key=lambda one: abs(pages_of(one) - _SCANNED_PAGES)), open_place, given.lanes
            )
        if "idle" in wanted:
            idle(open_place)
        if "memory" in wanted:
            memory(many, open_place)


if __name__ == "__main__":
    main()
