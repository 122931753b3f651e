"""The journal for those who fetch it without this program: tiles, bundles, and the checkpoint that they belong to.

journal/tile/…                  see `archive.journal.tiles`
journal/published/<size>        a checkpoint for whose size every tile, full or partial, is there; the last one listed
                                is what a server answers for `<prefix>/checkpoint`

Full tiles are written as soon as there are 256 entries more, partial ones only when published: the store never deletes,
and at each append they would take as much again as the journal many times over. All of it follows from the batches, so
that it does not matter who writes it, or how often.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from archive.errors import JournalDamaged
from archive.journal.book import CHECKPOINTS, TEXT, Journal, size_name
from archive.journal.checkpoints import stated
from archive.journal.ports import JournalStore
from archive.journal.tiles import WIDTH, Tile, bundled, full_tiles, partial_tiles

PUBLISHED: Final = "journal/published/"
_BYTES: Final = "application/octet-stream"


def write_full_tiles(journal: Journal) -> int:
    """Write the tiles and bundles that became full since the last time; returns how many."""
    size, tiled = journal.size, journal.index.tiled()
    if size // WIDTH == tiled // WIDTH:
        return 0
    count = _write(journal, full_tiles(size, since=tiled))
    journal.index.set_tiled(size)
    return count


def publish(journal: Journal) -> str | None:
    """Write every tile of the journal as it stands, and sign its head; returns the checkpoint.

    None where the journal is empty or has no key: then there are tiles and nothing that vouches for them.
    """
    journal.catch_up()
    write_full_tiles(journal)
    size = journal.size
    _write(journal, partial_tiles(size))
    checkpoint = journal.checkpoint_now()
    if checkpoint is not None:
        journal.store.put_new(f"{PUBLISHED}{size_name(size)}", checkpoint.encode(), media_type=TEXT)
    return checkpoint


def refuse_another_history(journal: Journal, kept: JournalStore) -> None:
    """Before a head is signed: the latest checkpoint that is kept there must be one of this journal's.

    Raises:
        JournalDamaged: the journal was cut off or written anew since.
        NoteInvalid: what is kept there last is no checkpoint.
    """
    last = max(kept.list(CHECKPOINTS), default=None)
    if last is None:
        return
    _, head = stated(kept.get(last), last)
    if head.size > journal.size or journal.head_at(head.size) != head:
        what = f"the journal, of {journal.size} entries, does not go on from this checkpoint of {head.size}"
        raise JournalDamaged(what, last, remedy="nothing was signed; run `tidewaiter journal verify` and keep both")


def copy_checkpoint(checkpoint: str, key: str, witness: JournalStore) -> None:
    """Keep the checkpoint in a store that others hold the keys of.

    Raises:
        JournalDamaged: another one of this size stands there: one of the two histories is forged.
    """
    content = checkpoint.encode()
    if not witness.put_new(key, content, media_type=TEXT) and _head(witness.get(key)) != _head(content):
        what = "the witness has another checkpoint of this size"
        raise JournalDamaged(what, key, remedy="keep both, stop signing, and find out who wrote the other")


def content_of(tile: Tile, journal: Journal) -> bytes:
    first = tile.number * WIDTH
    if tile.level is None:
        return bundled(journal.leaves(first, first + tile.width))
    return b"".join(journal.index.row(tile.level, tile.number, tile.width))


def _write(journal: Journal, tiles: Iterable[Tile]) -> int:
    written = (journal.store.put_new(tile.key, content_of(tile, journal), media_type=_BYTES) for tile in tiles)
    return sum(written)


def _head(checkpoint: bytes) -> bytes:
    """What is signed; the signatures differ where keys changed meanwhile."""
    return checkpoint.rpartition(b"\n\n")[0]
