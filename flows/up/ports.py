"""Which ports the servers get: a block of neighbours that nobody listens on."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from flows.up.errors import PortTakenError

HOST: Final = "127.0.0.1"
_FIRST: Final = range(18400, 22000, 10)
_SPARE: Final = 9
"""The last port of a block of ten: bound, and nobody listens there. Two stacks that start at once would else see the
same ports free, as their servers take them some seconds later."""
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


@contextmanager
def held_ports(first: int | None = None) -> Iterator[Ports]:
    """The block that begins at `first`, or else the first free one, which no other stack takes until the block ends.

    Raises `PortTakenError`.
    """
    if first is None:
        claim = _claimed_block()
        with claim:
            yield Ports(claim.getsockname()[1] - _SPARE)
        return
    ports = Ports(first)
    for port in ports.all:
        refuse_taken(port, remedy="name another first port, or leave --port away")
    yield ports


def refuse_taken(port: int, *, host: str = HOST, remedy: str) -> None:
    """Raises `PortTakenError` where nobody of us could listen there."""
    if not _is_free(port, host):
        raise PortTakenError(f"port {port}: another program listens there. Stop it, or {remedy}")


def _claimed_block() -> socket.socket:
    """Bound to the last port of a free block: whoever looks at it meanwhile takes the next one."""
    for first in _FIRST:
        claim = _claim(first + _SPARE)
        if claim is None:
            continue
        if all(_is_free(port) for port in Ports(first).all):
            return claim
        claim.close()
    raise PortTakenError(
        f"ports {_FIRST.start} to {_FIRST.stop}: none is free. Stop what listens there, or give --port"
    )


def _claim(port: int) -> socket.socket | None:
    claim = socket.socket()
    try:
        claim.bind((HOST, port))  # Without SO_REUSEADDR nobody else can.
    except OSError:
        claim.close()
        return None
    return claim


def _is_free(port: int, host: str = HOST) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
