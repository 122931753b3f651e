"""What wakes a watcher: a folder, and a queue. SQS runs at AWS alone: moto stands in for it, beside a real bucket."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from uuid import uuid4

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from moto.server import ThreadedMotoServer

from archive.errors import StoreError, StoreRefused, StoreUnavailable
from archive.stores.event_queue import Message, region_of
from archive.stores.exchange import Exchange
from flows import logs
from flows.errors import UnprotectedEndpointError, WrongSettingsError
from flows.inbox.events import events_of, resting
from flows.inbox.folder_events import FolderEvents, folder_events, is_own
from flows.inbox.object_events import shipments_named
from flows.inbox.queue_events import QueueEvents
from flows.inbox.reports import WatchReport
from flows.inbox.rules import Watcher
from flows.inbox.waking import AGAIN, NoEvents
from flows.inbox.watching import watch_once
from flows.settings import Settings
from flows.workshop import open_exchange, open_workshop
from tests.dropped import held
from tests.servers import S3Server

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

AWAY = StoreUnavailable("no answer", "queue", remedy="run again")


def plain(*keys: str, bucket: str = "papers") -> str:
    """As S3 tells a queue directly."""
    records = [
        {
            "eventSource": "aws:s3",
            "eventName": "ObjectCreated:Put",
            "s3": {"bucket": {"name": bucket}, "object": {"key": key}},
        }
        for key in keys
    ]
    return json.dumps({"Records": records})


def bridged(key: str, bucket: str = "papers") -> str:
    """As EventBridge does."""
    detail = {"version": "0", "bucket": {"name": bucket}, "object": {"key": key, "size": 5}}
    return json.dumps({"version": "0", "detail-type": "Object Created", "source": "aws.s3", "detail": detail})


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (plain("inbox/acme/R-1/a.pdf"), {"inbox/acme/R-1"}),
        (plain("inbox/a/R-1/a.pdf", "inbox/a/R-1/b.pdf", "inbox/a/R-2/c/d.pdf"), {"inbox/a/R-1", "inbox/a/R-2"}),
        (plain("inbox/acme/whole.pdf"), {"inbox/acme/whole.pdf"}),
        (bridged("inbox/acme/R-1/_READY"), {"inbox/acme/R-1"}),
        (bridged("inbox/acme/R 1 50%/a.pdf"), {"inbox/acme/R 1 50%"}),
        (json.dumps({"Type": "Notification", "Message": plain("inbox/acme/R-1/a.pdf")}), {"inbox/acme/R-1"}),
        (plain("outbox/acme/R-1/1/findings.txt"), set()),
        (plain("inbox/acme/R-1/a.pdf", bucket="another"), set()),
        (bridged("inbox/acme/R-1/a.pdf", bucket="another"), set()),
        (json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "papers"}), set()),
        (plain("inbox/acme/", "inbox/", "inbox/stray.pdf", "inbox/acme//a.pdf", "inbox/acme/../a.pdf"), set()),
        (plain("inbox/acme/\x00/a.pdf", "inbox/acme/\ud800/a.pdf", "inbox/acme/" + "x" * 5000), set()),
    ],
)  # fmt: skip
def test_a_message_names_the_shipments_of_the_inbox_that_changed(body: str, names: set[str]) -> None:
    assert shipments_named(body, "papers") == names


def test_a_name_that_was_encoded_is_looked_for_in_every_way_it_may_be_meant() -> None:
    found = shipments_named(plain("inbox/acme/M%C3%BCller+%2B+S%C3%B6hne/a.pdf"), "papers")
    assert {"inbox/acme/Müller + Söhne", "inbox/acme/Mu\u0308ller + So\u0308hne"} <= found


@pytest.mark.parametrize(
    "body",
    [
        "", "{", "null", "[]", "7", '"text"', "[" * 100_000, '{"Records": 7}', '{"Records": [null, 7, {}, {"s3": []}]}',
        '{"Records": [{"s3": {"bucket": {"name": 7}, "object": {"key": "inbox/a/b"}}}]}', '{"source": "aws.s3"}',
        '{"source": "aws.s3", "detail": "x"}', '{"Type": "Notification", "Message": "{"}', '{"Type": "Notification"}',
    ],
)  # fmt: skip
def test_a_message_of_another_kind_names_nothing(body: str) -> None:
    assert shipments_named(body, "papers") == frozenset()


_JSON = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["Records", "s3", "detail", "key", "source"]), inner)
    ),
)


@given(st.text() | _JSON.map(json.dumps) | st.text().map(lambda key: plain(f"inbox/acme/{key}")))
def test_whatever_a_message_holds_it_names_shipments_of_the_inbox_or_nothing(body: str) -> None:
    assert all(name.startswith("inbox/") and name.count("/") == 2 for name in shipments_named(body, "papers"))


@dataclass
class Told:
    """A queue that gives one batch after the other, then nothing, or does not answer."""

    batches: list[tuple[Message, ...] | StoreError] = field(default_factory=list)
    deleted: list[Message] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)

    def receive(self, seconds: int) -> tuple[Message, ...]:
        self.asked.append(seconds)
        batch = self.batches.pop(0) if self.batches else ()
        if isinstance(batch, StoreError):
            raise batch
        return batch

    def delete(self, messages: Sequence[Message]) -> None:
        self.deleted += messages


def message(key: str) -> Message:
    return Message(plain(key), f"receipt of {key}")


def test_messages_are_deleted_after_the_look_and_not_before() -> None:
    one, another = message("inbox/acme/R-1/a.pdf"), Message("garbage", "another")
    queue = Told([(one,), (another,)])
    events = QueueEvents(queue, "papers")
    assert events.wait(20) == frozenset({"inbox/acme/R-1"})
    assert queue.deleted == []
    events.seen()
    assert queue.deleted == [one, another]
    events.seen()
    assert queue.deleted == [one, another]


def test_a_long_rest_is_spent_on_as_many_long_polls_as_it_needs() -> None:
    queue = Told()
    assert QueueEvents(queue, "papers").wait(50.5) == frozenset()
    assert queue.asked == [20, 20, 11]


def test_a_queue_that_is_away_is_replaced_by_looks_at_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    paused: list[float] = []
    monkeypatch.setattr("flows.inbox.queue_events.pause", paused.append)
    events = QueueEvents(Told([AWAY, AWAY, (message("inbox/acme/R-1/a.pdf"),)]), "papers")
    assert [events.wait(300), events.wait(1), events.wait(300)] == [None, None, {"inbox/acme/R-1"}]
    assert paused == [AGAIN, 1]


@pytest.mark.parametrize(
    ("host", "region"),
    [
        ("sqs.eu-central-1.amazonaws.com", "eu-central-1"),
        ("sqs-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1"),
        ("vpce-1-2.sqs.eu-west-1.vpce.amazonaws.com", "eu-west-1"),
        ("sqs.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        ("eu-west-2.queue.amazonaws.com", "eu-west-2"),
        ("127.0.0.1", None),
    ],
)
def test_the_region_is_that_of_the_queues_address(host: str, region: str | None) -> None:
    assert region_of(host) == region


@pytest.fixture(scope="module")
def sqs() -> Iterator[str]:
    """The address of moto's SQS."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@dataclass(frozen=True)
