"""The local store when its writer is killed, when others write beside it, and when the disk refuses."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from archive.errors import ArchiveError, Conflict, NoLinks, NotAnArchive, StoreFull, StoreRefused, StoreUnavailable
from archive.keys import AREAS
from archive.stores.filenames import MARKER
from archive.stores.local import REGISTER, LocalStore
from archive.stores.partials import Partials

# Writes one object and is killed, without any clean-up, at the n-th of the calls that touch the disk.
DYING_WRITER = """
import os, signal, sys
from pathlib import Path
from archive.stores.local import LocalStore

root, source, fatal = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
calls = 0

def dying(real):
    def call(*given, **named):
        global calls
        calls += 1
        if calls == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)
    return call

store = LocalStore(root)
for name in ("open", "fdopen", "mkdir", "fchmod", "fsync", "link", "unlink", "close"):
    setattr(os, name, dying(getattr(os, name)))
created = store.put_new("originals/ab/cd", source, media_type="x")
print(calls, created)
"""

# Each process tries to write the same keys and prints those that it was told it created.
RACING_WRITER = """
import sys
from pathlib import Path
from archive.stores.local import LocalStore

store = LocalStore(Path(sys.argv[1]))
for number in range(40):
    if store.put_new(f"shipments/contended/{number}", sys.argv[2].encode() * 5000, media_type="x"):
        print(number)
