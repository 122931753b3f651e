"""Addresses that papers or credentials would go to: beyond this machine only under TLS, unless the operator says so."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from flows.errors import UnprotectedEndpointError, WrongSettingsError
from flows.intake import readable
from flows.settings import Settings

ALLOW = "TIDEWAITER_TRUST_NETWORK=1 allows it where the network itself is protected"


def is_loopback(host: str) -> bool:
    """Whether the host is this machine by itself: no name but `localhost` is, whatever it resolves to now."""
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host.casefold() in {"localhost", "localhost."}


def protected(address: str, settings: Settings, *, name: str) -> str:
    """The address, where it is this machine's own, under TLS, or allowed; `name` is the setting that has it.

    Raises:
        UnprotectedEndpointError: what is sent there could be read on the way.
        WrongSettingsError: it is no address.
    """
    scheme, host = _parts(address)
    if scheme not in {"http", "https"} or not host:
        raise WrongSettingsError(f"{name}: {_shown(address)} is no address. Write it with scheme, host and port")
    if scheme == "https" or is_loopback(host) or settings.trust_network:
        return address
    what = f"{name}: {_shown(address)} lies beyond this machine and has no TLS"
    raise UnprotectedEndpointError(f"{what}. Use https; {ALLOW}")


def _parts(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:  # A bracket of an IPv6 address that is not closed.
        return "", ""
    return parts.scheme, parts.hostname or ""


def _shown(address: str) -> str:
    """Without a password that stands in it."""
    return readable(address.rpartition("@")[2])
