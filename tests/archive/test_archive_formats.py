"""A declaration in other formats lies beside its JSON, from the outcome that counts, and is as final."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from archive.errors import KeyInvalid
from archive.keys import Revision
from archive.stores.local import LocalStore
from schemas.results import ShipmentResult, Status
from tests.archived import archive_in, result_of, submission

CDS = "declaration.cds.xml"


def _formats(outcome: ShipmentResult) -> Mapping[str, bytes]:
    return {CDS: f"<{outcome.reference}/>".encode(), "declaration.ubl_invoice.xml": b"<Invoice/>"}


def _committed(store: LocalStore, status: Status = "clear") -> list[str]:
    archive = archive_in(store)
    intake = archive.begin(submission())
    archive.commit(intake, result_of(intake, status=status), formats_of=_formats)
    return [key.rpartition("/")[2] for key in store.list("shipments/")]


def test_the_formats_of_a_clear_shipment_lie_beside_the_declaration(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    assert {CDS, "declaration.json", "declaration.ubl_invoice.xml"} <= set(_committed(store))
    assert store.get(f"shipments/local/A-1/1/{CDS}") == b"<A-1/>"


@pytest.mark.parametrize("status", ["held", "rejected"])
def test_a_shipment_that_is_not_clear_has_no_format(tmp_path: Path, status: Status) -> None:
    assert [name for name in _committed(LocalStore(tmp_path), status) if "declaration" in name] == []


def test_committing_again_writes_no_format_anew(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    assert _committed(store) == _committed(store)


@pytest.mark.parametrize("name", ["result.json", "declaration.json", "declaration.xml", "../declaration.cds.xml"])
def test_a_format_can_have_the_name_of_no_other_record(name: str) -> None:
    with pytest.raises(KeyInvalid):
        Revision("local", "A-1", 1).format(name)
