"""A larger installation, on one machine: Prefect's server on PostgreSQL, a bucket, a register, and several workers."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from flows.up import flow_server
from tests.servers import PostgresServer, S3Server, dying_with_us, free_port
from tests.waiting import wait_until

if TYPE_CHECKING:
    from datetime import datetime

    from mypy_boto3_s3 import S3Client

_START_SECONDS: Final = 180
_ANSWER = re.compile(r"outbox/(?P<broker>[^/]+)/(?P<reference>[^/]+)/(?P<revision>[0-9]+)/findings\.txt")


@dataclass(frozen=True)
class Installation:
    """Everything that the workers share, as each of them is told of it by its environment."""

    folder: Path
    s3: S3Server
    bucket: str
    environment: Mapping[str, str]

    @cached_property
    def client(self) -> S3Client:
        return self.s3.client()

    @property
    def exchange(self) -> str:
        return f"{self.bucket}-exchange"

    def drop(self, broker: str, reference: str, papers: Path, *, as_of: str) -> None:
        key = f"inbox/{broker}/{reference}"
        for paper in sorted(papers.iterdir()):
            self.client.upload_file(str(paper), self.exchange, f"{key}/{paper.name}")
        self.client.put_object(Bucket=self.exchange, Key=f"{key}/_READY", Body=json.dumps({"as_of": as_of}).encode())

    def keys(self, prefix: str) -> dict[str, datetime]:
        """What lies there, with the time of its last change in whole seconds."""
        bucket = self.exchange if prefix.startswith(("inbox/", "outbox/")) else self.bucket
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        return {one["Key"]: one["LastModified"] for page in pages for one in page.get("Contents", ())}

    def answered(self) -> dict[tuple[str, str, int], datetime]:
        """When each revision of each shipment was answered, by broker, reference and revision."""
        found = ((_ANSWER.fullmatch(key), at) for key, at in self.keys("outbox/").items())
        return {(told["broker"], told["reference"], int(told["revision"])): at for told, at in found if told}

    def records(self) -> list[str]:
        return [key for key in self.keys("shipments/") if key.endswith(("/declaration.json", "/result.json"))]

    def status(self) -> dict[str, object]:
        ran = subprocess.run(
            self._command("status", "--json"), env=self._told("status"), check=True, stdout=subprocess.PIPE
        )
        told: dict[str, object] = json.loads(ran.stdout)
        return told

    @contextmanager
    def worker(self, name: str, *options: str) -> Iterator[subprocess.Popen[bytes]]:
        """One worker as on a machine of its own, killed in the end where it still runs."""
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(self._command("worker", *options), env=self._told(name), stderr=log, stdout=log)
            try:
                yield process
            finally:
                process.send_signal(signal.SIGTERM)
                _ended(process)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def _command(self, *words: str) -> list[str]:
        return [*dying_with_us(), sys.executable, "-c", "from desk.cli import main; main()", *words]

    def _told(self, name: str) -> dict[str, str]:
        return {**self.environment, "TIDEWAITER_DATA_DIR": str(self.folder / name)}


def _ended(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def installation(folder: Path, s3: S3Server, postgres: PostgresServer, **settings: str) -> Iterator[Installation]:
    """The servers run; workers are started by whoever needs them. `settings` are ours, without their prefix."""
    bucket, port = f"larger-{uuid4().hex}", free_port()
    s3.client().create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
    s3.client().create_bucket(Bucket=f"{bucket}-exchange")
    ours = {f"TIDEWAITER_{name.upper()}": value for name, value in settings.items()}
    environment = {
        **_inherited(),
        "TIDEWAITER_STORE": "s3",
        "TIDEWAITER_S3_BUCKET": bucket,
        "TIDEWAITER_EXCHANGE_BUCKET": f"{bucket}-exchange",
        "TIDEWAITER_S3_ENDPOINT": s3.endpoint,
        "TIDEWAITER_S3_REGION": "us-east-1",
        "TIDEWAITER_INBOX_DATED": "true",
        "TIDEWAITER_REGISTER_URL": postgres.new_database(),
        "AWS_ACCESS_KEY_ID": s3.access_key,
        "AWS_SECRET_ACCESS_KEY": s3.secret_key,
        **ours,
        **flow_server.client_environment(folder, port),
    }
    with ExitStack() as running:
        running.enter_context(_prefect(folder, port, postgres))
        yield Installation(folder, s3, bucket, environment)


def _inherited() -> dict[str, str]:
    """Without what the tests' own Prefect server may have left there."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "TIDEWAITER_"))}


@contextmanager
def _prefect(folder: Path, port: int, postgres: PostgresServer) -> Iterator[None]:
    database = postgres.new_database().replace("postgresql://", "postgresql+asyncpg://")
    told = {**_inherited(), "PREFECT_API_DATABASE_CONNECTION_URL": database}
    program = flow_server.flow_server(folder, port, told)
    with (folder / "prefect.log").open("wb") as log:
        process = subprocess.Popen(
            [*dying_with_us(), *program.command], env=program.environment, cwd=folder, stdout=log, stderr=log
        )
        try:
            wait_until(lambda: flow_server.answers(port), seconds=_START_SECONDS, process=process)
            yield
        finally:
            process.kill()
            process.wait()
