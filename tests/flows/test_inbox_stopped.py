"""A watcher that a person stops while it works: nothing of that counts against the papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.results import Intake, ShipmentResult
from tests.dropped import bench


def _stopped(intake: Intake) -> ShipmentResult:
    raise KeyboardInterrupt(intake.reference)


def test_a_stopped_watcher_leaves_no_try_and_no_lease_and_the_next_one_finishes(tmp_path: Path) -> None:
    with bench(tmp_path) as inbox:
        inbox.drop("acme/R-1/invoice.pdf")
        for _ in range(7):
            with pytest.raises(KeyboardInterrupt):
                inbox.watch(_stopped)
        assert inbox.watched() == []
        [handled] = inbox.watch().handled
        assert (handled.reference, handled.revision) == ("R-1", 1)
        assert inbox.inbox() == []