class Place:
    """A bucket of a real S3 server with an inbox, and a queue beside it."""

    settings: Settings
    exchange: Exchange
    client: SQSClient

    @property
    def url(self) -> str:
        return self.settings.inbox_queue_url or ""

    def drop(self, name: str) -> None:
        self.exchange.put_new(f"inbox/{name}", b"%PDF-1.7 paper", media_type="application/pdf")

    def tell(self, body: str) -> None:
        self.client.send_message(QueueUrl=self.url, MessageBody=body)

    def messages(self) -> int:
        told = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=["All"])["Attributes"]
        return int(told["ApproximateNumberOfMessages"]) + int(told["ApproximateNumberOfMessagesNotVisible"])


@pytest.fixture
def place(tmp_path: Path, s3_server: S3Server, sqs: str, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", s3_server.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", s3_server.secret_key)
    name = f"papers-{uuid4().hex}"
    s3_server.client().create_bucket(Bucket=name, ObjectLockEnabledForBucket=True)
    client = boto3.client("sqs", endpoint_url=sqs, region_name="us-east-1")
    settings = Settings(
        store="s3",
        s3_bucket=name,
        s3_endpoint=s3_server.endpoint,
        data_dir=tmp_path,
        workers=1,
        inbox_queue_url=client.create_queue(QueueName=name)["QueueUrl"],
        inbox_quiet_seconds=0,
    )
    return Place(settings, open_exchange(settings), client)


