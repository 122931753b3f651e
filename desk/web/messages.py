"""Every text of the desk's pages, from one file for each language: a template names a text by its key.

Messages of findings are the checks' own and are shown as they stand in the result, in English.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, get_args

Language = Literal["en", "de"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
_MINUTE: Final = 60
_HOUR: Final = 3_600
_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language, by keys such as `queue.title`."""

    language: Language
    by_key: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The text with its `{names}` filled in; what is filled in is never read as a pattern. Raises `KeyError`."""
        return self.by_key[key].format(**values) if values else self.by_key[key]

    def age(self, since: dt.datetime, now: dt.datetime) -> str:
        """How long ago, to the minute, hour or day."""
        seconds = max(0, int((now - since).total_seconds()))
        for length, key in ((_DAY, "age.days"), (_HOUR, "age.hours"), (_MINUTE, "age.minutes")):
            if seconds >= length:
                return self(key, count=seconds // length)
        return self("age.now")


@cache
def texts(language: Language) -> Texts:
    """The texts in that language, read once."""
    told = tomllib.loads(files(__package__).joinpath("messages", f"{language}.toml").read_text("utf-8"))
    return Texts(language, dict(_flat(told, "")))


def language_of(wish: str | None, accepted: str) -> Language:
    """The person's own wish, else the first language of an `Accept-Language` that there is, else English."""
    for one in (wish or "", *_by_preference(accepted)):
        code = one.partition("-")[0].strip().casefold()
        if code in LANGUAGES:
            return code
    return "en"


def _by_preference(accepted: str) -> list[str]:
    told = [part.partition(";") for part in accepted.split(",")]
    return [name for _, name in sorted(((-_quality(after), name) for name, _, after in told), key=lambda one: one[0])]


def _quality(text: str) -> float:
    try:
        return float(text.partition("=")[2] or "1")
    except ValueError:
        return 0.0


def _flat(told: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in told.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)
