"""What every exchange keeps to. A new implementation is one parameter of the fixture `exchange`."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier

import pytest

from archive.errors import ContentChanged, KeyInvalid, ObjectMissing
from archive.stores.bucket_exchange import BucketExchange
from archive.stores.exchange import Entry, Exchange
from archive.stores.folder_exchange import FolderExchange
from archive.stores.s3_client import S3Settings, client_for


@dataclass
class Place:
    """An exchange, and the way in which a broker puts something there."""

    exchange: Exchange
    drop: Callable[[str, bytes], None]

    def one(self, key: str) -> Entry:
        return next(entry for entry in self.exchange.entries("inbox/") if entry.key == key)


def _folder(root: Path) -> Place:
    def drop(key: str, content: bytes) -> None:
        (root / key).parent.mkdir(parents=True, exist_ok=True)
        (root / key).write_bytes(content)

    return Place(FolderExchange(root), drop)


def _bucket(settings: S3Settings) -> Place:
    client = client_for(settings)

    def drop(key: str, content: bytes) -> None:
        client.put_object(Bucket=settings.bucket, Key=f"shared/{key}", Body=content)

    return Place(BucketExchange(client, settings.bucket, prefix="shared/"), drop)


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "folder":
        return _folder(tmp_path / "exchange")
    return _bucket(request.getfixturevalue("exchange_settings"))


def put(exchange: Exchange, key: str, content: bytes = b"1") -> bool:
    return exchange.put_new(key, content, media_type="text/plain")


def test_what_was_dropped_is_listed_with_size_and_time_and_fetched_unchanged(place: Place, tmp_path: Path) -> None:
    before = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=5)
    content = os.urandom(3 * 2**20 + 1)
    place.drop("inbox/acme/R 1/scan ä+%2F.pdf", content)
    (entry,) = place.exchange.entries("inbox/")
    assert (entry.key, entry.size, entry.kind) == ("inbox/acme/R 1/scan ä+%2F.pdf", len(content), "file")
    assert before < entry.modified < dt.datetime.now(dt.UTC) + dt.timedelta(seconds=5)
    place.exchange.fetch(entry, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == content


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("inbox/acme/R-1", ["inbox/acme/R-1", "inbox/acme/R-10/b.pdf", "inbox/acme/R-1x"]),
        ("inbox/acme/R-10/", ["inbox/acme/R-10/b.pdf"]),
        ("inbox/a", ["inbox/acme/R-1", "inbox/acme/R-10/b.pdf", "inbox/acme/R-1x", "inbox/acme/R-2/a.pdf"]),
        ("inbox/acme/R-3", []),
    ],
)
def test_a_prefix_may_break_off_within_a_name_and_the_object_of_that_very_name_comes_first(
    place: Place, prefix: str, found: list[str]
) -> None:
    for name in ("R-1", "R-10/b.pdf", "R-1x", "R-2/a.pdf"):
        place.drop(f"inbox/acme/{name}", b"1")
    place.drop("outbox/acme/R-1", b"1")
    assert [entry.key for entry in place.exchange.entries(prefix)] == found


def test_below_a_file_there_is_nothing(place: Place) -> None:
    place.drop("inbox/acme/R-1", b"1")
    assert list(place.exchange.entries("inbox/acme/R-1/")) == []


def test_what_was_overwritten_is_neither_fetched_nor_removed_under_its_old_version(
    place: Place, tmp_path: Path
) -> None:
    place.drop("inbox/acme/a.pdf", b"first")
    old = place.one("inbox/acme/a.pdf")
    place.drop("inbox/acme/a.pdf", b"later")
    with pytest.raises(ContentChanged):
        place.exchange.fetch(old, tmp_path / "copy")
    assert not place.exchange.remove(old)
    new = place.one("inbox/acme/a.pdf")
    assert new.version != old.version
    assert place.exchange.remove(new)
    assert list(place.exchange.entries("inbox/")) == []


def test_what_is_gone_is_missing_and_removing_it_again_is_no_error(place: Place, tmp_path: Path) -> None:
    place.drop("inbox/acme/R/a.pdf", b"1")
    entry = place.one("inbox/acme/R/a.pdf")
    assert place.exchange.remove(entry)
    assert place.exchange.remove(entry)
    with pytest.raises(ObjectMissing):
        place.exchange.fetch(entry, tmp_path / "copy")
    with pytest.raises(ObjectMissing):
        place.exchange.get("inbox/acme/R/a.pdf")


def test_a_taken_key_keeps_its_first_content(place: Place) -> None:
    assert put(place.exchange, "outbox/acme/R/1/findings.txt", b"first")
    assert not put(place.exchange, "outbox/acme/R/1/findings.txt", b"second")
    assert place.exchange.get("outbox/acme/R/1/findings.txt") == b"first"


def test_of_eight_writers_of_one_key_exactly_one_wins(place: Place) -> None:
    start = Barrier(8)

    def write(number: int) -> bool:
        start.wait()
        return put(place.exchange, "watch/s/lease/1", str(number).encode())

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(write, range(8)))
    assert won.count(True) == 1
    assert place.exchange.get("watch/s/lease/1") == str(won.index(True)).encode()


def test_a_listing_goes_on_after_any_key_it_gave(place: Place) -> None:
    names = ["a-b/c", "a/b", "a.b/c", "a b/c", "a~/b", "a/c/d", "b/c", "提单/一"]
    for name in names:
        place.drop(f"inbox/acme/{name}", b"1")
    place.drop("inbox/other/x", b"1")
    listed = [entry.key for entry in place.exchange.entries("inbox/acme/")]
    assert sorted(listed) == sorted(f"inbox/acme/{name}" for name in names)
    for at, key in enumerate(listed):
        assert [one.key for one in place.exchange.entries("inbox/acme/", start_after=key)] == listed[at + 1 :]


def test_an_empty_place_lists_nothing(place: Place) -> None:
    assert [list(place.exchange.entries(prefix)) for prefix in ("inbox/", "watch/s/lease/", "")] == [[], [], []]


def test_the_mark_of_a_folder_in_a_bucket_is_no_file(exchange_settings: S3Settings) -> None:
    place = _bucket(exchange_settings)
    place.drop("inbox/acme/R/", b"")
    (entry,) = place.exchange.entries("inbox/")
    assert entry.kind == "folder"
    assert place.exchange.remove(entry)
    assert list(place.exchange.entries("inbox/")) == []


def test_links_and_pipes_are_listed_and_never_opened(tmp_path: Path) -> None:
    place = _folder(tmp_path / "exchange")
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.pem").write_text("secret")
    inbox = tmp_path / "exchange" / "inbox" / "acme"
    inbox.mkdir()
    (inbox / "folder").symlink_to(secret)
    (inbox / "file").symlink_to(secret / "key.pem")
    os.mkfifo(inbox / "pipe")
    found = {entry.key: entry for entry in place.exchange.entries("inbox/")}
    assert {key: entry.kind for key, entry in found.items()} == {
        "inbox/acme/file": "link", "inbox/acme/folder": "link", "inbox/acme/pipe": "special",
    }  # fmt: skip
    assert all(place.exchange.remove(entry) for entry in found.values())
    assert (secret / "key.pem").read_text() == "secret"


def test_a_folder_that_became_a_link_after_the_listing_is_not_followed(tmp_path: Path) -> None:
    place = _folder(tmp_path / "exchange")
    place.drop("inbox/acme/R/a.pdf", b"1")
    entry = place.one("inbox/acme/R/a.pdf")
    folder = tmp_path / "exchange" / "inbox" / "acme" / "R"
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ObjectMissing):
        place.exchange.fetch(entry, tmp_path / "copy")


def test_folders_that_became_empty_go_and_those_of_brokers_stay(tmp_path: Path) -> None:
    place = _folder(tmp_path / "exchange")
    place.drop("inbox/acme/R/scans/a.pdf", b"1")
    place.exchange.remove(place.one("inbox/acme/R/scans/a.pdf"))
    assert [path.name for path in (tmp_path / "exchange" / "inbox").rglob("*")] == ["acme"]


def test_names_that_are_no_text_are_listed_fetched_and_removed(tmp_path: Path) -> None:
    place = _folder(tmp_path / "exchange")
    place.drop("inbox/acme/R/\udcff\udcfe.pdf", b"1")
    (entry,) = place.exchange.entries("inbox/")
    place.exchange.fetch(entry, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"1"
    assert place.exchange.remove(entry)


@pytest.mark.parametrize("key", ["outbox/../x", "outbox//x", "/outbox/x", "elsewhere/x", "outbox/./x", "outbox/\0"])
def test_a_key_that_leaves_the_folder_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(KeyInvalid):
        put(_folder(tmp_path / "exchange").exchange, key)
