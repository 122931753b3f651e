"""Pages that are none of the four papers: letters, terms of trade, covers, attestations, put together at random."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from extractors.learned.training.pages import Sample
from sample_docs.generator.chance import Chance
from schemas.geometry import Box
from schemas.pages import Page, Word

_WIDTH, _HEIGHT, _MARGIN = 595.0, 842.0, 56.0
_DIGEST: Final = "0" * 64


@cache
def _sentences() -> Mapping[str, Mapping[str, Sequence[str]]]:
    content = files("extractors.learned.training").joinpath("prose.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


def prose(chance: Chance) -> Sample:
    """One page in one language: a letter, a list of points, or lines of a form, or all of it."""
    language = chance.pick(tuple(_sentences()))
    size = chance.pick((7.0, 9.0, 10.0, 11.0))
    words: list[Word] = []
    y = _MARGIN
    for text, scale in _lines(_sentences()[language], chance):
        y += size * scale * chance.pick((1.3, 1.5, 2.2))
        if y > _HEIGHT - _MARGIN:
            break
        words.extend(_line(text, y, size * scale))
    page = Page("drawn.pdf", _DIGEST, 1, _WIDTH, _HEIGHT, tuple(words))
    return Sample(page, {}, "other", f"prose {chance.whole(0, 4)}", language)


def other_title(language: str, chance: Chance) -> str:
    """The title of a paper that looks like an invoice or a packing list and is none."""
    bank = _sentences()
    return chance.pick(bank.get(language, bank["en"])["titles"])


def _lines(bank: Mapping[str, Sequence[str]], chance: Chance) -> Iterator[tuple[str, float]]:
    """Texts with the scale of their type."""
    if chance.happens(0.7):
        yield chance.pick(bank["heads"]), chance.pick((1.0, 1.0, 1.8))
    for label in chance.some(bank["pairs"], chance.whole(0, 8)):
        yield f"{label}: {_value(chance)}", 1.0
    numbered = chance.happens(0.5)
    bodies = [chance.pick(bank["bodies"]) for _ in range(chance.whole(1, 26))]
    for at, body in enumerate(bodies, 1):
        yield (f"{at}. {body}" if numbered else body), 1.0


def _value(chance: Chance) -> str:
    """Something as it stands behind a label: a number, a date, an amount, a code."""
    return chance.pick((
        chance.digits(5), f"{chance.whole(1, 28):02d}.{chance.whole(1, 12):02d}.2025",
        f"{chance.digits(3)}.{chance.digits(2)}",
        f"{chance.pick('ABKQ')}-{chance.digits(6)}", "ok", f"{chance.digits(2)} %", f"USD {chance.digits(4)}.00",
    ))  # fmt: skip


def _line(text: str, y: float, size: float) -> Iterator[Word]:
    """Words along a line, cut at the margin."""
    x = _MARGIN
    for part in text.split():
        width = sum(size if c >= "\u2e80" else 0.5 * size for c in part)
        if x + width > _WIDTH - _MARGIN / 2:
            return
        yield Word(part, Box(x, y, x + width, y + size), size=size)
        x += width + 0.3 * size
