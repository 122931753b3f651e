"""Every setting, from the fields of `flows.settings`, and what else the environment may say."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal, Union, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from docs.writing.markdown import code, page, table
from flows.settings import Settings

ELSEWHERE: Final = {
    "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_PROFILE":
        "Access to the buckets, read by S3 clients. A role of the machine does as well.",
    "PREFECT_API_URL":
        "A Prefect server of yours. `tidewaiter worker` needs it, `tidewaiter up` starts its own without it, and "
        "`tidewaiter decide` has the shipment judged by a run there instead of in the command itself.",
    "PREFECT_API_AUTH_STRING":
        "User and password of that server with a colon between, where it asks for them.",
    "PREFECT_LOGGING_LEVEL":
        "How much Prefect says; `tidewaiter decide` takes `WARNING` where nothing is set.",
    "PGHOST, PGHOSTADDR, PGPASSWORD, PGSSLMODE":
        "What the address in `TIDEWAITER_REGISTER_URL` leaves out, read by PostgreSQL's client.",
    "PGSERVICE": "A file of services says where the register is; it is taken for another machine, which needs TLS.",
    "JOURNAL_STREAM": "Set by systemd where it keeps what is written: a one-time password is then not written there.",
    "TESSDATA_PREFIX":
        "Folder of Tesseract's language files, with `TIDEWAITER_TESSERACT=library`; default is the program's.",
    "OMP_THREAD_LIMIT":
        "The program sets it to 1 for Tesseract: pages are read side by side, threads inside each would be in the way.",
    "TIDEWAITER_IMAGE":
        "Name of the container image in the deployments of `prefect.yaml` for Kubernetes.",
}  # fmt: skip
"""Names that are no settings of `flows.settings`, and what they do."""

_SAID: Final = {bool: "yes or no", int: "whole number", float: "number", str: "text", Path: "path", SecretStr: "secret"}


def settings_page() -> str:
    return page(
        "Settings",
        "All settings are environment variables. A value that cannot be is refused at the start with the name of the "
        "setting. Yes is `1`, `true`, `yes` or `on`; lists have commas between. A dash means that nothing is set.",
        *(_part(one) for one in reversed(_classes())),
        "## What else the environment says\n\n" + table(
            ("name", "meaning"),
            ((", ".join(map(code, names.split(", "))), what) for names, what in ELSEWHERE.items()),
        ),
    )  # fmt: skip


def _classes() -> list[type[BaseSettings]]:
    """The classes that say settings, the one that joins them all last."""
    return [one for one in reversed(Settings.__mro__) if issubclass(one, BaseSettings) and one is not BaseSettings]


def _part(settings: type[BaseSettings]) -> str:
    """The fields that this class says itself, in its order."""
    names = [name for name in settings.model_fields if name in settings.__annotations__]
    title = settings.__name__.removesuffix("Settings") or "General"
    rows = table(("name", "type", "default", "meaning"), map(_row, names))
    return f"## {title}\n\n{inspect.cleandoc(settings.__doc__ or '')}\n\n{rows}"


def _row(name: str) -> tuple[str, ...]:
    field = Settings.model_fields[name]
    return code(f"TIDEWAITER_{name.upper()}"), kind(field), _default(field), field.description or ""


def kind(field: FieldInfo) -> str:
    """What may be written, in words: the type, its values or its limits."""
    limits = [told for one in field.metadata for told in _limits(one)]
    return " ".join([_said(field.annotation), *limits])


def _said(annotation: object) -> str:
    if get_origin(annotation) in (Union, types.UnionType):
        return " or ".join(_said(one) for one in get_args(annotation) if one is not type(None))
    if get_origin(annotation) is Literal:
        return " or ".join(code(one) for one in get_args(annotation))
    if get_origin(annotation) is tuple:
        inner = get_args(annotation)[0]
        return f"list of {'texts' if inner is str else _said(inner)}"
    if get_origin(annotation) is typing.Annotated:
        return _said(get_args(annotation)[0])
    return _SAID.get(typing.cast("type", annotation), "decimal number")


def _limits(constraint: object) -> Iterator[str]:
    words = {"ge": "from {}", "gt": "above {}", "le": "to {}", "lt": "below {}", "pattern": "like `{}`",
             "min_length": "{} characters or more", "max_length": "{} at most"}  # fmt: skip
    for name, phrase in words.items():
        value = getattr(constraint, name, None)
        if value is not None and (name, value) != ("min_length", 1):
            yield phrase.format(value)


def _default(field: FieldInfo) -> str:
    if field.default_factory is not None:
        return "usable cores"
    if field.default is None or field.default == ():
        return "–"
    if isinstance(field.default, bool):
        return code("1" if field.default else "0")
    return code(",".join(field.default) if isinstance(field.default, tuple) else str(field.default))
