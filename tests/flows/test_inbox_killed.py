"""A watcher that is killed after any of its writes, and then another one: nothing is lost, nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from flows.inbox.rules import Watcher
from tests.breadth import mostly_slow
from tests.dropped import Bench, bench
from tests.mortal import KilledError, Life, mortal


def _first_drop(inbox: Bench) -> None:
    inbox.drop("acme/R-1/invoice.pdf", b"%PDF-1.7 invoice")
    inbox.drop("acme/R-1/packing.pdf", b"%PDF-1.7 packing")
    inbox.drop("acme/R-1/empty.pdf", b"")
    inbox.drop("acme/R-1/_READY", b"")


def _late_paper(inbox: Bench) -> None:
    _first_drop(inbox)
    inbox.watch()
    inbox.drop("acme/R-1/certificate.pdf", b"%PDF-1.7 certificate")
    inbox.drop("acme/R-1/invoice.pdf", b"%PDF-1.7 invoice, corrected")


def _state(inbox: Bench) -> dict[str, object]:
    """All that must be the same whether somebody was killed or not."""
    revisions = inbox.workshop.archive.revisions("acme", "R-1")
    store = inbox.workshop.quarantine.store
    return {
        "revisions": {number: inbox.papers("acme", "R-1", number) for number in revisions},
        "left out": [
            [notice.file for notice in inbox.workshop.archive.intake("acme", "R-1", number).left_out]
            for number in revisions
        ],
        "begun": [key for key in store.list("shipments/") if key.endswith("intake.json")],
        "originals": sorted(store.list("originals/")),
        "quarantined": [store.get(key.replace(".json", ".bin")) for key in inbox.quarantined()],
        "answers": [name for name in inbox.outbox() if "not-taken" not in name],
        "notes": len([name for name in inbox.outbox() if "not-taken" in name]),
        "inbox": inbox.inbox(),
        "watch": inbox.watched(),
    }


def _killed_after(writes: int, drop: Callable[[Bench], None], folder: Path, *, holder: str) -> dict[str, object] | None:
    """The state in the end, None where the watcher was done before it could be killed."""
    with bench(folder) as inbox:
        drop(inbox)
        try:
            mortal(inbox, Life(writes)).watch(watcher=Watcher(holder="first"))
        except KilledError:
            pass
        else:
            return None
        if holder != "first":
            inbox.ahead *= 30
        report = inbox.watch(watcher=Watcher(holder=holder))
        assert report.put_off == ()
        return _state(inbox)


@pytest.mark.parametrize("holder", mostly_slow(["first", "second"], quick={"second"}))
@pytest.mark.parametrize("drop", [_first_drop, _late_paper], ids=["new shipment", "late papers"])
def test_whoever_is_killed_after_any_write_leaves_nothing_lost_and_nothing_doubled(
    drop: Callable[[Bench], None], holder: str, tmp_path: Path
) -> None:
    with bench(tmp_path / "undisturbed") as inbox:
        drop(inbox)
        inbox.watch()
        expected = _state(inbox)
    assert (expected["inbox"], expected["watch"]) == ([], [])
    for writes in count(1):
        state = _killed_after(writes, drop, tmp_path / str(writes), holder=holder)
        if state is None:
            break
        # Killed after the last object was gone, the watcher leaves its lease, which nobody needs to look at again.
        state["watch"] = []
        assert state == expected, f"killed after {writes} writes"
    assert writes > 10
