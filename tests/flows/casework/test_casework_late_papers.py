"""A missing paper added at the desk goes the inbox's way: taken as a late paper, or refused before it lies there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from archive.stores.folder_exchange import FolderExchange
from flows.casework.cases import open_case
from flows.casework.errors import CaseworkError
from flows.casework.late_papers import add_paper
from flows.errors import NoSuchShipmentError
from flows.inbox.watching import watch_once
from flows.workshop import Workshop
from tests.dropped import held

SAMPLE = Path(__file__).parents[3] / "sample_docs/shipments/S01"


def _paper() -> bytes:
    return (SAMPLE / "KVP 2291 pack.pdf").read_bytes() + b"\n"


def test_a_paper_that_a_clerk_adds_makes_a_revision_of_all_papers(shop: Workshop) -> None:
    key = add_paper("local", "S01", "C:\\scans\\late list.pdf", _paper(), shop)
    assert key == "inbox/local/S01/late list.pdf"
    later = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)
    watch_once(shop, FolderExchange(shop.settings.exchange_dir), now=lambda: later, clear=held(shop))
    files = {one.file for one in shop.archive.intake("local", "S01", 2).files}
    assert files == {one.file for one in shop.archive.intake("local", "S01", 1).files} | {"late list.pdf"}
    assert open_case("local", "S01", shop).revision == 2


def test_a_name_that_a_paper_has_already_takes_no_papers_place(shop: Workshop) -> None:
    assert add_paper("local", "S01", "KVP 2291 pack.pdf", _paper(), shop).endswith("/KVP 2291 pack (2).pdf")
    assert add_paper("local", "S01", "KVP 2291 pack.pdf", _paper(), shop).endswith("/KVP 2291 pack (3).pdf")


@pytest.mark.parametrize("name", ["", "..", "_READY", ".hidden.pdf", "a" * 120 + ".pdf"])
def test_a_name_that_the_inbox_would_not_take_is_refused(shop: Workshop, name: str) -> None:
    with pytest.raises(CaseworkError, match="cannot have this name"):
        add_paper("local", "S01", name, _paper(), shop)
    assert list(FolderExchange(shop.settings.exchange_dir).entries("inbox/")) == []


def test_what_is_empty_too_large_or_for_no_shipment_is_refused(shop: Workshop) -> None:
    small = replace(shop, settings=shop.settings.model_copy(update={"inbox_file_bytes": 10}))
    with pytest.raises(CaseworkError, match="a paper has 1 to"):
        add_paper("local", "S01", "a.pdf", b"", shop)
    with pytest.raises(CaseworkError, match="a paper has 1 to"):
        add_paper("local", "S01", "a.pdf", bytes(11), small)
    with pytest.raises(NoSuchShipmentError):
        add_paper("local", "S-none", "a.pdf", b"x", shop)
