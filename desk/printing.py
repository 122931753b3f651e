"""A shipment's result as a clerk reads it in a terminal: papers, findings with their place, totals, status.

Everything printed that stood on a paper or in a file name goes through `plain_text`: no markup, no control characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from flows.intake import readable
from schemas.declarations import Declaration
from schemas.documents import Document, Part
from schemas.findings import Evidence, Finding
from schemas.results import Export, Missing, ShipmentResult
from schemas.values import plain

_STYLES = {"clear": "bold green", "held": "bold yellow", "rejected": "bold red"}
_SEVERITIES = {"error": "red", "warning": "yellow", "info": "dim"}
_SHOWN_MISSING = 3
_RANK = {"error": 0, "warning": 1, "info": 2}


def summary(result: ShipmentResult, *, stored_at: str) -> RenderableType:
    """The whole result; `stored_at` says where to look for it."""
    heading = Text.assemble(
        plain_text(result.reference, style="bold"),
        f" #{result.revision} as of {result.as_of.isoformat()}: ",
        (result.status, _STYLES[result.status]),
    )
    parts: list[RenderableType] = [heading, _papers(result.documents)]
    if result.findings:
        parts.append(_findings(result.findings))
    if result.declaration is not None:
        parts.append(_totals(result.declaration, provisional=result.status != "clear"))
    if result.status == "clear":
        parts.extend(plain_text(line) for line in _formats(result.exports))
    return Group(*parts, plain_text(f"stored at {stored_at}", style="dim"), Text())


def print_result(result: ShipmentResult, *, stored_at: str) -> None:
    """To standard output; wide enough for whoever reads it from a file."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=140)
    console.print(summary(result, stored_at=stored_at))


def plain_text(text: str, *, style: str = "") -> Text:
    return Text(readable(text), style=style)


def plain_table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _papers(documents: Sequence[Document]) -> Table:
    table = plain_table("document", "form", "file and pages", "read from", "fields", "lines")
    for document in documents:
        table.add_row(
            document.type.replace("_", " "),
            (document.form or "").replace("_", " "),
            plain_text(", ".join(_part(part) for part in document.parts)),
            document.text_source,
            str(len(document.fields.present())),
            str(len(document.lines)),
        )
    return table


def _part(part: Part) -> str:
    return f"{part.file} p. {_pages(part.pages)}" if part.pages else part.file


def _pages(pages: Sequence[int]) -> str:
    """Runs as ranges: 1, 2, 3, 5 is `1-3, 5`."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _findings(findings: Sequence[Finding]) -> Table:
    table = plain_table("no.", "finding", "code", "what", "where")
    for number, finding in sorted(enumerate(findings, 1), key=lambda found: _RANK[found[1].severity]):
        table.add_row(
            str(number),
            Text(finding.severity, style=_SEVERITIES[finding.severity]),
            finding.code,
            plain_text(_message(finding)),
            Text("\n").join(plain_text(place) for place in dict.fromkeys(_places(finding.evidence))),
        )
    return table


def _message(finding: Finding) -> str:
    if finding.decision is not None:
        decision = finding.decision
        value = f" {decision.value}" if decision.value is not None else ""
        return f"{_sentence(finding.message)} Decided by {decision.by}: {decision.action}{value} ({decision.reason})"
    if finding.suggestion is None:
        return finding.message
    return f"{_sentence(finding.message)} Perhaps {finding.suggestion.value}: {finding.suggestion.why}"


def _sentence(message: str) -> str:
    return message if message.endswith((".", "?", "!")) else f"{message}."


def _places(evidence: Sequence[Evidence]) -> Iterator[str]:
    for place in evidence:
        page = f" p. {place.page}" if place.page else ""
        line = f" line {place.line}" if place.line else ""
        what = f" {place.field}" if place.field else ""
        yield f"{place.file or place.document or ''}{page}{what}{line}".strip()


def _totals(declaration: Declaration, *, provisional: bool) -> Text:
    kind = "provisional declaration" if provisional else "declaration"
    known = [f"{name} {value}" for name, value in _stated(declaration) if value]
    return plain_text(f"{kind}: {', '.join(known) or 'nothing can be declared yet'}")


def _stated(declaration: Declaration) -> Iterator[tuple[str, str | None]]:
    total, mass, packages = declaration.total_invoice_amount, declaration.gross_mass_kg, declaration.packages
    yield "items", str(len(declaration.items)) if declaration.items else None
    yield "total", f"{plain(total)} {declaration.currency or ''}".strip() if total is not None else None
    yield "gross mass", f"{plain(mass)} kg" if mass is not None else None
    yield "packages", f"{plain(packages)} {declaration.package_kind or ''}".strip() if packages is not None else None
    yield "terms", f"{declaration.incoterm or ''} {declaration.incoterm_place or ''}".strip() or None


def _formats(exports: Sequence[Export]) -> Iterator[str]:
    """What was written, and what the declaration for the country's own customs still lacks; --json has all of it."""
    yield f"written: {', '.join(export.format for export in exports if export.ready)}"
    for export in exports:
        if export.format == "cds" and export.missing and not export.missing[0].where_to_set.startswith("setting"):
            shown = "; ".join(_lacked(missing) for missing in export.missing[:_SHOWN_MISSING])
            more = f"; and {len(export.missing) - _SHOWN_MISSING} more" if len(export.missing) > _SHOWN_MISSING else ""
            yield f"{export.format} lacks {shown}{more}"


def _lacked(missing: Missing) -> str:
    return f"{missing.element} {missing.name} ({missing.where_to_set})"
