"""Whose an invoice is: the first claim stands, in every store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archive.claims import Claims, InvoiceClaim
from archive.errors import RecordDamaged
from archive.stores.local import LocalStore
from archive.stores.protocol import ObjectStore


def claim(
    reference: str, exporter: str = "Sunrise Electronics Co., Ltd.", number: str = "INV-22/91", broker: str = "local"
) -> InvoiceClaim:
    return InvoiceClaim(broker=broker, reference=reference, exporter=exporter, number=number)


def test_the_first_claim_stands_and_its_shipment_finds_its_own_again(store: ObjectStore) -> None:
    claims = Claims(store)
    assert claims.claim(claim("A-1")).reference == "A-1"
    assert claims.claim(claim("A-2")).reference == "A-1"
    assert claims.claim(claim("A-1")).reference == "A-1"


def test_of_many_that_claim_at_once_one_holds_the_invoice(store: ObjectStore) -> None:
    wanted = [claim(f"A-{n}") for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        holders = {one.reference for one in pool.map(Claims(store).claim, wanted)}
    assert len(holders) == 1
    assert holders <= {one.reference for one in wanted}


def test_another_spelling_claims_the_same_invoice_and_says_how_the_first_was_printed(store: ObjectStore) -> None:
    claims = Claims(store)
    claims.claim(claim("A-1"))
    assert claims.claim(claim("A-2", "SUNRISE ELECTRONICS COMPANY LIMITED", "inv 2291")) == claim("A-1")


@pytest.mark.parametrize(
    "other",
    [claim("A-2", number="INV-22/92"), claim("A-2", exporter="Sunset Electronics"), claim("A-2", broker="other")],
    ids=["number", "exporter", "broker"],
)
def test_another_invoice_is_free(store: ObjectStore, other: InvoiceClaim) -> None:
    claims = Claims(store)
    claims.claim(claim("A-1"))
    assert claims.claim(other) == other


def test_a_number_or_name_without_letters_claims_nothing(store: ObjectStore) -> None:
    claims = Claims(store)
    for exporter, number in (("!", "INV-1"), ("Acme", "-")):
        assert claims.claim(claim("A-1", exporter, number)).reference == "A-1"
        assert claims.claim(claim("A-2", exporter, number)).reference == "A-2"
    assert list(store.list("claims/")) == []


def test_a_claim_that_cannot_be_read_is_an_error_and_never_taken_for_free(tmp_path: Path) -> None:
    """Known from a first archive is the key, under which the second one has something else."""
    sound, damaged = LocalStore(tmp_path / "sound"), LocalStore(tmp_path / "damaged")
    Claims(sound).claim(claim("A-1"))
    [key] = sound.list("claims/")
    damaged.put_new(key, b"{}", media_type="application/json")
    with pytest.raises(RecordDamaged, match="4 errors"):
        Claims(damaged).claim(claim("A-2"))
