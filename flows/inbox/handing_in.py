"""Papers handed in at the desk: put into the inbox as if the broker had dropped them there, under the same limits.

What happens to them then is the watcher's to do; nothing is cleared here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from archive.stores.exchange import Exchange
from flows.inbox.names import base_name, folder_of, is_papers_name
from flows.inbox.rules import READY, InboxRules

Refusal = Literal["empty", "too_large", "too_many", "name", "waiting", "reference"]
_KIND = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class HandedPaper:
    """A file as a browser sent it; nothing of its name is believed."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class RefusedPaper:
    """`waiting`: one of that name lies in the inbox and was not taken yet. `reference`: no folder has such a name."""

    file: str
    why: Refusal


def hand_in(
    broker: str, reference: str, papers: Sequence[HandedPaper], exchange: Exchange, rules: InboxRules
) -> tuple[RefusedPaper, ...]:
    """Put each paper into the inbox of that shipment, or say why not; marks it complete where one was taken.

    Raises the `StoreError`s of the exchange.
    """
    folder = folder_of(broker, reference)
    if folder is None:
        return tuple(RefusedPaper(base_name(one.name), "reference") for one in papers)
    judged = [(one, _refusal(one, folder, len(papers), rules)) for one in papers]
    refused = [RefusedPaper(base_name(one.name), why) for one, why in judged if why]
    taken = [one for one, why in judged if not why]
    if not taken:
        return tuple(refused)
    put = {one: exchange.put_new(f"{folder}{base_name(one.name)}", one.content, media_type=_KIND) for one in taken}
    refused.extend(RefusedPaper(base_name(one.name), "waiting") for one, is_new in put.items() if not is_new)
    exchange.put_new(f"{folder}{READY}", b"", media_type=_KIND)
    return tuple(refused)


def is_waiting(broker: str, reference: str, exchange: Exchange) -> bool:
    """Whether something of that shipment lies in the inbox. Raises as `hand_in`."""
    folder = folder_of(broker, reference)
    return folder is not None and any(True for _ in exchange.entries(folder))


def _refusal(paper: HandedPaper, folder: str, papers: int, rules: InboxRules) -> Refusal | None:
    """Why it is not taken among so many papers, None where it is."""
    if papers > rules.files:
        return "too_many"
    if not paper.content:
        return "empty"
    if len(paper.content) > rules.file_bytes:
        return "too_large"
    return None if is_papers_name(folder, base_name(paper.name)) else "name"
