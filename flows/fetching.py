"""A shipment brought out of the archive: its originals under the senders' names, and every record beside them.

<folder>/<reference>/originals/<file as it was received>      of all revisions, each digest proven on the way
<folder>/<reference>/<revision>/<record>                      as they stand in the archive

Names come from outside: nothing that a name says leads out of the folder, and nothing that is there is overwritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from archive import keys
from archive.archive import Archive
from archive.errors import NameTooLong, ObjectMissing
from archive.stores.protocol import ObjectStore
from flows.errors import NoSuchShipmentError, TargetTakenError
from flows.intake import readable
from schemas.results import Intake, IntakeFile

_FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*]')
_LONGEST: Final = 200
"""Bytes; file systems take 255, and the end of a name says what kind of file it is."""
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{one}{n}" for one in ("com", "lpt") for n in range(1, 10))}
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """The folder, how many files were written, and which originals are no longer in the archive."""

    folder: Path
    files: int
    missing: tuple[str, ...]


def fetch(broker: str, reference: str, archive: Archive, store: ObjectStore, target: Path) -> Fetched:
    """Write originals and records of every revision below `target`.

    Raises:
        NoSuchShipmentError: the archive has no such shipment.
        TargetTakenError: the folder is there already, or cannot be written.
        OriginalDamaged: an original is no longer what was received; what was written until then stays.
    """
    intakes = intakes_of(broker, reference, archive)
    folder = target / file_name(reference)
    try:
        folder.mkdir(parents=True)
        missing = list(_originals(intakes, archive, folder / "originals"))
        for key in store.list(f"shipments/{keys.part(broker)}/{keys.part(reference)}/"):
            _written(folder.joinpath(*key.split("/")[3:]), store.get(key))
    except FileExistsError as error:
        raise TargetTakenError(f"{folder}: is there already. Remove it, or name another folder with --into") from error
    except OSError as error:
        raise TargetTakenError(
            f"{folder}: {error.strerror}. Name a folder that this user may write, with --into"
        ) from error
    return Fetched(folder, sum(path.is_file() for path in folder.rglob("*")), tuple(missing))


def intakes_of(broker: str, reference: str, archive: Archive) -> tuple[Intake, ...]:
    """The intake of every finished revision; raises `NoSuchShipmentError`."""
    try:
        numbers = archive.revisions(broker, reference)
    except NameTooLong:
        numbers = ()
    if not numbers:
        raise NoSuchShipmentError(
            f"{readable(reference)}: not in the archive as a shipment of {readable(broker)}. Look which there are, and "
            "whose, with `tidewaiter find`; --broker names whose it is, --out the archive"
        )
    return tuple(archive.intake(broker, reference, number) for number in numbers)


def _originals(intakes: Iterable[Intake], archive: Archive, folder: Path) -> Iterator[str]:
    for name, file in names_of(intakes).items():
        try:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            archive.fetch_original(file.sha256, folder / name)
        except ObjectMissing:
            yield file.file


def names_of(intakes: Iterable[Intake]) -> Mapping[str, IntakeFile]:
    """A safe relative path for each content under each name; where two would share one, the digest tells them apart."""
    received = {(file.file, file.sha256): file for intake in intakes for file in intake.files}
    named: dict[str, IntakeFile] = {}
    for file in received.values():
        path = safe_path(file.file)
        if any(_clash(path, other) for other in named):
            path = f"{file.sha256[:12]}/{path}"
        named[path] = file
    return named


def _clash(path: str, other: str) -> bool:
    """Whether both cannot stand in one folder, also where capitals do not count: equal, or one the other's folder."""
    one, two = f"{path}/".casefold(), f"{other}/".casefold()
    return one.startswith(two) or two.startswith(one)


def safe_path(name: str) -> str:
    """The name as a relative path of portable parts, none of which leads upwards."""
    parts = [file_name(part) for part in PurePosixPath(name).parts if part not in {"/", "//", ".", ".."}]
    return "/".join(parts) or "unnamed"


def file_name(part: str) -> str:
    """One name that file systems take: no separators, no signs that Windows refuses, no device, no trailing dot."""
    readable_part = part.encode("utf-8", "replace").decode("utf-8")
    short = readable_part.encode()[-_LONGEST:].decode("utf-8", "ignore")
    plain = _FORBIDDEN.sub("_", short).replace("/", "_").strip(" ").rstrip(". ") or "_"
    return f"_{plain}" if plain.partition(".")[0].casefold() in _DEVICES or plain.startswith(".") else plain


def _written(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
