"""Every text of the desk's pages, from one file for each language: a template names a text by its key.

Sentences that stand in a result, or that the flow says, are told by `desk.web.sentences`.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, get_args

from desk.web.sentences import Language, Sentences, sentences
from schemas.findings import Decision, Evidence, Finding

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
_DECLARED: Final = frozenset({"draft_declaration", "declaration"})
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

    def finding(self, finding: Finding) -> str:
        """What was found, in one sentence."""
        return _sentences(self.language).told((finding.code, "illegible", "notice"), finding.message)

    def why(self, text: str) -> str:
        """Why something is suggested."""
        return _sentences(self.language).told(("why",), text)

    def notice(self, text: str) -> str:
        """What a reader says about a file."""
        return _sentences(self.language).told(("notice",), text)

    def refusal(self, text: str) -> str:
        """Why the flow does not do it, or not yet; also what came to a shipment meanwhile."""
        return _sentences(self.language).named(_sentences(self.language).told(("refusal", "since"), text))

    def reason(self, decision: Decision) -> str:
        """Why somebody decided so: the coded reason and the words."""
        return _sentences(self.language).told(("reason",), decision.reason)

    def value(self, place: Evidence) -> str:
        """The value of a place; behind one of a declaration stands in words where it is there."""
        value = place.value or ""
        return _sentences(self.language).named(value) if place.document in _DECLARED else value

    def declared(self, pointer: str) -> str:
        """What stands at a JSON pointer into a declaration: “goods line 1: HS code”."""
        return _sentences(self.language).pointer(pointer)


@cache
def texts(language: Language) -> Texts:
    """The texts in that language, read once."""
    told = tomllib.loads(files(__package__).joinpath("messages", f"{language}.toml").read_text("utf-8"))
    return Texts(language, dict(_flat(told, "")))


@cache
def _sentences(language: Language) -> Sentences:
    return sentences(language, texts(language).by_key)


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
