#!/usr/bin/env python3
"""Checks a copy of an archive against a checkpoint that you kept: python3 check_journal.py FOLDER CHECKPOINT."""

import base64
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

Peaks = list[tuple[int, bytes]]  # Of the tree of RFC 6962: its whole subtrees from left to right, with their sizes.


def digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def add(peaks: Peaks, entry: bytes) -> None:
    size, node = 1, digest(b"\x00" + entry)
    while peaks and peaks[-1][0] == size:
        size, node = 2 * size, digest(b"\x01" + peaks.pop()[1] + node)
    peaks.append((size, node))


def root(peaks: Peaks) -> bytes:
    node = peaks[-1][1] if peaks else digest(b"")
    for _, left in reversed(peaks[:-1]):
        node = digest(b"\x01" + left + node)
    return node


def number(path: Path) -> int:
    """The number of a batch: x001/x234/067 is 1234067."""
    return int(re.sub(r"\D", "", str(path).rpartition("journal/batches")[2]))


def check(archive: Path, checkpoint: str) -> Iterator[str]:
    peaks, at, recorded, before = list[tuple[int, bytes]](), 0, dict[str, str](), "0" * 64
    size, kept = int(checkpoint.split("\n")[1]), base64.b64decode(checkpoint.split("\n")[2])
    batches = sorted((path for path in (archive / "journal/batches").rglob("*") if path.is_file()), key=number)
    for n, content in enumerate(path.read_bytes() for path in batches):
        first, *entries = content.splitlines()
        if json.loads(first) != {"batch": n, "start": at, "root": root(peaks).hex(), "before": before, "v": 1}:
            yield f"batch {n} does not follow what stands before it"
        before = digest(content).hex()
        for at, entry in enumerate(entries, at + 1):  # noqa: B020 - goes on from where it was
            add(peaks, entry)
            recorded.update(json.loads(entry).get("records", {}))
            if at == size and root(peaks) != kept:
                yield f"the first {size} entries are not those of the checkpoint"
    if at < size:
        yield f"there are {at} entries, and the checkpoint is of {size}"
    for key, stated in recorded.items():
        if not (archive / key).is_file() or digest((archive / key).read_bytes()).hex() != stated:
            yield f"{key} is gone, or is not what was recorded"


if __name__ == "__main__":
    wrong = list(check(Path(sys.argv[1]), Path(sys.argv[2]).read_text(encoding="utf-8")))
    sys.stdout.write("".join(f"WRONG {what}\n" for what in wrong) or "ok    everything goes on from the checkpoint\n")
    sys.exit(1 if wrong else 0)
