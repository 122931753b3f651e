"""A worker indexes what another one committed and was killed before it could index it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.inbox.rules import Watcher
from flows.settings import Settings
from flows.watch_inbox import look
from flows.workshop import Workshop, open_exchange, open_workshop
from tests.archived import result_of, submission


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", exchange_dir=tmp_path / "exchange", workers=1)


def _left(workshop: Workshop) -> None:
    """All that filing does up to the moment of the kill."""
    intake = workshop.archive.begin(submission("A-1"))
    workshop.register.note(intake)
    workshop.archive.commit(intake, result_of(intake))


def _look(workshop: Workshop) -> None:
    look(workshop, open_exchange(workshop.settings), Watcher())


def test_it_is_in_the_register_after_the_next_look(settings: Settings) -> None:
    with open_workshop(settings) as workshop:
        _look(workshop)
        _left(workshop)
        assert workshop.register.shipments() == []
        _look(workshop)
        assert [one.reference for one in workshop.register.shipments()] == ["A-1"]


def test_a_record_that_cannot_be_read_keeps_nobody_from_looking(settings: Settings) -> None:
    with open_workshop(settings) as workshop:
        _left(workshop)
        [damaged] = settings.data_dir.glob("shipments/local/A-1/1/result.json")
        damaged.unlink()
        damaged.write_bytes(b"{}")
        _look(workshop)
        assert workshop.register.shipments() == []
