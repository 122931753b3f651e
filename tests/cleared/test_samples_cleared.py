"""The samples, from their files to their results: what is declared is true, what is planted is found, boxes hold."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import pytest
from pydantic import JsonValue

from schemas.declarations import Declaration, DeclarationItem
from schemas.documents import AnyField
from schemas.geometry import Box
from schemas.pages import Page
from schemas.results import ShipmentResult
from schemas.values import Party
from tests.breadth import mostly_slow

REFERENCES = sorted(path.stem for path in (Path(__file__).parents[2] / "sample_docs" / "truth").glob("*.json"))
# Three digital ones and a scan; the others read many pages from their pictures.
EVERY = pytest.mark.parametrize("reference", mostly_slow(REFERENCES, quick={"S01", "S02", "S07", "S10"}))

Json = dict[str, JsonValue]


class Sample(Protocol):
    result: ShipmentResult
    truth: Json
    pages: dict[tuple[str, int], Page]


class Samples(Protocol):
    def __getitem__(self, reference: str) -> Sample: ...


def folded(text: object) -> str:
    plain = unicodedata.normalize("NFKD", str(text)).casefold()
    return " ".join(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


def alike(one: object, other: object) -> float:
    left, right = (" ".join(sorted(folded(x).split())) for x in (one, other))
    return difflib.SequenceMatcher(None, left, right, autojunk=False).ratio()


def agrees(declared: object, true: JsonValue) -> bool:
    """Numbers as numbers, codes as far as the shorter goes, names and texts by likeness."""
    if isinstance(declared, Decimal):
        return declared == Decimal(str(true))
    if isinstance(declared, Party):
        return alike(declared.name, true["name"] if isinstance(true, dict) else true) >= 0.7
    if str(true).isdigit() and str(declared).isdigit():
        return str(true).startswith(str(declared)) or str(declared).startswith(str(true))
    return alike(declared, true) >= 0.85


def declared_values(declaration: Declaration | DeclarationItem, true: Json) -> Iterator[tuple[str, object, JsonValue]]:
    for name, value in true.items():
        if value is not None and name in type(declaration).model_fields and name != "items":
            yield name, getattr(declaration, name), value


@EVERY
def test_a_sample_ends_as_its_truth_says_or_with_an_honest_question(reference: str, samples: Samples) -> None:
    sample = samples[reference]
    asked = {finding.code for finding in sample.result.findings if finding.holds} == {"illegible"}
    assert sample.result.status == sample.truth["status"] or (sample.truth["status"] == "clear" and asked)


@EVERY
def test_what_was_planted_is_found_and_nothing_else(reference: str, samples: Samples) -> None:
    sample = samples[reference]
    expected = {finding["code"] for finding in sample.truth["expected_findings"]}  # type: ignore[index,call-overload,union-attr]
    allowed = {str(code) for code in sample.truth["acceptable_findings"]} | {"illegible"}  # type: ignore[union-attr]
    found = {finding.code for finding in sample.result.findings if finding.holds}
    assert expected <= found <= expected | allowed


@EVERY
def test_no_declared_value_is_wrong(reference: str, samples: Samples) -> None:
    """Provisional or not: what a declaration says is so, except where the papers dispute it."""
    sample = samples[reference]
    declaration, true = sample.result.declaration, sample.truth["declaration"]
    disputed = {str(pointer) for pointer in sample.truth["declaration_disputed"]}  # type: ignore[union-attr]
    assert declaration is not None
    assert isinstance(true, dict)
    items = true["items"]
    assert isinstance(items, list)
    wrong = [(n, d, t) for n, d, t in declared_values(declaration, true) if f"/{n}" not in disputed and not fits(d, t)]
    for at, (item, told) in enumerate(zip(declaration.items, items, strict=True)):
        assert isinstance(told, dict)
        cells = declared_values(item, told)
        wrong += [(n, d, t) for n, d, t in cells if f"/items/{at}/{n}" not in disputed and not fits(d, t)]
    assert not wrong


def fits(declared: object, true: JsonValue) -> bool:
    return declared is None or agrees(declared, true)


def fields_of(result: ShipmentResult) -> Iterator[AnyField]:
    for paper in result.documents:
        yield from paper.fields.present().values()
        for line in paper.lines:
            yield from line.present().values()


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@EVERY
def test_the_words_inside_a_box_spell_its_text(reference: str, samples: Samples) -> None:
    sample = samples[reference]
    digital = all(page.text_source == "digital" for page in sample.pages.values())
    right = [spelled(f, sample.pages[f.file, f.page]) for f in fields_of(sample.result) if f.box and f.file and f.page]
    assert sum(right) >= (0.99 if digital else 0.95) * len(right)


def spelled(field: AnyField, page: Page) -> bool:
    box = Box(*(field.box or (0, 0, 0, 0))).grown(0.6)
    inside = "".join(squeezed(w.text) for w in page.words if box.contains_middle_of(page.place(w.box)))
    wanted = squeezed(field.text)
    return Counter(inside) == Counter(wanted) or (wanted in inside and len(inside) <= 1.3 * len(wanted) + 3)


@EVERY
def test_every_finding_that_holds_names_its_place_or_the_paper_that_is_missing(
    reference: str, samples: Samples
) -> None:
    for finding in samples[reference].result.findings:
        if finding.holds and finding.code not in {"document_missing", "field_missing"}:
            assert any(place.file and place.page and place.box for place in finding.evidence), finding.message


@EVERY
def test_every_declared_value_says_where_it_comes_from(reference: str, samples: Samples) -> None:
    result = samples[reference].result
    declaration = result.declaration
    assert declaration is not None
    for name in ("total_invoice_amount", "currency", "gross_mass_kg", "packages", "incoterm"):
        if getattr(declaration, name) is not None:
            source = declaration.sources[f"/{name}"]
            assert source.fields
            assert all(
                result.documents[ref.document].fields.get(ref.field) or ref.line is not None for ref in source.fields
            )
