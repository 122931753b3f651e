"""The local store's locks when their writer is killed between any two calls, and when the disk is full."""

from __future__ import annotations

import datetime as dt
import errno
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.errors import StoreFull
from archive.stores.local import LocalStore
from archive.stores.protocol import Lock

KEY = "originals/ab/cd"
OLD = Lock("governance", dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
NEW = Lock("compliance", dt.datetime(2040, 1, 1, tzinfo=dt.UTC))

# For each point at which a child is killed while it does one thing to one object: what the parent finds afterwards, and
# what it finds once it has done the same thing itself. One line each: there?, lock, held; the same again.
DYING_KEEPER = """
import datetime as dt, os, signal, sys
from itertools import count
from pathlib import Path
from archive.stores.local import LocalStore
from archive.stores.protocol import Lock

root, work = Path(sys.argv[1]), sys.argv[2]
OLD = Lock("governance", dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
NEW = Lock("compliance", dt.datetime(2040, 1, 1, tzinfo=dt.UTC))
KEY = "originals/ab/cd"
LATER = dt.datetime(2050, 1, 1, tzinfo=dt.UTC)

def put(store, lock):
    store.put_new(KEY, b"content", media_type="x", lock=lock)

WORKS = {
    "put": lambda store: put(store, NEW),
    "lock": lambda store: store.lock(KEY, NEW),
    "hold": lambda store: store.hold(KEY, on=True),
    "remove": lambda store: store.exists(KEY) and store.remove(KEY),
}

def state(store):
    if not store.exists(KEY):
        return "none"
    lock = store.lock_of(KEY)
    return f"{lock.mode if lock else None},{store.is_held(KEY)},{store.get(KEY).decode()}"

def dying(real, left):
    def call(*given, **named):
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)
    return call

for fatal in count():
    place = root / f"{work}-{fatal}"
    store = LocalStore(place, clock=lambda: LATER)
    if work != "put":
        put(store, OLD)
    child = os.fork()
    if not child:
        left = [fatal]
        for name in ("open", "fdopen", "mkdir", "fchmod", "fsync", "link", "replace", "unlink", "close"):
            setattr(os, name, dying(getattr(os, name), left))
        WORKS[work](store)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    again = LocalStore(place, clock=lambda: LATER)
    found = state(again)
    WORKS[work](again)
    print(found, state(again))
    if os.WIFEXITED(status):
        sys.exit(os.WEXITSTATUS(status))
"""

BEFORE, AFTER = "governance,False,content", "compliance,False,content"


@pytest.mark.parametrize(
    ("work", "before", "after"),
    [
        ("put", "none", AFTER),
        ("lock", BEFORE, AFTER),
        ("hold", BEFORE, "governance,True,content"),
        ("remove", BEFORE, "none"),
    ],
)
def test_a_keeper_killed_anywhere_has_done_all_of_it_or_nothing(
    tmp_path: Path, work: str, before: str, after: str
) -> None:
    ran = subprocess.run([sys.executable, "-c", DYING_KEEPER, tmp_path, work], check=True, stdout=subprocess.PIPE)
    outcomes = [tuple(line.split()) for line in ran.stdout.decode().splitlines()]
    assert len(outcomes) > 5
    assert {first for first, _ in outcomes} == {before, after}
    assert {second for _, second in outcomes} == {after}


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """The system itself refuses to write beyond it, as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [0, 1, 4096, 1 << 20, (1 << 20) + 1])
def test_an_object_for_which_there_is_no_room_leaves_nothing(tmp_path: Path, size: int) -> None:
    store, content = LocalStore(tmp_path), b"scan" * 300_000
    with files_of_at_most(size), pytest.raises(StoreFull):
        store.put_new(KEY, content, media_type="x", lock=OLD)
    assert not list(store.list(""))
    assert not list((tmp_path / ".partial").iterdir())
    assert store.put_new(KEY, content, media_type="x", lock=OLD)
    assert store.get(KEY) == content


def test_a_lock_for_which_there_is_no_room_leaves_the_one_that_stands(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    store.put_new(KEY, b"content", media_type="x", lock=OLD)
    works: list[Callable[[], None]] = [lambda: store.lock(KEY, NEW), lambda: store.hold(KEY, on=True)]
    for work in works:
        with files_of_at_most(10), pytest.raises(StoreFull):
            work()
    assert (store.lock_of(KEY), store.is_held(KEY)) == (OLD, False)
    for work in works:
        work()
    assert (store.lock_of(KEY), store.is_held(KEY)) == (NEW, True)


@pytest.mark.parametrize("call", ["fsync", "fchmod", "replace", "mkdir", "link"])
def test_an_object_whose_lock_cannot_be_kept_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    store = LocalStore(tmp_path)

    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refused)
        with pytest.raises(StoreFull):
            store.put_new(KEY, b"content", media_type="x", lock=OLD)
    assert not store.exists(KEY)
    assert store.put_new(KEY, b"content", media_type="x", lock=OLD)
    assert store.lock_of(KEY) == OLD


def test_a_copy_for_which_there_is_no_room_leaves_no_file(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "archive")
    store.put_new(KEY, b"content", media_type="x")
    with files_of_at_most(3), pytest.raises(OSError, match="too large"):
        store.fetch(KEY, tmp_path / "copy")
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]