"""


def started(program: str, *arguments: str | Path | int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> tuple[int, list[str]]:
    """Its exit code (negative: the signal that killed it) and the words that it printed."""
    told, _ = process.communicate()
    return process.returncode, told.split()


def put(store: LocalStore, key: str, content: bytes | Path) -> bool:
    return store.put_new(key, content, media_type="application/pdf")


def test_a_writer_killed_anywhere_leaves_the_whole_object_or_none(tmp_path: Path) -> None:
    content = b"scan" * 100_000
    source = tmp_path / "scan.pdf"
    source.write_bytes(content)
    code, (calls, created) = ended(started(DYING_WRITER, tmp_path / "whole", source, 0))
    assert (code, int(calls) > 10, created) == (0, True, "True")
    seen = set()
    for fatal in range(1, int(calls) + 1):
        root = tmp_path / str(fatal)
        assert ended(started(DYING_WRITER, root, source, fatal)) == (-signal.SIGKILL, [])
        left = [path.read_bytes() for path in root.glob("originals/**/*") if path.is_file()]
        store = LocalStore(root)
        assert list((root / ".partial").iterdir()) == []
        assert left == [store.get(key) for key in store.list("")] == [content] * len(left)
        assert put(store, "originals/ab/cd", source) == (not left)
        assert store.get("originals/ab/cd") == content
        seen.add(len(left))
    assert seen == {0, 1}


def test_of_several_processes_exactly_one_creates_each_object(tmp_path: Path) -> None:
    writers = [started(RACING_WRITER, tmp_path / "archive", name) for name in "abcd"]
    outcomes = [ended(writer) for writer in writers]
    assert [code for code, _ in outcomes] == [0] * 4
    assert sorted(int(number) for _, created in outcomes for number in created) == list(range(40))
    store = LocalStore(tmp_path / "archive")
    for name, (_, created) in zip("abcd", outcomes, strict=True):
        for number in created:
            assert store.get(f"shipments/contended/{number}") == name.encode() * 5000


def test_opening_the_archive_spares_what_another_one_still_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = LocalStore(tmp_path)
    real_link = os.link

    def link_beside_an_opening(source: Path, target: Path) -> None:
        LocalStore(tmp_path)
        real_link(source, target)

    monkeypatch.setattr(os, "link", link_beside_an_opening)
    assert put(store, "originals/a", b"content")
    assert store.get("originals/a") == b"content"


def test_a_writer_whose_file_is_swept_before_it_is_locked_takes_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = LocalStore(tmp_path)
    real_flock, sweeps = fcntl.flock, iter([Partials(tmp_path / ".partial").sweep])

    def flock_after_a_sweep(descriptor: int, operation: int) -> None:
        for sweep in sweeps:
            sweep()
        real_flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", flock_after_a_sweep)
    assert put(store, "originals/a", b"content")
    assert next(sweeps, None) is None
    assert store.get("originals/a") == b"content"


def test_two_sweeps_at_once_do_not_disturb_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "left").touch()
    (tmp_path / "behind").touch()
    real_open = os.open

    def open_after_another_sweep(path: Path, flags: int) -> int:
        path.unlink(missing_ok=True)
        return real_open(path, flags)

    monkeypatch.setattr(os, "open", open_after_another_sweep)
    Partials(tmp_path).sweep()
    assert list(tmp_path.iterdir()) == []


def test_bytes_reach_the_disk_before_the_name_and_the_name_before_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = LocalStore(tmp_path)
    done: list[str] = []
    real_fsync, real_link, real_mkdir = os.fsync, os.link, os.mkdir

    def fsync(descriptor: int) -> None:
        done.append(f"flush {Path(f'/proc/self/fd/{descriptor}').readlink().name}")
        real_fsync(descriptor)

    def link(source: Path, target: Path) -> None:
        done.append(f"link {target.name}")
        real_link(source, target)

    def mkdir(path: Path, mode: int) -> None:
        done.append(f"make {path.name}")
        real_mkdir(path, mode)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "link", link)
    monkeypatch.setattr(os, "mkdir", mkdir)
    put(store, "originals/ab/c", b"content")
    put(store, "originals/ab/c", b"content")
    bytes_flushed, *rest = done
    assert bytes_flushed.startswith("flush tmp")
    made = ["make originals", f"flush {tmp_path.name}", "make ab", "flush originals"]
    assert rest == [*made, "link c", "flush ab", "flush ab"]


def test_an_object_can_only_be_read_and_not_by_everyone(tmp_path: Path) -> None:
    put(LocalStore(tmp_path), "originals/a", b"content")
    assert stat.S_IMODE((tmp_path / "originals" / "a").stat().st_mode) == 0o440


@pytest.mark.parametrize("call", ["fsync", "link", "fchmod", "mkdir"])
@pytest.mark.parametrize(
    ("number", "kind", "remedy"),
    [
        (errno.ENOSPC, StoreFull, "free space"),
        (errno.EACCES, StoreRefused, "the right to write"),
        (errno.EIO, StoreUnavailable, "run again"),
    ],
)
def test_a_disk_that_refuses_is_named_and_leaves_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    number: int,
    kind: type[ArchiveError],
    remedy: str,
) -> None:  # fmt: skip
    store = LocalStore(tmp_path)

    def refused(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refused)
        with pytest.raises(kind, match=remedy) as raised:
            put(store, "originals/a", b"content")
    assert raised.value.where == "originals/a"
    assert list((tmp_path / ".partial").iterdir()) == []
    assert list(store.list("")) == []
    assert put(store, "originals/a", b"content")


def test_a_folder_gives_out_no_links_and_says_what_to_do(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    put(store, "originals/a", b"content")
    with pytest.raises(NoLinks, match="tidewaiter fetch"):
        store.link("originals/a", 60)


def test_no_object_stands_below_another(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    put(store, "originals/a", b"content")
    put(store, "originals/b/c", b"content")
    for key in ("originals/a/b", "originals/b"):
        with pytest.raises(Conflict):
            put(store, key, b"content")
    assert list(store.list("")) == ["originals/a", "originals/b/c"]


def test_files_of_others_in_the_folders_are_no_objects(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    put(store, "originals/a", b"content")
    (tmp_path / REGISTER).touch()
    (tmp_path / "originals" / ".DS_Store").touch()
    assert list(store.list("")) == ["originals/a"]


def test_an_archive_opens_again_and_beside_its_register(tmp_path: Path) -> None:
    put(LocalStore(tmp_path / "new" / "folder"), "originals/a", b"content")
    (tmp_path / "new" / "folder" / REGISTER).touch()
    assert LocalStore(tmp_path / "new" / "folder").get("originals/a") == b"content"


def test_an_archive_that_lost_its_marker_is_still_one(tmp_path: Path) -> None:
    put(LocalStore(tmp_path), "originals/a", b"content")
    (tmp_path / MARKER).unlink()
    assert LocalStore(tmp_path).get("originals/a") == b"content"


@pytest.mark.parametrize("area", sorted(AREAS))
def test_whatever_an_archive_holds_it_is_known_for_one_without_its_marker(tmp_path: Path, area: str) -> None:
    (tmp_path / area).mkdir()
    LocalStore(tmp_path)


def test_a_list_of_versions_passes_over_what_is_removed_meanwhile(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    for name in ("a", "b", "c"):
        put(store, f"originals/{name}", b"content")
    versions = store.versions("originals/")
    first = next(versions)
    store.remove("originals/b")
    assert [first.key, *(one.key for one in versions)] == ["originals/a", "originals/c"]


def test_a_folder_of_other_things_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(NotAnArchive, match=r"holiday\.jpg"):
        LocalStore(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_a_file_is_no_folder_for_an_archive(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotAnArchive, match="is a file"):
        LocalStore(tmp_path / "file")


@pytest.mark.parametrize("told", ["", "[]", json.dumps({"archive": "tidewaiter", "layout": 2, "file_names": "plain"})])
def test_an_archive_of_another_layout_is_refused(tmp_path: Path, told: str) -> None:
    (tmp_path / MARKER).write_text(told)
    with pytest.raises(NotAnArchive, match="marker"):
        LocalStore(tmp_path)


def test_the_way_of_writing_names_is_settled_when_the_archive_begins(tmp_path: Path) -> None:
    put(LocalStore(tmp_path, file_names="folded"), "shipments/ABC/1", b"content")
    again = LocalStore(tmp_path, file_names="plain")
    assert again.get("shipments/ABC/1") == b"content"
    assert (tmp_path / "shipments" / "abc!7" / "1").is_file()


def test_a_file_system_that_ignores_case_gets_folded_names(tmp_path: Path) -> None:
    (tmp_path / ".PARTIAL").mkdir()  # what such a file system answers when asked for the other spelling
    put(LocalStore(tmp_path), "shipments/ABC/1", b"content")
    assert (tmp_path / "shipments" / "abc!7" / "1").is_file()


def test_an_archive_may_be_begun_beside_what_the_stack_and_the_demo_keep(tmp_path: Path) -> None:
    for name in ("up", "outbox"):
        (tmp_path / name).mkdir()
    assert LocalStore(tmp_path).put_new("originals/a", b"a", media_type="text/plain")
