"""Seeded chance: the same words and numbers in, the same choices out, on every machine."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Chance:
    """Choices that depend on nothing but `seed`, the parts that name their purpose."""

    __slots__ = ("_rng", "_seed")

    def __init__(self, *seed: str | int) -> None:
        self._seed = seed
        self._rng = np.random.default_rng(zlib.crc32("/".join(map(str, seed)).encode()))

    def branch(self, *purpose: str | int) -> Chance:
        """Choices of their own for one purpose, not shifted by how many were made elsewhere."""
        return Chance(*self._seed, *purpose)

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self._rng.integers(len(options)))]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """`count` different ones in random order."""
        return [options[int(i)] for i in self._rng.permutation(len(options))[:count]]

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return int(self._rng.integers(low, high + 1))

    def real(self, low: float, high: float) -> float:
        return float(self._rng.uniform(low, high))

    def happens(self, probability: float) -> bool:
        return bool(self._rng.random() < probability)

    def factor(self, low: str, high: str) -> Decimal:
        """A decimal between two bounds with three places."""
        return Decimal(low) + (Decimal(high) - Decimal(low)) * self.whole(0, 1000) / 1000

    def digits(self, count: int) -> str:
        """Decimal digits, the first never zero."""
        return str(self.whole(1, 9)) + "".join(str(self.whole(0, 9)) for _ in range(count - 1))

    def generator(self) -> np.random.Generator:
        """The numpy generator itself, for noise on pictures."""
        return self._rng
