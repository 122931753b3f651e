"""Clears every sample shipment and compares how each ended with its truth: `python -m desk.demo --out DIR`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from desk.printing import plain_text
from desk.profile_command import version_of
from desk.progress import ReadingProgress
from flows.plain import clear
from flows.references import PARSERS
from flows.settings import load_settings
from flows.workshop import Workshop, open_workshop
from schemas.reference import ListVersion, ReferenceKind
from schemas.results import ShipmentResult

SAMPLES = Path(__file__).parents[1] / "sample_docs"
LISTS_FROM = dt.date(2026, 1, 1)
_KINDS: dict[str, ReferenceKind] = {kind: kind for kind in PARSERS}


@dataclass(frozen=True, slots=True)
class Truth:
    """How a sample is meant to end: codes that must be found, and codes that may follow from them."""

    reference: str
    as_of: dt.date
    status: str
    expected: frozenset[str]
    acceptable: frozenset[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sample's result beside its truth."""

    truth: Truth
    status: str
    found: frozenset[str]
    place: str

    @property
    def asks_only(self) -> bool:
        """Held for nothing but values that a person must read: an honest question, and no error."""
        return self.truth.status == "clear" and self.status == "held" and self.found == {"illegible"}

    @property
    def verdict(self) -> str:
        missed = self.truth.expected - self.found
        beside = self.found - self.truth.expected - self.truth.acceptable - {"illegible"}
        if missed or beside:
            return "; ".join(
                (*(f"missed {code}" for code in sorted(missed)), *(f"false {code}" for code in sorted(beside)))
            )
        if self.status == self.truth.status:
            return "as its truth says"
        return "asks to read" if self.asks_only else f"should be {self.truth.status}"

    @property
    def agrees(self) -> bool:
        return self.verdict in {"as its truth says", "asks to read"}


def truths(samples: Path) -> Iterator[Truth]:
    """Of every sample shipment, in the order of their names."""
    for path in sorted((samples / "truth").glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        yield Truth(
            reference=path.stem,
            as_of=dt.date.fromisoformat(told["attributes"]["as_of"]),
            status=told["status"],
            expected=frozenset(finding["code"] for finding in told["expected_findings"]),
            acceptable=frozenset(_codes(told.get("acceptable_findings", []))),
        )


def _codes(findings: list[str | dict[str, str]]) -> Iterator[str]:
    return (finding if isinstance(finding, str) else finding["code"] for finding in findings)


def compared(truth: Truth, result: ShipmentResult, place: str) -> Comparison:
    found = frozenset(finding.code for finding in result.findings if finding.holds)
    return Comparison(truth, result.status, found, place)


def main(out: Annotated[Path, typer.Option("--out", metavar="DIR")] = Path("tidewaiter-data")) -> None:
    """Clear the samples into the archive in DIR; ends 0 when each ended as its truth says."""
    settings = load_settings().model_copy(update={"data_dir": out, "store": "local"})
    with open_workshop(settings) as workshop:
        load_lists(SAMPLES / "reference", workshop)
        comparisons = [_cleared(truth, workshop) for truth in truths(SAMPLES)]
    _print(comparisons, out)
    raise typer.Exit(0 if comparisons and all(one.agrees for one in comparisons) else 1)


def load_lists(folder: Path, workshop: Workshop) -> None:
    """Load each list that is named for its kind and scope: `watch_list.csv`, `tariff.GB.csv`; and every profile."""
    for file in sorted(folder.iterdir()):
        kind, *scope = file.stem.split(".")
        if file.suffix == ".toml":
            workshop.lists.load(file, version_of(file), loaded_by="demo")
        if kind in _KINDS and file.suffix in {".csv", ".json"}:
            version = ListVersion(
                kind=_KINDS[kind],
                scope="".join(scope),
                name=file.name,
                source="sample list",
                valid_from=LISTS_FROM,
                sha256="0" * 64,
            )
            workshop.lists.load(file, version, loaded_by="demo")


def _cleared(truth: Truth, workshop: Workshop) -> Comparison:
    with ReadingProgress(Console(stderr=True), truth.reference) as progress:
        folder = SAMPLES / "shipments" / truth.reference
        result = clear(folder, workshop, as_of=truth.as_of, on_page=progress.on_page)
    return compared(truth, result, workshop.place_of(result))


def _print(comparisons: list[Comparison], out: Path) -> None:
    table = Table("sample", "status", "findings that hold", "compared with its truth", box=None, pad_edge=False)
    for one in comparisons:
        table.add_row(plain_text(one.truth.reference), one.status, ", ".join(sorted(one.found)), one.verdict)
    console = Console(highlight=False) if Console().is_terminal else Console(highlight=False, width=140)
    console.print(table)
    agreeing = sum(one.agrees for one in comparisons)
    console.print(f"\n{agreeing} of {len(comparisons)} samples ended as their truth says.")
    console.print(plain_text(f"Results, declarations and untouched originals: {out}"))
    console.print(plain_text(f"See one again: .venv/bin/tidewaiter show --out {out} REFERENCE"))


if __name__ == "__main__":
    typer.run(main)
