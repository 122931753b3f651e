"""Reading apart from everything else: in child processes without credentials, with limits held from outside.

A paper that hangs, crashes or bloats its reader costs that page alone: the child is killed, the page gets a notice, and
a new child goes on with the next one. The pages of one shipment are read by as many children as there are workers.
"""

from __future__ import annotations

import base64
import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Lock
from types import TracebackType
from typing import Self

from extractors.engines import EngineError
from extractors.reading import Look, ReadingOptions, Sighting
from flows.isolated_reader import Done, Drawn, Looked, Refused, Shown, Task
from flows.part_reader import START_SECONDS, Limits, PartReader
from flows.reading_child import Child, ChildFailedError
from flows.settings import Settings
from schemas.pages import FileReading, Original

OnPage = Callable[[str, int, int], None]
"""Told a file's name, how many of its pages are read, and how many it has."""

_SHARE = 4
"""The fewest pages worth a process of their own."""


class ReadingPool:
    """Reads papers with as many processes as the settings allow. They are started at the first need and kept warm."""

    def __init__(self, settings: Settings) -> None:
        self._limits = Limits.of(settings)
        self._options = ReadingOptions(max_pages=settings.file_pages, max_megapixels=settings.page_megapixels)
        self._workers = settings.workers
        self._library = settings.tesseract == "library"
        self._idle: queue.SimpleQueue[Child] = queue.SimpleQueue()
        self._open = ExitStack()

    def __enter__(self) -> Self:
        for _ in range(self._workers):
            self._idle.put(self._open.enter_context(self._new_child()))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def read_all(self, papers: Sequence[tuple[Original, Path]], on_page: OnPage) -> tuple[FileReading, ...]:
        """The papers in the order given, each with its pages in order; `EngineError` where Tesseract is missing."""
        with ThreadPoolExecutor(self._workers) as threads, _stopping(threads) as stop:
            counts = list(threads.map(partial(self._count, stop=stop), papers))
            bars = [_Bar(original.file, pages, on_page) for (original, _), pages in zip(papers, counts, strict=True)]
            parts = [
                [threads.submit(self._read, paper, skip, bar=bar, stop=stop) for skip in _shares(pages, self._workers)]
                for paper, pages, bar in zip(papers, counts, bars, strict=True)
            ]
            return tuple(
                _joined(original, [part.result() for part in files])
                for (original, _), files in zip(papers, parts, strict=True)
            )

    def look_again(self, papers: Sequence[tuple[Original, Path, tuple[Look, ...]]]) -> tuple[Sighting, ...]:
        """What was seen at those places, paper by paper; a page that fails or takes too long has nothing to say.

        Raises `EngineError` where Tesseract is missing.
        """
        with ThreadPoolExecutor(self._workers) as threads, _stopping(threads) as stop:
            seen = threads.map(partial(self._looked, stop=stop), papers)
            return tuple(one for sightings in seen for one in sightings)

    def _looked(self, paper: tuple[Original, Path, tuple[Look, ...]], *, stop: Event) -> list[Sighting]:
        original, path, places = paper
        seen: list[Sighting] = []
        with self._child(stop) as child:
            try:
                child.send(Task(original, str(path), self._options, looks=places))
                event = child.next_event(self._limits.page_seconds + START_SECONDS)
                while isinstance(event, Looked):
                    seen += event.sightings
                    event = child.next_event(self._limits.page_seconds)
            except ChildFailedError:
                return seen
        if isinstance(event, Refused):
            raise EngineError(event.message)
        return seen

    def drawn(self, original: Original, path: Path, shown: Shown) -> bytes | None:
        """The page as WebP; None where it cannot be drawn, or not within the limits."""
        with self._child() as child:
            try:
                child.send(Task(original, str(path), self._options, shown=shown))
                event = child.next_event(self._limits.page_seconds + START_SECONDS)
                if not isinstance(event, Drawn):
                    return None
                child.next_event(self._limits.page_seconds)
            except ChildFailedError:
                return None
        return base64.b64decode(event.webp)

    def _new_child(self) -> Child:
        return Child(self._limits.memory_bytes, library=self._library)

    @contextmanager
    def _child(self, stop: Event | None = None) -> Iterator[Child]:
        """An idle one. Whoever leaves it in the middle of a task must not leave the rest of its answers to the next."""
        child = self._idle.get()
        child.stop = stop or Event()
        finished = False
        try:
            yield child
            finished = True
        finally:
            if not finished:
                child.kill()
            self._idle.put(child)

    def _count(self, paper: tuple[Original, Path], *, stop: Event) -> int:
        original, path = paper
        with self._child(stop) as child:
            try:
                child.send(Task(original, str(path), self._options, count_only=True))
                event = child.next_event(self._limits.page_seconds + START_SECONDS)
            except ChildFailedError:
                return 0
        return min(event.pages, self._options.max_pages) if isinstance(event, Done) else 0

    def _read(self, paper: tuple[Original, Path], skip: frozenset[int], *, bar: _Bar, stop: Event) -> PartReader:
        original, path = paper
        part = PartReader(Task(original, str(path), self._options, tuple(sorted(skip))), self._limits, bar.advance)
        with self._child(stop) as child:
            part.read(child)
        return part


def read_isolated(original: Original, path: Path, *, settings: Settings, on_page: OnPage) -> FileReading:
    """One file, in a process of its own."""
    with ReadingPool(settings) as pool:
        return pool.read_all([(original, path)], on_page)[0]


@contextmanager
def _stopping(threads: ThreadPoolExecutor) -> Iterator[Event]:
    """Who stops the reading, by Ctrl-C or for a missing engine, does not wait for the pages under way.

    The event tells the children of this reading alone; whoever reads beside it goes on.
    """
    stop, finished = Event(), False
    try:
        yield stop
        finished = True
    finally:
        if not finished:
            stop.set()
            threads.shutdown(wait=False, cancel_futures=True)


def _shares(pages: int, workers: int) -> list[frozenset[int]]:
    """For each part of a file the pages it leaves to the others."""
    everything = frozenset(range(1, pages + 1))
    size = max(_SHARE, -(-pages // (2 * workers)))
    parts = [frozenset(range(first, first + size)) & everything for first in range(1, pages + 1, size)]
    return [everything - part for part in parts] or [frozenset()]


def _joined(original: Original, parts: Sequence[PartReader]) -> FileReading:
    pages = sorted((page for part in parts for page in part.pages.values()), key=lambda page: page.number)
    notices = dict.fromkeys(notice for part in parts for notice in part.notices)
    ordered = tuple(sorted(notices, key=lambda notice: notice.page or 0))
    # Each part of a file meets what is embedded in it.
    structured = max((part.structured for part in parts), key=len)
    return FileReading(original, tuple(pages), ordered, tuple(structured))


class _Bar:
    """Counts the pages of one file that are done, whoever read them."""

    def __init__(self, file: str, pages: int, on_page: OnPage) -> None:
        self._file, self._pages, self._on_page = file, pages, on_page
        self._done = 0
        self._lock = Lock()

    def advance(self) -> None:
        with self._lock:
            self._done += 1
            self._on_page(self._file, self._done, max(self._pages, self._done))
