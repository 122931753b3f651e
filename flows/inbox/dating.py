"""The day at which a dropped shipment asks to be judged: what its `_READY` holds, where the operator allows it.

A mark with `{"as_of": "2026-03-01"}` asks for that day; an empty one for the day on which the shipment is taken.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import Field, ValidationError, field_validator

from archive.stores.exchange import Exchange
from flows.inbox.errors import WrongMarkError
from flows.inbox.fetching import fetched
from flows.inbox.names import Dropped
from flows.inbox.readiness import Ready
from schemas.values import Frozen

_BYTES = 1000
_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
_WANTED = 'Leave it empty, or write {"as_of": "2026-03-01"} with a day from 2000 on'


class _Mark(Frozen):
    as_of: dt.date = Field(strict=False)

    @field_validator("as_of", mode="before")
    @classmethod
    def _as_iso_writes_it(cls, value: object) -> object:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValueError("no day")
        return value


def asked_day(ready: Ready, exchange: Exchange) -> dt.date | None:
    """The day that the shipment's mark names, None where it names none.

    Raises:
        WrongMarkError: the mark holds something else; the message goes on after "as".
        SenderNotDoneError: the mark is gone, or another one now.
    """
    days = {day for one in ready.dropped if one.is_ready_mark and (day := _named_by(one, exchange))}
    if len(days) > 1:
        raise WrongMarkError("there are two that name different days. Send one")
    return next(iter(days), None)


def says_something(ready: Ready) -> bool:
    """Whether a mark is not empty."""
    return any(one.is_ready_mark and one.entry.size for one in ready.dropped)


def _named_by(mark: Dropped, exchange: Exchange) -> dt.date | None:
    if mark.entry.kind != "file" or mark.entry.size > _BYTES:
        raise WrongMarkError(f"it is no short text. {_WANTED}")
    with TemporaryDirectory(prefix="tidewaiter-") as folder:
        content = fetched(mark.entry, Path(folder) / "mark", exchange).read_bytes()
    if not content.strip():
        return None
    try:
        return _Mark.model_validate_json(content).as_of
    except ValidationError as error:
        raise WrongMarkError(f"it does not say when the papers are to be judged. {_WANTED}") from error
