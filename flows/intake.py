"""A path becomes the papers of a shipment: which files, under which names, and which are left out and why.

Names are the sender's and are not trusted: they go into messages, JSON and object keys, never into a path of ours.
Links are not followed, as an unpacked archive may hold one that points anywhere on this machine.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from archive.stores.filenames import MARKER
from flows.errors import NoPapersError, NoSuchPathError
from schemas.pages import Notice

DRAFT_FILE = "draft_declaration.json"
HEAD_BYTES = 65536
"""Of a file, by which its kind is told."""

_LITTER = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx"})
_UNSAFE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DIRECTION_MARKS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def papers_at(path: Path) -> dict[str, Path]:
    """Every file of the shipment by the name it has in the result, in the order a person would sort them.

    Raises `NoSuchPathError` where nothing is or it may not be opened, `NoPapersError` where there is no file.
    """
    try:
        root = Path(os.path.realpath(path, strict=True))
        found = [root] if root.is_file() else [p for p in _walk(root) if _left_out_because(p) is None]
    except OSError as error:
        raise NoSuchPathError(
            f"{readable(str(path))}: {error.strerror}. Name a folder of papers, or one file"
        ) from error
    if not found:
        raise NoPapersError(f"{readable(str(path))}: holds no papers. Put the shipment's PDF files or pictures there")
    return dict(zip(told_apart(_sender_name(p, root) for p in found), found, strict=True))


def left_out_of(path: Path) -> tuple[Notice, ...]:
    """A notice for each entry of the folder that `papers_at` leaves out. Only litter is left out without a question."""
    root = Path(os.path.realpath(path))
    if root.is_file():
        return ()
    reasons = ((_sender_name(entry, root), _left_out_because(entry)) for entry in _walk(root))
    return tuple(
        Notice(
            file=name,
            page=None,
            kind="unsupported",
            message=f"{name}: {why}",
            holds=why not in {_IS_LITTER, _IS_ARCHIVE},
        )
        for name, why in reasons
        if why is not None
    )


def reference_of(path: Path) -> str:
    """The shipment's reference where the caller gives none: the name of the folder or file, with its ending.

    With the ending, as `A.pdf` and `A.tif` in one folder are two shipments.
    """
    return readable(Path(os.path.realpath(path)).name)


def _sender_name(entry: Path, root: Path) -> str:
    """The name as the sender wrote it, with `/` between folders, and nothing in it that could steer a terminal."""
    relative = entry.name if entry == root else entry.relative_to(root).as_posix()
    return readable(relative)


def readable(name: str) -> str:
    """The text with control characters, broken bytes and changes of writing direction replaced by `\ufffd`."""
    shown = ("\ufffd" if unicodedata.category(sign) in _UNSAFE or sign in _DIRECTION_MARKS else sign for sign in name)
    return "".join(shown)


_IS_LITTER = "left out, as it belongs to the computer and not to the shipment"
_IS_LINK = "left out, as it is a link and not a file; put the file itself there"
_IS_ARCHIVE = "left out, as it is the archive of earlier shipments"
_IS_SPECIAL = "left out, as it is no regular file; put the paper itself there"


def _left_out_because(entry: Path) -> str | None:
    mode = entry.lstat().st_mode
    if _is_archive(entry):
        return _IS_ARCHIVE
    if is_litter(entry.name) and not (stat.S_ISREG(mode) and _is_paper(entry)):
        return _IS_LITTER
    if stat.S_ISLNK(mode):
        return _IS_LINK
    return None if stat.S_ISREG(mode) else _IS_SPECIAL


def is_litter(name: str) -> bool:
    """Hidden files, and what Windows, macOS and Office leave behind (`~$` marks an open document's lock)."""
    return name.startswith((".", "~$")) or name.casefold() in _LITTER


def _is_archive(entry: Path) -> bool:
    """Whoever clears `.` has the archive in the folder of the papers."""
    return (entry / MARKER).is_file() and not entry.is_symlink()


def _is_paper(entry: Path) -> bool:
    """Whether it can be read though its name hides it: what unpacking makes of `../invoice.pdf` begins with a point."""
    if entry.name.startswith(("._", "~$")) or entry.name.casefold() in _LITTER:
        return False
    # Only here: the readers take a second to import, and whoever prints a result needs this module too.
    from extractors.reading.kinds import READABLE, kind_of  # noqa: PLC0415

    with entry.open("rb") as file:
        return kind_of(file.read(HEAD_BYTES)) in READABLE


def _walk(root: Path) -> Iterator[Path]:
    """Everything below `root` that is no folder; litter and archives as one entry. `OSError` for a closed folder."""
    waiting = [root]
    while waiting:
        here = waiting.pop()
        if here != root and (is_litter(here.name) or _is_archive(here) or not stat.S_ISDIR(here.lstat().st_mode)):
            yield here
            continue
        with os.scandir(here) as entries:
            inside = sorted((entry.name for entry in entries), key=_natural, reverse=True)
        waiting.extend(here / name for name in inside)


def _natural(name: str) -> tuple[tuple[int, str], ...]:
    """Sorts `page 2` before `page 10`; equal names in another case keep a fixed order by the name itself."""
    parts = re.findall(r"\d+|\D+", name.casefold())
    return (*((int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in parts), (-2, name))


def told_apart(names: Iterable[str]) -> Iterator[str]:
    """Names that became equal when made readable are numbered, so that each names one file and a finding points at it.

    A number that would make it the name of another file is passed over: of two papers under one name one would be lost.
    """
    taken = set[str]()
    for name in names:
        numbered = (name if again == 1 else f"{name} ({again})" for again in count(1))
        chosen = next(one for one in numbered if one not in taken)
        taken.add(chosen)
        yield chosen
