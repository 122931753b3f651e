"""A small HTTP server beside the work: `/metrics` for Prometheus, `/ready` and `/live` for whoever restarts things.

It answers GET, tells numbers only, and listens on this machine alone unless the operator says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseServer
from threading import Thread
from typing import Final

from typing_extensions import override

from archive.errors import ArchiveError
from flows.endpoints import ALLOW, is_loopback
from flows.errors import UnprotectedEndpointError, WrongSettingsError
from flows.figures import Figures, exposition
from flows.settings import Settings

HOST: Final = "127.0.0.1"
_EXPOSITION: Final = "text/plain; version=0.0.4; charset=utf-8"
_PLAIN: Final = "text/plain; charset=utf-8"
_SLOW_CLIENT_SECONDS: Final = 5


@dataclass(frozen=True, slots=True)
class Answers:
    """Who is asked at each request, in a thread of its own. `not_ready` gives the reason, None when all is well."""

    figures: Callable[[], Figures]
    not_ready: Callable[[], str | None]


@contextmanager
def figures_served(answers: Answers, settings: Settings, *, port: int, host: str = HOST) -> Iterator[int]:
    """Serve until the block ends; gives the port, which is a free one for port 0.

    Raises:
        UnprotectedEndpointError: the host is beyond this machine, and `trust_network` is not set.
        WrongSettingsError: another program has the port, or the host is not this machine's.
    """
    if not is_loopback(host) and not settings.trust_network:
        raise UnprotectedEndpointError(f"{host}: figures would be told beyond this machine. Use {HOST}; {ALLOW}")
    with _server(host, port, answers) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def _server(host: str, port: int, answers: Answers) -> ThreadingHTTPServer:
    def handler(request: object, client: object, server: BaseServer) -> _Handler:
        return _Handler(answers, request, client, server)

    try:
        return _Threads((host, port), handler)
    except OSError as error:
        what = f"{host}:{port}: {error.strerror}. Set TIDEWAITER_FIGURES_PORT to another port"
        raise WrongSettingsError(f"{what}, or TIDEWAITER_FIGURES_HOST to an address of this machine") from error


class _Threads(ThreadingHTTPServer):
    daemon_threads = True
    # A port of a stopped server is free again at once, and one that is in use stays refused.
    allow_reuse_address = True


class _Handler(BaseHTTPRequestHandler):
    timeout = _SLOW_CLIENT_SECONDS
    server_version = "tidewaiter"
    sys_version = ""

    def __init__(self, answers: Answers, request: object, client: object, server: BaseServer) -> None:
        self._answers = answers
        super().__init__(request, client, server)  # type: ignore[arg-type]  # the socket, as socketserver hands it on

    def do_GET(self) -> None:
        status, kind, text = answered(self.path, self._answers)
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a scrape every few seconds would fill the log."""


def answered(path: str, answers: Answers) -> tuple[HTTPStatus, str, str]:
    """Status, media type and text for a path."""
    match path.partition("?")[0]:
        case "/live":
            return HTTPStatus.OK, _PLAIN, "live\n"
        case "/ready":
            why = answers.not_ready()
            return (HTTPStatus.SERVICE_UNAVAILABLE, _PLAIN, f"{why}\n") if why else (HTTPStatus.OK, _PLAIN, "ready\n")
        case "/metrics":
            return _metrics(answers)
        case _:
            return HTTPStatus.NOT_FOUND, _PLAIN, "/metrics, /ready, /live\n"


def _metrics(answers: Answers) -> tuple[HTTPStatus, str, str]:
    try:
        return HTTPStatus.OK, _EXPOSITION, exposition(answers.figures())
    except ArchiveError as error:
        return HTTPStatus.SERVICE_UNAVAILABLE, _PLAIN, f"{type(error).__name__}\n"
