"""A notice posted to a web address: one allowed host, one address of it that was looked at, no redirects.

The name is resolved once and the connection goes to the very address that was checked, so that a name which answers
differently the second time (DNS rebinding) leads nowhere else. The receiver checks `X-Tidewaiter-Signature`:
`sha256=` and HMAC-SHA256 over timestamp, a full stop and the body; and refuses timestamps that are minutes old.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from typing_extensions import override

from flows.endpoints import protected
from flows.errors import WrongSettingsError
from flows.notices.errors import NotDeliveredError, TargetRefusedError
from flows.notices.notice import Notice
from flows.settings import Settings

SECONDS: Final = 10.0
_TAKEN: Final = range(200, 300)
_PORTS: Final = {"http": 80, "https": 443}


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """What the header says; the timestamp is in seconds since 1970."""
    told = hmac.new(secret.encode(), b"%d.%s" % (timestamp, body), hashlib.sha256)
    return f"sha256={told.hexdigest()}"


def post(notice: Notice, settings: Settings, now: dt.datetime) -> None:
    """Deliver it. Raises `TargetRefusedError` or `NotDeliveredError`."""
    target = _allowed(settings)
    address = _address(target, settings)
    connection = _Pinned(target, address)
    try:
        path = (target.path or "/") + (f"?{target.query}" if target.query else "")
        connection.request("POST", path, notice.body, dict(_headers(notice, settings, now)))
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        raise NotDeliveredError(f"TIDEWAITER_NOTICE_URL: {type(error).__name__}. It is tried again") from error
    finally:
        connection.close()
    if status not in _TAKEN:
        raise NotDeliveredError(f"TIDEWAITER_NOTICE_URL: answered {status}. It is tried again")


def _headers(notice: Notice, settings: Settings, now: dt.datetime) -> Mapping[str, str]:
    secret = settings.notice_secret.get_secret_value() if settings.notice_secret else ""
    timestamp = int(now.timestamp())
    return {
        "Content-Type": "application/json",
        "User-Agent": "tidewaiter",
        "X-Tidewaiter-Notice": notice.id,
        "X-Tidewaiter-Timestamp": str(timestamp),
        "X-Tidewaiter-Signature": signature(secret, timestamp, notice.body),
    }


def _allowed(settings: Settings) -> SplitResult:
    try:
        target = urlsplit(protected(settings.notice_url or "", settings, name="TIDEWAITER_NOTICE_URL"))
    except WrongSettingsError as error:
        raise TargetRefusedError(str(error)) from error
    if not _is_plain(target):
        what = "TIDEWAITER_NOTICE_URL: has a port that there is not, or letters beyond ASCII behind the host"
        raise TargetRefusedError(f"{what}. Percent-encode these")
    hosts = {host.casefold() for host in settings.notice_hosts}
    if target.username is not None or (target.hostname or "").casefold() not in hosts:
        raise TargetRefusedError("TIDEWAITER_NOTICE_URL: its host is not one of TIDEWAITER_NOTICE_HOSTS. Name it there")
    return target


def _is_plain(target: SplitResult) -> bool:
    """Whether a request can be made of it as it is; a host is encoded for us, what stands behind it is not."""
    try:
        return _port(target) > 0 and f"{target.path}{target.query}".isascii()
    except ValueError:  # A port beyond 65535.
        return False


def _address(target: SplitResult, settings: Settings) -> str:
    """The address to connect to; of a host with several, each must be allowed. Raises as `post`."""
    try:
        found = socket.getaddrinfo(target.hostname, _port(target), type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotDeliveredError(f"TIDEWAITER_NOTICE_URL: {type(error).__name__}. It is tried again") from error
    except UnicodeError as error:
        raise TargetRefusedError("TIDEWAITER_NOTICE_URL: its host can be nobody's name. Correct it") from error
    addresses = [str(one[4][0]) for one in found]
    if not settings.notice_private and not all(map(_is_public, addresses)):
        what = "TIDEWAITER_NOTICE_URL: its host is a private address"
        raise TargetRefusedError(f"{what}. TIDEWAITER_NOTICE_PRIVATE=1 allows that")
    return addresses[0]


def _is_public(address: str) -> bool:
    """Also what an IPv6 address carries of IPv4 must be public."""
    told = ip_address(address.partition("%")[0])
    inner = getattr(told, "ipv4_mapped", None) or getattr(told, "sixtofour", None)
    return told.is_global and not told.is_multicast and (inner is None or inner.is_global)


class _Pinned(HTTPConnection):
    """Connects to an address that was looked at; the certificate must be the host's."""

    def __init__(self, target: SplitResult, address: str) -> None:
        super().__init__(target.hostname or "", _port(target), timeout=SECONDS)
        self._address = address
        self._context = ssl.create_default_context() if target.scheme == "https" else None

    @override
    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), SECONDS)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host) if self._context else plain


def _port(target: SplitResult) -> int:
    return target.port or _PORTS[target.scheme]
