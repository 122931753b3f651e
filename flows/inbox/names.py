"""Whose shipment an object of the inbox belongs to, by its name, which anybody may have written."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass

from archive import keys
from archive.errors import KeyInvalid
from archive.stores.exchange import Entry
from flows.inbox.rules import INBOX, READY
from flows.intake import readable

NOBODY = "unknown"
"""The broker under whom objects are kept that lie in no broker's folder."""

_SHOWN = 120
"""Characters of either end that are shown of a longer name."""
_ANY_TIME = dt.datetime.fromtimestamp(0, dt.UTC)
_SHIPMENT = 2
"""Parts of a key behind the area that name the shipment: broker and reference."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """One object of the inbox. `file` is the sender's name within the shipment, fit to be shown and kept.

    `trouble` says why it cannot be taken by its name or kind alone. Where not even broker and reference are the
    sender's own names, `is_filed` is False: what stands in for them names no shipment.
    """

    entry: Entry
    broker: str
    reference: str
    file: str
    trouble: str | None = None
    is_filed: bool = True

    @property
    def is_ready_mark(self) -> bool:
        return self.entry.key.split("/")[3:] == [READY]

    @property
    def is_paper(self) -> bool:
        """Whether it stands for anything: not a mark of readiness or of a folder."""
        return not self.is_ready_mark and self.entry.kind != "folder"


def dropped(entry: Entry) -> Dropped | None:
    """None for the folder of all, or of one broker."""
    _, *parts = entry.key.split("/")
    if entry.kind == "folder" and len(parts) <= _SHIPMENT:
        return None
    if len(parts) < _SHIPMENT:
        name, why = _kept_name(parts[0]), "it lies in no broker's folder"
        return Dropped(entry, NOBODY, name, name, why, is_filed=False)
    broker, reference = parts[:_SHIPMENT]
    file = "/".join(parts[_SHIPMENT:]) or reference
    trouble = _trouble(broker, reference, file) or _trouble_of_kind(entry)
    whose = unicodedata.normalize("NFC", broker) if _is_fit(broker) else NOBODY
    is_filed = _is_fit(broker) and _is_fit(reference) and reference != READY
    return Dropped(entry, whose, _kept_name(reference), _shown(file), trouble, is_filed)


def folder_of(broker: str, reference: str) -> str | None:
    """The folder in which papers of that shipment are dropped, None for one that no folder can be called after.

    A slash in a reference, which the archive takes, would lead to another shipment's folder, or another broker's.
    """
    is_fit = all(_is_fit(name) and "/" not in name for name in (broker, reference)) and reference != READY
    return f"{INBOX}{broker}/{reference}/" if is_fit else None


def base_name(name: str) -> str:
    """The name of a file that a browser sent, without folders: some send the whole path, in either spelling."""
    return name.replace("\\", "/").rpartition("/")[2]


def is_papers_name(folder: str, name: str) -> bool:
    """Whether the watcher would take an object of that name, in the folder of a shipment, as a paper."""
    found = dropped(Entry(f"{folder}{name}", 1, _ANY_TIME, "")) if name else None
    return found is not None and found.trouble is None and found.is_filed and found.is_paper


def shipment_of(key: str) -> str:
    """The folder of the shipment that the object belongs to, or the object itself where it is a shipment."""
    return "/".join(key.split("/")[: _SHIPMENT + 1])


def _kept_name(name: str) -> str:
    """The name where records can hold it, else one that they can, told apart by a digest of the whole."""
    return unicodedata.normalize("NFC", name) if _is_fit(name) else keys.safe_name(readable(_marked(name)))


def _marked(name: str) -> str:
    """A name of points alone, or none at all, made into one that can be shortened like any other."""
    return name if name.strip(".") else f"~{name}"


def _shown(file: str) -> str:
    whole = unicodedata.normalize("NFC", readable(file))
    return whole if len(whole) <= _SHOWN * 2 else f"{whole[:_SHOWN]}…{whole[-_SHOWN:]}"


def _trouble(broker: str, reference: str, file: str) -> str | None:
    if not _is_fit(broker):
        return "its folder's name can be no broker's"
    if not _is_fit(reference):
        return "its name can be no shipment's reference (1 to 100 plain characters)"
    if not all(_is_fit(part) for part in file.split("/")):
        return "its name has parts that no file should have (`..`, nothing, control characters, over 100 characters)"
    if reference == READY:
        return f"a {READY} belongs into the folder of a shipment"
    return None


def _trouble_of_kind(entry: Entry) -> str | None:
    match entry.kind:
        case "link":
            return "it is a link and not a file; put the file itself there"
        case "special":
            return "it is no regular file; put the paper itself there"
        case "file" | "folder":
            return None


def _is_fit(name: str) -> bool:
    try:
        keys.part(name)
    except KeyInvalid:
        return False
    return readable(name) == name
