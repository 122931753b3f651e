"""What every command runs in: the workshop it works with, the handler that tells what goes wrong, its exit code."""

from __future__ import annotations

import datetime as dt
import errno
import os
import re
import shlex
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from os.path import exists, isfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from archive.errors import AccountRefused, ArchiveError, KeyInvalid, StoreUnavailable
from desk.printing import plain_text
from flows.errors import (
    ClearingError,
    NoPapersError,
    NoSuchHintError,
    NoSuchListError,
    NoSuchPathError,
    NoSuchShipmentError,
    RefusedRecordError,
    TargetTakenError,
    WrongDecisionError,
    WrongListError,
    WrongSettingsError,
)
from flows.settings import Settings, load_settings

if TYPE_CHECKING:
    from archive.accounts.accounts import Accounts
    from flows.workshop import Records, Workshop

WRONG_USAGE = 2
OUR_ERROR = 70
INTERRUPTED = 130
STATUS_CODES = {"clear": 0, "held": 10, "rejected": 20}
_WRONG_USAGE = (
    RefusedRecordError,
    TargetTakenError,
    NoSuchPathError,
    NoPapersError,
    NoSuchShipmentError,
    NoSuchHintError,
    NoSuchListError,
    WrongListError,
    WrongDecisionError,
    WrongSettingsError,
    KeyInvalid,
    AccountRefused,
)
_LINES = re.compile(r"\s*[\r\n\t]\s*")
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
_GRAVEST_FIRST = (OUR_ERROR, WRONG_USAGE, 20, 10, 0)

messages = Console(stderr=True, highlight=False)


def named_folder(text: str) -> Path:
    """An option of an unset variable is empty, and `Path` would take the working folder for it."""
    if not text:
        raise typer.BadParameter("is empty; name a folder, or leave the option away")
    return Path(text)


Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", parser=named_folder, help="Folder of the archive. [./tidewaiter-data]"),
]
TrustedKeys = Annotated[
    list[str] | None,
    typer.Option("--key", metavar="VKEY", help="A public key of the journal, got elsewhere. [of the settings]"),
]
KeptCheckpoints = Annotated[
    list[Path] | None,
    typer.Option("--checkpoint", metavar="FILE", help="A checkpoint that you kept, such as that of an outbox."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON and nothing else.")]


@contextmanager
def workshop_in(out: Path | None, *, broker: str | None = None) -> Iterator[Workshop]:
    # The readers and models take seconds to import, and neither help nor a wrong option should wait for them.
    from flows.workshop import open_workshop  # noqa: PLC0415

    with open_workshop(settings_for(out, broker)) as workshop:
        yield workshop


@contextmanager
def records_in(out: Path | None) -> Iterator[Records]:
    """What is kept, without starting what reads papers."""
    from flows.workshop import open_records  # noqa: PLC0415 - see above

    with open_records(settings_for(out)) as records:
        yield records


@contextmanager
def accounts_in(out: Path | None) -> Iterator[Accounts]:
    """Who may sign in at the desk."""
    from flows.accounts import open_accounts  # noqa: PLC0415 - see above

    with open_accounts(settings_for(out)) as accounts:
        yield accounts


def settings_for(out: Path | None, broker: str | None = None) -> Settings:
    """Those of the environment, but for the archive's folder and the broker where they are named; the log starts."""
    from flows.logs import start_logging  # noqa: PLC0415 - see above

    settings = load_settings()
    start_logging(settings)
    told = {} if out is None else {"data_dir": out, "store": "local", "register_url": None}
    chosen = settings.model_copy(update=told if broker is None else {**told, "broker": broker})
    _point_to_the_stack(chosen)
    return chosen


def _point_to_the_stack(settings: Settings) -> None:
    """`up` keeps its archive apart from that of the other commands, in the folder that they take by default."""
    told = settings.data_dir / "up" / "environment"
    # `os.path` takes a folder that this user may not open for one without files; the store tells why it cannot.
    if settings.store == "local" and isfile(told) and not exists(settings.data_dir / "shipments"):  # noqa: PTH110, PTH113
        what = f"{settings.data_dir}: this archive has no shipment yet; that of `tidewaiter up` is another one"
        say(f"{what}. To work with that one: set -a; . {shlex.quote(str(told))}; set +a")


@contextmanager
def told(codes: set[int]) -> Iterator[None]:
    """The outermost handler: whatever goes wrong is told in one line, and the next shipment goes on."""
    try:
        yield
    except (typer.Exit, BrokenPipeError):
        raise
    except KeyboardInterrupt:
        say("stopped. What was finished stays; nothing is half-written. Run the same command to go on")
        raise typer.Exit(INTERRUPTED) from None
    except _WRONG_USAGE as error:
        codes.add(WRONG_USAGE)
        say(str(error))
    except (ClearingError, ArchiveError) as error:
        codes.add(OUR_ERROR)
        say(f"{error}{_if_the_stack_is_down(error)}")
        _trace_if_asked()
    except Exception as error:  # noqa: BLE001 - nothing above this line but the terminal
        codes.add(OUR_ERROR)
        say(_explained(error))
        _trace_if_asked()


def _if_the_stack_is_down(error: ClearingError | ArchiveError) -> str:
    """Whoever took the settings of `tidewaiter up` from its file has them still when it has ended."""
    endpoint = os.environ.get("TIDEWAITER_S3_ENDPOINT", "")
    if isinstance(error, StoreUnavailable) and endpoint.startswith("http://127.0.0.1:"):
        return f". At {endpoint} `tidewaiter up` has its store: it must be running. Its settings end with the shell"
    return ""


def _explained(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno in _NO_SPACE:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}. Free some space and run the same command again; nothing is half-written"
    return f"an error of ours: {type(error).__name__}: {error}. Set TIDEWAITER_DEBUG=1 to see where, and report it"


def _trace_if_asked() -> None:
    if os.environ.get("TIDEWAITER_DEBUG", "").casefold() in {"1", "true", "yes", "on"}:
        messages.print(plain_text(traceback.format_exc()))


def say(message: str) -> None:
    """In one line; what other programs tell may have several."""
    messages.print(plain_text(f"tidewaiter: {_LINES.sub(' ', message)}"), soft_wrap=True)


def gravest(codes: set[int]) -> int:
    return next((code for code in _GRAVEST_FIRST if code in codes), OUR_ERROR)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The day where this machine stands."""
    return dt.datetime.now().astimezone().date()
