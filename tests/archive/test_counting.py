"""What the register answers about how many shipments stand how."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.archive import Archive
from archive.register import Register
from archive.stores.local import LocalStore
from schemas.results import Intake, Status
from tests.archived import archive_in, clear, result_of, submission

DAY = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return archive_in(LocalStore(tmp_path))


def _add(archive: Archive, register: Register, reference: str, status: Status, rules: str = "1") -> None:
    result = clear(archive, submission(reference, rules=rules), status=status)
    register.record(archive.intake("local", reference, result.revision), result)


def test_an_empty_register_counts_nothing(register: Register) -> None:
    assert register.by_status() == {"clear": 0, "held": 0, "rejected": 0}
    assert register.oldest_held() is None
    assert register.received_since(DAY) == {"clear": 0, "held": 0, "rejected": 0}


def test_a_shipment_counts_once_as_its_latest_revision_stands(archive: Archive, register: Register) -> None:
    _add(archive, register, "A-1", "held")
    _add(archive, register, "A-2", "held")
    _add(archive, register, "A-3", "rejected")
    _add(archive, register, "A-1", "clear", rules="2")
    assert register.by_status() == {"clear": 1, "held": 1, "rejected": 1}
    held = register.oldest_held()
    assert held is not None
    assert (held.broker, held.reference, held.revision) == ("local", "A-2", 1)
    assert held.received_at.utcoffset() == dt.timedelta(0)


def test_throughput_counts_every_revision_received_since(archive: Archive, register: Register) -> None:
    _add(archive, register, "A-1", "held")
    _add(archive, register, "A-1", "clear", rules="2")
    last = archive.intake("local", "A-1", 2).received_at
    assert register.received_since(DAY) == {"clear": 1, "held": 1, "rejected": 0}
    assert register.received_since(last) == {"clear": 1, "held": 0, "rejected": 0}
    assert register.received_since(last + dt.timedelta(seconds=1)) == {"clear": 0, "held": 0, "rejected": 0}


_STATUS: st.SearchStrategy[Status] = st.sampled_from(("clear", "held", "rejected"))


@pytest.mark.slow
@settings(deadline=None, max_examples=50)  # Each one makes a register.
@given(st.lists(st.tuples(st.sampled_from("ABCD"), _STATUS), max_size=12))
def test_whatever_came_the_counts_are_those_of_the_listed_shipments(told: list[tuple[str, Status]]) -> None:
    register = Register("sqlite://")
    for second, (reference, status) in enumerate(told):
        handed_in = submission(reference, rules=str(second))
        revision = 1 + sum(one == reference for one, _ in told[:second])
        received = DAY + dt.timedelta(seconds=second)
        intake = Intake(**dict(handed_in), revision=revision, received_at=received)
        register.record(intake, result_of(intake, status))
    listed = register.shipments()
    counted: dict[Status, int] = {"clear": 0, "held": 0, "rejected": 0}
    for one in listed:
        counted[one.status] += 1  # type: ignore[index]  # the register gives a status back as text
    assert register.by_status() == counted
    held = register.oldest_held()
    assert (held is None) == (counted["held"] == 0)
    register.close()
