"""What the S3 store makes of answers that a healthy server seldom gives: a server that follows a script."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from typing_extensions import override

from archive import keys
from archive.errors import StoreUnavailable
from archive.stores.s3 import S3Store
from archive.stores.s3_client import Encryption, S3Settings


@contextmanager
def scripted(
    *answers: int | None, encryption: Encryption | None = None, key: str | None = None
) -> Iterator[tuple[S3Store, list[Message]]]:
    """A store whose server gives these answers in turn (None: takes the object and hangs up), and what it was sent."""
    sent: list[Message] = []
    left = iter(answers)

    class Script(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            sent.append(self.headers)
            status = next(left)
            if status is None:
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        @override
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Script)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        settings = S3Settings("b", endpoint=f"http://127.0.0.1:{server.server_port}", access_key="a", secret_key="s")  # noqa: S106 - nobody's
        yield S3Store(replace(settings, encryption=encryption, encryption_key=key)), sent
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def put(store: S3Store) -> bool:
    # An original: its key tells its digest, so that the store asks for no list of versions afterwards.
    return store.put_new(keys.original(hashlib.sha256(b"content").hexdigest()), b"content", media_type="x")


def test_a_write_told_of_a_race_is_tried_until_one_of_them_won() -> None:
    with scripted(409, 409, 200) as (store, sent):
        assert put(store)
    with scripted(409, 412) as (store, sent):
        assert not put(store)
    assert [headers["If-None-Match"] for headers in sent] == ["*", "*"]


def test_a_race_without_end_may_pass() -> None:
    with scripted(*[409] * 10) as (store, _), pytest.raises(StoreUnavailable):
        put(store)


def test_a_write_whose_answer_got_lost_finds_the_key_taken_and_does_not_write_again() -> None:
    with scripted(None, 412) as (store, sent):
        assert not put(store)
    assert [headers["If-None-Match"] for headers in sent] == ["*", "*"]


@pytest.mark.parametrize("encryption", [None, "AES256", "aws:kms"])
@pytest.mark.parametrize("key", [None, "key-7"])
def test_a_write_asks_for_the_encryption_that_the_settings_name(encryption: Encryption | None, key: str | None) -> None:
    with scripted(200, encryption=encryption, key=key) as (store, sent):
        assert put(store)
    [headers] = sent
    assert headers["x-amz-server-side-encryption"] == encryption
    assert headers["x-amz-server-side-encryption-aws-kms-key-id"] == (key if encryption == "aws:kms" else None)
