"""The pack as a file: what goes in is digested on the way, and the manifest that names it all is written last."""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Final
from uuid import uuid4

from archive.evidence.verify import CHECKPOINT, CONSISTENCY, FORMAT, KEYS, LEAVES, MANIFEST

_WHEN: Final = (1980, 1, 1, 0, 0, 0)
"""Of every file in the pack, so that equal contents make equal packs; the times that matter stand in the journal."""
_SHORT: Final = 100
"""Letters of the name that the unfinished pack bears too: whole names may be as long as a file system takes."""
_STORED: Final = (".webp", ".gz", ".zip", ".pdf", ".jpg", ".jpeg", ".png")


@dataclass(frozen=True, slots=True)
class ProvenEntry:
    """An entry's place in the journal, its bytes, and the audit path to the root of the checkpoint."""

    index: int
    leaf: bytes
    path: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class JournalPart:
    """What of the journal goes along.

    `checkpoint` is the signed note that all paths lead to, `keys` are verifier keys (one alone where none was ever
    changed). `leaves` are the hashes of all leaves one after the other, where they are few enough: with them any
    earlier checkpoint can be compared. `consistency` has proofs by size for the checkpoints that were asked for.
    """

    entries: tuple[ProvenEntry, ...]
    checkpoint: str
    keys: tuple[str, ...]
    leaves: bytes = b""
    consistency: Mapping[int, Sequence[bytes]] = field(default_factory=dict)


class PackWriter:
    """Files into an open pack. A path is given once."""

    def __init__(self, pack: zipfile.ZipFile) -> None:
        self._pack = pack
        self.files: dict[str, str] = {}
        self.records: dict[str, str] = {}

    def add(self, path: str, content: bytes) -> None:
        if path in self.files:
            raise ValueError(f"{path} is in the pack already")
        self._write(path, content)
        self.files[path] = hashlib.sha256(content).hexdigest()

    def add_record(self, key: str, path: str, content: bytes) -> None:
        """An object of the archive; the journal vouches for it by its key."""
        self.add(path, content)
        self.records[key] = path

    def finish(self, broker: str, reference: str, journal: JournalPart, left_out: Mapping[str, str]) -> None:
        """Add the journal's part, the program that checks, and the manifest. `left_out` says why, by key."""
        self.add(CHECKPOINT, journal.checkpoint.encode())
        self.add(KEYS, "".join(f"{key}\n" for key in journal.keys).encode())
        if journal.leaves:
            self.add(LEAVES, journal.leaves)
        if journal.consistency:
            told = {str(size): _texts(proof) for size, proof in sorted(journal.consistency.items())}
            self.add(CONSISTENCY, json.dumps(told, indent=1).encode())
        self.add("verify.py", (files("archive.evidence") / "verify.py").read_bytes())
        manifest = {
            "format": FORMAT,
            "broker": broker,
            "reference": reference,
            "files": dict(sorted(self.files.items())),
            "records": dict(sorted(self.records.items())),
            "left_out": dict(sorted(left_out.items())),
            "entries": [
                {"index": one.index, "leaf": base64.b64encode(one.leaf).decode("ascii"), "proof": _texts(one.path)}
                for one in journal.entries
            ],
        }
        self._write(MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False).encode())

    def _write(self, path: str, content: bytes) -> None:
        entry = zipfile.ZipInfo(path, _WHEN)
        entry.external_attr = 0o644 << 16
        entry.compress_type = zipfile.ZIP_STORED if path.endswith(_STORED) else zipfile.ZIP_DEFLATED
        self._pack.writestr(entry, content)


def _texts(hashes: Sequence[bytes]) -> list[str]:
    return [base64.b64encode(one).decode("ascii") for one in hashes]


@contextmanager
def new_pack(target: Path) -> Iterator[PackWriter]:
    """A pack that is there whole, once the block has ended well, or not at all.

    It is written under a name of its own beside the target; no hard links, as packs are also taken along on sticks.

    Raises:
        FileExistsError: `target` is there already, or was made meanwhile.
        OSError: it cannot be written.
    """
    _refuse_existing(target)
    part = target.with_name(f".{target.name[:_SHORT]}.{uuid4().hex}.part")
    try:
        with zipfile.ZipFile(part, "w") as pack:
            yield PackWriter(pack)
        _refuse_existing(target)
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def _refuse_existing(target: Path) -> None:
    if target.exists():
        raise FileExistsError(target)
