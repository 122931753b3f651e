"""Places that solving leaves open, for the readers to look at once more."""

from __future__ import annotations

from typing import Literal

from schemas.declarations import FieldRef
from schemas.values import Frozen

ExpectedKind = Literal["amount", "quantity", "weight", "code", "date", "identifier", "text"]


class Doubt(Frozen):
    """One value to be read again: where it stands on the upright page, what it is, and which readings would fit.

    `box` is in points on the upright page, as in a Field. `ref` names the field. `possible` are printed forms that
    would satisfy the papers, best first; a reading counts for what it says, whether or not it is among them.
    """

    file: str
    page: int
    box: tuple[float, float, float, float]
    ref: FieldRef
    kind: ExpectedKind
    possible: tuple[str, ...] = ()
