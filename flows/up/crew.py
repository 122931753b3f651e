"""Who is at work: each process is watched, started again when it ends unasked, and ended with the others."""

from __future__ import annotations

import logging
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from flows.up.children import Child, Program, started
from flows.up.errors import ServerDiedError

_LOOK_SECONDS: Final = 0.5
_STARTS: Final = 10
_LIVED_SECONDS: Final = 60
"""A process that ends so many times in a row, each time earlier than that, would never run here."""


@dataclass(frozen=True, slots=True)
class Post:
    """A program with how to tell that it is ready, and how many seconds that may take.

    Others work with a server to their own end, so it ends after them.
    """

    program: Program
    is_ready: Callable[[], bool]
    seconds: float
    is_server: bool = False


class Crew:
    """The running processes in the order they were started; they are ended in the opposite one, the servers last."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._posts: dict[str, Post] = {}
        self._children: dict[str, Child] = {}
        self._starts: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with ExitStack() as ending:
            for child in self.children:
                ending.callback(child.stop)
            for name, child in self._children.items():
                if not self._posts[name].is_server:
                    child.ask()

    @property
    def children(self) -> tuple[Child, ...]:
        return tuple(self._children.values())

    def add(self, post: Post) -> None:
        self._posts[post.program.name] = post
        self._start(post)

    def wait_until_ready(self) -> None:
        """Raises `ServerDiedError` for the first that ends instead, or takes too long."""
        for name, post in self._posts.items():
            self._children[name].wait_until(post.is_ready, seconds=post.seconds)

    def child(self, name: str) -> Child:
        """The running process of that name, or the one that ended last."""
        return self._children[name]

    def keep_running(self, *, until_ended: AbstractSet[str], meanwhile: Callable[[], object] = lambda: None) -> None:
        """Watch over all of them until those of these names have ended by themselves; for ever where there are none.

        `meanwhile` is called after every look at them.
        Raises `ServerDiedError` when one ends again and again.
        """
        ended: set[str] = set()
        while not ended or ended < until_ended:
            for name, post in self._posts.items():
                code = self._children[name].exit_code
                if code is not None and code >= 0 and name in until_ended:
                    ended.add(name)
                elif code is not None:
                    self._log.info("%s ended with code %s and is started again", name, code)
                    self._start(post)
            meanwhile()
            self._rest(ended)

    def _rest(self, ended: AbstractSet[str]) -> None:
        """Wait on whoever was started last of those at work: with `--once` its end is what is waited for."""
        at_work = [child for name, child in self._children.items() if name not in ended]
        if at_work:
            at_work[-1].ended_within(_LOOK_SECONDS)

    def _start(self, post: Post) -> None:
        name = post.program.name
        before = self._children.get(name)
        in_a_row = self._starts.get(name, 0) if before and before.age < _LIVED_SECONDS else 0
        if before and in_a_row >= _STARTS:
            raise ServerDiedError(before.told(f"ended {in_a_row} times in a row"))
        self._starts[name] = in_a_row + 1
        self._children[name] = started(post.program, self._log)
