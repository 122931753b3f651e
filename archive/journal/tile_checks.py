"""Tiles and bundles held against the leaves; and what tiles still know of leaves that are lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archive.errors import ObjectDamaged, ObjectMissing
from archive.journal import tiles
from archive.journal.chain import Trouble
from archive.journal.merkle import HASH_BYTES, leaf_hash
from archive.journal.ports import JournalStore
from archive.journal.settling import Leaves, entries_in_words, ranges
from archive.journal.tiles import HEIGHT, WIDTH, Tile, folded, full_tiles, number_of, partial_tiles

PREFIX = "journal/tile/"


@dataclass(frozen=True, slots=True)
class TileShelf:
    """The tiles that are in the store, and the keys among them that are none."""

    store: JournalStore
    tiles: frozenset[Tile]
    strange: tuple[str, ...]
    _read: dict[int, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, store: JournalStore) -> TileShelf:
        found = {key: tile_of(key) for key in store.list(PREFIX)}
        shelved = frozenset(tile for tile in found.values() if tile)
        return cls(store, shelved, tuple(key for key, tile in found.items() if not tile))

    def content(self, tile: Tile) -> bytes | None:
        """The bytes; None where they are missing, or the store tells that they were altered."""
        try:
            return self.store.get(tile.key)
        except (ObjectMissing, ObjectDamaged):
            return None

    def leaf(self, place: int) -> bytes | None:
        """The hash of the leaf, by the widest tile that has it; None where there is none."""
        number, shift = place // WIDTH, place % WIDTH * HASH_BYTES
        if number not in self._read:
            widths = [tile.width for tile in self.tiles if (tile.level, tile.number) == (0, number)]
            content = self.content(Tile(0, number, max(widths))) if widths else None
            self._read[number] = content or b""
        return self._read[number][shift : shift + HASH_BYTES] or None


def tile_of(key: str) -> Tile | None:
    """The tile with this key; None for a key that is none."""
    level, _, path = key.removeprefix(PREFIX).partition("/")
    stem, _, width = path.partition(".p/")
    number = number_of(stem)
    if number is None or not (level == "entries" or level.isdigit()) or not (not width or width.isdigit()):
        return None
    tile = Tile(None if level == "entries" else int(level), number, int(width) if width else WIDTH)
    return tile if tile.width and tile.key == key else None


def tile_troubles(shelf: TileShelf, leaves: Leaves, published: int) -> Iterator[Trouble]:
    """Tiles that are not what the leaves make them, and those missing of a tree of the size that was published."""
    yield from (Trouble(key, "is no tile and does not belong here") for key in shelf.strange)
    wanted = {*full_tiles(published), *partial_tiles(published)}
    for tile in sorted(wanted - shelf.tiles, key=lambda one: one.key):
        yield Trouble(tile.key, "is missing", _entries(tile))
    rows = _rows(leaves)
    for tile in sorted(shelf.tiles, key=lambda one: one.key):
        yield from _compared(tile, shelf.content(tile), rows)


def _rows(leaves: Leaves) -> list[Sequence[bytes]]:
    """For each level the hashes that its tiles are cut from."""
    rows: list[Sequence[bytes]] = [leaves.hashes[: leaves.provable]]
    while len(rows[-1]) >= WIDTH:
        below = rows[-1]
        rows.append([folded(below[first : first + WIDTH]) for first in range(0, len(below) - WIDTH + 1, WIDTH)])
    return rows


def _compared(tile: Tile, content: bytes | None, rows: list[Sequence[bytes]]) -> Iterator[Trouble]:
    level = tile.level or 0
    row = rows[level] if level < len(rows) else ()
    expected = row[tile.number * WIDTH :][: tile.width]
    found = _hashes(tile, content)
    if found is None or len(found) != tile.width:
        yield Trouble(tile.key, "was altered: is no tile of this width", _entries(tile))
    elif len(expected) != tile.width:
        yield Trouble(tile.key, "is about entries that the journal does not have", _entries(tile))
    else:
        differing = [place for place, (one, other) in enumerate(zip(found, expected, strict=True)) if one != other]
        yield from (_altered(tile, low, high) for low, high in ranges(differing))


def _hashes(tile: Tile, content: bytes | None) -> tuple[bytes, ...] | None:
    try:
        if content is None:
            return None
        return tuple(map(leaf_hash, tiles.unbundled(content))) if tile.level is None else tiles.hashes_of(content)
    except ValueError:
        return None


def _altered(tile: Tile, low: int, high: int) -> Trouble:
    span = HEIGHT * (tile.level or 0)
    first = tile.number * WIDTH
    entries = ((first + low) << span, (first + high) << span)
    return Trouble(tile.key, f"{entries_in_words(*entries)} altered here, or in the batches", entries)


def _entries(tile: Tile) -> tuple[int, int]:
    return tile.start, tile.start + (tile.width << HEIGHT * (tile.level or 0))
