"""What a pack says to a person who opens it: sections of text and tables, which `html` and `pdf` write out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.evidence.packing import ProvenEntry
from schemas.assignments import PageAssignment, PageName
from schemas.decisions import FindingDecision
from schemas.declarations import Declaration
from schemas.findings import Finding
from schemas.journal import entry_of
from schemas.results import Intake, ShipmentResult
from schemas.values import Party, plain

Cell = str | None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what is said below it, and perhaps a table whose first row is its head."""

    title: str
    says: tuple[str, ...] = ()
    table: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What is summed up. `paths` has the file of the pack for each original's digest; `made_at` is UTC."""

    intakes: Sequence[Intake]
    results: Sequence[ShipmentResult]
    decisions: Sequence[FindingDecision]
    entries: Sequence[ProvenEntry]
    paths: Mapping[str, str]
    made_at: dt.datetime
    made_by: str
    assignments: Sequence[PageAssignment] = ()

    @property
    def title(self) -> str:
        latest = self.results[-1]
        return f"Shipment {latest.broker}/{latest.reference}: {latest.status}"


def sections(case: Case) -> Iterator[Section]:
    """In the order in which an auditor asks."""
    latest = case.results[-1]
    made = f"Made on {_time(case.made_at)} by {case.made_by}. {_HOW}"
    yield Section("About this pack", (made,))
    yield Section("Revisions", table=tuple(_revisions(case)))
    yield Section("Papers as they were received", table=tuple(_papers(case)))
    if latest.declaration is not None:
        what = "Declared" if latest.status == "clear" else "Would be declared (nothing is: the shipment is not clear)"
        yield Section(what, table=tuple(_header(latest.declaration)))
        yield Section("Items", table=tuple(_items(latest.declaration)))
    yield Section("Findings", table=tuple(_findings(latest.findings)))
    if case.decisions:
        yield Section("Decisions by people", table=tuple(_decisions(case.decisions)))
    if case.assignments:
        yield Section("Pages that people sorted", table=tuple(_assigned(case)))
    yield Section("Journal", table=tuple(_journal(case.entries)))


_HOW = (
    "Run `python3 verify.py` in the unpacked folder: it checks every file here against the journal, offline and "
    "without our programs. Give it the journal's key, which you got elsewhere, with --key: without it, it can only "
    "show that the pack is consistent with itself."
)


def _revisions(case: Case) -> Iterator[tuple[Cell, ...]]:
    yield "revision", "received (UTC)", "by", "judged as of", "status", "rules"
    for intake, result in zip(case.intakes, case.results, strict=True):
        received = _time(intake.received_at)
        yield (
            str(intake.revision), received, intake.received_by, intake.as_of.isoformat(), result.status, intake.rules,
        )  # fmt: skip


def _papers(case: Case) -> Iterator[tuple[Cell, ...]]:
    yield "name", "revisions", "bytes", "SHA-256", "in this pack"
    received: dict[tuple[str, str, int], list[str]] = {}
    for intake in case.intakes:
        for file in intake.files:
            received.setdefault((file.file, file.sha256, file.size), []).append(str(intake.revision))
    for (name, sha256, size), revisions in received.items():
        yield name, ", ".join(revisions), str(size), sha256, case.paths.get(sha256, "not any more")


def _header(declaration: Declaration) -> Iterator[tuple[Cell, ...]]:
    yield "value", "declared"
    for name in (
        "jurisdiction", "exporter", "importer", "country_of_dispatch", "country_of_destination", "incoterm", "currency",
        "total_invoice_amount", "customs_currency", "customs_value", "gross_mass_kg", "packages", "duty_total",
        "vat_total",
    ):  # fmt: skip
        value = getattr(declaration, name)
        if value is not None:
            yield name.replace("_", " "), _shown(value)


def _items(declaration: Declaration) -> Iterator[tuple[Cell, ...]]:
    yield "no.", "goods", "code", "origin", "quantity", "net kg", "price", "duty"
    for item in declaration.items:
        quantity = f"{_shown(item.quantity)} {item.unit or ''}".strip()
        told = (item.description, item.hs_code, item.origin, quantity, item.net_mass_kg, item.item_price, item.duty)
        yield str(item.item_number), *map(_shown, told)


def _findings(findings: Sequence[Finding]) -> Iterator[tuple[Cell, ...]]:
    yield "severity", "code", "what", "where", "decided"
    for one in findings:
        places = dict.fromkeys(f"{at.file} p. {at.page}" if at.page else at.file for at in one.evidence if at.file)
        decided = f"{one.decision.action} by {one.decision.by}: {one.decision.reason}" if one.decision else None
        yield one.severity, one.code, one.message, ", ".join(place for place in places if place), decided


def _decisions(decisions: Sequence[FindingDecision]) -> Iterator[tuple[Cell, ...]]:
    yield "revision", "when (UTC)", "who", "as", "about", "what", "value", "why"
    for one in decisions:
        told = one.decision
        about = (told.by, one.role, one.finding.code, told.action, told.value, told.reason)
        yield str(one.revision), _time(told.at), *about


def _assigned(case: Case) -> Iterator[tuple[Cell, ...]]:
    yield "revision", "when (UTC)", "who", "as", "confirmed by", "paper", "its pages", "why"
    files = {file.sha256: file.file for intake in case.intakes for file in intake.files}
    for one in case.assignments:
        told = (str(one.revision), _time(one.at), one.by, one.role, one.confirmed_by)
        for paper in one.papers:
            kind = "set aside" if paper.type == "other" else paper.type.replace("_", " ")
            yield *told, kind, _pages(paper.pages, files), one.reason


def _pages(pages: Sequence[PageName], files: Mapping[str, str]) -> str:
    """“papers.pdf p. 2, 3”, by file."""
    by_file: dict[str, list[str]] = {}
    for page in pages:
        by_file.setdefault(files.get(page.sha256, page.sha256), []).append(str(page.page))
    return "; ".join(f"{file} p. {', '.join(numbers)}" for file, numbers in by_file.items())


def _journal(entries: Sequence[ProvenEntry]) -> Iterator[tuple[Cell, ...]]:
    yield "entry", "when (UTC)", "what", "revision", "who", "records"
    for one in entries:
        entry = entry_of(one.leaf)
        revision = str(entry.revision) if entry.revision is not None else None
        yield str(one.index), _time(entry.at), entry.kind, revision, entry.by, str(len(entry.records))


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Party):
        return ", ".join(part for part in (value.name, value.country) if part)
    return str(value) if isinstance(value, str) else plain(value)  # type: ignore[arg-type]  # amounts are decimals


def _time(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")
