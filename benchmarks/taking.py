"""What becomes of each value that was read: its confidence, and whether the product declares it without asking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from benchmarks.generated import Read
from benchmarks.judging import Judged, judged
from extractors.calibration import Calibration, Cut, calibrated
from extractors.calibration.applying import Subject, qualities_of
from extractors.calibration.fitting import Acceptance, Observation
from extractors.calibration.table import NONE_SO_SURE
from extractors.documents import find_documents
from extractors.engines.similarity import WordVectors
from schemas.documents import Document
from schemas.findings import Finding
from schemas.pages import Page
from schemas.ports import EarlierGoods
from schemas.shipments import Reconciled, Shipment, Standing
from validators import Tolerances, reconcile

Place = tuple[int, str, int | None]
"""Document, field and 0-based line."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One judged value. `in_force`: what would be declared. `accepted`: it is declared, and no finding asks for it."""

    shipment: str
    level: str
    observation: Observation
    judged: Judged
    confidence: float
    in_force: bool
    accepted: bool

    @property
    def by_eye(self) -> bool:
        return self.observation.by_eye


class Nothing:
    """A register without any earlier shipment."""

    def with_invoice(self, exporter: str, number: str) -> Sequence[str]:  # noqa: ARG002  the protocol's arguments
        return ()

    def with_certificate(self, number: str, form: str) -> Sequence[str]:  # noqa: ARG002  the protocol's arguments
        return ()

    def goods_of(self, exporter: str) -> Sequence[EarlierGoods]:  # noqa: ARG002  the protocol's argument
        return ()

    def knows_party(self, name: str) -> bool:  # noqa: ARG002  the protocol's argument
        return True


def observed(read: Read) -> Iterator[tuple[Judged, Observation]]:
    """Every judged value, as the extractors give it, and when the product accepts it."""
    pages = pages_in(read)
    documents = documents_of(read)
    at_best, always = (_accepted(reconciled(documents, read, cut)) for cut in (0.0, NONE_SO_SURE))
    qualities, layouts = qualities_of(pages), _of_papers(read, "layout")
    subjects = [Subject(document, qualities) for document in documents]
    for one in judged(documents, papers_of(read)):
        traits = subjects[one.document].traits(one.name, one.field, one.line)
        layout = layouts.get((one.field.file, one.field.page), "")
        place = (one.document, one.name, one.line)
        acceptance: Acceptance = "always" if place in always else "if sure" if place in at_best else "never"
        yield one, Observation(traits, one.right, f"{one.type}/{layout}", read.name, acceptance)


def taken(read: Read, table: Calibration, cut: Cut) -> Iterator[Taken]:
    """Every judged value, and what the product makes of it with this table and cut."""
    levels = _of_papers(read, "render")
    documents = calibrated(documents_of(read), pages_in(read), table)
    result = reconciled(documents, read, cut.confidence)
    in_force, accepted = _places(result.standings.values()), _accepted(result)
    for one, observation in observed(read):
        place = (one.document, one.name, one.line)
        level = levels.get((one.field.file, one.field.page), "")
        confidence = table.confidence(observation.traits)
        yield Taken(read.name, level, observation, one, confidence, place in in_force, place in accepted)


def pages_in(read: Read) -> list[Page]:
    return [page for reading in read.readings for page in reading.pages]


def documents_of(read: Read) -> tuple[Document, ...]:
    structured = tuple(document for reading in read.readings for document in reading.structured)
    return (*find_documents(pages_in(read)), *structured)


def papers_of(read: Read) -> list[dict[str, object]]:
    papers = read.truth["documents"]
    return papers if isinstance(papers, list) else []


def _of_papers(read: Read, name: str) -> Mapping[tuple[str | None, int | None], str]:
    """A property of the paper printed on each page, by file and page."""
    found: dict[tuple[str | None, int | None], str] = {}
    for paper in papers_of(read):
        parts = paper["parts"]
        for part in parts if isinstance(parts, list) else []:
            found |= {(part["file"], page): str(paper[name]) for page in part["pages"]}
    return found


def reconciled(documents: tuple[Document, ...], read: Read, cut: float) -> Reconciled:
    attributes = read.truth["attributes"]
    day = attributes["as_of"] if isinstance(attributes, dict) else ""
    shipment = Shipment(
        broker="local", reference=read.name, as_of=dt.date.fromisoformat(str(day)), documents=documents,
        notices=tuple(notice for reading in read.readings for notice in reading.notices),
    )  # fmt: skip
    tolerances = Tolerances(confidence_cut=cut)
    return reconcile(shipment, similarity=_similarity(), earlier=Nothing(), tolerances=tolerances)


@cache
def _similarity() -> WordVectors:
    return WordVectors()


def _accepted(result: Reconciled) -> set[Place]:
    return _declared(result) - _asked(result)


def _declared(result: Reconciled) -> set[Place]:
    """The fields that declared values rest on; a withheld pointer covers all below it."""
    return _places(
        standing
        for pointer, standing in result.standings.items()
        if not any(pointer == held or pointer.startswith(f"{held}/") for held in result.withheld)
    )


def _places(standings: Iterable[Standing]) -> set[Place]:
    return {(ref.document, ref.field, ref.line) for standing in standings for ref in standing.fields}


def _asked(result: Reconciled) -> set[Place]:
    """The fields that a finding which holds points at."""
    return pointed_at((finding for finding in result.findings if finding.holds), result.documents)


def pointed_at(findings: Iterable[Finding], documents: Sequence[Document]) -> set[Place]:
    """The fields that these findings rest on."""
    places: set[Place] = set()
    for evidence in (one for finding in findings for one in finding.evidence):
        line = None if evidence.line is None else evidence.line - 1
        places |= {
            (number, str(evidence.field), line)
            for number, document in enumerate(documents)
            if document.type == evidence.document and any(part.file == evidence.file for part in document.parts)
        }
    return places
