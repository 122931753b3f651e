"""Suggestions from what people corrected before: they fill in what nothing else suggests, and say where they are from.

Only the suggestion of a finding changes. What is found, what holds and what may be declared is settled before, so no
hint, however wrong, clears a shipment here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas.documents import Document
from schemas.findings import Evidence, Finding, Suggestion
from schemas.hints import ArticleHint, Hint, HintedReading, LabelHint, PartyHint
from schemas.shipments import Reconciled, Shipment
from schemas.values import Party
from validators.names import folded, is_same_party
from validators.sameness import reference


def hints_for(hints: Sequence[Hint], documents: Sequence[Document], *, same_name: float) -> tuple[Hint, ...]:
    """The hints about papers of whoever a paper calls the exporter."""
    names = {
        party.value.name
        for document in documents
        if (party := document.fields.get("exporter")) is not None and isinstance(party.value, Party)
    }
    exporters = {hint.exporter for hint in hints}
    meant = {one for one in exporters if any(is_same_party(one, name, same_name=same_name) for name in names)}
    return tuple(hint for hint in hints if hint.exporter in meant or _is_printed(hint, names))


def _is_printed(hint: Hint, names: set[str]) -> bool:
    """Whether the exporter is called here what a person once corrected into his name."""
    lesson = hint.lesson
    return (
        isinstance(lesson, PartyHint)
        and lesson.field == "exporter"
        and folded(lesson.printed) in {folded(name) for name in names}
    )


def with_hinted_suggestions(reconciled: Reconciled, shipment: Shipment) -> Reconciled:
    """The same, where a finding that holds and suggests nothing else suggests what a person corrected before."""
    if not shipment.hints and not shipment.hinted:
        return reconciled
    findings = tuple(_suggesting(one, reconciled.documents, shipment) for one in reconciled.findings)
    return reconciled.model_copy(update={"findings": findings})


def _suggesting(finding: Finding, documents: Sequence[Document], shipment: Shipment) -> Finding:
    if not finding.holds:
        return finding
    found = next(_suggestions(finding, documents, shipment), None)
    own = finding.suggestion
    if found is None or (own is not None and _key(own) != _key(found)):
        return finding
    told = found if own is None else own.model_copy(update={"why": f"{own.why}; {found.why}"})
    return finding.model_copy(update={"suggestion": told})


def _key(one: Suggestion) -> tuple[str, str, int | None, str]:
    return one.document, one.field, one.line, one.value


def _suggestions(finding: Finding, documents: Sequence[Document], shipment: Shipment) -> Iterator[Suggestion]:
    for place in finding.evidence:
        for reading in shipment.hinted:
            yield from _read(place, reading, documents)
        for hint in shipment.hints:
            match hint.lesson:
                case PartyHint():
                    yield from _registered(place, hint, hint.lesson)
                case ArticleHint():
                    yield from _coded(place, hint, hint.lesson, documents)
                case LabelHint():
                    pass  # What it finds stands in `hinted`.


def _read(place: Evidence, reading: HintedReading, documents: Sequence[Document]) -> Iterator[Suggestion]:
    """What stands at the place that a hint names, for the field that the finding is about."""
    document = documents[reading.document]
    if (place.document, place.field, place.line) == (document.type, reading.field, None) and _is_on(place, document):
        value = reading.value.get("name") if isinstance(reading.value, dict) else reading.value
        why = f"“{reading.text}” is read on page {reading.page} {reading.hint.origin}"
        yield Suggestion(document=document.type, field=reading.field, value=str(value), why=why)


def _is_on(place: Evidence, document: Document) -> bool:
    return any(
        part.file == place.file and (place.page is None or not part.pages or place.page in part.pages)
        for part in document.parts
    )


def _registered(place: Evidence, hint: Hint, lesson: PartyHint) -> Iterator[Suggestion]:
    if place.document is None or place.field != lesson.field or place.value is None:
        return
    if folded(place.value) == folded(lesson.printed):
        why = f"“{lesson.printed}” is {lesson.registered} {hint.origin}"
        yield Suggestion(document=place.document, field=lesson.field, line=place.line, value=lesson.registered, why=why)


def _coded(place: Evidence, hint: Hint, lesson: ArticleHint, documents: Sequence[Document]) -> Iterator[Suggestion]:
    if place.document is None or place.field != "hs_code" or place.line is None or place.value == lesson.hs_code:
        return
    papers = [one for one in documents if one.type == place.document and _is_on(place, one)]
    lines = [one.lines[place.line - 1] for one in papers if place.line <= len(one.lines)]
    if len(lines) == 1 and is_article(lesson, *(_text(lines[0].get(name)) for name in ("part_number", "description"))):
        yield Suggestion(
            document=place.document, field="hs_code", line=place.line, value=lesson.hs_code, why=f"so {hint.origin}"
        )


def _text(field: object) -> str | None:
    value = getattr(field, "value", None)
    return value if isinstance(value, str) else None


def is_article(lesson: ArticleHint, part_number: str | None, description: str | None) -> bool:
    """By the article's number where the hint has one, else by the very words of its description."""
    if lesson.part_number is not None:
        return part_number is not None and reference(part_number) == reference(lesson.part_number)
    return (
        lesson.description is not None and description is not None and folded(description) == folded(lesson.description)
    )
