"""What stopped a run, told to whoever started it in this process: its own cause, or that Prefect cannot be reached.

Only the latter passes. An error of ours beside the steps is one like any other: it would come again at every run.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from httpx import HTTPError
from prefect.concurrency.asyncio import ConcurrencySlotAcquisitionError
from prefect.exceptions import PrefectException

from flows.inbox.errors import NotNowError
from flows.runs import StepFailedError

_OF_PREFECT: Final = (HTTPError, PrefectException, ConcurrencySlotAcquisitionError, RuntimeError)
_UNREACHED: Final = "Failed to reach API"
"""Prefect tells it by a plain `RuntimeError` with these words."""


@contextmanager
def stopped_by_its_cause() -> Iterator[None]:
    """Raises what stopped the run inside, or `NotNowError` where Prefect did, whether before, beside or after it."""
    try:
        yield
    except StepFailedError as error:
        if _is_of_prefect(error.cause):
            raise _no_prefect(error.cause) from None
        raise error.cause from None
    except _OF_PREFECT as error:
        if not _is_of_prefect(error):
            raise
        raise _no_prefect(error) from error


def _is_of_prefect(error: BaseException) -> bool:
    """Whether it is Prefect or the way to it that failed."""
    return isinstance(error, _OF_PREFECT) and (not isinstance(error, RuntimeError) or _UNREACHED in str(error))


def _no_prefect(error: Exception) -> NotNowError:
    return NotNowError(f"the Prefect server does not answer ({type(error).__name__}). Start it, or see PREFECT_API_URL")
