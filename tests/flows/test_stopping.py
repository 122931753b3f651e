from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from flows.isolation import ReadingPool
from flows.settings import Settings
from schemas.pages import Original


class StopError(Exception):
    """What ends the reading in the middle, as Ctrl-C does."""


def _paper(path: Path) -> tuple[Original, Path]:
    content = path.read_bytes()
    return Original(path.name, sha256(content).hexdigest(), len(content), "application/pdf"), path


@pytest.mark.slow
def test_a_pool_that_was_stopped_in_the_middle_reads_the_next_papers_from_their_start(papers: Path) -> None:
    inbox = [_paper(path) for path in sorted(papers.iterdir())]

    def stop(_file: str, _done: int, _pages: int) -> None:
        raise StopError

    with ReadingPool(Settings(workers=2)) as pool:
        with pytest.raises(StopError):
            pool.read_all(inbox, stop)
        readings = pool.read_all(inbox, lambda _file, _done, _pages: None)
    assert [(reading.original.file, len(reading.pages), reading.notices) for reading in readings] == [
        ("invoice.pdf", 1, ()),
        ("packing list.pdf", 1, ()),
    ]


def test_readers_that_were_killed_leave_no_pictures_of_the_papers_behind(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    seen: list[str] = []

    def stop(_file: str, _done: int, _pages: int) -> None:
        seen.extend(path.name for path in scratch.iterdir())
        raise StopError

    with ReadingPool(Settings(workers=2)) as pool, pytest.raises(StopError):
        pool.read_all([_paper(path) for path in papers.iterdir()], stop)
    assert seen
    assert list(scratch.iterdir()) == []
