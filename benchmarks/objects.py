"""Storing originals and reading them back: rate, memory, and where the time goes.

`python -m benchmarks.objects [--count 10000] [--size 200000] [--threads 1] [--store local s3]`: distinct originals,
each written with a lock as the program writes them, then each read back and its digest compared. The bucket is on a
SeaweedFS server on this machine. Shares are those of a profile of the first few originals, which by itself makes the
part of Python code look larger than it is: `ours` is time inside `archive/`, `digests` SHA-256, `S3 client` boto3 and
what is below it, `waiting` the disk and the server.
"""

from __future__ import annotations

import argparse
import cProfile
import datetime as dt
import hashlib
import os
import pstats
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from archive import keys
from archive.stores.buckets import FIRST_REGION, make_archive
from archive.stores.local import LocalStore
from archive.stores.protocol import Lock, RetentionStore
from archive.stores.s3 import S3Store
from archive.stores.s3_client import S3Settings, client_for
from tests.servers import seaweedfs

LOCK = Lock("governance", dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
PROFILED = 100
_AT_ONCE = 64
T = TypeVar("T")
R = TypeVar("R")
_WAITING = ("fsync", "recv", "send", "connect", "poll", "acquire", "open", "link", "read", "write", "flock", "unlink")


@dataclass(frozen=True, slots=True)
class Originals:
    """Bytes that no compression or deduplication makes less of; `numbers` tells them apart."""

    size: int
    numbers: range

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        common = os.urandom(self.size)
        for number in self.numbers:
            content = number.to_bytes(8, "big") + common[8:]
            yield hashlib.sha256(content).hexdigest(), content


@dataclass(frozen=True, slots=True)
class Work:
    """Both directions, on one store. A difference raises."""

    store: RetentionStore

    def put(self, told: tuple[str, bytes]) -> str:
        digest, content = told
        key = keys.original(digest)
        if not self.store.put_new(key, content, media_type="application/pdf", sha256=digest, lock=LOCK):
            raise RuntimeError(key)
        return digest

    def get(self, digest: str) -> None:
        if hashlib.sha256(self.store.get(keys.original(digest))).hexdigest() != digest:
            raise RuntimeError(digest)


def shares(work: Callable[[], object]) -> str:
    """Where the time of the work goes, in hundredths."""
    profile = cProfile.Profile()
    profile.runcall(work)
    spent: Counter[str] = Counter()
    for (place, _, name), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]  # told by no stub
        spent[_kind(place, name)] += own
    total = sum(spent.values())
    return ", ".join(f"{kind} {100 * seconds / total:.0f} %" for kind, seconds in spent.most_common())


def _kind(place: str, name: str) -> str:
    if place == "~":
        if "hashlib" in name or "sha256" in name.lower():
            return "digests"
        return "waiting" if any(word in name for word in _WAITING) else "the rest"
    if f"{os.sep}archive{os.sep}" in place:
        return "ours"
    return "S3 client" if "site-packages" in place or "/http/" in place or "/ssl" in place else "the rest"


def measure(name: str, store: RetentionStore, *, count: int, size: int, threads: int) -> None:
    work, first = Work(store), tuple(Originals(size, range(PROFILED)))
    print(f"{name}, written: {shares(partial(_all, work.put, first))}")
    print(f"{name}, read:    {shares(partial(_all, work.get, [digest for digest, _ in first]))}")
    with ThreadPoolExecutor(threads) as pool:
        begun = time.perf_counter()
        digests = list(_each(pool, work.put, Originals(size, range(PROFILED, PROFILED + count))))
        written = time.perf_counter()
        list(_each(pool, work.get, digests))
    _tell(name, "written", count, size, written - begun)
    _tell(name, "read", count, size, time.perf_counter() - written)
    print(f"{name}: at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB of this process")


def _all(work: Callable[[T], object], things: Iterable[T]) -> None:
    for one in things:
        work(one)


def _each(pool: ThreadPoolExecutor, work: Callable[[T], R], things: Iterable[T]) -> Iterator[R]:
    """Few at a time, so that those that wait take no memory."""
    source = iter(things)
    while batch := list(islice(source, _AT_ONCE)):
        yield from pool.map(work, batch)


def _tell(name: str, what: str, count: int, size: int, seconds: float) -> None:
    rate = f"{count / seconds:.0f} a second, {count * size / seconds / 1e6:.0f} MB/s"
    print(f"{name}: {count} of {size} bytes {what} in {seconds:.1f} s ({rate})")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=10_000)
    asked.add_argument("--size", type=int, default=200_000)
    asked.add_argument("--threads", type=int, default=1)
    asked.add_argument("--store", nargs="+", choices=["local", "s3"], default=["local", "s3"])
    chosen = asked.parse_args()
    with ExitStack() as running:
        folder = Path(running.enter_context(TemporaryDirectory()))
        for name in chosen.store:
            store = _local(folder) if name == "local" else _bucket(folder, running)
            measure(name, store, count=chosen.count, size=chosen.size, threads=chosen.threads)


def _local(folder: Path) -> RetentionStore:
    return LocalStore(folder / "archive")


def _bucket(folder: Path, running: ExitStack) -> RetentionStore:
    (folder / "server").mkdir()
    server = running.enter_context(seaweedfs(folder / "server"))
    where = S3Settings("archive", server.endpoint, access_key=server.access_key, secret_key=server.secret_key)
    list(make_archive(client_for(where), where.bucket, region=FIRST_REGION))
    return S3Store(where)


if __name__ == "__main__":
    main()
