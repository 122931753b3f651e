"""Generated shipments, drawn and read once: what was read is kept on disk, so that a run that was stopped goes on."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from extractors.engines import Engines, installed_engines
from extractors.reading import read_file
from sample_docs.generator.chance import Chance
from sample_docs.generator.filing import drawn, filed, truth_json
from sample_docs.generator.looks import Wish
from sample_docs.generator.random_shipment import random_shipment
from schemas.pages import FileReading, Original

LANGUAGES: Final = ("en", "de", "zh", "fr", "es", "it")
_FEWEST_LINES, _MOST_LINES = 20, 56
_READINGS: Final = TypeAdapter(tuple[FileReading, ...])


@dataclass(frozen=True, slots=True)
class Read:
    """One shipment as printed and as read. `truth` is in the form of a truth file."""

    name: str
    truth: dict[str, object]
    readings: tuple[FileReading, ...]


@dataclass(frozen=True, slots=True)
class Lot:
    """Which shipments: so many of this pool's layouts from this seed on, kept in `folder`."""

    pool: str
    seed: int
    shipments: int
    folder: Path

    def names(self) -> list[str]:
        return [f"{self.pool}-{self.seed + at}" for at in range(self.shipments)]

    def file(self, name: str) -> Path:
        return self.folder / f"{name}.json.gz"

    def missing(self) -> list[str]:
        return [name for name in self.names() if not self.file(name).exists()]


def read_lot(lot: Lot, *, jobs: int) -> Iterator[str]:
    """Draw and read what is missing; the name of each shipment as it is done."""
    lot.folder.mkdir(parents=True, exist_ok=True)
    missing = lot.missing()
    if jobs == 1:
        yield from (_read_one(lot, name) for name in missing)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(_read_one, [lot] * len(missing), missing)


def kept(lot: Lot) -> Iterator[Read]:
    """All shipments of the lot that are read, in the order of their seeds."""
    for name in lot.names():
        if lot.file(name).exists():
            truth, readings = json.loads(gzip.decompress(lot.file(name).read_bytes()))
            yield Read(name, truth, _READINGS.validate_python(readings, strict=False))


@cache
def _engines() -> Engines:
    return installed_engines()


def _read_one(lot: Lot, name: str) -> str:
    """The file appears whole or not at all."""
    truth, files = _files(lot, int(name.rsplit("-", 1)[1]))
    readings = tuple(_read(file, content) for file, content in sorted(files.items()))
    content = json.dumps([truth, _READINGS.dump_python(readings, mode="json")], ensure_ascii=False).encode()
    unfinished = lot.folder / f"{name}.{os.getpid()}"
    unfinished.write_bytes(gzip.compress(content))
    unfinished.replace(lot.file(name))
    return name


def _files(lot: Lot, seed: int) -> tuple[dict[str, object], dict[str, bytes]]:
    """A shipment's truth and files: languages by turns, every paper damaged in a way of its own."""
    chance = Chance("lot", lot.pool, seed)
    wish = Wish(lines=chance.whole(_FEWEST_LINES, _MOST_LINES), level="mixed", pool=lot.pool)
    shipment = random_shipment(seed, LANGUAGES[seed % len(LANGUAGES)], wish=wish)
    papers = drawn(shipment)
    folder = filed(shipment, papers)
    return dict(truth_json(shipment, papers, folder)), folder.files


def _read(file: str, content: bytes) -> FileReading:
    original = Original(file, sha256(content).hexdigest(), len(content), "application/octet-stream")
    return read_file(original, content, engines=_engines())


def pages_of(reads: Sequence[Read]) -> int:
    return sum(len(reading.pages) for read in reads for reading in read.readings)
