"""The child process that reads: tasks come in on standard input, what was read goes out on standard output, as JSON.

JSON and not pickle, because the parent must not run what a paper made the child say.
"""

from __future__ import annotations

import base64
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TextIO

from pydantic import TypeAdapter

from extractors.engines import EngineError, Engines, installed_engines
from extractors.reading import (
    Look,
    ReadingError,
    ReadingOptions,
    Sighting,
    page_count,
    page_picture,
    read_original,
    reread,
)
from extractors.structured import is_structured, read_attached, read_structured
from schemas.documents import Document
from schemas.pages import Notice, Original, Page


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that a person wants to see: its number from 1, its turn in degrees, its longer side in pixels."""

    page: int
    turned: int
    longest: int


@dataclass(frozen=True, slots=True)
class Task:
    """Read the pages of a file but those in `skip`, or only count them, or look again at the places `looks`.

    Or only draw the page `shown`.
    """

    original: Original
    path: str
    options: ReadingOptions
    skip: tuple[int, ...] = ()
    count_only: bool = False
    looks: tuple[Look, ...] = ()
    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """The reader begins with a page, counted from 1, `of` so many; what comes until the next one is about it."""

    page: int
    of: int
    kind: Literal["started"] = "started"


@dataclass(frozen=True, slots=True)
class Read:
    page: Page
    kind: Literal["read"] = "read"


@dataclass(frozen=True, slots=True)
class Figures:
    """A document that the file holds as figures, not as pages."""

    document: Document
    kind: Literal["figures"] = "figures"


@dataclass(frozen=True, slots=True)
class Noticed:
    notice: Notice
    kind: Literal["noticed"] = "noticed"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen at the places of one page."""

    sightings: tuple[Sighting, ...]
    kind: Literal["looked"] = "looked"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as WebP, in base64."""

    webp: str
    kind: Literal["drawn"] = "drawn"


@dataclass(frozen=True, slots=True)
class Done:
    """The task is over. `pages` is what was asked for where pages are only counted, and 1 behind a page drawn."""

    pages: int = 0
    kind: Literal["done"] = "done"


@dataclass(frozen=True, slots=True)
class Refused:
    """An engine is not installed as it must be: no fault of the paper."""

    message: str
    kind: Literal["refused"] = "refused"


Event = Started | Read | Figures | Noticed | Looked | Drawn | Done | Refused
LIBRARY = "library"
TASKS: TypeAdapter[Task] = TypeAdapter(Task)
EVENTS: TypeAdapter[Event] = TypeAdapter(Event)


def events(task: Task, engines: Engines, on_page: Callable[[int, int], None]) -> Iterator[Event]:
    """What the task yields, `Done` or `Refused` last."""
    if task.count_only:
        yield Done(page_count(Path(task.path)))
        return
    content = Path(task.path).read_bytes()
    if task.shown:
        yield from _drawn(task, task.shown, content)
        return
    try:
        yield from _looked(task, content, engines) if task.looks else _read(task, content, engines, on_page)
    except EngineError as error:
        yield Refused(str(error))
        return
    yield Done()


def _drawn(task: Task, shown: Shown, content: bytes) -> Iterator[Event]:
    try:
        webp = page_picture(content, shown.page, turned=shown.turned, longest=shown.longest, options=task.options)
    except ReadingError:
        yield Done()
        return
    yield Drawn(base64.b64encode(webp).decode("ascii"))
    yield Done(1)


def _looked(task: Task, content: bytes, engines: Engines) -> Iterator[Event]:
    for sightings in reread(content, task.looks, engines=engines, options=task.options):
        yield Looked(sightings)


def _read(task: Task, content: bytes, engines: Engines, on_page: Callable[[int, int], None]) -> Iterator[Event]:
    if is_structured(content):
        yield from map(_event, read_structured(task.original, content))
        return
    yield from map(_event, read_attached(task.original, content))
    skip = frozenset(task.skip)
    pages = read_original(
        task.original, content, engines=engines, options=task.options, skip_pages=skip, on_page=on_page
    )
    yield from map(_event, pages)


def _event(item: Page | Document | Notice) -> Event:
    match item:
        case Page():
            return Read(item)
        case Notice():
            return Noticed(item)
        case _:
            return Figures(item)


def _answer(tasks: TextIO, answers: TextIO, *, library: bool) -> None:
    def say(event: Event) -> None:
        answers.write(EVENTS.dump_json(event).decode() + "\n")
        answers.flush()

    for line in tasks:
        try:
            engines = _engines(library)
        except EngineError as error:
            say(Refused(str(error)))
            continue
        for event in events(TASKS.validate_json(line), engines, lambda page, of: say(Started(page, of))):
            say(event)


@cache
def _engines(library: bool) -> Engines:  # noqa: FBT001 - a cached function tells its arguments apart by place
    return installed_engines(library=library)


def main() -> None:
    """Serves until standard input ends. What libraries print goes to standard error: it cannot spoil an answer.

    With the argument `library`, Tesseract is used as such.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    _answer(sys.stdin, answers, library=LIBRARY in sys.argv[1:])


if __name__ == "__main__":
    main()
