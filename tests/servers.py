"""Real servers for the tests, one of each kind a test run, on the loopback address alone."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import boto3
import psycopg
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from archive.policies import BucketNames, policies
from archive.stores.local import REGISTER

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

ROLE_BROKER: Final = "acme"
ROLE_BUCKETS: Final = BucketNames("roles-archive", "roles-exchange", "roles-witness")
_ACCESS_KEY, _SECRET_KEY = "tidewaiter", "only-for-tests"
# Each server has a second port for gRPC, 10,000 higher.
_FIRST_PORTS: Final = range(18300, 21000, 10)
_GRPC = 10_000
_POLL, _POLLS = 0.1, 600
_LANGUAGE_OF_A_DATABASE: Final = 150000


@dataclass(frozen=True, slots=True)
class S3Server:
    """A running S3 server. Buckets live as long as the test run."""

    endpoint: str
    access_key: str
    secret_key: str

    def client(self) -> S3Client:
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
        )


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """A SeaweedFS server with nothing in it; gone when the test run ends, however it ends."""
    with seaweedfs(tmp_path_factory.mktemp("seaweedfs")) as server:
        yield server


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running PostgreSQL server, which knows one user by a password."""

    port: int
    user: str = "tidewaiter"
    password: str = "only-for-tests"  # noqa: S105 - of a server that is gone with the test run

    def address(self, database: str) -> str:
        return f"postgresql://{self.user}:{self.password}@127.0.0.1:{self.port}/{database}"

    def new_database(self, *, encoding: str = "UTF8") -> str:
        """The address of a database of its own, whose language orders text otherwise than Python does."""
        name = f"test_{uuid4().hex}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            can = connection.info.server_version >= _LANGUAGE_OF_A_DATABASE
            language = "LOCALE_PROVIDER icu ICU_LOCALE 'en-US'" if can else ""
            options = f"ENCODING '{encoding}' LOCALE 'C' {language} TEMPLATE template0"
            connection.execute(f"CREATE DATABASE {name} {options}".encode())
        return self.address(name)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server with nothing in it; gone when the test run ends."""
    # pytest's own folders are closed to the user that the server runs as.
    beside = TemporaryDirectory(prefix="tidewaiter-postgres-", ignore_cleanup_errors=True)
    with beside as folder, postgresql(Path(folder)) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Every database that a register can be kept in, fresh for each test."""
    if request.param == "sqlite":
        return tmp_path / REGISTER
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.new_database()


@contextmanager
def postgresql(folder: Path) -> Iterator[PostgresServer]:
    server = PostgresServer(free_port())
    _make_cluster(folder, server)
    command = [
        *_as_nobody_special(), str(_postgresql_program("postgres")), "-D", str(folder / "cluster"), "-k", str(folder),
        "-h", "127.0.0.1", "-p", str(server.port), "-c", "fsync=off", "-c", "max_connections=200",
    ]  # fmt: skip
    with (folder / "log.txt").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        _wait_until(process, folder, lambda: _takes_connections(server))
        yield server
    finally:
        process.send_signal(signal.SIGQUIT)  # At once: what it holds is thrown away.
        process.wait()


def _make_cluster(folder: Path, server: PostgresServer) -> None:
    (folder / "password").write_text(server.password)
    if os.getuid() == 0:
        for path in (folder, folder / "password"):
            shutil.chown(path, "postgres")
    command = [
        *_as_nobody_special(), str(_postgresql_program("initdb")), "-D", str(folder / "cluster"), "-U", server.user,
        "-A", "scram-sha-256", f"--pwfile={folder / 'password'}", "--no-sync", "-E", "UTF8", "--locale=C",
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, cwd=folder)


def _as_nobody_special() -> list[str]:
    """PostgreSQL refuses to run as root."""
    other = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
    dying = dying_with_us()
    return [*(dying or ["setpriv"]), *other] if other else dying


def _postgresql_program(name: str) -> Path:
    """Debian keeps them where no shell looks."""
    found = shutil.which(name) or next((str(one) for one in _debian_programs(name)), None)
    if found is None:
        pytest.fail(f"{name} of PostgreSQL is not installed: .ci/postgresql installs it")
    return Path(found)


