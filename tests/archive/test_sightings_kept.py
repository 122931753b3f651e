"""What second looks saw, kept beside the readings of an original."""

from __future__ import annotations

from pathlib import Path

from archive.sightings import Seen, Sightings
from archive.stores.local import LocalStore

SHA = "ab" * 32
FIRST = {"one": (Seen(reader="tesseract", texts=("1.00", "")), Seen(reader="rapidocr", texts=("1.00",)))}
SECOND = {"two": (Seen(reader="tesseract", texts=("7",)),), "in vain": ()}


def test_what_several_runs_saw_is_found_together(tmp_path: Path) -> None:
    kept = Sightings(LocalStore(tmp_path), "rules")
    kept.keep(SHA, FIRST)
    kept.keep(SHA, SECOND)
    assert kept.of(SHA) == FIRST | SECOND
    assert kept.of("cd" * 32) == {}


def test_the_same_told_twice_is_kept_once(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    for _ in range(2):
        Sightings(store, "rules").keep(SHA, FIRST)
    assert len(list(store.list("readings/"))) == 1


def test_what_was_seen_under_other_rules_does_not_count(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    Sightings(store, "old").keep(SHA, FIRST)
    assert Sightings(store, "new").of(SHA) == {}


def test_of_two_who_looked_at_once_always_the_same_one_counts(tmp_path: Path) -> None:
    other = {"one": (Seen(reader="tesseract", texts=("1.80",)),)}
    found = []
    for place, order in (("a", (FIRST, other)), ("b", (other, FIRST))):
        kept = Sightings(LocalStore(tmp_path / place), "rules")
        for seen in order:
            kept.keep(SHA, seen)
        found.append(kept.of(SHA))
    assert found[0] == found[1]


def test_what_is_damaged_or_of_another_form_was_never_seen(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    kept = Sightings(store, "rules")
    kept.keep(SHA, FIRST)
    (key,) = store.list("readings/")
    store.put_new(f"{key.removesuffix('.json.gz')}x.json.gz", b"no gzip", media_type="application/gzip")
    assert kept.of(SHA) == FIRST
