"""How far goods tables can do without words: `python -m benchmarks.titles [COUNT] [--pools POOL ...]`.

Shipments are drawn and read as digital papers. Then one title after the other, of every column of every goods table, is
printed as words that mean nothing, and the table is read again. What the column held is then kept, lost, or read as
something else; so is what the other columns held. Both are compared with the reading under the usual titles.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.hints import STRANGE
from benchmarks.scorecard.sets import Drawn, Series
from extractors.context import Context
from extractors.documents.finding import document_of, find_documents
from extractors.engines import Engines, installed_engines
from extractors.reading import read_file
from extractors.tables import Column, find_table
from schemas.documents import CommercialInvoice, Document, PackingList
from schemas.fields import Field
from schemas.pages import Original, Page, Word

SEED: Final = 61_000
POOLS: Final = ("training", "study", "trial", "calibration")
_HELD: Final = {
    "quantity": ("quantity", "unit"), "net_weight": ("net_weight_kg",), "gross_weight": ("gross_weight_kg",),
    "weight": ("net_weight_kg", "gross_weight_kg"), "volume": ("volume_m3",),
}  # fmt: skip
"""The values of a line that a column gives, where they are not called as the column is."""
Cells = Sequence[Mapping[str, object]]


@dataclass
class Told:
    """Counts of cells by what became of them: of the columns whose title was lost, by meaning, and of all others."""

    own: dict[str, Counter[str]] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)

    def add(self, column: str, concept: str, before: Cells, after: Cells) -> None:
        names = _HELD.get(concept, (concept,))
        self.titles[column] += 1
        for at, line in enumerate(before):
            now = after[at] if at < len(after) else {}
            for name, value in line.items():
                told = "lost" if name not in now else "kept" if now[name] == value else "changed"
                (self.own.setdefault(column, Counter()) if name in names else self.others)[told] += 1


def measured(drawn: Drawn, engines: Engines, told: Told) -> None:
    pages = _read(drawn.papers, engines)
    for document in find_documents(pages):
        if isinstance(document, CommercialInvoice | PackingList):
            _without_titles(document, _pages_of(document, pages), told)


def _without_titles(document: CommercialInvoice | PackingList, pages: Sequence[Page], told: Told) -> None:
    context, table = Context().settled_by(pages), find_table(pages, document.type)
    usual = _cells(document_of(document.type, pages, context))
    for column in table.columns if table else ():
        if column.label and column.concept:
            strange = [_strangely(page, column) for page in pages]
            read = _cells(document_of(document.type, strange, context))
            told.add(f"{document.type}.{column.concept}", column.concept, usual, read)


def _strangely(page: Page, column: Column) -> Page:
    title = column.label.words if column.label else ()
    words = {(w.text, w.box): other for w, other in zip(title, cycle(STRANGE), strict=False)}

    def printed(word: Word) -> Word:
        other = words.get((word.text, word.box))
        return replace(word, text=other) if other else word

    return replace(page, words=tuple(map(printed, page.words)))


def _cells(document: Document) -> Cells:
    lines = document.lines if isinstance(document, CommercialInvoice | PackingList) else ()
    return [{name: one.value for name, one in line.present().items() if isinstance(one, Field)} for line in lines]


def _pages_of(document: Document, pages: Sequence[Page]) -> list[Page]:
    own = {(part.file, number) for part in document.parts for number in part.pages}
    return [page for page in pages if (page.file, page.number) in own]


def _read(folder: Path, engines: Engines) -> list[Page]:
    return [page for path in sorted(folder.glob("*.pdf")) for page in _read_one(path, engines)]


def _read_one(path: Path, engines: Engines) -> Sequence[Page]:
    content = path.read_bytes()
    original = Original(path.name, sha256(content).hexdigest(), len(content), "application/pdf")
    return read_file(original, content, engines=engines).pages


def _lines(told: Told) -> Iterator[str]:
    yield f"{'title lost':42} {'titles':>6} {'cells':>6} {'kept':>7} {'lost':>7} {'changed':>7}"
    whole = sum(told.own.values(), Counter())
    for name, counts in [*sorted(told.own.items()), ("all", whole), ("cells of other columns", told.others)]:
        cells = max(1, counts.total())
        shares = (100 * counts[what] / cells for what in ("kept", "lost", "changed"))
        yield f"{name:42} {told.titles[name] or '':>6} {counts.total():>6} " + " ".join(f"{s:6.1f}%" for s in shares)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=12, help="shipments of each pool")
    parser.add_argument("--pools", nargs="+", default=POOLS)
    given = parser.parse_args()
    told, engines = Told(), installed_engines()
    with TemporaryDirectory() as folder:
        for pool in given.pools:
            for drawn in Series(given.count, Path(folder), seed=SEED, pool=pool, mismatches=0).at("digital"):
                measured(drawn, engines, told)
    print("\n".join(_lines(told)))


if __name__ == "__main__":
    main()
