"""Broken papers in numbers: each ends in pages and notices that say what to do, whatever was done to its bytes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from extractors.documents import find_documents
from extractors.structured import read_structured
from flows.isolation import ReadingPool
from flows.settings import Settings
from schemas.pages import FileReading, Notice, Original
from tests.soak.mutations import mutated, seeds

BATCH = 50
BROKEN = "broke the program that reads it"


def read(numbers: Iterable[int], folder: Path) -> Iterator[FileReading]:
    papers = [stored(number, folder) for number in numbers]
    with ReadingPool(Settings(workers=2)) as pool:
        for start in range(0, len(papers), BATCH):
            yield from pool.read_all(papers[start : start + BATCH], lambda *_: None)


def stored(number: int, folder: Path) -> tuple[Original, Path]:
    name, content = mutated(number)
    path = folder / str(number)
    path.write_bytes(content)
    return Original(name, hashlib.sha256(content).hexdigest(), len(content), "application/octet-stream"), path


def failures(readings: Iterable[FileReading]) -> tuple[dict[str, list[str]], Counter[str]]:
    """What each file that failed says, and how often each kind of notice was given."""
    failed: dict[str, list[str]] = {}
    kinds: Counter[str] = Counter()
    for reading in readings:
        kinds.update(notice.kind for notice in reading.notices)
        find_documents([page for page in reading.pages if page.words])
        wrong = [n.message for n in reading.notices if BROKEN in n.message or n.kind in {"time_limit", "memory_limit"}]
        if wrong or not (reading.pages or reading.notices or reading.structured):
            failed[reading.original.file] = wrong
    return failed, kinds


def test_every_whole_paper_is_read_to_something() -> None:
    assert len(seeds()) == 14
    assert all(seeds().values())
    assert mutated(77) == mutated(77)


@pytest.mark.parametrize("number", [928, 984])
def test_a_workbook_whose_parts_begin_before_the_file_is_told_as_damaged(number: int) -> None:
    name, content = mutated(number)
    original = Original(name, hashlib.sha256(content).hexdigest(), len(content), "application/octet-stream")
    [notice] = [item for item in read_structured(original, content) if isinstance(item, Notice)]
    assert "is a workbook that is damaged: send it again." in notice.message


@pytest.mark.slow
def test_broken_papers_end_in_pages_and_notices(tmp_path: Path) -> None:
    failed, kinds = failures(read(range(56), tmp_path))
    assert failed == {}
    assert kinds["damaged"] > 0


@pytest.mark.soak
@pytest.mark.timeout(4 * 3600)
def test_a_thousand_broken_papers_end_in_pages_and_notices(tmp_path: Path) -> None:
    failed, kinds = failures(read(range(1000), tmp_path))
    print("notices:", dict(kinds))  # noqa: T201  the figure that is asked for
    assert failed == {}
