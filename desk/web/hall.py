"""What every page works with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from archive.accounts.accounts import Accounts
from flows.endpoints import is_loopback
from flows.settings import Settings
from flows.workshop import Records, Workshop

Clock = Callable[[], dt.datetime]
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True)
class Hall:
    """One for each process. `clock` gives the time in UTC."""

    settings: Settings
    records: Records
    workshop: Workshop
    accounts: Accounts
    clock: Clock

    @property
    def is_under_tls(self) -> bool:
        """Whether browsers come by TLS: to the desk itself, or to the proxy before it that `desk_url` names."""
        return self.settings.desk_certificate is not None or (self.settings.desk_url or "").startswith("https:")

    @property
    def hosts(self) -> frozenset[str]:
        """The names, without ports, that a browser may ask for; an IPv6 address in brackets."""
        named = {*self.settings.desk_hosts, _in_brackets(self.settings.desk_host)}
        if self.settings.desk_url:
            named.add(_in_brackets(urlsplit(self.settings.desk_url).hostname or ""))
        here = LOCAL_NAMES if is_loopback(self.settings.desk_host) else frozenset[str]()
        return frozenset(name.casefold() for name in named) | here


def _in_brackets(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def hall_of(request: Request) -> Hall:
    hall = request.app.state.hall
    if not isinstance(hall, Hall):
        raise TypeError("the desk was not made by `desk.web.app.create_app`")
    return hall


TheHall = Annotated[Hall, Depends(hall_of)]
"""The type of a page's parameter that is given the hall."""
