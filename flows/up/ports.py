"""Which ports the servers get: a block of neighbours that nobody listens on."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import Final

from flows.up.errors import PortTakenError

HOST: Final = "127.0.0.1"
_FIRST: Final = range(18400, 22000, 10)
_GRPC: Final = 10_000
"""The S3 server listens on a second port beside each of its own, so much higher."""


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports of one stack, counted from its first."""

    s3: int

    @property
    def master(self) -> int:
        return self.s3 + 1

    @property
    def volume(self) -> int:
        return self.s3 + 2

    @property
    def filer(self) -> int:
        return self.s3 + 3

    @property
    def prefect(self) -> int:
        return self.s3 + 4

    @property
    def desk(self) -> int:
        return self.s3 + 5

    @property
    def all(self) -> tuple[int, ...]:
        own = (self.s3, self.master, self.volume, self.filer)
        return (*own, *(port + _GRPC for port in own), self.prefect, self.desk)


def chosen_ports(first: int | None = None) -> Ports:
    """The block that begins at `first`, or else the first free one; raises `PortTakenError`."""
    if first is None:
        return _free_block()
    ports = Ports(first)
    for port in ports.all:
        refuse_taken(port, remedy="name another first port, or leave --port away")
    return ports


def refuse_taken(port: int, *, host: str = HOST, remedy: str) -> None:
    """Raises `PortTakenError` where nobody of us could listen there."""
    if not _is_free(port, host):
        raise PortTakenError(f"port {port}: another program listens there. Stop it, or {remedy}")


def _free_block() -> Ports:
    for first in _FIRST:
        ports = Ports(first)
        if all(_is_free(port) for port in ports.all):
            return ports
    raise PortTakenError(
        f"ports {_FIRST.start} to {_FIRST.stop}: none is free. Stop what listens there, or give --port"
    )


def _is_free(port: int, host: str = HOST) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
