"""Notices: told of every end of a shipment, to allowed targets alone, without a word of a paper, at least once."""

from __future__ import annotations

import datetime as dt
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import steps
from flows.errors import WrongSettingsError
from flows.notices.courier import NOTICES, TRIES, Courier, deliveries, owe
from flows.notices.errors import NotDeliveredError, TargetRefusedError
from flows.notices.mailing import mail
from flows.notices.notice import Notice, notice_of
from flows.notices.posting import post, signature
from flows.settings import Settings, load_settings
from flows.workshop import Workshop, open_exchange, open_workshop
from schemas.results import Intake, Status
from tests.archived import PAPERS, result_of, submission
from tests.receivers import MailReceiver, WebReceiver, mail_receiver, web_receiver

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
SECRET = "sixteen letters at least"  # noqa: S105 - of the tests' own receiver
NOTICE = Notice(
    id="0" * 32,
    event="held",
    broker="local",
    reference="A-1",
    revision=1,
    link="https://desk.example.com/shipments/local/A-1",
    codes={"quantity_mismatch": 2},
)


@pytest.fixture
def web() -> Iterator[WebReceiver]:
    with web_receiver() as receiver:
        yield receiver


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[MailReceiver]:
    with mail_receiver(tmp_path) as receiver:
        yield receiver


def _web_settings(port: int, **told: object) -> Settings:
    """Those of a target on this machine."""
    known = {
        "notice_url": f"http://127.0.0.1:{port}/hook?who=1",
        "notice_hosts": ("127.0.0.1",),
        "notice_secret": SECRET,
        "notice_private": True,
    }
    return Settings.model_validate({**known, **told})


def _mail_settings(port: int, **told: object) -> Settings:
    known = {
        "notice_mail_to": ("desk@example.com",),
        "notice_mail_from": "tidewaiter@example.com",
        "notice_mail_host": "127.0.0.1",
        "notice_mail_port": port,
    }
    return Settings.model_validate({**known, **told})


def test_a_posted_notice_is_signed_over_its_time_and_body(web: WebReceiver) -> None:
    post(NOTICE, _web_settings(web.port), NOW)
    ((path, headers, body),) = web.posted
    assert path == "/hook?who=1"
    assert json.loads(body) == NOTICE.model_dump()
    stamp = int(headers["X-Tidewaiter-Timestamp"])
    assert stamp == NOW.timestamp()
    assert headers["X-Tidewaiter-Signature"] == signature(SECRET, stamp, body)
    assert headers["X-Tidewaiter-Signature"] != signature(SECRET, stamp + 1, body)


def test_no_redirect_is_followed(web: WebReceiver) -> None:
    web.status = 302
    with pytest.raises(NotDeliveredError, match="302"):
        post(NOTICE, _web_settings(web.port), NOW)
    assert [path for path, _, _ in web.posted] == ["/hook?who=1"]


@pytest.mark.parametrize(
    "told",
    [
        {"notice_private": False},
        {"notice_hosts": ("hooks.example.com",)},
        {"notice_url": "http://hooks.example.com/", "notice_hosts": ("hooks.example.com",)},
        {"notice_url": "https://127.0.0.1@hooks.example.com/", "notice_hosts": ("hooks.example.com",)},
        {"notice_url": "127.0.0.1/hook"},
        {"notice_url": "https://127.0.0.1:70000/hook"},
        {"notice_url": "https://127.0.0.1/für"},
        {"notice_url": "https://hooks..example.com/", "notice_hosts": ("hooks..example.com",)},
    ],
)
def test_a_target_that_is_not_allowed_or_no_address_is_asked_nothing(told: dict[str, object], web: WebReceiver) -> None:
    with pytest.raises(TargetRefusedError, match="TIDEWAITER_"):
        post(NOTICE, _web_settings(web.port, **told), NOW)
    assert web.posted == []


