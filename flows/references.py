"""The lists that a user loads: what reads each kind, taking a file into the archive, and what is in force on a day.

`PARSERS` says for each kind which function makes something of a file's text: rows for the kinds of
`flows.reference_rows`, an object of its own for a tariff, exchange rates and profiles. A parser raises `ListError` for
what it cannot take. A file is stored only after it was parsed whole, so a bad file changes nothing.
"""

from __future__ import annotations

import codecs
import datetime as dt
import hashlib
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from archive.references import ReferenceArchive
from declarations.duty.tariff_files import parse_tariff
from declarations.value.rate_files import parse_rates
from flows.errors import NoSuchListError, NoSuchPathError, WrongListError
from flows.intake import readable
from flows.profiles import profile_from
from flows.reference_rows import ROWS, is_country, rows_as
from flows.watch_lists import watched_parties
from schemas.list_tables import ListError
from schemas.reference import ANY_DAY, ListVersion, LoadedList, ReferenceKind, References

MOST_BYTES = 64 * 1024 * 1024
"""Of the file of a list."""
# A profile is that of an importer and broker.
_SCOPED_OTHERWISE: frozenset[ReferenceKind] = frozenset({"profiles"})
_WORKBOOK = b"PK\x03\x04"

Parser = Callable[[str, ListVersion], object]
T = TypeVar("T")

PARSERS: Mapping[ReferenceKind, Parser] = MappingProxyType({
    **{kind: partial(rows_as, row) for kind, row in ROWS.items()},
    "watch_list": watched_parties,
    "profiles": profile_from,
    "tariff": parse_tariff,
    "exchange_rates": parse_rates,
})  # fmt: skip
"""What makes a list of a file's text, by kind."""


@dataclass(frozen=True, slots=True)
class ReferenceLists:
    """The archive's lists, each parsed once in a process."""

    archive: ReferenceArchive
    _parsed: dict[ListVersion, object] = field(default_factory=dict)
    _references: dict[tuple[ListVersion, ...], References] = field(default_factory=dict)

    def load(self, file: Path, version: ListVersion, *, loaded_by: str, dated: bool = True) -> tuple[LoadedList, bool]:
        """Store the file as that version (its digest is set here); False where the same stood there before.

        Where nobody `dated` it, the first list of its kind and scope holds for any day, each later one from the
        version's day on, and the newest one again is the one that is there.

        Raises `NoSuchPathError` for a file that cannot be read, `WrongListError` for one that is no list of its kind.
        """
        _refuse_scope(version)
        content = content_of(file)
        version = version.model_copy(update={"sha256": hashlib.sha256(content).hexdigest()})
        version = version if dated else self._dated(version)
        _parse(content, version)
        return self.archive.keep(version, content, loaded_by=loaded_by)

    def _dated(self, version: ListVersion) -> ListVersion:
        before = [one.version for one in self.archive.loaded(version.kind) if one.version.scope == version.scope]
        if not before:
            return version.model_copy(update={"valid_from": ANY_DAY})
        is_newest = before[-1].sha256 == version.sha256
        return version.model_copy(update={"valid_from": before[-1].valid_from}) if is_newest else version

    def in_force(self, day: dt.date) -> tuple[ListVersion, ...]:
        """The list of each kind and scope that counts on that day."""
        return tuple(loaded.version for loaded in self.archive.in_force(day))

    def one_in_force(self, kind: ReferenceKind, scope: str, day: dt.date) -> ListVersion:
        """Raises `NoSuchListError` where there is none."""
        of_kind = {one.scope: one for one in self.in_force(day) if one.kind == kind}
        if scope not in of_kind:
            known = f"; there is one for {', '.join(sorted(of_kind)) or 'no scope'}" if of_kind else ""
            what = f"no {kind}{' for ' + scope if scope else ''} is in force on {day}{known}"
            raise NoSuchListError(f"{what}. See `tidewaiter reference list`, or load one")
        return of_kind[scope]

    def content(self, version: ListVersion) -> bytes:
        """The bytes of the list, as received; raises `ObjectMissing` for one that was never loaded."""
        return self.archive.content(self.archive.record_of(version))

    def parsed(self, expected: type[T], version: ListVersion) -> T:
        """What the kind's parser made of the list, made once in a process.

        Raises `WrongListError` where it is no `expected`, or where an archived list can be read no more.
        """
        made = self._made(version)
        if not isinstance(made, expected):
            raise WrongListError(f"{readable(version.name)}: is no {expected.__name__}. Load the list again")
        return made

    def references(self, versions: tuple[ListVersion, ...]) -> References:
        """The rows of these lists. Rows that count on some days only are among them.

        The same object for the lists that were asked for last, as what checks make of its rows is kept with it. Threads
        that ask for different ones make theirs anew each time.
        """
        known = self._references.get(versions)
        if known is None:
            rows = {kind: self._rows(kind, versions) for kind in ROWS}
            known = References.model_validate({"versions": versions, **rows})
            self._references.clear()
            self._references[versions] = known
        return known

    def _rows(self, kind: ReferenceKind, versions: tuple[ListVersion, ...]) -> tuple[object, ...]:
        return tuple(row for one in versions if one.kind == kind for row in self.parsed(tuple, one))

    def _made(self, version: ListVersion) -> object:
        if version not in self._parsed:
            self._parsed[version] = _parse(self.content(version), version)
        return self._parsed[version]


def _parse(content: bytes, version: ListVersion) -> object:
    """Raises `WrongListError` that names the file, the line and what to do."""
    name = readable(version.name)
    try:
        return PARSERS[version.kind](text_of(content), version)
    except ListError as error:
        raise WrongListError(f"{name}: {readable(str(error))}") from error


def _refuse_scope(version: ListVersion) -> None:
    """A list for a jurisdiction that nothing is declared in would never be used, and nobody would notice."""
    if version.scope and version.kind not in _SCOPED_OTHERWISE and not is_country(version.scope):
        what = f"{readable(version.scope)!r} is no jurisdiction"
        raise WrongListError(f"{what}. Write its two letters (ISO 3166-1, or EU) in capitals, such as GB")


def text_of(content: bytes) -> str:
    """The text of a list: UTF-8, or UTF-16 with its mark; raises `ListError` that names the line of the first fault."""
    if content.startswith(_WORKBOOK):
        raise ListError("this is a workbook or an archive", remedy="save the sheet as “CSV UTF-8” and load that")
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"this is no {'UTF-16' if encoding == 'utf-16' else 'UTF-8'} text"
        raise ListError(what, remedy="save the file as “CSV UTF-8” and load that", line=line) from error


def content_of(file: Path) -> bytes:
    """The bytes of a regular file that is not larger than a list can be.

    Raises `NoSuchPathError` for what is no file or cannot be read, `WrongListError` for one that is larger.
    """
    name = readable(str(file))
    try:
        about = file.stat()
        if not stat.S_ISREG(about.st_mode):
            raise NoSuchPathError(f"{name}: is no file. Name the file of the list")
        if about.st_size > MOST_BYTES:
            mebibytes = MOST_BYTES // (1024 * 1024)
            raise WrongListError(f"{name}: is larger than {mebibytes} MiB. Load a list of this kind, or its parts")
        return file.read_bytes()
    except OSError as error:
        raise NoSuchPathError(f"{name}: {error.strerror}. Name the file of the list") from error
