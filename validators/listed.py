"""How messages name a row of a loaded list, and how its words are found in texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from schemas.reference import ReferenceKind, Row
from validators.case import Case
from validators.origins import is_same_origin
from validators.romanised import latin

R = TypeVar("R", bound=Row)

_CONFUSIONS = str.maketrans("01i58", "ollsb")


def in_force(case: Case, rows: Iterable[R]) -> Iterator[R]:
    """The rows that count on the day, of lists that hold where the goods are declared."""
    return (row for row in rows if is_in_force(case, row))


def is_in_force(case: Case, row: Row) -> bool:
    """A list without a scope holds everywhere; where nobody knows where the goods are declared, every list does."""
    place, scope = case.jurisdiction, row.scope
    if not row.counts_on(case.as_of):
        return False
    # Northern Ireland has rules of both (Windsor Framework).
    return place is None or not scope or is_same_origin(scope, place) or (place == "XI" and scope in {"EU", "GB"})


def list_of(case: Case, kind: ReferenceKind, row: Row) -> str:
    """Which list the row stands on, of which day, and where: "OFSI list 0a1b2c3d, from 2026-01-01, line 12"."""
    version = case.references.version(kind, row.scope)
    source = f"{version.source} {version.sha256[:8]}, {version.since}, " if version else ""
    return f"{source}line {row.line}"


def words_in(text: str, words: Sequence[str], *, by_eye: bool = False) -> str | None:
    """The first of the words that stands in the text, whole but for its plural; a word that ends in `*` may go on.

    In text read from a picture (`by_eye`), signs that scanners take for one another are one: "lv0ry" is ivory.
    """
    plain = _confused(latin(text)) if by_eye else latin(text)
    patterns = ((word, _pattern(word, by_eye=by_eye)) for word in words)
    return next((word for word, pattern in patterns if pattern is not None and pattern.search(plain)), None)


def _confused(plain: str) -> str:
    return plain.replace("rn", "m").replace("vv", "w").translate(_CONFUSIONS)


@lru_cache(maxsize=65536)
def _pattern(word: str, *, by_eye: bool) -> re.Pattern[str] | None:
    """None for a word without letters. Signs of scripts without spaces between words are found anywhere."""
    plain = _confused(latin(word)) if by_eye else latin(word)
    if not plain:
        return None
    if not plain.isascii():
        return re.compile(re.escape(plain))
    end = "" if word.rstrip().endswith("*") else r"(?:e?s)?\b"
    return re.compile(rf"\b{re.escape(plain)}{end}")
