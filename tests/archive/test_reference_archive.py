from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import Conflict, KeyInvalid, ObjectMissing, OriginalDamaged, RecordDamaged
from archive.references import ReferenceArchive
from archive.stores.local import LocalStore
from schemas.reference import ListVersion, ReferenceKind

FIRST, SECOND, THIRD = dt.date(2026, 1, 1), dt.date(2026, 3, 1), dt.date(2026, 6, 1)


@pytest.fixture
def lists(tmp_path: Path) -> ReferenceArchive:
    """Each list is loaded a minute after the one before it."""
    times = _minutes()
    return ReferenceArchive(LocalStore(tmp_path / "archive"), clock=lambda: next(times))


def _minutes() -> Iterator[dt.datetime]:
    begun = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
    return (begun + dt.timedelta(minutes=n) for n in range(1000))


def _version(
    content: bytes, day: dt.date = FIRST, *, kind: ReferenceKind = "watch_list", scope: str = "", name: str = "w.csv"
) -> ListVersion:
    digest = hashlib.sha256(content).hexdigest()
    return ListVersion(kind=kind, scope=scope, name=name, source="a test", valid_from=day, sha256=digest)


def _keep(lists: ReferenceArchive, content: bytes, day: dt.date = FIRST, *, scope: str = "") -> ListVersion:
    version = _version(content, day, scope=scope)
    lists.keep(version, content, loaded_by="Ana")
    return version


def test_a_list_is_kept_as_received_with_who_loaded_it_and_when(lists: ReferenceArchive) -> None:
    loaded, created = lists.keep(_version(b"\xff\x00 any bytes"), b"\xff\x00 any bytes", loaded_by="Ana")
    assert created
    assert (loaded.loaded_by, loaded.loaded_at, loaded.size) == ("Ana", dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC), 12)
    assert loaded.file_key == f"reference/watch_list/-/2026-01-01-{loaded.version.sha256[:16]}.csv"
    assert lists.content(loaded) == b"\xff\x00 any bytes"


def test_the_same_list_again_is_the_one_that_is_there(lists: ReferenceArchive) -> None:
    first, _ = lists.keep(_version(b"one"), b"one", loaded_by="Ana")
    again, created = lists.keep(_version(b"one", name="copy.txt"), b"one", loaded_by="Ben")
    assert (again, created) == (first, False)
    assert lists.loaded() == (first,)


def test_on_a_day_the_newest_list_of_that_day_or_before_counts(lists: ReferenceArchive) -> None:
    old, new = _keep(lists, b"old", FIRST), _keep(lists, b"new", SECOND)
    assert [one.version for one in lists.in_force(FIRST - dt.timedelta(days=1))] == []
    assert [one.version for one in lists.in_force(FIRST)] == [old]
    assert [one.version for one in lists.in_force(SECOND - dt.timedelta(days=1))] == [old]
    assert [one.version for one in lists.in_force(THIRD)] == [new]


def test_an_older_list_loaded_later_does_not_replace_a_newer_one(lists: ReferenceArchive) -> None:
    new, _ = _keep(lists, b"new", SECOND), _keep(lists, b"old", FIRST)
    assert [one.version for one in lists.in_force(THIRD)] == [new]


def test_of_two_lists_for_one_day_the_one_loaded_last_counts(lists: ReferenceArchive) -> None:
    contents = [b"one", b"two", b"three", b"four"]
    for content in contents:
        latest = _keep(lists, content)
        assert [one.version for one in lists.in_force(FIRST)] == [latest]


def test_each_scope_has_its_own_list(lists: ReferenceArchive) -> None:
    everywhere, british = _keep(lists, b"one"), _keep(lists, b"two", scope="GB")
    assert [one.version for one in lists.in_force(FIRST)] == [everywhere, british]


def test_a_second_process_sees_what_the_first_one_loaded(lists: ReferenceArchive, tmp_path: Path) -> None:
    version = _keep(lists, b"one")
    other = ReferenceArchive(LocalStore(tmp_path / "archive"), clock=lambda: dt.datetime.now(dt.UTC))
    assert other.record_of(version).version == version
    assert other.loaded("watch_list") == lists.loaded()
    assert other.loaded("tariff") == ()


def test_a_list_with_a_file_killed_before_its_record_is_loaded_by_the_next_try(lists: ReferenceArchive) -> None:
    version = _version(b"one")
    lists.store.put_new(f"reference/watch_list/-/2026-01-01-{version.sha256[:16]}.csv", b"one", media_type="text/csv")
    assert lists.loaded() == ()
    assert lists.keep(version, b"one", loaded_by="Ana")[1]
    assert len(lists.loaded()) == 1


def test_content_that_is_not_the_versions_is_refused(lists: ReferenceArchive) -> None:
    with pytest.raises(Conflict, match="another digest"):
        lists.keep(_version(b"one"), b"two", loaded_by="Ana")
    assert lists.loaded() == ()


def test_a_list_that_was_never_loaded_is_told(lists: ReferenceArchive) -> None:
    with pytest.raises(ObjectMissing):
        lists.record_of(_version(b"one"))


def test_bytes_that_changed_in_the_store_are_not_used(lists: ReferenceArchive, tmp_path: Path) -> None:
    _keep(lists, b"one")
    [loaded] = lists.loaded()
    file = tmp_path / "archive" / loaded.file_key
    file.chmod(0o640)
    file.write_bytes(b"two")
    with pytest.raises(OriginalDamaged, match="no longer have their digest"):
        lists.content(loaded)


def test_a_damaged_record_is_told_with_its_key(lists: ReferenceArchive) -> None:
    lists.store.put_new("reference/watch_list/-/x.record.json", b"{}", media_type="application/json")
    with pytest.raises(RecordDamaged, match=r"x\.record\.json: is no LoadedList"):
        lists.loaded()


def test_a_scope_that_stands_for_none_is_refused(lists: ReferenceArchive) -> None:
    with pytest.raises(KeyInvalid):
        lists.keep(_version(b"one", scope="-"), b"one", loaded_by="Ana")


def test_a_folder_with_lists_only_is_opened_as_the_archive_it_is(lists: ReferenceArchive, tmp_path: Path) -> None:
    _keep(lists, b"one")
    assert LocalStore(tmp_path / "archive").exists(lists.loaded()[0].file_key)
