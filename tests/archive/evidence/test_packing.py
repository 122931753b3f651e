"""A pack is there whole or not at all, whoever else makes one for the same place."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.evidence.packing import new_pack


def _pack(target: Path, who: bytes, *, meanwhile: Callable[[], None] = lambda: None) -> None:
    with new_pack(target) as pack:
        pack.add("who.txt", who)
        meanwhile()


def test_of_two_packs_for_one_place_the_first_that_is_whole_stands(tmp_path: Path) -> None:
    target = tmp_path / "pack.zip"
    with pytest.raises(FileExistsError):
        _pack(target, b"slow", meanwhile=lambda: _pack(target, b"quick"))
    with zipfile.ZipFile(target) as pack:
        assert pack.read("who.txt") == b"quick"
    assert [one.name for one in tmp_path.iterdir()] == ["pack.zip"]


def test_a_pack_that_could_not_be_made_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        raise KeyError

    with pytest.raises(KeyError):
        _pack(tmp_path / "pack.zip", b"nobody", meanwhile=fail)
    assert list(tmp_path.iterdir()) == []
