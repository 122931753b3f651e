"""How well tariff codes are told from descriptions: suggestions with the code hidden, and codes that do not fit.

    python -m benchmarks.classification [--truth FOLDER…] [--swaps N] [--seed N]

Measured on the goods of the sample shipments in six languages (the weights were fitted on them, and the index of nouns
knows most of them: the best case), on `rulings.csv` (goods of which importers doubted the code, from rulings of US
customs, HTS codes cut to six digits: public domain; the index was written before, the worst case), and on the
descriptions with codes of each folder of truth given. An item is one description by itself; on papers an item has
several, and one that fits is enough. Descriptions that a truth names as wrong are left out. Top 1 and top 3 by
subheading and by heading; then items on which `hs_description` is a false alarm, and the share of codes exchanged for
those of other chapters that it finds.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from typing_extensions import override

from extractors.engines.similarity import WordVectors
from sample_docs.generator.goods import articles
from schemas.nomenclature import CHAPTER, HEADING, SUBHEADING
from validators.classification.belonging import misplaced
from validators.classification.ranking import Candidate, candidates
from validators.names import folded

RULINGS: Final = Path(__file__).with_name("rulings.csv")
MOST: Final = 60
"""Subheadings ranked for an item: enough for three headings."""


@dataclass(frozen=True)
class Described:
    """A description and the six digits that are right for it."""

    description: str
    code: str


@dataclass(frozen=True)
class Figures:
    """Shares of the items of one set; `alarms` and `swaps` are counts."""

    name: str
    items: int
    six: tuple[float, float]
    four: tuple[float, float]
    alarms: int
    swaps: int
    found: float

    @override
    def __str__(self) -> str:
        return (
            f"{self.name:<14} {self.items:>5}   {self.six[0]:>5.1%} {self.six[1]:>6.1%}   {self.four[0]:>6.1%} "
            f"{self.four[1]:>6.1%}   {self.alarms:>5} {self.swaps:>7} {self.found:>7.1%}"
        )


def sample_goods() -> Iterator[tuple[str, list[Described]]]:
    """The names of the samples' articles, long and short, by language."""
    goods = list(articles().values())
    for language in sorted({language for article in goods for language in article.names}):
        named = [
            Described(text, article.hs)
            for article in goods
            for text in (article.names.get(language), article.short_names.get(language))
            if text
        ]
        yield f"goods {language}", distinct(named)


def rulings() -> list[Described]:
    rows = csv.DictReader(RULINGS.read_text(encoding="utf-8").splitlines())
    return [Described(row["description"], row["hs_code"]) for row in rows]


def told(folder: Path) -> list[Described]:
    """The described goods of every truth in a folder, those left out that it names as wrong."""
    found: list[Described] = []
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        wrong = set(_wrong(truth))
        for document in truth["documents"]:
            for number, line in enumerate(document.get("lines", ()), 1):
                code, text = line.get("hs_code"), line.get("description")
                if text and code and len(code) >= SUBHEADING and (document["type"], number) not in wrong:
                    found.append(Described(text, code[:SUBHEADING]))
    return distinct(found)


def _wrong(truth: Mapping[str, list[Mapping[str, object]]]) -> Iterator[tuple[str, int]]:
    """Documents and lines with a fault in the code or the description."""
    for finding in truth.get("expected_findings", ()):
        if str(finding["code"]).startswith(("hs_", "description_")):
            lines = finding.get("lines")
            yield from lines.items() if isinstance(lines, dict) else ()


def distinct(described: Sequence[Described]) -> list[Described]:
    return list({(folded(one.description), one.code): one for one in reversed(described)}.values())[::-1]


def measured(name: str, items: Sequence[Described], swaps: int, chance: random.Random) -> Figures:
    ranked = candidates([[one.description] for one in items], WordVectors(), count=MOST)
    exchanged = [(one, other) for one in items for other in _others(one, items, swaps, chance)]
    return Figures(
        name,
        len(items),
        (_share(items, ranked, SUBHEADING, 1), _share(items, ranked, SUBHEADING, 3)),
        (_share(items, ranked, HEADING, 1), _share(items, ranked, HEADING, 3)),
        sum(_alarms(one.description, one.code) for one in items),
        len(exchanged),
        sum(_alarms(one.description, code) for one, code in exchanged) / max(1, len(exchanged)),
    )


def _share(items: Sequence[Described], ranked: Sequence[Sequence[Candidate]], digits: int, most: int) -> float:
    hits = 0
    for item, found in zip(items, ranked, strict=True):
        codes = list(dict.fromkeys(one.code[:digits] for one in found))[:most]
        hits += item.code[:digits] in codes
    return hits / max(1, len(items))


def _alarms(description: str, code: str) -> bool:
    return misplaced([description], code, WordVectors()) is not None


def _others(one: Described, items: Sequence[Described], swaps: int, chance: random.Random) -> list[str]:
    """Codes of other chapters out of the same set."""
    codes = sorted({other.code for other in items if other.code[:CHAPTER] != one.code[:CHAPTER]})
    return chance.sample(codes, min(swaps, len(codes)))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--truth", type=Path, nargs="*", default=[], help="folders of truth, one JSON a shipment")
    options.add_argument("--swaps", type=int, default=5, help="codes of other chapters tried on each item")
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    sets = [*sample_goods(), ("rulings", rulings()), *((folder.parent.name, told(folder)) for folder in chosen.truth)]
    print(f"{'':<14} {'items':>5}   {'six digits':^12}   {'four digits':^13}   {'hs_description':^21}")
    print(
        f"{'':<14} {'':>5}   {'top 1':>5} {'top 3':>6}   {'top 1':>6} {'top 3':>6}   {'false':>5} {'swapped':>7} found"
    )
    for name, items in sets:
        print(measured(name, items, chosen.swaps, random.Random(chosen.seed)))  # noqa: S311 - a sample, no secret


if __name__ == "__main__":
    main()
