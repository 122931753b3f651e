"""Generated papers taken as if read: each value with a reader, a confidence, and a second reader or none."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import TypeAdapter

from sample_docs.generator.chance import Chance
from sample_docs.generator.truth import Company, ShipmentTruth
from schemas.documents import Document
from schemas.shipments import Shipment

Kind = Literal["misread", "discrepancy"]
Values = dict[str, object]
Papers = list[Values]
"""Truth files' documents: type, form, fields and lines with plain values."""

_DOCUMENT: Final[TypeAdapter[Document]] = TypeAdapter(Document)
_DIGEST: Final = "0" * 64
UNSURE: Final = (0.84, 0.87, 0.89, 0.91, 0.92, 0.95, 0.95, 0.95, 0.95)
SURE: Final = (0.95, 0.97, 0.98, 0.99, 0.995, 0.997, 0.998, 0.9998, 0.9998, 0.9998, 0.9998, 0.9998)
_AGREED: Final = 0.96


@dataclass(frozen=True, slots=True)
class Place:
    """One value: index of the paper, its type, name, and 0-based line."""

    paper: int
    type: str
    name: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Perturbed:
    """A shipment before and after. `right` is what is printed where a character was misread."""

    kind: Kind
    family: str
    how: str
    place: Place
    before: Shipment
    after: Shipment
    right: str


@dataclass(frozen=True, slots=True)
class Base:
    """What a shipment's papers say, and the day they are judged at."""

    name: str
    as_of: dt.date
    papers: Papers


def base_of(truth: ShipmentTruth) -> Base:
    papers: Papers = [
        {
            "type": paper.type,
            "form": paper.form,
            "fields": {name: _plain(value) for name, value in paper.fields.items()},
            "lines": [dict(line) for line in paper.lines],
        }
        for paper in truth.papers
    ]
    return Base(truth.id, dt.date.fromisoformat(str(truth.attributes["as_of"])), papers)


def base_of_file(text: str) -> Base:
    """From a truth file in the form of the samples'."""
    truth = json.loads(text)
    kept = [paper for paper in truth["documents"] if paper["type"] != "other"]
    return Base(str(truth["id"]), dt.date.fromisoformat(truth["attributes"]["as_of"]), kept)


def _plain(value: str | Company) -> object:
    if isinstance(value, str):
        return value
    return {"name": value.name, "address": value.address, "country": value.country, "tax_id": value.tax_id or None}


@dataclass(frozen=True, slots=True)
class Eyes:
    """How each value is read; the same before and after, but for the value that is misread."""

    base: Base
    chance: Chance
    digital: frozenset[int]

    def shipment(self, papers: Papers, misread: Mapping[Place, Values] | None = None) -> Shipment:
        documents = tuple(self._document(n, paper, misread or {}) for n, paper in enumerate(papers))
        return Shipment(broker="local", reference=self.base.name, as_of=self.base.as_of, documents=documents)

    def _document(self, n: int, paper: Values, misread: Mapping[Place, Values]) -> Document:
        kind = str(paper["type"])

        def read(values: object, line: int | None) -> Values:
            told = dict(values) if isinstance(values, dict) else {}
            return {
                name: self._field(Place(n, kind, name, line), value, misread)
                for name, value in told.items()
                if value is not None
            }

        lines = paper.get("lines")
        rows = lines if isinstance(lines, list) else []
        form = {"form": paper["form"]} if kind in ("certificate_of_origin", "transport_document") else {}
        told: Values = {
            "type": kind,
            "parts": [{"file": f"{kind}.pdf", "sha256": _DIGEST, "pages": [1]}],
            "complete_by": ["row_numbers"],
            "fields": read(paper["fields"], None),
            "lines": [read(row, line) for line, row in enumerate(rows)],
            **form,
        }
        return _DOCUMENT.validate_json(json.dumps(told))

    def _field(self, at: Place, value: object, misread: Mapping[Place, Values]) -> Values:
        chance = self.chance.branch(at.paper, at.name, -1 if at.line is None else at.line)
        box = [10.0, 20.0 + 12 * (at.line or 0), 90.0, 30.0 + 12 * (at.line or 0)]
        placed: Values = {"value": value, "text": _text(value), "file": f"{at.type}.pdf", "page": 1, "box": box}
        if at.paper in self.digital:
            return {**placed, "confidence": 1.0, "reader": "text_layer"}
        agreed = chance.happens(_AGREED)
        usual: Values = {
            "confidence": chance.pick(SURE if agreed else UNSURE),
            "reader": "tesseract",
            "witnesses": ["reader:rapidocr"] if agreed else [],
        }
        return {**placed, **usual, **misread.get(at, {})}


def _text(value: object) -> str:
    return str(value["name"]) if isinstance(value, dict) else str(value)
