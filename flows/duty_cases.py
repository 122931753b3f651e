"""Duty and VAT of a file of cases under a tariff file, without any archive: what `tidewaiter duty` does."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

from declarations.duty.cases import CaseResult, solved
from declarations.duty.tariff_files import parse_tariff
from flows.errors import NoSuchPathError, WrongListError
from flows.intake import readable
from flows.references import text_of
from schemas.list_tables import ListError
from schemas.reference import ListVersion
from schemas.tariffs import Tariff

JURISDICTION = "GB"
"""The cases are HMRC's: prices in pounds, the United Kingdom's rules."""


def solved_cases(cases: Path, tariff: Path | None, *, day: dt.date | None) -> tuple[CaseResult, ...]:
    """One result for each case, in their order; what cannot be known is an error in it.

    `day` is that of acceptance, on which seasons and dated rates depend; None leaves it open. Raises `NoSuchPathError`
    and `WrongListError` for files that cannot be read.
    """
    loaded = None if tariff is None else _tariff(tariff, day)
    return tuple(solved(case, loaded, day=day) for case in _cases(cases))


def _cases(file: Path) -> list[object]:
    try:
        listed = json.loads(_content(file), parse_float=str)
    except (ValueError, RecursionError) as error:
        raise WrongListError(f"{_name(file)}: is no JSON ({error}). Give a list of cases") from error
    if not isinstance(listed, list):
        raise WrongListError(f"{_name(file)}: is no list. Give an array of cases, one object for each")
    return listed


def _tariff(file: Path, day: dt.date | None) -> Tariff:
    content = _content(file)
    version = ListVersion(
        kind="tariff",
        scope=JURISDICTION,
        name=_name(file),
        source=_name(file),
        valid_from=day or dt.date.min,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    try:
        return parse_tariff(text_of(content), version)
    except ListError as error:
        raise WrongListError(f"{_name(file)}: {readable(str(error))}") from error


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise NoSuchPathError(f"{readable(str(file))}: {error.strerror}. Name a file") from error


def _name(file: Path) -> str:
    return readable(file.name)
