"""Some pages of one file read by a child process, failure by failure, until all are read or the file's time is over."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from extractors.engines import EngineError
from flows.isolated_reader import Done, Drawn, Event, Figures, Looked, Noticed, Read, Refused, Started, Task
from flows.reading_child import PATIENCE, Child, ChildFailedError, Reason
from flows.settings import Settings
from schemas.documents import Document
from schemas.pages import Notice, NoticeKind, Page

START_SECONDS = 20.0
"""Added to the first page's time, in which a new child loads its engines."""
_SAYS: dict[Reason, tuple[NoticeKind, str]] = {
    "time": ("time_limit", "took longer to read than it may"),
    "memory": ("memory_limit", "needed more memory than it may"),
    "crash": ("damaged", "broke the program that reads it"),
}
_DO = "Send it again at 300 dpi, as a file of its own."


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one file: `file_seconds` and `seconds_a_page` for each of its pages; of one page; of one child's memory."""

    file_seconds: float = 60.0
    seconds_a_page: float = 10.0
    page_seconds: float = 30.0
    memory_bytes: int = 1536 * 1024 * 1024

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(settings.file_seconds, settings.file_seconds_per_page, settings.page_seconds, settings.memory_bytes)


class PartReader:
    """What has been read of a part of a file: `pages` by number, `notices` in the order they came."""

    def __init__(self, task: Task, limits: Limits, on_done: Callable[[], None]) -> None:
        self.pages: dict[int, Page] = {}
        self.notices: dict[Notice, None] = {}
        self.structured: list[Document] = []
        self._task = task
        self._limits = limits
        self._on_done = on_done
        self._done = set(task.skip)
        self._at: int | None = None
        self._of = 1
        self._started = 0.0

    def read(self, child: Child) -> None:
        """Raises `EngineError` where an engine is not installed as it must be."""
        self._started = time.monotonic()
        is_done = False
        while not is_done:  # After a page that failed a new child goes on with the next one.
            is_done = self._attempted(child) or self._is_over()

    def _attempted(self, child: Child) -> bool:
        """Whether there is nothing more to try; else the failed page has its notice and will be skipped."""
        self._at = None
        try:
            child.send(Task(self._task.original, self._task.path, self._task.options, tuple(sorted(self._done))))
            seconds = self._limits.page_seconds + START_SECONDS
            while not self._take(child.next_event(seconds)):
                seconds = self._limits.page_seconds
                if self._is_over():
                    child.kill()
                    return True
        except ChildFailedError as error:
            return self._note_failure(error.reason)
        return True

    def _take(self, event: Event) -> bool:
        """Keeps what the child said; whether that was all."""
        match event:
            case Started(page, of):
                self._finish_page()
                self._at, self._of = page, of
            case Read(page):
                self.pages[page.number] = page
            case Figures(document):
                if document not in self.structured:
                    self.structured.append(document)
            case Noticed(notice):
                self.notices[notice] = None
            case Refused(message):
                raise EngineError(message)
            case Looked() | Drawn():
                pass  # the answer to another question
            case Done():
                self._finish_page()
                return True
        return False

    def _note_failure(self, reason: Reason) -> bool:
        """True where the file failed as a whole, before any page."""
        kind, says = _SAYS[reason]
        file = self._task.original.file
        place = f"“{file}”" if self._at is None else f"“{file}”, page {self._at},"
        self.notices[Notice(file, self._at, kind, f"{place} {says}. {_DO}")] = None
        if self._at is None:
            return True
        self._finish_page()
        return False

    def _finish_page(self) -> None:
        if self._at is not None:
            self._done.add(self._at)
            self._at = None
            self._on_done()

    def _is_over(self) -> bool:
        """Whether the file's time is used up; it then has a notice."""
        pages = max(1, self._of - len(self._task.skip))  # `_of` is not known before the first page is begun
        allowed = PATIENCE * (self._limits.file_seconds + self._limits.seconds_a_page * pages)
        if time.monotonic() - self._started <= allowed:
            return False
        file = self._task.original.file
        says = "takes longer to read than a file may: its last pages were not read. Send them as a file of their own."
        self.notices[Notice(file, None, "time_limit", f"“{file}” {says}")] = None
        return True
