"""JSON that comes from a person, or goes to one: names that stand once, values by their pointers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from pydantic import JsonValue

T = TypeVar("T")


def stated_once(pairs: list[tuple[str, T]]) -> dict[str, T]:
    """An object for `object_pairs_hook`; raises `ValueError` where a name stands twice in it.

    JSON readers keep the last of two values under one name, and nobody would see the first.
    """
    stated = dict(pairs)
    if len(stated) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return stated


def leaves(value: JsonValue, pointer: str = "") -> Iterator[tuple[str, JsonValue]]:
    """Everything in it that is no object and no array, null too, each behind its pointer (RFC 6901, unescaped)."""
    match value:
        case dict():
            for name, inside in value.items():
                yield from leaves(inside, f"{pointer}/{name}")
        case list():
            for at, inside in enumerate(value):
                yield from leaves(inside, f"{pointer}/{at}")
        case _:
            yield pointer, value
