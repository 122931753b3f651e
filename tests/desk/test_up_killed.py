"""Killed at random while shipments run: workers, Prefect server and S3 server, again and again, from a fixed seed."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import random
import shlex
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from archive.archive import Archive
from flows.settings import load_settings
from flows.workshop import open_records
from sample_docs.generator.filing import write
from sample_docs.generator.looks import Wish
from sample_docs.generator.series import series
from tests.waiting import files_below

ROOT = Path(__file__).parents[2]
VICTIMS = {"worker-1": "--lane=1/2", "worker-2": "--lane=2/2", "prefect": "create_app", "s3": "-s3.config="}
START_SECONDS, PATIENCE_SECONDS = 240, 1200


@dataclass(frozen=True)
class Drop:
    """A stack's folder, and the shipments to drop: paths of their papers by reference."""

    root: Path
    shipments: Mapping[str, Path]

    @property
    def inbox(self) -> Path:
        return self.root / "exchange" / "inbox" / "local"

    @property
    def answers(self) -> dict[str, Path]:
        folder = self.root / "exchange" / "outbox"
        return {str(path.relative_to(folder)): path for path in files_below(folder)}

    @property
    def answered(self) -> int:
        return sum(name.endswith("findings.txt") for name in self.answers)

    @property
    def left(self) -> list[Path]:
        return files_below(self.inbox)

    def put(self) -> None:
        for reference, papers in self.shipments.items():
            folder = self.inbox / reference
            folder.mkdir(parents=True)
            for paper in papers.iterdir():
                (folder / paper.name).write_bytes(paper.read_bytes())
            (folder / "_READY").touch()


@contextmanager
def _up(drop: Drop) -> Iterator[subprocess.Popen[bytes]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_API", "PREFECT_HOME"))}
    command = [sys.executable, "-c", "from desk.cli import main; main()", "up", "--no-desk", "--lanes", "2"]
    command += ["--exchange", str(drop.root / "exchange"), "--out", str(drop.root / "data")]
    environment = {**kept, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=drop.root, env=environment) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def _until(holds: Callable[[], bool], process: subprocess.Popen[bytes], *, seconds: float, drop: Drop) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, _log(drop)[-3000:]
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"the stack ended: {_log(drop)[-3000:]}")


def _log(drop: Drop) -> str:
    path = drop.root / "data" / "up" / "log.txt"
    return path.read_text() if path.exists() else ""


def _kill(victim: str, process: subprocess.Popen[bytes]) -> bool:
    """Whether there was one to kill: it may just be starting again."""
    for one in psutil.Process(process.pid).children(recursive=True):
        try:
            if any(VICTIMS[victim] in part for part in one.cmdline()):
                one.kill()
                return True
        except psutil.NoSuchProcess:
            continue
    return False


def _run(drop: Drop, kills: int, seed: int) -> Counter[str]:
    """All shipments dropped and answered, with so many kills on the way; how often each was killed."""
    chance, killed = random.Random(seed), Counter[str]()  # noqa: S311 - repeatable
    with _up(drop) as process:
        drop.put()
        _until(lambda: drop.answered > 0, process, seconds=START_SECONDS, drop=drop)
        victims = list(VICTIMS) * (kills // len(VICTIMS) + 1)
        chance.shuffle(victims)
        for victim in victims[:kills]:
            pause = time.monotonic() + chance.uniform(0.5, 6)
            _until(lambda until=pause: time.monotonic() > until, process, seconds=60, drop=drop)  # type: ignore[misc]
            killed[victim] += _kill(victim, process) and bool(drop.left)
        _until(lambda: not drop.left, process, seconds=PATIENCE_SECONDS, drop=drop)
        _check(drop)
    return killed


def _check(drop: Drop) -> None:
    """One revision, one answer and at most one declaration for each shipment, and every original in the archive."""
    told = dict(line.split("=", 1) for line in (drop.root / "data/up/environment").read_text().splitlines())
    with pytest.MonkeyPatch.context() as patch:
        for name, value in told.items():
            patch.setenv(name, shlex.split(value)[0])
        with open_records(load_settings()) as records:
            archive = Archive(records.store, clock=lambda: dt.datetime.now(dt.UTC))
            finished = Counter(one.reference for one in archive.finished())
            for reference, papers in drop.shipments.items():
                _check_answer(reference, archive, drop)
                for paper in papers.iterdir():
                    content = paper.read_bytes()
                    assert archive.original(hashlib.sha256(content).hexdigest()) == content
    assert finished == dict.fromkeys(drop.shipments, 1)


def _check_answer(reference: str, archive: Archive, drop: Drop) -> None:
    answers = {name: path for name, path in drop.answers.items() if name.startswith(f"local/{reference}/")}
    assert {name.split("/")[2] for name in answers} == {"1"}
    result = archive.result("local", reference, 1)
    declared = [path for name, path in answers.items() if name.endswith("/declaration.json")]
    assert len(declared) == (result.status == "clear")


def _drop(root: Path, count: int) -> Drop:
    truths = list(series(Wish(pool="training", level="digital"), count=count, seed=510))
    for truth in truths:
        write(truth, root / "shipments", root / "truth")
    return Drop(root, {f"R-{number:02}": root / "shipments" / truth.id for number, truth in enumerate(truths)})


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_twelve_shipments_end_with_one_declaration_each_whoever_is_killed(tmp_path: Path) -> None:
    killed = _run(_drop(tmp_path, 12), kills=6, seed=1)
    assert sum(killed.values()) >= 3


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_fifty_shipments_end_with_one_declaration_each_whoever_is_killed(tmp_path: Path) -> None:
    began = time.monotonic()
    killed = _run(_drop(tmp_path, 50), kills=24, seed=2)
    print(f"\n50 shipments in {time.monotonic() - began:.0f} s, killed: {dict(killed)}")  # noqa: T201 - what a soak measured
    assert len(killed) == len(VICTIMS)
