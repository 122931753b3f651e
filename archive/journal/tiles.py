"""How the journal lies in the store for others: tiles of hashes and bundles of entries, as C2SP tlog-tiles names them.

journal/tile/<level>/<n>[.p/<width>]      up to 256 hashes, each the root of 256^level leaves
journal/tile/entries/<n>[.p/<width>]      up to 256 entries, each after its length as two bytes, the higher first

Source: c2sp.org/tlog-tiles. Pure.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archive.journal.merkle import HASH_BYTES, node_hash

WIDTH: Final = 256
HEIGHT: Final = 8
_LENGTH: Final = struct.Struct(">H")


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """One tile: `level` None for a bundle of entries. A `width` under 256 is a partial one."""

    level: int | None
    number: int
    width: int = WIDTH

    @property
    def key(self) -> str:
        kind = "entries" if self.level is None else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"journal/tile/{kind}/{number_path(self.number)}{partial}"

    @property
    def start(self) -> int:
        """The first leaf that it is about."""
        return self.number << HEIGHT * ((self.level or 0) + 1)


def number_path(number: int) -> str:
    """1234067 is `x001/x234/067`: so no folder has more than a thousand names, and none is one of a file."""
    path = f"{number % 1000:03d}"
    while number := number // 1000:
        path = f"x{number % 1000:03d}/{path}"
    return path


def number_of(path: str) -> int | None:
    """The number that `number_path` writes so; None for any other text."""
    digits = path.replace("/x", "").removeprefix("x").replace("/", "")
    number = int(digits) if digits.isascii() and digits.isdigit() else None
    return number if number is not None and number_path(number) == path else None


def full_tiles(size: int, *, since: int = 0) -> Iterator[Tile]:
    """The bundles and tiles that are full in a tree of that size and were not at size `since`."""
    for number in range(since // WIDTH, size // WIDTH):
        yield Tile(None, number)
    level = 0
    while span := size >> HEIGHT * (level + 1):
        for number in range(since >> HEIGHT * (level + 1), span):
            yield Tile(level, number)
        level += 1


def partial_tiles(size: int) -> Iterator[Tile]:
    """Those at the right edge; none is empty."""
    if size % WIDTH:
        yield Tile(None, size // WIDTH, size % WIDTH)
    level = 0
    while count := size >> HEIGHT * level:
        if count % WIDTH:
            yield Tile(level, count // WIDTH, count % WIDTH)
        level += 1


def bundled(leaves: Sequence[bytes]) -> bytes:
    return b"".join(_LENGTH.pack(len(leaf)) + leaf for leaf in leaves)


def unbundled(content: bytes) -> tuple[bytes, ...]:
    """The entries of a bundle; raises `ValueError` where it ends too soon."""
    leaves: list[bytes] = []
    place = 0
    while place < len(content):
        (length,) = _LENGTH.unpack(content[place : place + 2].ljust(2, b"\xff"))
        place += 2 + length
        if place > len(content):
            raise ValueError("ends within an entry")
        leaves.append(content[place - length : place])
    return tuple(leaves)


def hashes_of(content: bytes) -> tuple[bytes, ...]:
    """The hashes of a tile; raises `ValueError` where the last one is cut off."""
    if len(content) % HASH_BYTES:
        raise ValueError("ends within a hash")
    return tuple(content[place : place + HASH_BYTES] for place in range(0, len(content), HASH_BYTES))


def folded(hashes: Sequence[bytes]) -> bytes:
    """The root over hashes whose number is a power of two."""
    while len(hashes) > 1:
        hashes = [node_hash(left, right) for left, right in zip(hashes[::2], hashes[1::2], strict=True)]
    return hashes[0]
