"""What happens to shipments, as one line for each step: JSON, or text for a person.

A line says when (UTC), what, to which broker, reference and revision, in which run, for how long, and how many. It
never holds a party, a price, a file's name or a text of a paper: only the names of `_NAMES` may be told, and of those
only numbers, digests and codes are; anything else stands as "withheld". The message of an error may quote a paper, so
a line has the error's kind alone.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import sys
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from functools import wraps
from time import perf_counter
from types import TracebackType
from typing import Final, Literal, ParamSpec, Self, TextIO, TypeVar

from typing_extensions import override

from flows.settings import LogLevel, Settings
from schemas.pages import FileReading
from schemas.results import Intake, ShipmentResult, Submission
from schemas.shipments import Reconciled, Shipment

P = ParamSpec("P")
R = TypeVar("R")
Told = str | int | float | Sequence[str]
Level = Literal["debug", "info", "warning", "error"]

LOGGER: Final = "tidewaiter"
WITHHELD: Final = "withheld"
_LEVELS: Final[Mapping[str, int]] = {"debug": 10, "info": 20, "warning": 30, "error": 40, "off": 100}
_NAMES: Final = frozenset({
    "attempt", "codes", "count", "documents", "error", "files", "findings", "holding", "pages", "sha256", "seconds",
    "status", "waiting", "why",
})  # fmt: skip
_CODE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.:/-]{0,99}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Subject:
    """Which revision a line is about, and which run (one attempt at it) tells it; None before there is one."""

    broker: str
    reference: str
    revision: int | None = None
    run: str | None = None


_subject: ContextVar[Subject | None] = ContextVar("tidewaiter_subject", default=None)


@contextmanager
def about(broker: str, reference: str, revision: int, *, run: str | None = None) -> Iterator[None]:
    """Every line told inside is about that revision; without a `run` it is given an id of its own."""
    with _set(Subject(broker, reference, revision, run or uuid.uuid4().hex)):
        yield


@contextmanager
def noting(broker: str, reference: str) -> Iterator[None]:
    """Likewise of a shipment, whichever revision it has come to."""
    with _set(Subject(broker, reference)):
        yield


@contextmanager
def _set(subject: Subject) -> Iterator[None]:
    token = _subject.set(subject)
    try:
        yield
    finally:
        _subject.reset(token)


def tell(event: str, *, level: Level = "info", told: Mapping[str, Told] | None = None) -> None:
    """One line. `event` is a fixed name; of `told`, what might be a paper's is withheld."""
    logger = logging.getLogger(LOGGER)
    if logger.isEnabledFor(_LEVELS[level]):
        logger.log(_LEVELS[level], event, {name: _safe(name, value) for name, value in (told or {}).items()})


def _safe(name: str, value: Told) -> Told:
    if name not in _NAMES:
        return WITHHELD
    if isinstance(value, str):
        return value if _CODE.fullmatch(value) else WITHHELD
    if isinstance(value, int | float):
        return value
    return [one if _CODE.fullmatch(one) else WITHHELD for one in value]


def logged(step: Callable[P, R]) -> Callable[P, R]:
    """The step, which tells its end: how long it took, how much there was, or the kind of error that stopped it."""

    @wraps(step)
    def run(*arguments: P.args, **options: P.kwargs) -> R:
        with _Boundary(step.__name__) as boundary:
            result = step(*arguments, **options)
            boundary.counts = counts_of(result)
        return result

    return run


class _Boundary:
    """Tells what left the step, be it a result, an error, or Ctrl-C."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._since = perf_counter()
        self.counts: Mapping[str, Told] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        told = {"seconds": round(perf_counter() - self._since, 3), **self.counts}
        if kind is None:
            tell(self._name, told=told)
        else:
            tell(self._name, level="error", told={**told, "error": kind.__name__})


def counts_of(result: object) -> Mapping[str, Told]:
    """How much a step's result holds, in numbers and codes."""
    match result:
        case ShipmentResult():
            codes = sorted({finding.code for finding in result.findings if finding.holds})
            return {"status": result.status, "documents": len(result.documents), "codes": codes}
        case Submission() | Intake():
            return {"files": len(result.files)}
        case Shipment():
            return {"documents": len(result.documents)}
        case (Reconciled() as found) | (Shipment(), Reconciled() as found):
            holding = sum(finding.holds for finding in found.findings)
            return {"documents": len(found.documents), "holding": holding}
        case (FileReading(), *_):
            readings = [one for one in result if isinstance(one, FileReading)]
            return {"files": len(readings), "pages": sum(len(one.pages) for one in readings)}
        case _:
            return {}


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_line(record), ensure_ascii=False)


class TextLines(logging.Formatter):
    """The same for a person at a terminal; a control character in a reference is escaped."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line = _line(record)
        head = [str(line.pop(name)) for name in ("time", "level", "event")]
        return " ".join([*head, *(f"{name}={json.dumps(value)}" for name, value in line.items())])


def _line(record: logging.LogRecord) -> dict[str, object]:
    at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
    subject = _subject.get()
    known = {name: value for name, value in asdict(subject).items() if value is not None} if subject else {}
    told = record.args if isinstance(record.args, Mapping) else {}
    return {"time": at.replace("+00:00", "Z"), "level": record.levelname.lower(), "event": record.msg, **known, **told}


def start_logging(settings: Settings, *, unless_set: LogLevel = "off", stream: TextIO | None = None) -> None:
    """Lines go to the stream (standard error) from now on, at the level of the settings or, unless set, this one.

    Nothing is handed on to other handlers: those of Prefect would send the lines to its server.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if settings.log_format == "json" else TextLines())
    logger = logging.getLogger(LOGGER)
    logger.handlers = [handler]
    logger.propagate = False
    logger.setLevel(_LEVELS[settings.log_level or unless_set])


def start_quietly() -> None:
    """No line at all until `start_logging`: an importing program decides."""
    logger = logging.getLogger(LOGGER)
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    logger.setLevel(_LEVELS["off"])


start_quietly()
