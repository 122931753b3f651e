"""Two passes of Tesseract in different page modes, merged by place: each drops or clips words that the other has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.engines import Token
from extractors.reading.neighbours import Neighbours
from schemas.geometry import Box

_SHARED = 0.35
"""Two boxes that share this much of the smaller one show the same print."""
_NESTED = 0.7
_SPECK = 0.25


@dataclass(frozen=True, slots=True)
class Seen:
    """A word after merging; `twice` says that both passes read the same, `other` what the losing pass read."""

    text: str
    box: Box
    certainty: float
    twice: bool = False
    other: str | None = None


def merged(first: Sequence[Token], second: Sequence[Token]) -> list[Seen]:
    """Each place once: the reading with more characters, weighted by certainty, so that clipped words lose."""
    result: list[Seen] = []
    for left, right in _places(_unnested(first), _unnested(second)):
        if not left or not right:
            result += [Seen(token.text, token.box, token.certainty) for token in left or right]
        elif _joined(left) == _joined(right):
            kept = max((left, right), key=lambda side: (len(side), _weight(side)))
            result += [Seen(token.text, token.box, token.certainty, twice=True) for token in kept]
        else:
            result += _better(left, right)
    return result


def _unnested(tokens: Sequence[Token]) -> list[Token]:
    """Without the specks a pass reads inside a word it has as well: the dot of an i as a letter of its own."""
    near = Neighbours(token.box for token in tokens)
    return [token for token in tokens if not any(_is_speck_in(token.box, tokens[j].box) for j in near.of(token.box))]


def _is_speck_in(speck: Box, word: Box) -> bool:
    """The cheapest question first: it is asked of all near pairs."""
    low = speck.bottom - speck.top <= 0.5 * (word.bottom - word.top)
    return low and speck.area <= _SPECK * word.area and speck.intersection(word) >= _NESTED * speck.area


def _better(left: Sequence[Token], right: Sequence[Token]) -> list[Seen]:
    won, lost = (left, right) if _weight(left) >= _weight(right) else (right, left)
    lost_texts = {token.text for token in lost}
    other = " ".join(token.text for token in lost) if len(won) == 1 else None
    return [Seen(t.text, t.box, t.certainty, twice=t.text in lost_texts, other=other) for t in won]


def _places(first: Sequence[Token], second: Sequence[Token]) -> Iterable[tuple[list[Token], list[Token]]]:
    """Groups of tokens, of each pass, that overlap: the connected parts of the overlap graph."""
    parent = list(range(len(first) + len(second)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    near = Neighbours(token.box for token in second)
    for i, token in enumerate(first):
        for j in near.of(token.box):
            if _same_place(token.box, second[j].box):
                parent[root(len(first) + j)] = root(i)
    groups: dict[int, tuple[list[Token], list[Token]]] = {}
    for index in range(len(parent)):
        left, right = groups.setdefault(root(index), ([], []))
        if index < len(first):
            left.append(first[index])
        else:
            right.append(second[index - len(first)])
    return groups.values()


def _same_place(a: Box, b: Box) -> bool:
    return a.intersection(b) >= _SHARED * max(1.0, min(a.area, b.area))


def _joined(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in sorted(tokens, key=lambda token: token.box.x0))


def _weight(tokens: Sequence[Token]) -> float:
    return sum(token.certainty * sum(sign.isalnum() for sign in token.text) for token in tokens)
