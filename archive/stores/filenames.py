"""Key parts as file names, also where the file system takes `ABC` and `abc` for one name (macOS, some mounts)."""

from __future__ import annotations

import re
from typing import Literal

FileNames = Literal["plain", "folded"]

# Files beside the objects; one part is no key, so that none is ever taken for an object.
MARKER = "tidewaiter-archive.json"
"""Tells a folder of ours from any other."""
ACCOUNTS = "accounts.sqlite"
"""Who may sign in at the desk."""

_FOLDED = re.compile(r"([^!]+)!([0-9a-f]+)")


def file_name(part: str, style: FileNames) -> str:
    """`plain`: the part itself. `folded`: small letters, then after `!` which of them are capitals, as hex bits.

    `!` stands in no key part, so that distinct parts have distinct names, whatever their case.
    """
    if style == "plain" or part == part.lower():
        return part
    capitals = sum(1 << place for place, character in enumerate(part) if character.isupper())
    return f"{part.lower()}!{capitals:x}"


def part_of(name: str, style: FileNames) -> str:
    """The key part that a file name stands for; a name that stands for none comes back as it is."""
    folded = _FOLDED.fullmatch(name) if style == "folded" else None
    if not folded:
        return name
    small, capitals = folded[1], int(folded[2], 16)
    return "".join(sign.upper() if capitals >> place & 1 else sign for place, sign in enumerate(small))
