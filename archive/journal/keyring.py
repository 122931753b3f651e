"""The private keys of the journal as their owner keeps them: one a line, all under the name of the journal.

Two while keys change: then both sign, and whoever trusts either goes on without a gap. They come from a file or from
the environment that the operator sets, never from the store or the register.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from archive.errors import SigningKeyRefused
from archive.journal.notes import SigningKey, VerifierKey, new_key, signing_key

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_MAKE_ONE: Final = "make one with `tidewaiter journal new-key FILE`"


def keys_in(text: str, where: str) -> tuple[SigningKey, ...]:
    """Keys with blanks or lines between; raises `SigningKeyRefused`, whose message never quotes them."""
    keys = tuple(signing_key(one, where) for one in text.split())
    if not keys:
        raise SigningKeyRefused("holds no private key", where, remedy=_MAKE_ONE)
    if len({key.name for key in keys}) > 1:
        remedy = "keep one key, or the old and the new one of the same journal"
        raise SigningKeyRefused("holds keys of several journals", where, remedy=remedy)
    return keys


def keys_from(path: Path) -> tuple[SigningKey, ...]:
    """The keys in a file that its owner alone can read; raises `SigningKeyRefused`."""
    where = str(path)
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise SigningKeyRefused(f"cannot be read: {why}", where, remedy=_MAKE_ONE) from None
    if os.name == "posix" and mode & _OTHERS:
        remedy = f"close it with `chmod 600`, and change the key if others may have read it (mode {mode & 0o777:o})"
        raise SigningKeyRefused("is open to others", where, remedy=remedy)
    return keys_in(text, where)


def make_key(path: Path, name: str) -> VerifierKey:
    """Write a new private key to a file that must not be there yet; returns the public one.

    Raises:
        SigningKeyRefused: the file is there, or cannot be written.
        NoteInvalid: no key can have this name.
    """
    key = new_key(name)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{key.secret}\n")
            file.flush()
            os.fsync(descriptor)
    except OSError as error:
        remedy = "name a file that is not there, in a folder of yours"
        raise SigningKeyRefused(f"cannot be made: {error.strerror}", str(path), remedy=remedy) from None
    return key.verifier
