"""The declaration as bytes."""

from __future__ import annotations

from schemas.declarations import Declaration


def write_json(declaration: Declaration) -> bytes:
    """The contract's JSON form in UTF-8, indented for people; equal declarations give equal bytes."""
    return (declaration.model_dump_json(indent=2, by_alias=True) + "\n").encode()
