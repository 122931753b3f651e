"""Tiles and bundles as C2SP tlog-tiles names and writes them; the examples are those of its text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.journal.tile_checks import tile_of
from archive.journal.tiles import (
    Tile,
    bundled,
    full_tiles,
    hashes_of,
    number_of,
    number_path,
    partial_tiles,
    unbundled,
)
from archive.keys import checked


@pytest.mark.parametrize(("number", "path"), [(0, "000"), (999, "999"), (1000, "x001/000"), (1234067, "x001/x234/067")])
def test_a_number_is_written_in_groups_of_three_digits(number: int, path: str) -> None:
    assert number_path(number) == path
    assert number_of(path) == number


@settings(deadline=None)
@given(st.integers(0, 10**12))
def test_every_number_is_read_back_and_is_a_key_that_the_store_takes(number: int) -> None:
    assert number_of(number_path(number)) == number
    tile = Tile(0, number, 7)
    assert tile_of(checked(tile.key)) == tile


@pytest.mark.parametrize(
    "key",
    ["tile/0/00", "tile/0/x000/001", "tile/0/001.p/0", "tile/0/001.p/256", "tile/00/001", "tile/0/1x0", "tile/0/²"],
)
def test_a_key_that_the_layout_does_not_give_is_no_tile(key: str) -> None:
    assert tile_of(f"journal/{key}") is None


def test_a_tree_of_70_000_has_the_tiles_that_the_specification_counts() -> None:
    full = [tile.level for tile in full_tiles(70_000)]
    assert (full.count(None), full.count(0), full.count(1), full.count(2)) == (273, 273, 1, 0)
    assert {(tile.level, tile.width) for tile in partial_tiles(70_000)} == {(None, 112), (0, 112), (1, 17), (2, 1)}


def test_a_tree_of_256_has_a_full_tile_and_one_of_a_single_hash_above_it() -> None:
    assert list(full_tiles(256)) == [Tile(None, 0), Tile(0, 0)]
    assert list(partial_tiles(256)) == [Tile(1, 0, 1)]


@settings(deadline=None)
@given(st.integers(0, 200_000), st.integers(0, 200_000))
def test_tiles_written_in_two_steps_are_those_written_in_one(one: int, other: int) -> None:
    small, large = sorted((one, other))
    assert {*full_tiles(small), *full_tiles(large, since=small)} == {*full_tiles(large)}
    assert not {*full_tiles(small)} & {*full_tiles(large, since=small)}


@settings(deadline=None)
@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_is_read_back_and_one_that_is_cut_off_is_refused(leaves: list[bytes]) -> None:
    content = bundled(leaves)
    assert list(unbundled(content)) == leaves
    if leaves and leaves[-1]:
        with pytest.raises(ValueError, match="within an entry"):
            unbundled(content[:-1])


def test_the_length_of_an_entry_is_two_bytes_with_the_higher_first() -> None:
    assert bundled([b"a" * 258, b""]) == b"\x01\x02" + b"a" * 258 + b"\x00\x00"


def test_a_tile_that_is_cut_off_is_refused() -> None:
    assert hashes_of(b"a" * 32 + b"b" * 32) == (b"a" * 32, b"b" * 32)
    with pytest.raises(ValueError, match="within a hash"):
        hashes_of(b"a" * 33)
