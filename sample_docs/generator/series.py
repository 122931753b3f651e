"""Many random shipments of one pool: the source of training, calibration and held-out pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sample_docs.generator.looks import PoolLacksError, Wish
from sample_docs.generator.random_shipment import random_shipment
from sample_docs.generator.truth import ShipmentTruth
from sample_docs.layouts import POOLS

_HOUSE_PAPERS: Final = frozenset(("commercial_invoice", "packing_list"))
_ORDER: Final = ("en", "de", "fr", "es", "it", "zh")


def languages(pool: str) -> tuple[str, ...]:
    """The languages in which the pool can draw both an invoice and a packing list.

    Raises:
        KeyError: no such pool.
    """
    layouts = POOLS[pool]
    spoken = {
        kind: {one for layout in layouts if layout.kind == kind for one in layout.languages} for kind in _HOUSE_PAPERS
    }
    return tuple(one for one in _ORDER if all(one in known for known in spoken.values()))


def series(wish: Wish, *, count: int, seed: int = 0) -> Iterator[ShipmentTruth]:
    """`count` shipments from `seed` on; an empty `wish.language` takes the pool's languages in turn.

    The shipments of seed 5 are the same whether the series starts at 0 or at 5, so that parts of a long series can be
    made apart. Their ids name pool, language and seed.

    Raises:
        PoolLacksError: the pool cannot draw what is wished for.
    """
    spoken = (wish.language,) if wish.language else languages(wish.pool)
    if not spoken:
        raise PoolLacksError(f"the pool {wish.pool} has no invoice and packing list in any common language")
    for at in range(seed, seed + count):
        language = spoken[at % len(spoken)]
        truth = random_shipment(at, language, wish=wish)
        yield replace(truth, id=f"{wish.pool}-{language}-{at:06d}")
