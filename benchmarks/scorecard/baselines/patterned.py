"""A text source with the regular expressions over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from benchmarks.scorecard.baselines import patterns, printed_values
from benchmarks.scorecard.baselines.patterns import CLAIMS, Sheet, fields_of, kind_of
from benchmarks.scorecard.baselines.sources import TextSource, papers_in
from benchmarks.scorecard.protocol import PageFields


@dataclass(frozen=True, slots=True)
class Patterned:
    """Scored on what the expressions look for."""

    source: TextSource

    @property
    def name(self) -> str:
        return f"{self.source.name} + regular expressions"

    @property
    def claims(self) -> frozenset[str]:
        return CLAIMS

    def about(self) -> str:
        return f"{self.source.about()}; expressions {_expressions()}"

    def is_installed(self) -> bool:
        return self.source.is_installed()

    def is_for(self, level: str) -> bool:
        return self.source.is_for(level)

    def read(self, folder: Path) -> Sequence[PageFields]:
        """A page without a title is of the kind of the page before it in its file."""
        found: list[PageFields] = []
        for paper in papers_in(folder):
            kind = ""
            for page in self.source.pages(paper):
                kind = kind_of(page.lines) or kind
                fields = fields_of(Sheet(kind, page.lines))
                found.append(PageFields(file=page.file, page=page.page, fields=fields))
        return found


@cache
def _expressions() -> str:
    """Names their text, so that what older ones found is not taken for what these find."""
    texts = (Path(str(module.__file__)).read_bytes() for module in (patterns, printed_values))
    return sha256(b"".join(texts)).hexdigest()[:8]