@pytest.mark.parametrize(
    "address",
    ["10.1.2.3", "127.0.0.1", "169.254.169.254", "192.168.0.9", "0.0.0.0", "::1", "fd00::1", "::ffff:10.1.2.3"],  # noqa: S104
)
def test_a_public_name_that_leads_inside_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def answered(*_asked: object, **_options: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        return [(2, 1, 6, "", ("93.184.215.14", 443)), (2, 1, 6, "", (address, 443))]

    monkeypatch.setattr(socket, "getaddrinfo", answered)
    settings = _web_settings(
        443, notice_url="https://hooks.example.com/", notice_hosts=("hooks.example.com",), notice_private=False
    )
    with pytest.raises(TargetRefusedError, match="private"):
        post(NOTICE, settings, NOW)


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(
    web: WebReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    real = socket.getaddrinfo

    def first_here_then_nowhere(host: str, *told: object, **options: object) -> object:
        asked.append(host)
        return real("127.0.0.1", *told, **options) if host != "127.0.0.1" else real(host, *told, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", first_here_then_nowhere)
    settings = _web_settings(
        web.port, notice_url=f"http://hooks.test:{web.port}/", notice_hosts=("hooks.test",), trust_network=True
    )
    post(NOTICE, settings, NOW)
    assert asked.count("hooks.test") == 1
    assert web.posted[0][1]["Host"] == f"hooks.test:{web.port}"


def test_a_mail_goes_over_tls_and_says_the_same(mailbox: MailReceiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(mailbox.certificate))
    mail(NOTICE, _mail_settings(mailbox.port))
    (message,) = mailbox.messages
    assert "Subject: Tidewaiter: A-1 held" in message
    assert "quantity_mismatch: 2" in message
    assert "https://desk.example.com/shipments/local/A-1" in message


def test_a_server_whose_certificate_nobody_trusts_gets_no_mail(mailbox: MailReceiver) -> None:
    with pytest.raises(NotDeliveredError):
        mail(NOTICE, _mail_settings(mailbox.port))
    assert mailbox.messages == []


def test_mail_without_tls_leaves_this_machine_never() -> None:
    settings = _mail_settings(25, notice_mail_host="mail.example.com", notice_mail_tls="none")
    with pytest.raises(TargetRefusedError, match="MAIL_TLS"):
        mail(NOTICE, settings)


def test_a_mail_server_whose_name_can_be_none_is_asked_nothing() -> None:
    with pytest.raises(TargetRefusedError, match="TIDEWAITER_NOTICE_MAIL_HOST"):
        mail(NOTICE, _mail_settings(587, notice_mail_host="mail..example.com"))


def test_a_reference_cannot_add_a_line_to_a_mail() -> None:
    hostile = NOTICE.model_copy(update={"reference": "A-1\r\nBcc: all@example.com"})
    assert "\n" not in hostile.subject
    assert "\nBcc" not in hostile.text


@pytest.mark.parametrize(("status", "event"), [("clear", "released"), ("held", "held"), ("rejected", "rejected")])
def test_a_notice_has_codes_and_no_word_of_a_paper(status: Status, event: str) -> None:
    intake = Intake(**dict(submission()), revision=1, received_at=NOW)
    notice = notice_of(result_of(intake, status, exporter="Sunrise Electronics"), Settings())
    assert notice.event == event
    assert notice.codes == {"document_missing": 1}
    for word in (b"Sunrise", b"INV-7", b"invoice.pdf", b"90.00"):
        assert word not in notice.body
        assert word.decode() not in notice.text


@pytest.fixture
def workshop(tmp_path: Path, web: WebReceiver) -> Iterator[Workshop]:
    told = {"data_dir": tmp_path / "data", "exchange_dir": tmp_path / "exchange"}
    with open_workshop(_web_settings(web.port, **told)) as opened:
        yield opened


def _begun(workshop: Workshop) -> Intake:
    for content in PAPERS.values():
        workshop.archive.put_original(content, media_type="application/pdf")
    return workshop.archive.begin(submission())


def _courier(workshop: Workshop) -> Courier:
    settings = workshop.settings
    return Courier(settings, workshop.archive, open_exchange(settings), deliveries(settings))


def _owed(workshop: Workshop) -> list[str]:
    return [entry.key.rpartition("-")[2] for entry in open_exchange(workshop.settings).entries(NOTICES)]


def test_whoever_files_owes_a_notice_which_is_delivered_once(workshop: Workshop, web: WebReceiver) -> None:
    intake = _begun(workshop)
    steps.file(intake, result_of(intake, "held"), workshop)
    assert _owed(workshop) == ["0"]
    now = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=5)
    assert [_courier(workshop).look(now) for _ in range(2)] == [1, 0]
    assert [json.loads(body)["event"] for _, _, body in web.posted] == ["held"]
    assert _owed(workshop) == []


def test_a_revision_without_a_result_is_not_told_yet(workshop: Workshop, web: WebReceiver) -> None:
    intake = _begun(workshop)
    owe(intake, workshop.settings)
    now = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=5)
    assert _courier(workshop).look(now) == 0
    assert (web.posted, _owed(workshop)) == ([], ["0"])
    assert _courier(workshop).look(now + dt.timedelta(days=8)) == 0
    assert _owed(workshop) == []


def test_what_nobody_takes_is_tried_so_often_and_given_up(workshop: Workshop, web: WebReceiver) -> None:
    web.status = 500
    intake = _begun(workshop)
    steps.file(intake, result_of(intake, "held"), workshop)
    courier, now = _courier(workshop), dt.datetime.now(dt.UTC) + dt.timedelta(seconds=5)
    assert courier.look(now) == 0
    assert _owed(workshop) == ["1"]
    courier.look(now)
    assert len(web.posted) == 1  # Half a minute must pass first.
    for _ in range(TRIES):
        courier.look(now + dt.timedelta(days=1))
    assert len(web.posted) == TRIES
    assert _owed(workshop) == []


def test_notices_that_wait_for_their_next_try_hold_up_no_other(workshop: Workshop, web: WebReceiver) -> None:
    exchange, intake = open_exchange(workshop.settings), _begun(workshop)
    steps.file(intake, result_of(intake, "held"), workshop)
    [first] = exchange.entries(NOTICES)
    for n in range(60):  # Listed before it, as their ids begin with zeros.
        exchange.put_new(f"{NOTICES}{n:032}-web-{TRIES - 1}", exchange.get(first.key), media_type="application/json")
    assert _courier(workshop).look(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=5)) == 1
    assert len(web.posted) == 1


def test_a_target_that_is_told_by_half_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEWAITER_NOTICE_URL", "https://hooks.example.com/")
    with pytest.raises(WrongSettingsError, match="TIDEWAITER_NOTICE_SECRET"):
        load_settings()
