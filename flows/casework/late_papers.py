"""A missing paper that a clerk adds: it goes the way of every paper, through the inbox with its limits and quarantine.

The watcher takes it as a late paper and makes a revision of all papers; whatever is drafted then is carried over.
"""

from __future__ import annotations

from typing import Final

from archive.stores.exchange import Exchange
from flows.casework.errors import CaseworkError
from flows.casework.preparing import for_broker, latest_revision
from flows.inbox.names import base_name, folder_of, is_papers_name
from flows.inbox.rules import rules_of
from flows.intake import readable
from flows.workshop import Workshop, open_exchange

_TRIES: Final = 20


def add_paper(
    broker: str, reference: str, name: str, content: bytes, workshop: Workshop, *, exchange: Exchange | None = None
) -> str:
    """The key under which the paper lies in the inbox; a name that is taken, there or in the shipment, gets a number.

    Raises `NoSuchShipmentError`, and `CaseworkError` for what the inbox would not take.
    """
    latest_revision(broker, reference, for_broker(broker, workshop))
    last = workshop.archive.last_intake(broker, reference)
    known = {one.file for one in last.files} if last is not None else set()
    plain = readable(base_name(name))
    folder = folder_of(broker, reference)
    if folder is None:
        what = f"{readable(reference)}: no folder of the inbox can have this name"
        raise CaseworkError(f"{what}. Have the paper handed in where the shipment came from")
    _refuse(folder, plain, content, workshop)
    place = exchange or open_exchange(workshop.settings)
    for again in range(1, _TRIES + 1):
        named = _numbered(plain, again)
        key = f"{folder}{named}"
        if named not in known and place.put_new(key, content, media_type="application/octet-stream"):
            return key
    raise CaseworkError(f"{plain}: papers of this name wait in the inbox already. Give it another name")


def _refuse(folder: str, name: str, content: bytes, workshop: Workshop) -> None:
    rules = rules_of(workshop.settings)
    if not content or len(content) > rules.file_bytes:
        raise CaseworkError(f"{name}: a paper has 1 to {rules.file_bytes:,} bytes. Scan it smaller, or in parts")
    if not is_papers_name(folder, name) or name.startswith("."):
        raise CaseworkError(f"{name or 'the paper'}: it cannot have this name. Name it plainly, such as invoice.pdf")


def _numbered(name: str, again: int) -> str:
    """A paper under a name that is known takes the place of the earlier, which somebody who adds one does not mean."""
    stem, point, ending = name.rpartition(".")
    if again == 1:
        return name
    return f"{stem} ({again}){point}{ending}" if point else f"{name} ({again})"
