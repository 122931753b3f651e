"""Servers of this machine that take notices: one for the web, one for mail under STARTTLS, each in a thread."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from typing_extensions import override


@dataclass
class WebReceiver:
    """What was posted, as (path, headers, body); `status` is what it answers."""

    port: int
    status: int = 204
    posted: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def web_receiver() -> Iterator[WebReceiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.posted.append((self.path, dict(self.headers), body))
            self.send_response(receiver.status)
            if receiver.status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        @override
        def log_message(self, format: str, *_told: object) -> None:
            """Nothing is written beside the tests' own words."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver = WebReceiver(server.server_port)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()


@dataclass
class MailReceiver:
    """The messages that came under TLS."""

    port: int
    messages: list[str] = field(default_factory=list)
    certificate: Path = Path()
    is_over: threading.Event = field(default_factory=threading.Event)


@contextmanager
def mail_receiver(folder: Path) -> Iterator[MailReceiver]:
    certificate, key = _certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        receiver = MailReceiver(listening.getsockname()[1], certificate=certificate)
        thread = threading.Thread(target=_serve, args=(listening, context, receiver))
        thread.start()
        try:
            yield receiver
        finally:
            receiver.is_over.set()
            socket.create_connection(("127.0.0.1", receiver.port)).close()
            thread.join()


def _serve(listening: socket.socket, context: ssl.SSLContext, receiver: MailReceiver) -> None:
    while True:
        connection, _ = listening.accept()
        with connection:
            if receiver.is_over.is_set():
                return
            connection.settimeout(10)
            with suppress(OSError):  # Who hangs up, or does not trust our certificate.
                _heard(connection, context, receiver)


def _heard(connection: socket.socket, context: ssl.SSLContext, receiver: MailReceiver) -> None:
    _say(connection, "220 receiver")
    while (said := _line(connection)) and said.upper() != "STARTTLS":
        _say(connection, "250-receiver\r\n250 STARTTLS")
    _say(connection, "220 go on")
    with context.wrap_socket(connection, server_side=True) as inner:
        while (said := _line(inner)) and said.upper() != "QUIT":
            if said.upper() == "DATA":
                _say(inner, "354 go on")
                receiver.messages.append("\n".join(iter(lambda: _line(inner), ".")))
            _say(inner, "250 taken")
        _say(inner, "221 bye")


def _say(connection: socket.socket, text: str) -> None:
    connection.sendall(f"{text}\r\n".encode())


def _line(connection: socket.socket) -> str:
    """Without its end; empty at the end of all."""
    found = b""
    while not found.endswith(b"\n") and (sign := connection.recv(1)):
        found += sign
    return found.decode().rstrip("\r\n") if found.strip() or not found else " "


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Of 127.0.0.1, by itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = dt.datetime.now(dt.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate, private
