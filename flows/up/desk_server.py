"""The desk as a program of the stack: how it is kept running, and nothing of what it serves.

Which program that is, is told by whoever starts the stack: the desk stands above this room.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flows.settings import Settings
from flows.up.children import Program
from flows.up.ports import HOST, Ports, refuse_taken

NAME: Final = "desk"
START_SECONDS: Final = 180.0
_PATIENCE: Final = 20.0
_ASKED_SECONDS: Final = 5
_EVERY_ADDRESS: Final[Mapping[str, str]] = {"0.0.0.0": HOST, "::": "::1"}  # noqa: S104 - looked up, not bound to
"""Addresses that stand for all of a machine's, and the one by which the machine reaches itself."""


@dataclass(frozen=True, slots=True)
class Desk:
    """`command` serves a desk by the settings of its environment until SIGTERM.

    `once_it_answers` is called with the settings of the stack when the desk answers for the first time.
    """

    command: Sequence[str]
    once_it_answers: Callable[[Settings], None]


def desk_port(settings: Settings, ports: Ports) -> int:
    """The port that the settings name, else that of the stack's block; raises `PortTakenError`."""
    if "desk_port" not in settings.model_fields_set or settings.desk_port == 0:
        return ports.desk
    refuse_taken(settings.desk_port, host=settings.desk_host, remedy="set TIDEWAITER_DESK_PORT to another")
    return settings.desk_port


def desk_address(settings: Settings, port: int) -> str:
    """Where a browser finds the desk."""
    if settings.desk_url is not None:
        return settings.desk_url
    scheme = "http" if settings.desk_certificate is None else "https"
    host = settings.desk_host
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def linked_address(settings: Settings, port: int) -> str | None:
    """The address to which answers and notices may lead, None where the settings name none that others could use."""
    is_any = settings.desk_url is None and settings.desk_host in _EVERY_ADDRESS
    return None if is_any else desk_address(settings, port)


def desk_server(desk: Desk, port: int, environment: Mapping[str, str], folder: Path) -> Program:
    """What starts the desk at that port, which it is told by its environment."""
    return Program(NAME, desk.command, {**environment, "TIDEWAITER_DESK_PORT": str(port)}, folder, _PATIENCE)


def answers(settings: Settings, port: int) -> bool:
    """Whether somebody listens there: a greeting would need TLS where the desk has a certificate."""
    host = _EVERY_ADDRESS.get(settings.desk_host, settings.desk_host)
    try:
        socket.create_connection((host, port), timeout=_ASKED_SECONDS).close()
    except OSError:
        return False
    return True