def _debian_programs(name: str) -> list[Path]:
    return sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)


def _takes_connections(server: PostgresServer) -> bool:
    try:
        psycopg.connect(server.address("postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def seaweedfs(folder: Path) -> Iterator[S3Server]:
    process, port = _started(folder)
    try:
        server = S3Server(f"http://127.0.0.1:{port}", _ACCESS_KEY, _SECRET_KEY)
        _wait_until(process, folder, lambda: _takes_objects(server))
        yield server
    finally:
        # It needs 25 seconds to end by itself, and what it holds is thrown away.
        process.kill()
        process.wait()


def _started(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """The server's process and S3 port. Another test run may take the ports first: then the next ones."""
    for first in _FIRST_PORTS:
        if all(_is_free(port + shift) for port in range(first, first + 4) for shift in (0, _GRPC)):
            process = _start(folder, first)
            if _holds(process, partial(_is_taken, first)):
                return process, first
    pytest.fail("no free ports for the S3 server of the tests")


def _start(folder: Path, first: int) -> subprocess.Popen[bytes]:
    data = folder / str(first)
    data.mkdir()
    (folder / "s3.json").write_text(json.dumps(_identities()))
    # Telemetry off; the filer's own HTTP port would let anyone delete objects.
    command = [
        *dying_with_us(), str(Path(sys.executable).parent / "weed"), "server", f"-dir={data}",
        "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-master.telemetry=false", "-master.volumeSizeLimitMB=64",
        "-volume.max=0", "-filer", "-filer.disableHttp", f"-master.port={first + 1}", f"-volume.port={first + 2}",
        f"-filer.port={first + 3}", "-s3", f"-s3.port={first}", "-s3.port.iceberg=0", "-s3.port.lance=0",
        "-s3.autoCreateBucket=false",
        f"-s3.config={folder / 's3.json'}",
    ]  # fmt: skip
    # A bucket takes seven volumes otherwise, and a run of the tests has hundreds of buckets.
    environment = {**os.environ, "WEED_MASTER_VOLUME_GROWTH_COPY_1": "1"}
    with (folder / "log.txt").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env=environment)


def _identities() -> dict[str, object]:
    """One that may do everything, and one of each role of the archive, whose access key is the role's name."""
    key = {"accessKey": _ACCESS_KEY, "secretKey": _SECRET_KEY}
    tests = {"name": "tests", "credentials": [key], "actions": ["Admin", "Read", "Write", "List", "Tagging"]}
    documents = policies(ROLE_BUCKETS, broker=ROLE_BROKER)
    roles = [
        {"name": role, "credentials": [{**key, "accessKey": role}], "actions": list[str](), "policyNames": [role]}
        for role in documents
    ]
    named = [{"name": role, "content": document} for role, document in documents.items()]
    return {"identities": [tests, *roles], "policies": named}


def dying_with_us() -> list[str]:
    # So that not even a killed test run leaves the server behind.
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL"] if setpriv else []


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _is_taken(port: int) -> bool:
    return not _is_free(port)


def _wait_until(process: subprocess.Popen[bytes], folder: Path, is_ready: Callable[[], bool]) -> None:
    if not _holds(process, is_ready):
        log = (folder / "log.txt").read_text(errors="replace")
        pytest.fail(f"a server of the tests did not start:\n{log[-4000:]}")


def _holds(process: subprocess.Popen[bytes], is_ready: Callable[[], bool]) -> bool:
    """Whether it becomes ready while the process lives, within a minute."""
    for _ in range(_POLLS):
        if is_ready():
            return True
        try:
            process.wait(_POLL)
        except subprocess.TimeoutExpired:
            continue
        return False
    return False


def _takes_objects(server: S3Server) -> bool:
    """It answers before its volumes are there, so only a put that succeeds tells that it is ready."""
    client = server.client()
    try:
        if "ready" not in [bucket["Name"] for bucket in client.list_buckets()["Buckets"]]:
            client.create_bucket(Bucket="ready")
        client.put_object(Bucket="ready", Key="first/put", Body=b"1")
    except (BotoCoreError, ClientError):
        return False
    return True
