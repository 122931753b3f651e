"""Papers handed in at the desk: put into the inbox as if the broker had dropped them there, under the same limits.

What happens to them then is the watcher's to do; nothing is cleared here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from archive.stores.exchange import Entry, Exchange
from flows.inbox.names import dropped, folder_of
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
        return tuple(RefusedPaper(_base(one.name), "reference") for one in papers)
    refused = [RefusedPaper(_base(one.name), why) for one in papers if (why := _refusal(one, folder, papers, rules))]
    if len(refused) == len(papers):
        return tuple(refused)
    taken = [one for one in papers if _refusal(one, folder, papers, rules) is None]
    put = {one: exchange.put_new(f"{folder}{_base(one.name)}", one.content, media_type=_KIND) for one in taken}
    refused.extend(RefusedPaper(_base(one.name), "waiting") for one, is_new in put.items() if not is_new)
    exchange.put_new(f"{folder}{READY}", b"", media_type=_KIND)
    return tuple(refused)


def is_waiting(broker: str, reference: str, exchange: Exchange) -> bool:
    """Whether something of that shipment lies in the inbox. Raises as `hand_in`."""
    folder = folder_of(broker, reference)
    return folder is not None and any(True for _ in exchange.entries(folder))


def _refusal(paper: HandedPaper, folder: str, all_of_them: Iterable[HandedPaper], rules: InboxRules) -> Refusal | None:
    if len(list(all_of_them)) > rules.files:
        return "too_many"
    if not paper.content:
        return "empty"
    if len(paper.content) > rules.file_bytes:
        return "too_large"
    return None if _is_fit(folder, _base(paper.name)) else "name"


def _is_fit(folder: str, name: str) -> bool:
    """Whether the watcher would take an object of that name as a paper."""
    if not name:
        return False
    named = dropped(Entry(f"{folder}{name}", 1, dt.datetime.fromtimestamp(0, dt.UTC), ""))
    return named is not None and named.trouble is None and named.is_filed and named.is_paper


def _base(name: str) -> str:
    """Without folders: some browsers send the whole path."""
    return name.replace("\\", "/").rpartition("/")[2]
