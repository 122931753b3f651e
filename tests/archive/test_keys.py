"""The key layout: what names become, and that nothing leaves it."""

from __future__ import annotations

import unicodedata
from posixpath import normpath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive import keys
from archive.errors import KeyInvalid, NameTooLong
from archive.keys import Revision, finished_revision
from archive.stores.filenames import file_name, part_of

names = st.text(min_size=1, max_size=100).filter(
    lambda name: keys.safe_name(name) == unicodedata.normalize("NFC", name)
)
anything = st.text(st.characters(exclude_categories=()), max_size=300)


@given(names)
@example("..a")
@example("%2E")
@example("Größe ½/㎏")
def test_a_name_comes_back_from_its_part(name: str) -> None:
    assert keys.name_of(keys.part(name)) == unicodedata.normalize("NFC", name)


@given(names, names)
def test_two_names_share_a_part_only_when_they_are_one(left: str, right: str) -> None:
    one = unicodedata.normalize("NFC", left) == unicodedata.normalize("NFC", right)
    assert (keys.part(left) == keys.part(right)) == one


@given(names, names, st.integers(1, 10**6))
def test_no_name_leaves_its_folder(broker: str, reference: str, number: int) -> None:
    key = Revision(broker, reference, number).result
    assert keys.checked(key) == key == normpath(key)
    assert key.count("/") == 4


@given(names, names, st.integers(1, 10**6))
def test_a_result_tells_which_revision_it_finishes(broker: str, reference: str, number: int) -> None:
    revision = Revision(unicodedata.normalize("NFC", broker), unicodedata.normalize("NFC", reference), number)
    assert finished_revision(revision.result) == revision
    assert finished_revision(revision.intake) is None


@pytest.mark.parametrize(
    "key",
    [
        "shipments/a/b/0/result.json",
        "shipments/a/b/1/x/result.json",
        "shipments/%FF/b/1/result.json",
        "shipments/a/result.json",
    ],
)
def test_what_only_looks_like_a_result_is_none(key: str) -> None:
    assert finished_revision(key) is None


@pytest.mark.parametrize("name", ["", ".", "..", "bad\udcff"])
def test_a_name_that_names_nothing_is_refused(name: str) -> None:
    with pytest.raises(KeyInvalid):
        keys.part(name)


@pytest.mark.parametrize("name", ["x" * 101, "提" * 23])
def test_a_name_too_long_for_a_key_comes_with_one_that_fits(name: str) -> None:
    with pytest.raises(NameTooLong) as raised:
        keys.part(name)
    assert raised.value.shortened == keys.safe_name(name)
    assert raised.value.shortened.startswith(name[:9])
    assert raised.value.shortened in str(raised.value)
    assert keys.part(raised.value.shortened)


def test_the_longest_name_stays_whole() -> None:
    assert keys.safe_name("x" * 100) == "x" * 100


@given(anything)
@example("\udcff" * 200)
@example("")
@example("..")
def test_every_name_has_a_safe_form(name: str) -> None:
    safe = keys.safe_name(name)
    assert keys.safe_name(safe) == safe
    assert keys.part(safe)


@given(st.text("ab\u0301", min_size=99, max_size=102), st.text("ab\u0301", min_size=99, max_size=102))
def test_long_names_that_differ_at_the_end_stay_apart(left: str, right: str) -> None:
    if unicodedata.normalize("NFC", left) != unicodedata.normalize("NFC", right):
        assert keys.safe_name(left) != keys.safe_name(right)


def test_an_original_stands_under_its_digest() -> None:
    digest = "0123456789abcdef" * 4
    assert keys.original(digest) == f"originals/sha256/01/23/{digest}"
    for other in (digest.upper(), digest[1:], f"{digest}0", "../" + digest[3:]):
        with pytest.raises(KeyInvalid):
            keys.original(other)


def test_what_could_not_be_read_stands_in_quarantine() -> None:
    assert keys.quarantine("local", "A 1", "scan/1.pdf") == "quarantine/local/A%201/scan%2F1.pdf"


@given(names)
def test_a_part_comes_back_from_its_file_name_and_never_rests_on_case(name: str) -> None:
    part = keys.part(name)
    for style in ("plain", "folded"):
        assert part_of(file_name(part, style), style) == part
        assert len(file_name(part, style)) <= 255
    assert file_name(part, "folded") == file_name(part, "folded").lower()
    assert part.lower() == part or file_name(part.lower(), "folded") != file_name(part, "folded")


def test_the_areas_are_those_of_the_layout() -> None:
    drawn = {line.partition("/")[0] for line in str(keys.__doc__).splitlines()[2:] if "/" in line}
    assert drawn == keys.AREAS
