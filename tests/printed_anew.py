"""The pages of read papers with other words printed on them, as another shipment of the same exporter would have."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from archive.readings import Readings
from extractors.layout import rows_of
from flows.workshop import Workshop
from schemas.pages import FileReading, Page, Word
from schemas.results import Intake, IntakeFile, Submission

Changes = Mapping[str, str]
"""What is printed instead of a phrase, "" for nothing: on every page, or with "name|" before it on files so named."""


def changed(page: Page, changes: Changes) -> Page:
    """The page with each phrase printed otherwise: the new one takes the phrase's first words' places."""
    words = {id(word): word for word in page.words}
    for row in rows_of(page):
        for span in row.spans:
            for told, new in changes.items():
                file, _, old = told.rpartition("|")
                if file in page.file:
                    words.update(_replaced(span.words, old.split(), new.split()))
    kept = tuple(words[id(word)] for word in page.words if words[id(word)].text)
    return replace(page, words=kept)


def _replaced(words: Sequence[Word], old: Sequence[str], new: Sequence[str]) -> dict[int, Word]:
    told: dict[int, Word] = {}
    for at in range(len(words) - len(old) + 1):
        if [word.text for word in words[at : at + len(old)]] == list(old):
            texts = [*new[: len(old) - 1], " ".join(new[len(old) - 1 :])] + [""] * len(old)
            told |= {
                id(word): replace(word, text=text) for word, text in zip(words[at : at + len(old)], texts, strict=False)
            }
    return told


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
