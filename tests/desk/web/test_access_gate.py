"""What holds before any page: names, sizes, headers, where a form comes from, and what an error tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from desk.web.access import SIGN_IN
from desk.web.serving import refuse_unprotected, told_address
from flows.errors import UnprotectedEndpointError, WrongSettingsError
from flows.settings import Settings
from tests.desks import ORIGIN, PASSWORD, Browser, Desk

MEBIBYTE = 1024 * 1024
SECRET = "Harbour Lamp Works owes 1250.00"  # noqa: S105 - the text of a paper


@pytest.fixture
def browser(desk: Desk) -> Browser:
    return desk.signed_in(desk.user("clerk"))


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://127.0.0.1:9", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_a_form_of_another_site_changes_nothing_even_with_the_token(headers: dict[str, str], browser: Browser) -> None:
    assert browser.post("/logout", headers=headers).status == 403
    assert browser.get("/account").status == 200


def test_a_form_of_which_nobody_says_where_it_is_from_changes_nothing(browser: Browser) -> None:
    assert browser.ask("POST", "/logout", fields={"csrf_token": browser.token}).status == 403
    assert browser.get("/account").status == 200


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_a_form_without_the_token_changes_nothing(token: str, browser: Browser) -> None:
    assert browser.post("/logout", {"csrf_token": token}).status == 403
    assert browser.get("/account").status == 200


def test_the_token_of_another_session_is_none(desk: Desk, browser: Browser) -> None:
    other = desk.signed_in(desk.user("clerk", name="other"))
    assert browser.post("/logout", {"csrf_token": other.token}).status == 403


def test_a_script_sends_the_token_as_a_header(browser: Browser) -> None:
    headers = {"Origin": ORIGIN, "X-CSRF-Token": browser.token}
    assert browser.ask("POST", "/logout", headers=headers).status == 303


def test_nobody_can_be_signed_in_by_another_site(desk: Desk) -> None:
    user, browser = desk.user("clerk"), desk.browser()
    assert browser.post(SIGN_IN, {"name": user.name, "password": PASSWORD}).status == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8480", "127.0.0.1.evil.example", "", "[::2]:8480"])
def test_a_name_that_is_not_the_desks_is_answered_by_no_page(host: str, desk: Desk) -> None:
    answer = desk.browser().get(SIGN_IN, {"Host": host})
    assert (answer.status, answer.text) == (400, "No such desk.\n")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "[::1]:8480", "LOCALHOST:8480", "desk.lan"])
def test_names_of_this_machine_and_those_that_are_set_are_answered(
    host: str, make_desk: Callable[[Settings], Desk], settings: Settings
) -> None:
    desk = make_desk(settings.model_copy(update={"desk_hosts": ("desk.lan",)}))
    assert desk.browser().get(SIGN_IN, {"Host": host}).status == 200


def _pieces(count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield b"a" * MEBIBYTE


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
def test_a_body_of_somebody_unknown_is_refused_by_its_size(kind: str, desk: Desk) -> None:
    client = desk.browser().client
    told = client.post(SIGN_IN, content=b"a" * (MEBIBYTE + 1), headers={"Content-Type": kind})
    untold = client.post(SIGN_IN, content=_pieces(3), headers={"Content-Type": kind, "Origin": ORIGIN})
    assert (told.status_code, untold.status_code) == (413, 413)


@pytest.mark.parametrize("path", [SIGN_IN, "/account", "/nowhere", "/static/desk.css", "/static/../app.py", "/broken"])
def test_every_answer_forbids_what_no_page_of_ours_does(path: str, desk: Desk) -> None:
    desk.app.add_api_route("/broken", _broken)
    headers = desk.browser().get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["permissions-policy"]
    assert "server" not in headers


def _broken() -> None:
    raise ValueError(SECRET)


def test_an_error_of_ours_tells_no_trace_and_no_text_of_a_paper(desk: Desk) -> None:
    desk.app.add_api_route("/broken", _broken)
    answer = desk.browser().get("/broken")
    assert answer.status == 500
    assert "Traceback" not in answer.text
    assert SECRET not in answer.text
    assert "That did not work" in answer.text


def test_a_page_that_is_not_there_says_so_without_repeating_the_address(desk: Desk) -> None:
    answer = desk.browser().get("/<script>alert(1)</script>")
    assert answer.status == 404
    assert "alert(1)" not in answer.text


def test_accounts_that_cannot_be_asked_let_nobody_in(tmp_path: Path, browser: Browser) -> None:
    with closing(connect(tmp_path / "accounts.sqlite")) as connection:
        connection.execute("DROP TABLE account_sessions")
    answer = browser.get("/account")
    assert answer.status == 500
    assert "account_sessions" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_nothing_describes_the_routes_to_the_outside(path: str, desk: Desk) -> None:
    assert desk.browser().get(path).status == 404


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd", "/static/"]
)
def test_no_path_leads_out_of_the_static_files(path: str, desk: Desk) -> None:
    assert desk.browser().get(path).status == 404


def test_a_static_file_is_kept_for_good_under_the_address_of_its_content(desk: Desk) -> None:
    browser = desk.browser()
    page = browser.get(SIGN_IN).text
    address = page.partition('stylesheet" href="')[2].partition('"')[0]
    kept, asked = browser.get(address), browser.get("/static/desk.css?v=0")
    assert (kept.status, kept.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert (asked.text, asked.headers["cache-control"]) == (kept.text, "no-cache")
    assert browser.get(address, {"If-None-Match": kept.headers["etag"]}).status == 304


def test_pages_are_kept_by_no_cache(browser: Browser) -> None:
    assert browser.get("/account").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "desk.example.com"])  # noqa: S104 - refused, not bound to
def test_the_desk_is_not_served_beyond_this_machine_without_tls(host: str) -> None:
    with pytest.raises(UnprotectedEndpointError, match="TIDEWAITER_DESK_CERTIFICATE"):
        refuse_unprotected(Settings(desk_host=host))


def test_it_is_where_the_operator_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    pem = tmp_path_factory.mktemp("tls") / "desk.pem"
    refuse_unprotected(Settings(desk_host="192.0.2.7", trust_network=True))
    refuse_unprotected(Settings(desk_host="192.0.2.7", desk_certificate=pem, desk_certificate_key=pem))


def test_a_certificate_without_its_key_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(WrongSettingsError, match="go together"):
        refuse_unprotected(Settings(desk_certificate=tmp_path_factory.mktemp("tls") / "desk.pem"))


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ({}, "http://127.0.0.1:8480"),
        ({"desk_url": "http://127.0.0.1:18405"}, "http://127.0.0.1:8480"),
        ({"desk_url": "https://desk.example.com"}, "https://desk.example.com; it listens at http://127.0.0.1:8480"),
        ({"desk_host": "::1"}, "http://[::1]:8480"),
        ({"desk_certificate": Path("desk.pem"), "desk_url": "https://127.0.0.1:8480"}, "https://127.0.0.1:8480"),
    ],
)
def test_who_starts_the_desk_is_told_its_own_address_beside_that_of_a_proxy(
    told: dict[str, object], address: str
) -> None:
    assert told_address(Settings.model_validate(told), 8480) == address
