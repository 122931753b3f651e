"""The folder of one stack: its lock, its log, its keys, and where each server keeps what it must not lose."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import secrets
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.journal.notes import new_key
from flows.inbox.rules import INBOX
from flows.up.errors import AlreadyUpError, FolderRefusedError

_FOR_ME_ALONE = 0o600
_TO_CHANGE = os.R_OK | os.W_OK | os.X_OK
_ACTIONS = ("Admin", "Read", "Write", "List", "Tagging")


@dataclass(frozen=True, slots=True)
class Credentials:
    """The keys of the embedded S3 server, made once and kept."""

    access_key: str
    secret_key: str


@dataclass(frozen=True, slots=True)
class StackFolder:
    """`root` is `up` in the data folder, beside what `tidewaiter clear` keeps there and apart from it."""

    root: Path

    @property
    def objects(self) -> Path:
        return self.root / "objects"

    @property
    def prefect(self) -> Path:
        return self.root / "prefect"

    @property
    def keys(self) -> Path:
        return self.root / "s3.json"

    @property
    def log(self) -> Path:
        return self.root / "log.txt"

    @property
    def environment(self) -> Path:
        return self.root / "environment"

    @property
    def journal_key(self) -> Path:
        return self.root / "journal.key"

    def new_journal_key(self) -> str | None:
        """Make the key that signs the journal, for this user alone; returns the public one, None where one is there."""
        if self.journal_key.exists():
            return None
        key = new_key(f"tidewaiter-{secrets.token_hex(4)}")
        _written(self.journal_key, f"{key.secret}\n")
        return str(key.verifier)

    def credentials(self) -> Credentials:
        """The keys in the file that the S3 server reads too; made at the first start, for this user alone."""
        if not self.keys.exists():
            _written(self.keys, _identities(Credentials(secrets.token_hex(10), secrets.token_urlsafe(30))))
        [identity] = json.loads(self.keys.read_text(encoding="utf-8"))["identities"]
        [pair] = identity["credentials"]
        return Credentials(pair["accessKey"], pair["secretKey"])

    def keep_environment(self, environment: dict[str, str]) -> None:
        """Write what other commands need to reach the running stack, as lines that a shell can read."""
        _written(
            self.environment, "".join(f"{name}={shlex.quote(value)}\n" for name, value in sorted(environment.items()))
        )


@contextmanager
def held_folder(data_dir: Path) -> Iterator[StackFolder]:
    """The folder, made where it is missing and locked while it is in use.

    Raises:
        FolderRefusedError: it cannot be made, written or locked.
        AlreadyUpError: another process has it.
    """
    folder = StackFolder((data_dir / "up").absolute())
    try:
        for path in (folder.objects, folder.prefect):
            path.mkdir(parents=True, exist_ok=True)
        folder.root.chmod(0o700)
        descriptor = os.open(folder.root / "lock", os.O_RDWR | os.O_CREAT, _FOR_ME_ALONE)
    except OSError as error:
        raise FolderRefusedError(f"{folder.root}: {_refusal(error)}, or name another with --out") from error
    try:
        _lock(descriptor, folder)
        yield folder
    finally:
        os.close(descriptor)


def refuse_closed_inbox(exchange: Path) -> None:
    """Make the folder into which brokers put their papers, where it is missing.

    Raises:
        FolderRefusedError: this user cannot make it, or could not take papers out of it.
    """
    inbox = exchange / INBOX
    try:
        inbox.mkdir(parents=True, exist_ok=True)
        if not os.access(exchange, _TO_CHANGE) or not os.access(inbox, _TO_CHANGE):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise FolderRefusedError(f"{inbox}: {_refusal(error)}, or name another with --exchange") from error


def _refusal(error: OSError) -> str:
    if error.errno in {errno.ENOTDIR, errno.EEXIST}:
        return "a file is in the way. Move it"
    return f"{error.strerror}. Give this user the right to write there"


def _lock(descriptor: int, folder: StackFolder) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise AlreadyUpError(
            f"{folder.root}: another `tidewaiter up` runs on this folder. Stop it first, or name another with --out"
        ) from error
    except OSError as error:  # Such as a shared file system that knows no locks.
        raise FolderRefusedError(
            f"{folder.root}: {error.strerror}. Name a folder of this machine with --out"
        ) from error


def _identities(keys: Credentials) -> str:
    pair = {"accessKey": keys.access_key, "secretKey": keys.secret_key}
    return json.dumps({"identities": [{"name": "tidewaiter", "credentials": [pair], "actions": list(_ACTIONS)}]})


def _written(path: Path, text: str) -> None:
    """The whole file or none of it, never readable for others, not even for a moment."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FOR_ME_ALONE), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
