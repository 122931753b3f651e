"""How the work stands: what is counted, what Prometheus is told, and who may ask."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from archive.counting import HeldShipment
from archive.errors import StoreUnavailable
from archive.receiving import LockedOnReceipt
from archive.stores.local import REGISTER, LocalStore
from flows.errors import UnprotectedEndpointError, WrongSettingsError
from flows.figures import Figures, Queue, exposition, gathered, not_ready, told
from flows.figures_server import Answers, answered, figures_served
from flows.settings import Settings
from flows.workshop import Records, open_records
from schemas.reference import ListVersion, LoadedList, ReferenceKind
from schemas.results import Intake, Status
from tests.archived import result_of, submission

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with open_records(Settings(data_dir=tmp_path)) as records:
        yield records


def _record(records: Records, reference: str, status: Status, ago: dt.timedelta) -> None:
    intake = Intake(**dict(submission(reference)), revision=1, received_at=NOW - ago)
    records.register.record(intake, result_of(intake, status))


def _list(kind: ReferenceKind, scope: str, days: int) -> LoadedList:
    version = ListVersion(
        kind=kind, scope=scope, name="l.csv", source="s", valid_from=dt.date(2026, 1, 1), sha256="0" * 64
    )
    loaded_at = NOW - dt.timedelta(days=days)
    return LoadedList(version=version, loaded_at=loaded_at, loaded_by="clerk", size=1, file_key="k")


def _figures(queue: Queue | None = None, lists: tuple[LoadedList, ...] = ()) -> Figures:
    return Figures(
        at=NOW,
        shipments={"clear": 7, "held": 2, "rejected": 1},
        oldest_held=HeldShipment("acme", 'A "1"\n', 2, NOW - dt.timedelta(hours=3)),
        last_hour={"clear": 1, "held": 0, "rejected": 0},
        last_day={"clear": 3, "held": 2, "rejected": 0},
        quarantined=4,
        lists=lists,
        queue=queue,
    )


def test_what_is_stored_is_counted(records: Records) -> None:
    _record(records, "A-1", "clear", 10 * SECOND)
    _record(records, "A-2", "held", dt.timedelta(hours=2))
    _record(records, "A-3", "held", dt.timedelta(days=2))
    for name in ("1.json", "1.bin", "2.json"):
        records.store.put_new(f"quarantine/local/A-9/{name}", b"x", media_type="application/json")
    found = gathered(records, NOW)
    assert found.shipments == {"clear": 1, "held": 2, "rejected": 0}
    assert found.last_hour == {"clear": 1, "held": 0, "rejected": 0}
    assert found.last_day == {"clear": 1, "held": 1, "rejected": 0}
    assert found.oldest_held is not None
    assert (found.oldest_held.reference, found.age(found.oldest_held.received_at).days) == ("A-3", 2)
    assert (found.quarantined, found.queue) == (2, None)


def test_nothing_is_counted_where_nothing_is(records: Records) -> None:
    assert told(gathered(records, NOW)) == {
        "at": "2026-03-02T12:00:00+00:00",
        "shipments": {"clear": 0, "held": 0, "rejected": 0},
        "oldest_held": None,
        "received": {name: {"clear": 0, "held": 0, "rejected": 0} for name in ("last_hour", "last_day")},
        "quarantined": 0,
        "lists": [],
    }


def test_every_line_of_the_exposition_is_one_that_prometheus_reads() -> None:
    lists = (_list("tariff", "GB", 3), _list("watch_list", "", 40))
    text = exposition(_figures(Queue(5, NOW - 20 * SECOND), lists))
    sample = re.compile(r'tidewaiter_([a-z_]+)(\{[a-z]+="[^"\\\n]*"(,[a-z]+="[^"\\\n]*")*\})? \d+')
    comment = re.compile(r"# (HELP|TYPE) tidewaiter_[a-z_]+ \S.*")
    assert text.endswith("\n")
    assert all(sample.fullmatch(line) or comment.fullmatch(line) for line in text.splitlines())
    for line in (
        'tidewaiter_shipments{status="held"} 2', 'tidewaiter_received_last_hour{status="clear"} 1',
        "tidewaiter_oldest_held_seconds 10800", "tidewaiter_quarantined 4", "tidewaiter_inbox_waiting 5",
        "tidewaiter_inbox_oldest_seconds 20", 'tidewaiter_list_age_seconds{kind="tariff",scope="GB"} 259200',
    ):  # fmt: skip
        assert line in text.splitlines()


def test_no_reference_and_no_list_is_named_to_prometheus_and_the_oldest_of_a_kind_counts() -> None:
    text = exposition(_figures(lists=(_list("profiles", "", 3), _list("profiles", "", 9))))
    assert 'A "1"' not in text
    assert "l.csv" not in text
    assert f'tidewaiter_list_age_seconds{{kind="profiles",scope=""}} {9 * 86400}' in text


def test_a_profile_is_told_without_the_importer_it_is_for(records: Records) -> None:
    version = _list("profiles", "Alderwick Ltd", 0).version.model_copy(
        update={"name": "alderwick.toml", "sha256": hashlib.sha256(b"x").hexdigest()}
    )
    records.lists.archive.keep(version, b"x", loaded_by="clerk")
    found = gathered(records, NOW)
    assert [one.version.kind for one in found.lists] == ["profiles"]
    assert "lderwick" not in exposition(found) + json.dumps(told(found))


def test_the_guide_names_every_figure_and_no_other() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
    told_of = set(re.findall(r"`(tidewaiter_[a-z_]+)", guide))
    text = exposition(_figures(Queue(0), (_list("tariff", "GB", 3),)))
    assert told_of == set(re.findall(r"# TYPE (tidewaiter_[a-z_]+) ", text))


def test_without_an_inbox_nothing_is_said_of_one() -> None:
    assert "inbox" not in exposition(_figures())
    assert "inbox" not in told(_figures())
    assert told(_figures(Queue(0)))["inbox"] == {"waiting": 0, "or_more": False, "oldest_age_seconds": None}


def test_an_age_is_never_below_zero_where_clocks_differ() -> None:
    assert _figures().age(NOW + 5 * SECOND) == dt.timedelta()


def test_a_place_whose_register_is_broken_is_not_ready(records: Records, tmp_path: Path) -> None:
    assert not_ready(records) is None
    with sqlite3.connect(tmp_path / REGISTER) as connection:
        connection.execute("DROP TABLE findings")
        connection.execute("DROP TABLE revisions")
    connection.close()
    assert not_ready(records) == "RegisterUnusable"


def _asked(port: int, path: str) -> tuple[int, str, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type") or "", answer.read().decode()
    finally:
        connection.close()


def test_the_server_answers_on_this_machine(records: Records) -> None:
    answers = Answers(figures=lambda: gathered(records, NOW), not_ready=lambda: not_ready(records))
    with figures_served(answers, Settings(), port=0) as port:
        assert _asked(port, "/live") == (200, "text/plain; charset=utf-8", "live\n")
        assert _asked(port, "/ready")[0] == 200
        status, kind, text = _asked(port, "/metrics")
        assert (status, kind.split(";")[1]) == (200, " version=0.0.4")
        assert 'tidewaiter_shipments{status="clear"} 0' in text
        assert _asked(port, "/../../register.sqlite")[0] == 404
    with pytest.raises(ConnectionRefusedError):
        _asked(port, "/live")


def test_a_port_that_is_taken_is_told() -> None:
    answers = Answers(figures=_figures, not_ready=lambda: None)
    with (
        figures_served(answers, Settings(), port=0) as port,
        pytest.raises(WrongSettingsError, match=f"127.0.0.1:{port}: .*another port"),
        figures_served(answers, Settings(), port=port),
    ):
        pass


@pytest.mark.parametrize("host", ["0.0.0.0", "", "192.0.2.7", "::"])  # noqa: S104 - refused
def test_figures_are_told_beyond_this_machine_only_where_that_is_allowed(host: str) -> None:
    answers = Answers(figures=_figures, not_ready=lambda: None)
    with (
        pytest.raises(UnprotectedEndpointError, match="TIDEWAITER_TRUST_NETWORK"),
        figures_served(answers, Settings(), port=0, host=host),
    ):
        pass


def test_a_store_that_does_not_answer_is_told_by_its_kind_alone() -> None:
    def failing() -> Figures:
        raise StoreUnavailable("no answer for Harbour Lamp", "where", remedy="run again")

    answers = Answers(figures=failing, not_ready=lambda: "StoreUnavailable")
    assert answered("/metrics", answers)[0::2] == (503, "StoreUnavailable\n")
    assert answered("/ready?x=1", answers)[0::2] == (503, "StoreUnavailable\n")
    assert answered("/live", answers)[0] == 200


def test_the_local_store_is_opened_without_anything_that_reads_papers(records: Records) -> None:
    assert isinstance(records.store, LockedOnReceipt)
    assert isinstance(records.store.store, LocalStore)
