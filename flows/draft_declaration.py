"""The broker's own draft declaration, where one lies among the papers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePosixPath

from pydantic import JsonValue

from archive.archive import Archive
from flows.intake import DRAFT_FILE
from flows.json_values import stated_once
from schemas.pages import Notice
from schemas.results import Intake, IntakeFile


def is_draft(file: IntakeFile) -> bool:
    return PurePosixPath(file.file).name == DRAFT_FILE


def draft_of(intake: Intake, archive: Archive) -> tuple[Mapping[str, JsonValue] | None, tuple[Notice, ...]]:
    """The first draft's JSON, None where there is none or it cannot be read; the notices say why.

    Numbers with a point stay the text they are written as: an amount must not pass through binary fractions.
    """
    drafts = [file for file in intake.files if is_draft(file)]
    if not drafts:
        return None, ()
    first, *others = drafts
    more = tuple(_notice(other, f"is a second draft; only {first.file} is compared. Leave one") for other in others)
    try:
        stated = json.loads(
            archive.original(first.sha256),
            parse_float=str,
            parse_constant=_no_number,
            object_pairs_hook=stated_once,
        )
        json.dumps(stated, ensure_ascii=False).encode()  # half of a surrogate pair is no text that could be stored
    except (ValueError, RecursionError):
        return None, (_notice(first, "is not readable as JSON. Write it again, or take it out"), *more)
    if not isinstance(stated, dict):
        return None, (_notice(first, "holds no JSON object. Write it in the form of a declaration"), *more)
    return stated, more


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _notice(file: IntakeFile, message: str) -> Notice:
    return Notice(file=file.file, page=None, kind="damaged", message=f"{file.file} {message}.")
