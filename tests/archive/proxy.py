"""A line to the S3 server that breaks on purpose: it carries bytes both ways and does to them what it is told."""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread
from urllib.parse import urlsplit

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one connection; places are counted in bytes from its beginning, in one direction.

    `silent_after`: the answer stops there and the line stays open. `dribble`: bytes of the answer that go at a time.
    """

    cut_request: int | None = None
    cut_answer: int | None = None
    silent_after: int | None = None
    flip_request: int | None = None
    flip_answer: int | None = None
    dribble: int = _PIECE


@dataclass(slots=True)
class Proxy:
    """`faults` are used up by the connections in turn; after that all is well."""

    target: tuple[str, int]
    listener: socket.socket
    faults: deque[Fault] = field(default_factory=deque)
    connections: int = 0
    _open: list[socket.socket] = field(default_factory=list)

    @property
    def endpoint(self) -> str:
        host, port = self.listener.getsockname()
        return f"http://{host}:{port}"

    def serve(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            fault = self.faults.popleft() if self.faults else Fault()
            server = socket.create_connection(self.target)
            self._open += [client, server]
            for carry, source, target in ((_request, client, server), (_answer, server, client)):
                Thread(target=carry, args=(source, target, fault), daemon=True).start()

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for one in self._open:
            _hang_up(one)


@contextmanager
def proxy_to(endpoint: str, *faults: Fault, port: int = 0) -> Iterator[Proxy]:
    """A proxy on a free port, or on the one given."""
    parts = urlsplit(endpoint)
    proxy = Proxy(
        (str(parts.hostname), int(parts.port or 80)), socket.create_server(("127.0.0.1", port)), deque(faults)
    )
    thread = Thread(target=proxy.serve)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.close()
        thread.join()


def _request(source: socket.socket, target: socket.socket, fault: Fault) -> None:
    _carry(source, target, cut=fault.cut_request, flip=fault.flip_request)


def _answer(source: socket.socket, target: socket.socket, fault: Fault) -> None:
    if fault.silent_after is not None:
        _carry(source, target, cut=fault.silent_after, stays=True)
    else:
        _carry(source, target, cut=fault.cut_answer, flip=fault.flip_answer, size=fault.dribble)


def _carry(
    source: socket.socket,
    target: socket.socket,
    *,
    cut: int | None = None,
    flip: int | None = None,
    size: int = _PIECE,
    stays: bool = False,
) -> None:
    carried = 0
    with suppress(OSError):
        while piece := bytearray(source.recv(size)):
            if flip is not None and carried <= flip < carried + len(piece):
                piece[flip - carried] ^= 1
            left = len(piece) if cut is None else max(0, cut - carried)
            target.sendall(piece[:left])
            carried += len(piece)
            if cut is not None and carried >= cut:
                break
        else:
            target.shutdown(socket.SHUT_WR)
            return
    if not stays:
        _hang_up(source)
        _hang_up(target)


def _hang_up(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
