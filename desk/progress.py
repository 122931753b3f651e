"""How far the reading of a shipment's papers is, on standard error: a bar in a terminal, nothing in a log file."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from flows.intake import readable


class ReadingProgress:
    """A context in which `on_page` may be called; the bar is gone when it ends."""

    def __init__(self, console: Console, shipment: str) -> None:
        self._bar = Progress(
            TextColumn("{task.fields[shipment]}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("pages"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[file]}", markup=False, style="dim"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._shipment = readable(shipment)
        self._pages: dict[str, tuple[int, int]] = {}
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._bar.start()
        self._task = self._bar.add_task("reading", shipment=self._shipment, file="", total=None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def on_page(self, file: str, done: int, pages: int) -> None:
        """`done` of the file's `pages` are read."""
        self._pages[file] = (done, pages)
        if self._task is not None:
            self._bar.update(
                self._task,
                completed=sum(read for read, _ in self._pages.values()),
                total=sum(known for _, known in self._pages.values()),
                file=readable(file),
            )


class AnswerProgress:
    """A context in which `on_answers` may be called; the bar is gone when it ends."""

    def __init__(self, console: Console, shipments: int) -> None:
        self._bar = Progress(
            TextColumn("shipments answered"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("answering", total=shipments)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def on_answers(self, answered: int) -> None:
        self._bar.update(self._task, completed=answered)
