"""Profiles as a user keeps them: TOML or JSON text, one profile a file."""

from __future__ import annotations

import json
import re
import tomllib

from pydantic import ValidationError

from flows.json_values import stated_once
from schemas.list_tables import ListError
from schemas.profiles import Profile
from schemas.reference import ListVersion


def profile_from(text: str, version: ListVersion) -> Profile:
    """The profile of a loaded file; raises `ListError` also where it was loaded for another importer or day."""
    profile = profile_of(text)
    if version.valid_from != profile.valid_from or version.scope not in {"", scope_of(profile)}:
        what = f"the file says it is for {scope_of(profile)} from {profile.valid_from}"
        raise ListError(what, remedy="load it with `tidewaiter profile set FILE`, which takes both from the file")
    return profile


def profile_of(text: str) -> Profile:
    """The profile of a file's text; raises `ListError` that says which entry is wrong and how."""
    stated = _json(text) if text.lstrip().startswith("{") else _toml(text)
    try:
        return Profile.model_validate(stated)
    except ValidationError as error:
        raise ListError(_told(error), remedy="docs/profiles.md lists what a profile may say") from error


def scope_of(profile: Profile) -> str:
    """What tells profiles apart: jurisdiction and importer; a later file of the same scope replaces the earlier one."""
    importer = profile.importer.eori or re.sub(r"\W+", "-", profile.importer.names[0].casefold()).strip("-")
    return f"{profile.jurisdiction}-{importer}"[:100]


def _toml(text: str) -> object:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ListError(f"this is no TOML ({error})", remedy='write `name = "value"` lines, or JSON') from error


def _json(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=stated_once)
    except (ValueError, RecursionError) as error:
        raise ListError(f"this is no JSON ({error})", remedy="write one object in braces, or TOML") from error


def _told(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the profile"
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"{where}: {first['msg'].removeprefix('Value error, ')}{more}"
