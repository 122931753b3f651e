"""What another reader must offer to be scored on the same pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from schemas.values import Frozen


class PageFields(Frozen):
    """Header values that a reader found on one page, by the names of `schemas.documents`, as strings in normal form.

    Amounts, weights and counts are plain decimals ("1234.50", weights in kg), dates are ISO, currencies and countries
    are codes, a party is its name.
    """

    file: str
    page: int
    fields: Mapping[str, str]


class FieldReader(Protocol):
    """A reader of header fields. It is told nothing: neither the type of a paper nor where one ends."""

    @property
    def name(self) -> str:
        """As it stands in the table; also names the file of what it read."""
        ...

    @property
    def claims(self) -> frozenset[str]:
        """The names it looks for. It is scored on these alone."""
        ...

    def about(self) -> str:
        """Its version and settings, for the head of the table."""
        ...

    def is_installed(self) -> bool:
        """Whether it can run here."""
        ...

    def is_for(self, level: str) -> bool:
        """Whether it can read papers of that level of damage."""
        ...

    def read(self, folder: Path) -> Sequence[PageFields]:
        """What stands on the pages of all papers in the folder, in their order."""
        ...
