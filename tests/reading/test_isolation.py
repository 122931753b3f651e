from __future__ import annotations

from pathlib import Path

import pytest

from extractors.engines import EngineError, library_is_installed
from extractors.reading import ReadingOptions
from flows.isolated_reader import EVENTS, TASKS, Noticed, Read, Shown, Task
from flows.isolation import ReadingPool, read_isolated
from flows.part_reader import Limits, PartReader
from flows.reading_child import Child, ChildFailedError
from flows.settings import Settings
from schemas.geometry import Box
from schemas.pages import Notice, Original, Page, Rule, Word
from tests.reading.papers import drawn, encoded, paper, received, scan_and_text

BOX = Box(1.25, 2.5, 3.0, 4.75)


def stored(folder: Path, file: str, content: bytes) -> tuple[Original, Path]:
    path = folder / str(abs(hash(file)))
    path.write_bytes(content)
    return received(file, content), path


def test_papers_come_back_in_order_with_their_pages_whoever_read_them(tmp_path: Path) -> None:
    papers = [stored(tmp_path, "long.pdf", paper(9)), stored(tmp_path, "../none 📦.pdf", b"")]
    told: list[tuple[str, int, int]] = []
    with ReadingPool(Settings(workers=2)) as pool:
        readings = pool.read_all(papers, lambda *progress: told.append(progress))
    assert [[page.number for page in reading.pages] for reading in readings] == [list(range(1, 10)), []]
    assert [notice.kind for notice in readings[1].notices] == ["empty"]
    assert [step for step in told if step[0] == "long.pdf"] == [("long.pdf", done, 9) for done in range(1, 10)]


@pytest.mark.slow
def test_a_page_over_its_time_is_noticed_and_the_others_are_read(tmp_path: Path) -> None:
    """The first page is a scan, which takes seconds of work; the second has a text layer, which takes little."""
    original, path = stored(tmp_path, "slow.pdf", scan_and_text())
    done: list[str] = []
    part = PartReader(
        Task(original, str(path), ReadingOptions()), Limits(page_seconds=1.5), lambda: done.append("page")
    )
    with Child(memory_bytes=2**33) as child:
        part.read(child)
    assert [(notice.kind, notice.page) for notice in part.notices] == [("time_limit", 1)]
    assert "“slow.pdf”, page 1, took longer to read than it may." in next(iter(part.notices)).message
    assert list(part.pages) == [2]
    assert len(done) == 2


def test_a_file_over_its_time_keeps_what_was_read_and_says_so(tmp_path: Path) -> None:
    original, path = stored(tmp_path, "long.pdf", paper(6))
    part = PartReader(
        Task(original, str(path), ReadingOptions()), Limits(file_seconds=0.0, seconds_a_page=0.0), lambda: None
    )
    with Child(memory_bytes=2**33) as child:
        part.read(child)
    assert [(notice.kind, notice.page) for notice in part.notices] == [("time_limit", None)]
    assert len(part.pages) < 6


@pytest.mark.slow
def test_a_reader_over_its_memory_is_ended_and_the_page_noticed(tmp_path: Path) -> None:
    original, path = stored(tmp_path, "big.png", encoded(drawn(paper())))
    settings = Settings(workers=1, memory_bytes=128 * 2**20)
    reading = read_isolated(original, path, settings=settings, on_page=lambda *_: None)
    assert reading.pages == ()
    assert [notice.kind for notice in reading.notices] == ["memory_limit"]
    assert "needed more memory than it may" in reading.notices[0].message


def _give_up(*_progress: object) -> None:
    raise InterruptedError


def test_reading_that_was_given_up_keeps_nobody_from_looking_at_a_page(tmp_path: Path) -> None:
    original, path = stored(tmp_path, "a.pdf", paper())
    with ReadingPool(Settings(workers=1)) as pool:
        with pytest.raises(InterruptedError):
            pool.read_all([(original, path)], _give_up)
        assert pool.drawn(original, path, Shown(page=1, turned=0, longest=100)) is not None


def test_nothing_of_a_file_that_was_given_up_is_taken_for_the_next_one(tmp_path: Path) -> None:
    with ReadingPool(Settings(workers=1)) as pool:
        with pytest.raises(InterruptedError):
            pool.read_all([stored(tmp_path, "long.pdf", paper(4))], _give_up)
        [reading] = pool.read_all([stored(tmp_path, "short.pdf", paper(1))], lambda *_: None)
    assert [(page.file, page.number) for page in reading.pages] == [("short.pdf", 1)]


def test_a_child_that_ends_is_told_as_such_and_the_next_task_starts_another(tmp_path: Path) -> None:
    original, path = stored(tmp_path, "a.pdf", paper())
    task = Task(original, str(path), ReadingOptions())
    with Child(memory_bytes=2**33) as child:
        child.send(Task(original, str(tmp_path / "not there"), ReadingOptions()))
        with pytest.raises(ChildFailedError) as failure:
            child.next_event(30)
        assert failure.value.reason == "crash"
        child.send(task)
        events = [child.next_event(30) for _ in range(3)]
    assert isinstance(events[1], Read)
    assert "11,111.06" in events[1].page.text


def test_credentials_do_not_reach_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-ours")
    original, path = stored(tmp_path, "a.pdf", paper())
    with Child(memory_bytes=2**33) as child:
        child.send(Task(original, str(path), ReadingOptions(), count_only=True))
        child.next_event(30)
        environment = Path(f"/proc/{child.pid}/environ").read_bytes()
    assert b"secret-of-ours" not in environment


def test_what_crosses_between_the_processes_arrives_as_it_left() -> None:
    word = Word("Müller 数量", BOX, 0.9, "rapidocr", ("tesseract",), ("Muller",), 9.5, bold=True)
    page = Page("a.pdf", "0" * 64, 2, 595.0, 842.0, (word,), (Rule(BOX),), "ocr", 90, (1.0,) * 9, ("eng", "deu"))
    for event in (Read(page), Noticed(Notice("a.pdf", None, "damaged", "…", holds=False))):
        assert EVENTS.validate_json(EVENTS.dump_json(event)) == event
    task = Task(Original("a", "0" * 64, 1, "application/pdf"), "/x", ReadingOptions(), (1, 2))
    assert TASKS.validate_json(TASKS.dump_json(task)) == task


@pytest.mark.skipif(library_is_installed(), reason="tesserocr is installed")
def test_the_library_that_is_asked_for_but_not_there_is_told_before_anything_is_read(tmp_path: Path) -> None:
    paper_of_one = stored(tmp_path, "a.pdf", paper())
    with (
        ReadingPool(Settings(workers=1, tesseract="library")) as pool,
        pytest.raises(EngineError, match="TIDEWAITER_TESSERACT=program"),
    ):
        pool.read_all([paper_of_one], lambda *_: None)
