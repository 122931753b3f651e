"""What `prefect.yaml` deploys is there: each flow by its module path, with the parameters that it is told to need."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]  # a dependency of Prefect, without types
from prefect import Flow

TEXT = (Path(__file__).parents[2] / "prefect.yaml").read_text(encoding="utf-8")
DEPLOYMENTS = yaml.safe_load(TEXT)["deployments"]


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda one: f"{one['entrypoint']} {one['name']}")
def test_each_deployment_names_a_flow_and_a_pool(deployment: dict[str, dict[str, object]]) -> None:
    module, _, name = str(deployment["entrypoint"]).partition(":")
    flow = getattr(import_module(module), name)
    assert isinstance(flow, Flow)
    assert deployment["work_pool"]["name"] in {"tidewaiter-process", "tidewaiter-kubernetes"}
    needed = [one for one in inspect.signature(flow.fn).parameters.values() if one.default is one.empty]
    assert not (deployment.get("schedules") and needed), "a schedule gives no parameters"


def test_each_flow_is_deployed_once_to_a_pool() -> None:
    named = [(one["entrypoint"], one["work_pool"]["name"]) for one in DEPLOYMENTS]
    assert len(named) == len(set(named))


def test_no_deployment_looks_into_the_inbox_before_an_operator_wants_it() -> None:
    looking = [one for one in DEPLOYMENTS if one["entrypoint"] == "flows.watch_inbox:watch_inbox"]
    assert [schedule["active"] for one in looking for schedule in one["schedules"]] == [False, False]
