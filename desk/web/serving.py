"""The desk as a server: what it is opened with, where it listens, and how it ends."""

from __future__ import annotations

import datetime as dt
import errno
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import urlsplit

import uvicorn
from typing_extensions import override

from archive.accounts.accounts import Accounts
from desk.web.app import create_app
from desk.web.hall import Hall
from flows.accounts import open_accounts
from flows.endpoints import ALLOW, is_loopback
from flows.errors import UnprotectedEndpointError, WrongSettingsError
from flows.logs import tell
from flows.settings import Settings
from flows.workshop import open_records, open_workshop

_ENDING_SECONDS: Final = 10


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@contextmanager
def open_hall(settings: Settings) -> Iterator[Hall]:
    """Everything that the pages work with, until the block ends."""
    refuse_unprotected(settings)
    with (
        open_records(settings) as records,
        open_workshop(settings) as workshop,
        open_accounts(settings) as accounts,
    ):
        yield Hall(settings, records, workshop, accounts, now)


def serve(
    hall: Hall, say: Callable[[str], None], *, once_it_listens: Callable[[Accounts], None] = lambda _: None
) -> None:
    """Serve until a signal ends it, which is raised again; `say` is told where.

    `once_it_listens` is called when nothing keeps it from being served any more: a one-time password that is told
    before an error would be lost.

    Raises:
        WrongSettingsError: another program has the port, the address is not this machine's, or a certificate is none.
    """
    with _listening(hall.settings) as listener:
        server = uvicorn.Server(_config(hall))
        _tell_kinds_alone()
        once_it_listens(hall.accounts)
        say(f"the desk is at {told_address(hall.settings, listener.getsockname()[1])}")
        server.run(sockets=[listener])


def told_address(settings: Settings, port: int) -> str:
    """For whoever starts it: where browsers find it, and where it listens itself if that is elsewhere.

    An address of this machine without TLS is no proxy's: with the settings of a running `tidewaiter up` it is that of
    the stack's own desk, which is another one.
    """
    host = f"[{settings.desk_host}]" if ":" in settings.desk_host else settings.desk_host
    own = f"{'http' if settings.desk_certificate is None else 'https'}://{host}:{port}"
    named = urlsplit(settings.desk_url or own)
    if named.scheme == "http" and is_loopback(named.hostname or ""):
        return own
    return own if settings.desk_url in {None, own} else f"{settings.desk_url}; it listens at {own}"


def refuse_unprotected(settings: Settings) -> None:
    """Passwords and papers go beyond this machine under TLS alone.

    Raises:
        UnprotectedEndpointError: the desk would listen beyond this machine without a certificate.
        WrongSettingsError: there is a certificate without a key.
    """
    if (settings.desk_certificate is None) is not (settings.desk_certificate_key is None):
        raise WrongSettingsError(
            "TIDEWAITER_DESK_CERTIFICATE and TIDEWAITER_DESK_CERTIFICATE_KEY go together. Set both"
        )
    if is_loopback(settings.desk_host) or settings.desk_certificate is not None or settings.trust_network:
        return
    what = f"TIDEWAITER_DESK_HOST: at {settings.desk_host} the desk would be served beyond this machine without TLS"
    raise UnprotectedEndpointError(f"{what}. Set TIDEWAITER_DESK_CERTIFICATE; {ALLOW}")


def _config(hall: Hall) -> uvicorn.Config:
    settings = hall.settings
    config = uvicorn.Config(
        create_app(hall),
        access_log=False,  # An address may name a shipment or what somebody searched for.
        log_config=None,
        server_header=False,
        # A proxy before us is the only one who can tell whose address a browser has.
        proxy_headers=is_loopback(settings.desk_host) and settings.desk_certificate is None and hall.is_under_tls,
        ssl_certfile=settings.desk_certificate,
        ssl_keyfile=settings.desk_certificate_key,
        timeout_graceful_shutdown=_ENDING_SECONDS,
    )
    try:
        config.load()
    except OSError as error:  # `ssl.SSLError` is one.
        what = f"{settings.desk_certificate}: {error.strerror or 'is no certificate with its key'}"
        raise WrongSettingsError(
            f"TIDEWAITER_DESK_CERTIFICATE: {what}. Name PEM files that this user may read"
        ) from error
    return config


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.desk_host else socket.AF_INET
    try:
        return socket.create_server((settings.desk_host, settings.desk_port), family=family)
    except OSError as error:
        taken = "another program listens there" if error.errno == errno.EADDRINUSE else error.strerror
        remedy = "Choose another with --port or TIDEWAITER_DESK_PORT; TIDEWAITER_DESK_HOST is the address"
        raise WrongSettingsError(f"{settings.desk_host}:{settings.desk_port}: {taken}. {remedy}") from error


class _Kinds(logging.Handler):
    """A trace may quote a paper, and the address of a request names a shipment: only an error's kind is told."""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0] if record.exc_info else None
        if kind is not None:
            tell("desk_server", level="error", told={"error": kind.__name__})


def _tell_kinds_alone() -> None:
    logger = logging.getLogger("uvicorn")
    logger.handlers = [_Kinds()]
    logger.propagate = False
    logger.setLevel(logging.WARNING)
