"""What Prefect is told about runs, without a server; `test_clear_shipment` looks at what a server really got."""

from __future__ import annotations

import datetime as dt
import json
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from httpx import ConnectError, ReadTimeout
from prefect.events.schemas.automations import AutomationCore
from prefect.exceptions import PrefectException

from archive.errors import StoreUnavailable
from flows.inbox.errors import NotNowError
from flows.runs import RunFailedError, StepFailedError, ToldByKind, lane_of, summary
from flows.runs_ended import stopped_by_its_cause
from schemas.findings import Evidence, Finding
from schemas.results import ShipmentResult

ROOT = Path(__file__).parents[2]
QUOTED = "Harbour Lamp Company 1,250.00"


def test_an_error_leaves_a_step_under_its_kind_alone() -> None:
    with pytest.raises(StepFailedError) as left, ToldByKind():
        raise ValueError(QUOTED)
    assert str(left.value) == "ValueError"
    assert QUOTED not in "".join(traceback.format_exception(left.value))
    assert str(left.value.cause) == QUOTED


def test_only_what_may_pass_is_worth_another_try() -> None:
    passing = StoreUnavailable("no answer", "s3://bucket", remedy="run again")
    assert StepFailedError(passing).may_pass
    assert not StepFailedError(ValueError("a bug")).may_pass


def test_a_step_that_failed_inside_another_block_keeps_its_own_cause() -> None:
    with pytest.raises(StepFailedError) as left, ToldByKind(), ToldByKind():
        raise ValueError(QUOTED)
    assert isinstance(left.value.cause, ValueError)


def test_a_summary_has_counts_and_codes_and_nothing_of_a_paper() -> None:
    seen = Evidence(file="invoice.pdf", page=1, value="1,250.00")
    finding = Finding(code="value_mismatch", severity="error", message=QUOTED, evidence=(seen,), nature="discrepancy")
    result = ShipmentResult(
        broker="local", reference="R-1", revision=2, as_of=dt.date(2026, 4, 1), status="held",
        findings=(finding, finding),
    )  # fmt: skip
    told = summary(result)
    assert "| value_mismatch | error | 2 |" in told
    assert told.startswith("# held: revision 2")
    for secret in ("Harbour", "1,250.00", "invoice.pdf"):
        assert secret not in told


def test_a_shipment_always_has_the_same_lane_and_shipments_are_spread_over_them() -> None:
    assert lane_of("local", "R-1") == lane_of("local", "R-1")
    assert lane_of("a", "bc") != lane_of("ab", "c")
    assert len({lane_of("local", f"R-{number}") for number in range(500)}) > 100


def test_the_example_automations_are_such_as_prefect_takes() -> None:
    told = json.loads((ROOT / "docs" / "automations.json").read_text(encoding="utf-8"))
    names = [AutomationCore.model_validate(one).name for one in told["automations"]]
    assert len(names) == 2
    expected = {event for one in told["automations"] for event in one["trigger"]["expect"]}
    assert {"tidewaiter.shipment.held", "tidewaiter.shipment.rejected", "tidewaiter.shipment.failed"} <= expected


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("Failed to reach API at http://127.0.0.1:9/api/"),
        ConnectError("refused"),
        ReadTimeout("slow"),
        PrefectException("the server is of another version"),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("told", [lambda error: error, StepFailedError, RunFailedError], ids=["before", "in", "beside"])
def test_prefect_that_cannot_be_reached_passes_wherever_it_is_met(
    error: Exception, told: Callable[[Exception], Exception]
) -> None:
    with pytest.raises(NotNowError, match="does not answer"), stopped_by_its_cause():
        raise told(error)


@pytest.mark.parametrize("error", [RuntimeError("dictionary changed size"), AttributeError("pages"), OSError(28, "")])
@pytest.mark.parametrize("told", [lambda error: error, StepFailedError, RunFailedError], ids=["before", "in", "beside"])
def test_an_error_of_ours_leaves_the_run_as_what_it_is(
    error: Exception, told: Callable[[Exception], Exception]
) -> None:
    with pytest.raises(type(error)) as left, stopped_by_its_cause():
        raise told(error)
    assert left.value is error
