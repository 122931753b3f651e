"""Files that are worth a task of their own: any task runner may read them, as a task gets keys and gives a number.

What was read lies in the store, by the file's digest and the reading rules. So a run that is started again, or another
worker, reads nothing that any of them has read.
"""

from __future__ import annotations

from typing import Final

from flows import steps
from flows.logs import logged
from flows.workshop import Workshop
from schemas.pages import Original
from schemas.results import Intake

_MANY_FILES: Final = 8
_MANY_BYTES: Final = 600_000
"""Above what the papers of a shipment have that were made by a program; scanned ones have a megabyte and more."""


def apart(intake: Intake, workshop: Workshop) -> tuple[str, ...]:
    """The digests of the unread files, where reading them may take long: few small files are read in no time."""
    originals = steps.originals_of(intake)
    much = len(originals) > _MANY_FILES or sum(one.size for one in originals) > _MANY_BYTES
    if not much or len(originals) == 1:
        return ()
    return tuple(dict.fromkeys(one.sha256 for one in originals if workshop.readings.find(one) is None))


@logged
def read_apart(broker: str, reference: str, revision: int, digest: str, workshop: Workshop) -> int:
    """Read the files of this digest that nobody has read yet, and keep what was read; returns the number of pages.

    Raises `MissingProgramError` where Tesseract or one of its languages is not installed.
    """
    intake = workshop.archive.intake(broker, reference, revision)
    unread = [one for one in steps.originals_of(intake) if one.sha256 == digest]
    return sum(_read(one, workshop) for one in unread if workshop.readings.find(one) is None)


def _read(original: Original, workshop: Workshop) -> int:
    [reading] = steps.read_now([original], workshop, steps.unseen)
    workshop.readings.keep(reading)
    return len(reading.pages)
