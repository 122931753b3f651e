"""The register beside the archive that it is an index of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from archive.archive import Archive
from archive.audit.troubles import Trouble
from archive.errors import ObjectDamaged, ObjectMissing, RecordDamaged
from archive.register import Register

_REMEDY: Final = "`tidewaiter register rebuild` makes it anew"


def register_troubles(register: Register, archive: Archive) -> Iterator[Trouble]:
    """Revisions that only one of them has, or that they know differently; raises the errors of both."""
    known = dict(register.known())
    for revision in archive.finished():
        indexed = known.pop(revision, None)
        try:
            found = archive.record(revision)
        except (ObjectMissing, ObjectDamaged, RecordDamaged):
            continue  # The objects' own audit names them.
        if indexed is None:
            yield Trouble("register", revision.result, f"the register does not know it; {_REMEDY}")
        elif indexed != (found.result.status, found.intake.identity):
            yield Trouble("register", revision.result, f"the register says {indexed[0]} of other papers; {_REMEDY}")
    for revision in sorted(known):
        yield Trouble("register", revision.result, f"the register knows it, and the archive does not; {_REMEDY}")
