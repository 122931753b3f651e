"""Which of the ready shipments one of several watchers takes, so that they seldom want the same one.

Leases keep them apart in any case; this keeps them from trying in vain. Each has its own share, by the shipments' ids.
Who has nothing left takes of what the others have, from the end of the order, a few at a time: what was listed long ago
is done by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

_OF_OTHERS: Final = 4


class Identified(Protocol):
    """A shipment, by its hexadecimal id."""

    @property
    def id(self) -> str: ...


S = TypeVar("S", bound=Identified)


@dataclass(frozen=True, slots=True)
class Lane:
    """The `number`-th, from 0, of `of` watchers on one inbox."""

    number: int = 0
    of: int = 1

    def chosen(self, ready: Sequence[S]) -> Sequence[S]:
        """Its own share in the order given, or where there is none, a few of the others'."""
        own = [one for one in ready if int(one.id, 16) % self.of == self.number]
        return own or ready[: -_OF_OTHERS - 1 : -1]
