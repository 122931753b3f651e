"""How long a proof of origin is valid between two countries, and up to which value anybody may state origin.

The facts are those of `schemas/codes/proofs_of_origin.csv`. Where no agreement of the two is known, what agreements
with that form have in common counts, and a person looks which it is.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final

from validators.origins import is_same_origin

_ANY: Final = "*"


@dataclass(frozen=True, slots=True)
class ProofTerm:
    """Months from issue: `shortest` where every agreement concerned holds it valid, `longest` where any does.

    `agreement` is None where none of the two countries is known. `limit_eur` is None where the text sets none.
    """

    shortest: int
    longest: int
    agreement: str | None = None
    limit_eur: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    forms: frozenset[str]
    party: str
    partners: frozenset[str]
    term: ProofTerm

    def is_for(self, form: str, origin: str | None, importer: str | None) -> bool:
        """An agreement goes both ways; a preference that one country grants to all holds for goods into it."""
        if form not in self.forms:
            return False
        if _ANY in self.partners:
            return self.party == _ANY or _is(importer, self.party)
        return self._joins(origin, importer) or self._joins(importer, origin)

    def _joins(self, one: str | None, other: str | None) -> bool:
        return any(_is(one, party) for party in self.party.split()) and any(_is(other, p) for p in self.partners)


def _is(country: str | None, party: str) -> bool:
    return country is not None and is_same_origin(country, party)


# Where no agreement is known: the shortest and the longest term that any agreement with such a proof sets.
_OF_FORM: Final = {
    "form_a": ProofTerm(10, 24), "eur1": ProofTerm(4, 12), "eur_med": ProofTerm(4, 12), "atr": ProofTerm(4, 4),
    "cptpp": ProofTerm(12, 24), "invoice_declaration": ProofTerm(4, 24, limit_eur=Decimal(6000)),
    "statement_on_origin": ProofTerm(4, 24, limit_eur=Decimal(6000)),
}  # fmt: skip


def proof_term(form: str, origin: str | None, importer: str | None) -> ProofTerm | None:
    """The term of such a proof for goods of that origin into that country; None for a form without a term."""
    terms = [row.term for row in _rows() if row.is_for(form, origin, importer)]
    if not terms:
        return _OF_FORM.get(form)
    return ProofTerm(
        min(term.shortest for term in terms),
        max(term.longest for term in terms),
        " or ".join(dict.fromkeys(term.agreement for term in terms if term.agreement)),
        _limit(terms),
    )


def _limit(terms: list[ProofTerm]) -> Decimal | None:
    """The one that all of them set: under the others a statement has no such limit."""
    limits = [term.limit_eur for term in terms]
    return max(limit for limit in limits if limit is not None) if None not in limits else None


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(_read())


def _read() -> Iterator[_Row]:
    text = files("schemas.codes").joinpath("proofs_of_origin.csv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    for row in csv.DictReader(lines):
        limit = Decimal(row["limit_eur"]) if row["limit_eur"] else None
        term = ProofTerm(int(row["months"]), int(row["longest"]), row["agreement"], limit)
        yield _Row(frozenset(row["forms"].split()), row["party"], frozenset(row["partners"].split()), term)
