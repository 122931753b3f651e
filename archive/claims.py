"""Whose an invoice is: the one shipment that may be cleared on it, however many come with it at once.

claims/<broker>/<digest>.json   one for each exporter and invoice number, by the keys of `archive.names`

The register knows what has finished. Of two shipments that are judged at the same moment neither finds the other
there; so each, before its outcome is settled, puts its claim, and the store lets only one of them stand. A claim stays:
who is killed after it and run again finds its own. It holds for the exact keys. An exporter that one of the two papers
misread by a letter makes another claim; such a pair is found once one of them is in the register, and only there.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from typing_extensions import override

from archive import keys, records
from archive.names import number_key, party_key
from archive.stores.protocol import ObjectStore
from schemas.values import Frozen


class InvoiceClaim(Frozen):
    """The record: which shipment has the invoice, and the exporter and number as its papers print them."""

    broker: str
    reference: str
    exporter: str
    number: str


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims in a store. Every method raises the `StoreError`s of the store."""

    store: ObjectStore

    def claim(self, wanted: InvoiceClaim) -> InvoiceClaim:
        """Put the claim; returns the one that stands, which is the first.

        Without a key to compare, by a name or number of signs alone, nothing is put and each has its own.

        Raises:
            RecordDamaged: the claim that stands cannot be read.
        """
        exporter, number = party_key(wanted.exporter), number_key(wanted.number)
        if not (exporter and number):
            return wanted
        return records.settled(self.store, claim_key(wanted.broker, exporter, number), wanted)

    def holder(self, broker: str, exporter_key: str, number_key: str) -> str | None:
        """The shipment that has the invoice of these keys; None where nobody claimed it. Raises `RecordDamaged`."""
        found = records.find(self.store, claim_key(broker, exporter_key, number_key), InvoiceClaim)
        return found.reference if found else None


class StandingClaims(Claims):
    """The claims as they stand, for whoever only asks what would come out: nothing is put."""

    @override
    def claim(self, wanted: InvoiceClaim) -> InvoiceClaim:
        exporter, number = party_key(wanted.exporter), number_key(wanted.number)
        holder = self.holder(wanted.broker, exporter, number) if exporter and number else None
        return wanted if holder is None else wanted.model_copy(update={"reference": holder})


def claim_key(broker: str, exporter_key: str, number_key: str) -> str:
    """Where the claim to an invoice stands, by the keys of `archive.names`, if there is one.

    Names are too long for a key, and their letters of any script: their digest stands for them.
    """
    return keys.claim(broker, hashlib.sha256(json.dumps([exporter_key, number_key]).encode("ascii")).hexdigest())