def test_what_a_queue_tells_of_is_looked_at_alone_and_told_no_more_afterwards(place: Place) -> None:
    bucket = place.settings.s3_bucket
    for name in ("acme/R-1/a.pdf", "acme/R-10/old.pdf", "acme/whole.pdf"):
        place.drop(name)
    for body in (
        json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": bucket}),
        "garbage",
        plain("inbox/acme/R-10/old.pdf", bucket="another"),
        plain("inbox/acme/whole.pdf", bucket=bucket),
        *[plain("inbox/acme/R-1/a.pdf", bucket=bucket)] * 2,
        bridged("inbox/acme/R-9/gone.pdf", bucket=bucket),
    ):
        place.tell(body)
    with resting(place.settings, once=False) as rests, open_workshop(place.settings) as workshop:
        only = rests.rest(WatchReport())
        assert only == frozenset({"inbox/acme/R-1", "inbox/acme/R-9", "inbox/acme/whole.pdf"})
        assert place.messages() == 7
        watcher = Watcher(only=only)
        report = watch_once(
            workshop,
            place.exchange,
            now=lambda: dt.datetime.now(dt.UTC) + dt.timedelta(hours=1),
            clear=held(workshop),
            watcher=watcher,
        )
        assert {(one.reference, one.status) for one in report.handled} == {("R-1", "held"), ("whole.pdf", "held")}
        assert not report.is_whole
        rests.events.seen()
    assert place.messages() == 0
    assert [entry.key for entry in place.exchange.entries("inbox/")] == ["inbox/acme/R-10/old.pdf"]


def test_a_queue_that_is_not_there_is_told_at_the_start(place: Place) -> None:
    wrong = place.settings.model_copy(update={"inbox_queue_url": f"{place.url}-2"})
    with pytest.raises(StoreRefused, match="NonExistentQueue"), events_of(wrong):
        pass


def test_a_queue_beyond_this_machine_needs_tls(place: Place) -> None:
    wrong = place.settings.model_copy(update={"inbox_queue_url": "http://sqs.eu-central-1.amazonaws.com/1/inbox"})
    with pytest.raises(UnprotectedEndpointError, match="TIDEWAITER_INBOX_QUEUE_URL"), events_of(wrong):
        pass


def test_a_queue_tells_nothing_of_a_folder(tmp_path: Path) -> None:
    wrong = Settings(exchange_dir=tmp_path, inbox_queue_url="https://sqs.eu-central-1.amazonaws.com/1/inbox")
    with pytest.raises(WrongSettingsError, match="the inbox is a folder"), events_of(wrong):
        pass


def test_a_bucket_without_a_queue_is_looked_at_again_and_again(place: Place) -> None:
    alone = place.settings.model_copy(update={"inbox_queue_url": None})
    with events_of(alone) as events:
        assert events == NoEvents(AGAIN)


@contextmanager
def listening(inbox: Path) -> Iterator[FolderEvents]:
    events = FolderEvents(inbox, between=10_000)
    thread = Thread(target=events.listen, daemon=True)
    thread.start()
    try:
        yield events
    finally:
        events.stop()
        thread.join()


def test_a_paper_dropped_into_a_folder_wakes_its_watcher_also_in_a_folder_that_is_new(tmp_path: Path) -> None:
    with listening(tmp_path) as events:
        assert events.wait(10_000) is None  # It listens now, and whatever came before is looked at.
        for name in ("a.pdf", "b.pdf"):
            (tmp_path / "acme" / "R-1").mkdir(parents=True, exist_ok=True)
            (tmp_path / "acme" / "R-1" / name).write_bytes(b"%PDF-1.7 paper")
            assert events.wait(10_000) is None  # Without an event, the test would end by its time limit.
        assert events.between == 10_000


def test_where_the_system_has_no_means_left_to_tell_there_is_a_look_at_every_interval(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def watch(*_paths: Path, **_options: object) -> Iterator[set[str]]:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("flows.inbox.folder_events.watch", watch)
    with listening(tmp_path) as events:
        assert events.wait(10_000) is None
        assert events.between == AGAIN


def test_a_folder_shared_by_several_machines_is_looked_at_again_and_again() -> None:
    mounts = [("/", "ext4"), ("/srv", "nfs4"), ("/srv/own", "xfs"), ("/mnt/c", "9p")]
    told = {name: is_own(Path(name), mounts) for name in ("/data/in", "/srv/in", "/srv/own/in", "/mnt/c/in")}
    assert told == {"/data/in": True, "/srv/in": False, "/srv/own/in": True, "/mnt/c/in": False}
    assert not is_own(Path("/data/in"), [])


def test_that_a_folder_is_not_listened_to_is_told_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("psutil.disk_partitions", lambda **_options: [])
    lines = io.StringIO()
    logs.start_logging(Settings(log_level="info"), stream=lines)
    with folder_events(tmp_path / "inbox", None):
        logs.start_quietly()
    assert json.loads(lines.getvalue())["why"] == "file_system_may_be_shared"


def test_an_inbox_that_is_a_folder_is_made_and_listened_to(tmp_path: Path) -> None:
    with folder_events(tmp_path / "inbox", 7) as events:
        assert (tmp_path / "inbox").is_dir()
        assert events.between in {7, AGAIN}
