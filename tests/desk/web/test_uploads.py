"""Papers sent to the desk: what their names and sizes may not do, whoever sends them."""

from __future__ import annotations

import asyncio
import io
import tempfile
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pytest
from starlette.types import Message, Scope

from archive.accounts.passwords import Passwords
from archive.accounts.people import Role
from desk.web.app import create_app
from flows.links import segment
from flows.settings import MEBIBYTE
from tests.desks import ORIGIN, Browser, Desk
from tests.stocked import put, stocked_desk

WAYS: Final[tuple[tuple[Role, str, str], ...]] = (
    ("broker", "/mine/{}/papers", "papers"),
    ("clerk", "/shipments/anker/{}/papers", "paper"),
)
NAMES: Final = (
    "../../x.pdf", "..\\..\\x.pdf", "/etc/passwd", "a/../../../b.pdf", "..", ".", "_READY", ".hidden", "a\0b.pdf",
    "line\r\nSet-Cookie: x=1.pdf", "\u202efdp.exe", "x" * 300 + ".pdf", "C:\\Windows\\x.pdf", "..%2f..%2fx.pdf", "",
)  # fmt: skip
ODD: Final = ("2026/0417", "../brise/B-1", "../../outbox/x", "back\\slash", "%2e%2e", "A-1/..", "_READY")


@pytest.fixture
def stocked(tmp_path: Path, quick: Passwords) -> Iterator[Desk]:
    (tmp_path / "all").mkdir()
    with stocked_desk(tmp_path / "all", quick) as desk:
        yield desk


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def _send(browser: Browser, path: str, field: str, name: str, content: bytes = b"%PDF-1.7") -> int:
    answer = browser.client.post(
        path,
        data={"csrf_token": browser.token},
        files={field: (name, content, "application/pdf")},
        headers={"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"},
        follow_redirects=False,
    )
    return answer.status_code


@pytest.mark.parametrize(("role", "path", "field"), WAYS)
def test_whatever_a_paper_is_called_it_lies_in_the_shipments_folder_or_nowhere(
    role: Role, path: str, field: str, stocked: Desk, tmp_path: Path
) -> None:
    browser = stocked.signed_in(stocked.user(role))
    before = {one for one in _files(tmp_path) if "accounts" not in one}
    statuses = {name: _send(browser, path.format("A-1"), field, name) for name in NAMES}
    assert {status for status in statuses.values() if status >= 500} == set()
    new = {one for one in _files(tmp_path) - before if "accounts" not in one and "/inbox/anker/A-1/" not in one}
    assert {one for one in new if "/casework/" not in one} == set()
    kept = {path.name for path in (tmp_path / "all/exchange/inbox/anker/A-1").iterdir()}
    assert not {one for one in kept if set(one) & set("/\\\0\r\n") or one in {".", ".."}}


@pytest.mark.parametrize(("role", "path", "field"), WAYS)
def test_a_reference_that_is_no_folders_name_leads_into_no_other_shipments_folder(
    role: Role, path: str, field: str, stocked: Desk, tmp_path: Path
) -> None:
    for reference in ODD:
        put(stocked.hall.workshop, "anker", reference, "held")
    browser = stocked.signed_in(stocked.user(role))
    statuses = {reference: _send(browser, path.format(segment(reference)), field, "late.pdf") for reference in ODD}
    assert {status for reference, status in statuses.items() if "/" in reference or reference == "_READY"} == {422}
    late = {one.removeprefix("all/exchange/") for one in _files(tmp_path) if one.endswith("late.pdf")}
    assert late == {"inbox/anker/back\\slash/late.pdf", "inbox/anker/%2e%2e/late.pdf"}


class Sender:
    """Sends a body piece by piece, without end, and says how much of it was asked for."""

    def __init__(self, begins: bytes) -> None:
        self.begins = begins
        self.piece = b"a" * 65536
        self.taken = 0
        self.answer: list[Message] = []

    async def receive(self) -> Message:
        body = self.piece if self.taken else self.begins
        self.taken += len(body)
        if self.taken > 512 * MEBIBYTE:
            raise AssertionError("it is never too much")
        return {"type": "http.request", "body": body, "more_body": True}

    async def send(self, message: Message) -> None:
        self.answer.append(message)


def _scope(browser: Browser, path: str) -> Scope:
    cookie = "; ".join(f"{name}={value}" for name, value in browser.client.cookies.items())
    headers = {
        "host": "127.0.0.1:8480", "origin": ORIGIN, "cookie": cookie, "x-csrf-token": browser.token,
        "content-type": "multipart/form-data; boundary=b",
    }  # fmt: skip
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": unquote(path), "raw_path": path.encode(), "root_path": "", "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("192.0.2.7", 4000), "server": ("127.0.0.1", 8480),
    }  # fmt: skip


@pytest.mark.parametrize(("role", "path", "field"), WAYS)
def test_a_paper_without_end_is_refused_while_it_comes_and_nothing_of_it_stays(
    role: Role, path: str, field: str, stocked: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 16 * MEBIBYTE
    settings = stocked.hall.settings.model_copy(update={"inbox_file_bytes": most})
    hall = type(stocked.hall)(settings, stocked.hall.records, stocked.hall.workshop, stocked.accounts, stocked.clock)
    desk = Desk(create_app(hall), hall, stocked.clock)
    browser = desk.signed_in(desk.user(role))
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    before = _files(tmp_path)
    head = f'--b\r\nContent-Disposition: form-data; name="{field}"; filename="x.pdf"\r\n\r\n'
    sender = Sender(head.encode())
    tracemalloc.start()
    asyncio.run(desk.app(_scope(browser, path.format("A-1")), sender.receive, sender.send))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sender.answer[0]["status"] == 413
    assert most < sender.taken <= most + 2 * MEBIBYTE
    assert peak < most / 2
    assert {one for one in _files(tmp_path) - before if "accounts" not in one} == set()


@pytest.mark.parametrize("content_length", [str(10**15), "-1", "1e9", "0x10", "१२", "", "5, 5"])
def test_a_length_that_is_too_much_or_none_is_refused_before_anything_is_read(
    content_length: str, stocked: Desk
) -> None:
    browser = stocked.signed_in(stocked.user("broker"))
    scope, sender = _scope(browser, "/mine/A-1/papers"), Sender(b"")
    scope["headers"].append((b"content-length", content_length.encode("utf-8")))
    asyncio.run(stocked.app(scope, sender.receive, sender.send))
    assert (sender.answer[0]["status"], sender.taken) == (413, 0)


def _bomb() -> bytes:
    """Under a thousand bytes that unpack to half a megabyte."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 500_000)
    return packed.getvalue()


@pytest.mark.parametrize(("role", "path", "field"), WAYS)
def test_an_archive_that_grows_without_end_is_kept_as_it_came_and_opened_by_nobody_here(
    role: Role, path: str, field: str, stocked: Desk, tmp_path: Path
) -> None:
    browser = stocked.signed_in(stocked.user(role))
    content = _bomb()
    assert _send(browser, path.format("A-1"), field, "late.xlsx", content) in {200, 303}
    assert (tmp_path / "all/exchange/inbox/anker/A-1/late.xlsx").read_bytes() == content
