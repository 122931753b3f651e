"""What was read of a file is kept by content, name and reading rules; what cannot be used is read anew."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.readings import Readings
from archive.stores.local import LocalStore
from archive.stores.protocol import ObjectStore
from schemas.geometry import Box
from schemas.pages import FileReading, Notice, NoticeKind, Original, Page, Word
from tests.archived import invoice

ORIGINAL = Original(file="invoice.pdf", sha256="a" * 64, size=12, media_type="application/pdf")
WORD = Word("1,250.00", Box(10.25, 20.1, 60.3, 30.0), 0.93, "tesseract", ("rapidocr",), ("1,260.00",))
READING = FileReading(
    ORIGINAL,
    (
        Page(
            "invoice.pdf", "a" * 64, 1, 595.0, 842.0, (WORD,), text_source="ocr", turned=90, flat_to_upright=(1.0,) * 9
        ),
    ),
    (Notice("invoice.pdf", 2, "blank", "is blank", holds=False),),
    (invoice(),),
)


def _key(store: ObjectStore) -> str:
    (key,) = store.list("readings/")
    return key


def test_what_was_read_comes_back_as_it_was(store: ObjectStore) -> None:
    readings = Readings(store, "rules")
    assert readings.find(ORIGINAL) is None
    assert readings.keep(READING)
    assert readings.find(ORIGINAL) == READING
    assert not readings.keep(READING)


def test_another_name_or_other_rules_is_another_reading(store: ObjectStore) -> None:
    Readings(store, "rules").keep(READING)
    renamed = Original(file="copy.pdf", sha256="a" * 64, size=12, media_type="application/pdf")
    assert Readings(store, "rules").find(renamed) is None
    assert Readings(store, "newer rules").find(ORIGINAL) is None


@pytest.mark.parametrize("kind", ["time_limit", "memory_limit"])
def test_what_a_busy_machine_may_have_missed_is_not_kept(store: ObjectStore, kind: NoticeKind) -> None:
    late = FileReading(ORIGINAL, notices=(Notice("invoice.pdf", 1, kind, "took too long"),))
    assert not Readings(store, "rules").keep(late)
    assert list(store.list("readings/")) == []


@pytest.mark.parametrize(
    "damage",
    [lambda content: content[:-9], lambda _content: b"", lambda _content: b"no gzip", lambda _c: gzip.compress(b"{}")],
)
def test_a_damaged_record_counts_as_none(tmp_path: Path, damage: Callable[[bytes], bytes], store: ObjectStore) -> None:
    Readings(store, "rules").keep(READING)
    key = _key(store)
    other = LocalStore(tmp_path / "other")
    other.put_new(key, damage(store.get(key)), media_type="application/gzip")
    assert Readings(other, "rules").find(ORIGINAL) is None
