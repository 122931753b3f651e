"""What counts as a try of a shipment, and what is told of it."""

from __future__ import annotations

import errno
import io
import json
from collections.abc import Callable, Iterator

import pytest

from archive.errors import RegisterUnavailable, StoreUnavailable
from flows import logs
from flows.errors import MissingProgramError
from flows.inbox.errors import NotNowError
from flows.inbox.reports import PutOff
from flows.settings import Settings
from schemas.results import Intake, ShipmentResult
from tests.dropped import Bench, held

PASSING = [
    StoreUnavailable("no answer", "s3://bucket", remedy="run again"),
    RegisterUnavailable("locked", "register.sqlite", remedy="run again"),
    NotNowError("the Prefect server does not answer"),
    MissingProgramError("tesseract: install it"),
    OSError(errno.ENOSPC, "No space left on device"),
]
OURS = [
    AttributeError("'NoneType' object has no attribute 'pages'"),
    RuntimeError("dictionary changed size during iteration"),
    OSError(errno.EISDIR, "Is a directory"),
]


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    told = io.StringIO()
    logs.start_logging(Settings(log_level="error"), stream=told)
    yield told
    logs.start_quietly()


def _failing(error: Exception) -> Callable[[Intake], ShipmentResult]:
    def clear(_intake: Intake) -> ShipmentResult:
        raise error

    return clear


@pytest.mark.parametrize("error", PASSING, ids=lambda error: type(error).__name__)
def test_what_passes_is_waited_for_without_end_and_leaves_no_records(inbox: Bench, error: Exception) -> None:
    inbox.drop("acme/R-1/a.pdf")
    assert {inbox.watch(_failing(error)).put_off[0].why for _ in range(9)} == {"unavailable"}
    assert inbox.watched() == []
    assert inbox.watch().handled[0].status == "held"


@pytest.mark.parametrize("error", OURS, ids=lambda error: type(error).__name__)
def test_an_error_of_ours_counts_and_ends_in_quarantine(inbox: Bench, error: Exception) -> None:
    inbox.drop("acme/R-1/a.pdf")
    assert [inbox.watch(_failing(error)).put_off[0].why for _ in range(3)] == ["failed"] * 3
    assert inbox.watch(_failing(error)).handled[0].refused == 1
    assert inbox.inbox() == inbox.watched() == []


def test_giving_up_that_fails_is_tried_at_every_look_and_its_records_stay_as_many(inbox: Bench) -> None:
    inbox.drop("acme/R-1/a.pdf")
    for _ in range(3):
        inbox.watch(_failing(ValueError("broken")))
    blocked = inbox.root.parent / "data" / "quarantine"
    blocked.write_bytes(b"no folder")
    before = inbox.watched()
    puts_off = [inbox.watch().put_off for _ in range(10)]
    assert {one.why for (one,) in puts_off} <= {"failed", "unavailable"}
    assert inbox.watched() == before
    assert len(before) == 6
    blocked.unlink()
    assert inbox.watch().handled[0].refused == 1
    assert inbox.inbox() == inbox.watched() == []


def test_whatever_puts_a_shipment_off_is_an_error_in_the_log_by_its_kind_alone(
    inbox: Bench, stream: io.StringIO
) -> None:
    inbox.drop("acme/R-1/a.pdf")
    inbox.watch(_failing(ValueError("Harbour Lamp owes 1,250.00")))
    inbox.watch(_failing(NotNowError("the Prefect server does not answer")))
    failed, away = map(json.loads, stream.getvalue().splitlines())
    assert (failed["level"], failed["event"], failed["why"], failed["error"]) == (
        "error", "put_off", "failed", "ValueError",
    )  # fmt: skip
    assert (failed["broker"], failed["reference"]) == ("acme", "R-1")
    assert (away["why"], away["error"]) == ("unavailable", "NotNowError")
    assert "Harbour" not in stream.getvalue()


def test_a_shipment_that_another_one_works_on_is_no_error(inbox: Bench, stream: io.StringIO) -> None:
    inbox.drop("acme/R-1/a.pdf")

    def clear(intake: Intake) -> ShipmentResult:
        assert inbox.watch().put_off == (PutOff("acme", "R-1", "leased"),)
        return held(inbox.workshop)(intake)

    inbox.watch(clear)
    assert stream.getvalue() == ""
