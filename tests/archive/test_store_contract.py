"""What every store keeps to. A new implementation is one parameter of the fixture `store`."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from archive.errors import ContentChanged, ContentUnreadable, KeyInvalid, ObjectDamaged, ObjectMissing
from archive.keys import original, part
from archive.stores.protocol import ObjectStore

ODD_NAMES = [
    "a b",
    "ä/ö",
    "../..",
    "提单 1",
    "📦",
    "CON",
    "nul.txt",
    ".hidden",
    "-rf",
    "a%2Fb",
    "x" * 100,
    "A+B=C&D",
    "\x00\n",
]


def put(store: ObjectStore, key: str, content: bytes | Path, sha256: str | None = None) -> bool:
    return store.put_new(key, content, media_type="application/octet-stream", sha256=sha256)


@pytest.mark.parametrize("content", [b"", b"\x00\xff\r\n" * 3, "Größe".encode()], ids=["empty", "binary", "text"])
def test_what_was_put_is_read_back_unchanged(store: ObjectStore, content: bytes) -> None:
    assert not store.exists("originals/a")
    assert put(store, "originals/a", content)
    assert store.exists("originals/a")
    assert store.get("originals/a") == content


def test_a_large_file_is_read_back_unchanged(store: ObjectStore, tmp_path: Path) -> None:
    scan = tmp_path / "scan.tif"
    scan.write_bytes(hashlib.sha256(b"seed").digest() * (10 * 2**20 // 32) + b"tail")
    assert put(store, "originals/large", scan)
    assert store.get("originals/large") == scan.read_bytes()


def test_a_taken_key_keeps_its_first_content(store: ObjectStore) -> None:
    assert put(store, "originals/a", b"first")
    assert not put(store, "originals/a", b"second")
    assert not put(store, "originals/a", b"first")
    assert store.get("originals/a") == b"first"


def test_a_free_key_is_missing_and_not_empty(store: ObjectStore) -> None:
    put(store, "originals/ab/c", b"")
    for key in ("originals/a", "originals/ab", "originals/ab/d", "journal/a"):
        assert not store.exists(key)
        with pytest.raises(ObjectMissing) as raised:
            store.get(key)
        assert key in str(raised.value)


@pytest.mark.parametrize(
    "key", ["", "a", "/a/b", "a//b", "a/..", "a/../b", "A/b", "a/b/", "a/ä", "a/b%2g", "a/.b", "a\\b/c"]
)
def test_a_key_outside_the_layout_is_refused_before_anything_is_touched(store: ObjectStore, key: str) -> None:
    for refused in (lambda: put(store, key, b""), lambda: store.get(key), lambda: store.exists(key)):
        with pytest.raises(KeyInvalid):
            refused()
    assert list(store.list("")) == []


def test_names_of_any_script_stand_side_by_side(store: ObjectStore) -> None:
    keys = {f"shipments/{part(name)}/1": name.encode() for name in ODD_NAMES}
    for key, content in keys.items():
        assert put(store, key, content)
    assert {key: store.get(key) for key in store.list("shipments/")} == keys


def test_names_that_differ_in_case_alone_are_two(store: ObjectStore) -> None:
    keys = ["shipments/INV-1/1", "shipments/inv-1/1", "shipments/Inv-1/1"]
    assert all(put(store, key, key.encode()) for key in keys)
    assert [store.get(key).decode() for key in keys] == keys
    assert sorted(store.list("shipments/")) == sorted(keys)


def test_a_listing_has_every_key_of_the_prefix_once_and_ascending(store: ObjectStore) -> None:
    keys = ["originals/a", "shipments/b/1", "shipments/b/10", "shipments/b/2", "shipments/ba/1", "shipments/c/1/x"]
    for key in reversed(keys):
        put(store, key, b"")
    assert list(store.list("")) == keys
    assert list(store.list("shipments/")) == keys[1:]
    assert list(store.list("shipments/b")) == keys[1:5]
    assert list(store.list("shipments/b/1")) == keys[1:3]
    assert list(store.list("shipments/x")) == list(store.list("journal/")) == []


def test_names_that_begin_alike_are_each_listed_once(store: ObjectStore) -> None:
    keys = {f"shipments/{name}" for name in ["a-b/c", "a/b", "a.b/c", "a%20b/c", "a~/b", "a/c/d", "b/c"]}
    for key in keys:
        put(store, key, b"")
    listed = list(store.list("shipments/"))
    assert set(listed) == keys
    assert len(listed) == len(keys)


@pytest.mark.slow
def test_a_listing_of_more_than_a_thousand_keys_is_whole(store: ObjectStore) -> None:
    keys = [f"originals/{number:04}" for number in range(1003)]
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda key: put(store, key, b""), keys))
    assert list(store.list("originals/")) == keys


def test_of_eight_writers_of_one_key_exactly_one_wins(store: ObjectStore) -> None:
    start = Barrier(8)

    def write(number: int) -> bool:
        start.wait()
        return put(store, "shipments/contended", str(number).encode() * 1000)

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(write, range(8)))
    assert won.count(True) == 1
    assert store.get("shipments/contended") == str(won.index(True)).encode() * 1000


def test_content_without_the_digest_told_is_not_written(store: ObjectStore, tmp_path: Path) -> None:
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(b"after")
    told = hashlib.sha256(b"before").hexdigest()
    for content in (changed, b"after"):
        with pytest.raises(ContentChanged):
            put(store, "originals/a", content, told)
    assert list(store.list("")) == []
    assert put(store, "originals/a", changed, hashlib.sha256(b"after").hexdigest())


def test_a_file_that_cannot_be_read_is_named_and_nothing_is_written(store: ObjectStore, tmp_path: Path) -> None:
    # Reading the memory of a process at address 0 is an error of input and output, without a broken disk.
    for path in (tmp_path / "gone.pdf", tmp_path, Path("/proc/self/mem")):
        with pytest.raises(ContentUnreadable, match=str(path)):
            put(store, "originals/a", path)
    assert list(store.list("")) == []


def test_a_fetched_object_is_a_file_of_its_own(store: ObjectStore, tmp_path: Path) -> None:
    put(store, "originals/a", b"first")
    store.fetch("originals/a", tmp_path / "copy", sha256=hashlib.sha256(b"first").hexdigest())
    assert (tmp_path / "copy").read_bytes() == b"first"
    (tmp_path / "copy").write_bytes(b"changed")
    assert store.get("originals/a") == b"first"


def test_a_fetched_original_has_its_digest_or_there_is_no_file(store: ObjectStore, tmp_path: Path) -> None:
    copy, key = tmp_path / "copy", original(hashlib.sha256(b"received").hexdigest())
    put(store, key, b"something else")
    with pytest.raises(ObjectDamaged, match="restore"):
        store.fetch(key, copy)
    put(store, "originals/a", b"content")
    with pytest.raises(ObjectDamaged):
        store.fetch("originals/a", copy, sha256=hashlib.sha256(b"other").hexdigest())
    with pytest.raises(ObjectMissing, match="originals/b"):
        store.fetch("originals/b", copy)
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


def test_an_object_that_is_not_there_has_no_link(store: ObjectStore) -> None:
    with pytest.raises(ObjectMissing):
        store.link("originals/a", 60)
