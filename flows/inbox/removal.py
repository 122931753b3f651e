"""What is done leaves the inbox: only what is proven to be archived, and only in the version that was taken."""

from __future__ import annotations

from archive.stores.exchange import Exchange
from flows.inbox.readiness import Ready
from flows.inbox.rules import InboxRules
from flows.inbox.taking import Taken
from flows.workshop import Workshop


def remove_processed(ready: Ready, taken: Taken, workshop: Workshop, exchange: Exchange, rules: InboxRules) -> None:
    """Remove the objects of the drop, its marks last; what its sender has written anew meanwhile stays.

    Raises:
        ObjectMissing: an archived copy is not there; its object stays in the inbox.
        OriginalDamaged: the copy is another one.
        ObjectDamaged: likewise, in quarantine.
    """
    for digest in set(taken.originals.values()):
        workshop.archive.original(digest)
    for record in taken.quarantined.values():
        workshop.quarantine.verify(record, read_up_to=rules.file_bytes)
    _forget(ready, exchange)
    done = {*taken.originals, *taken.quarantined}
    marks = [one.entry for one in ready.dropped if not one.is_paper]
    for entry in (*(one.entry for one in ready.papers if one.entry.key in done), *marks):
        exchange.remove(entry)


def _forget(ready: Ready, exchange: Exchange) -> None:
    """Remove the records of tries, of this drop and of earlier ones; the lease stays with its holder.

    Before the objects: whoever is killed in between leaves no records of a shipment that never comes again.
    """
    for entry in exchange.entries(f"watch/{ready.id}/"):
        if "/lease/" not in entry.key:
            exchange.remove(entry)
