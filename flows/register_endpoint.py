"""Where the register is: a file in the data folder, or a database that is reached under TLS or on this machine."""

from __future__ import annotations

import os
from typing import Final

from sqlalchemy.engine import URL

from archive.addresses import shown, url_of
from archive.errors import RegisterUnusable
from flows.endpoints import ALLOW, is_loopback
from flows.errors import UnprotectedEndpointError, WrongSettingsError
from flows.settings import Settings

NAME: Final = "TIDEWAITER_REGISTER_URL"
_UNDER_TLS: Final = frozenset({"require", "verify-ca", "verify-full"})


def register_address(settings: Settings) -> str | None:
    """The address of the register's database, None where it is a file in the data folder.

    Raises:
        WrongSettingsError: the setting is no address of a database that we know.
        UnprotectedEndpointError: what is sent there could be read on the way.
    """
    if settings.register_url is None:
        return None
    address = settings.register_url.get_secret_value()
    try:
        url = url_of(address)
    except RegisterUnusable as error:
        raise WrongSettingsError(f"{NAME}: {error.where} {error.what}. To mend it, {error.remedy}") from error
    if not (_is_here(url) or url.query.get("sslmode") in _UNDER_TLS or settings.trust_network):
        what = f"{NAME}: {shown(address)} lies beyond this machine and has no TLS"
        raise UnprotectedEndpointError(f"{what}. Add ?sslmode=verify-full (or require); {ALLOW}")
    return address


def is_shared(settings: Settings) -> bool:
    """Whether several machines can have the register in common."""
    return settings.register_url is not None and url_of(settings.register_url.get_secret_value()).host is not None


def _is_here(url: URL) -> bool:
    """A file, a socket in the file system, or an address of this machine alone."""
    if url.get_backend_name() == "sqlite":
        return True
    told = [url.query.get(name) for name in ("host", "hostaddr")]
    if "service" in url.query or os.environ.get("PGSERVICE"):
        return False  # A file says where it is.
    named = [one for value in told if value for one in ([value] if isinstance(value, str) else value)]
    hosts = [*named, url.host or os.environ.get("PGHOST", ""), os.environ.get("PGHOSTADDR", "")]
    return all(is_loopback(host) or host.startswith("/") for listed in hosts for host in listed.split(",") if host)
