"""Read papers handed in with other words printed on them, as another shipment of the same exporter would have."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from archive.readings import Readings
from benchmarks.printed_anew import Changes, changed
from flows.workshop import Workshop
from schemas.pages import FileReading
from schemas.results import Intake, IntakeFile, Submission


def handed_in(
    workshop: Workshop, like: Submission, readings: Sequence[FileReading], changes: Changes, *, reference: str
) -> Intake:
    """A shipment of papers that were read so, begun: nothing of them is read."""
    files = []
    for reading in readings:
        content = f"{reference} {reading.original.file}".encode()
        digest = hashlib.sha256(content).hexdigest()
        media_type = reading.original.media_type
        workshop.archive.put_original(content, media_type=media_type)
        original = replace(reading.original, sha256=digest, size=len(content))
        pages = tuple(replace(changed(page, changes), sha256=digest) for page in reading.pages)
        Readings(workshop.readings.store, workshop.readings.rules).keep(
            replace(reading, original=original, pages=pages)
        )
        files.append(IntakeFile(file=original.file, sha256=digest, media_type=media_type, size=len(content)))
    told = {"reference": reference, "files": tuple(files), "hints": workshop.hints.last(like.broker)}
    return workshop.archive.begin(like.model_copy(update=told))
