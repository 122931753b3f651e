"""Clears every sample shipment as a broker would have it done, and compares how each ended with its truth.

`python -m desk.demo --out DIR` starts the stack of `tidewaiter up` in DIR, drops the samples into its watched bucket,
each with its day, and has the flows clear them.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from archive.errors import StoreUnavailable
from archive.stores.exchange import Exchange
from desk.languages_told import tell_what_tesseract_lacks
from desk.printing import plain_text
from desk.profile_command import version_of
from desk.progress import AnswerProgress
from desk.running import gravest, messages, say, told
from flows.references import PARSERS, ReferenceLists
from flows.settings import Settings, load_settings
from flows.up.codes import EXIT_CODES
from flows.up.stack import Running, running
from flows.workshop import Records, Workshop, open_exchange, open_records
from schemas.findings import Finding
from schemas.reference import ListVersion, ReferenceKind
from schemas.results import Status
from schemas.values import Frozen

SAMPLES = Path(__file__).parents[1] / "sample_docs"
LISTS_FROM = dt.date(2026, 1, 1)
_KINDS: dict[str, ReferenceKind] = {kind: kind for kind in PARSERS}
_ELSEWHERE: Final = (
    "PREFECT_API_URL",
    "TIDEWAITER_STORE",
    "TIDEWAITER_S3_",
    "TIDEWAITER_EXCHANGE_",
    "TIDEWAITER_INBOX_",
    "TIDEWAITER_REGISTER_",
    "TIDEWAITER_JOURNAL_",
    "TIDEWAITER_WITNESS_",
)
"""Beginnings of settings that would lead the demo to servers, an inbox or a register of yours."""


@dataclass(frozen=True, slots=True)
class Truth:
    """How a sample is meant to end: codes that must be found, and codes that may follow from them."""

    reference: str
    as_of: dt.date
    status: str
    expected: frozenset[str]
    acceptable: frozenset[str]


class Answer(Frozen):
    """What `findings.json` in the outbox tells."""

    broker: str
    reference: str
    revision: int
    as_of: dt.date
    status: Status
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sample's result beside its truth."""

    truth: Truth
    status: str
    found: frozenset[str]

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


def compared(truth: Truth, answer: Answer) -> Comparison:
    found = frozenset(finding.code for finding in answer.findings if finding.holds)
    return Comparison(truth, answer.status, found)


def main(
    out: Annotated[Path, typer.Option("--out", metavar="DIR")] = Path("tidewaiter-data"),
    samples: Annotated[Path, typer.Option("--samples", metavar="DIR")] = SAMPLES,
) -> None:
    """Have the samples cleared by a stack in DIR; ends 0 when each ended as its truth says."""
    codes: set[int] = set()
    with told(codes):
        settings = _own_settings(out)
        tell_what_tesseract_lacks()
        with running(settings, port=None, say=say) as up:
            comparisons = _cleared(up, samples)
            _copy_outbox(open_exchange(load_settings()), out)
        _print(comparisons, out)
        codes.add(0 if comparisons and all(one.agrees for one in comparisons) else 1)
    raise typer.Exit(1 if codes == {1} else gravest(codes))


def _own_settings(out: Path) -> Settings:
    """Those of the environment, but for what leads elsewhere; a sample may name its day."""
    for name in [name for name in os.environ if name.startswith(_ELSEWHERE)]:
        del os.environ[name]
    os.environ["TIDEWAITER_INBOX_DATED"] = "1"
    logging.getLogger().setLevel(logging.WARNING)  # A library sets it to INFO when it is imported.
    return load_settings().model_copy(update={"data_dir": out})


def _cleared(up: Running, samples: Path) -> list[Comparison]:
    meant = tuple(truths(samples))
    os.environ.update(up.stack.environment())
    settings = load_settings()
    exchange = open_exchange(settings)
    with open_records(settings) as records:
        load_lists(samples / "reference", records)
    for truth in meant:
        drop(truth, samples / "shipments" / truth.reference, exchange, broker=settings.broker)
    with AnswerProgress(messages, len(meant)) as progress:
        code = up.work(once=True, meanwhile=lambda: progress.on_answers(_answered(meant, exchange, settings.broker)))
    if code not in EXIT_CODES.values():
        say("not everything could be cleared; the log of the stack says why")
    return [compared(truth, answer) for truth in meant if (answer := answer_to(truth, exchange, settings.broker))]


def load_lists(folder: Path, kept: Workshop | Records) -> None:
    """Load each list that is named for its kind and scope: `watch_list.csv`, `tariff.GB.csv`; and every profile."""
    lists: ReferenceLists = kept.lists
    for file in sorted(folder.iterdir()):
        kind, *scope = file.stem.split(".")
        if file.suffix == ".toml":
            lists.load(file, version_of(file), loaded_by="demo")
        if kind in _KINDS and file.suffix in {".csv", ".json"}:
            version = ListVersion(
                kind=_KINDS[kind],
                scope="".join(scope),
                name=file.name,
                source="sample list",
                valid_from=LISTS_FROM,
                sha256="0" * 64,
            )
            lists.load(file, version, loaded_by="demo")


def drop(truth: Truth, papers: Path, exchange: Exchange, *, broker: str) -> None:
    """Put the papers into the inbox as a broker does, and then the word that they are complete, with their day."""
    folder = f"inbox/{broker}/{truth.reference}/"
    for path in sorted(path for path in papers.rglob("*") if path.is_file()):
        name = path.relative_to(papers).as_posix()
        exchange.put_new(f"{folder}{name}", path.read_bytes(), media_type="application/octet-stream")
    mark = json.dumps({"as_of": truth.as_of.isoformat()}).encode()
    exchange.put_new(f"{folder}_READY", mark, media_type="application/json")


def answer_to(truth: Truth, exchange: Exchange, broker: str) -> Answer | None:
    """What the outbox has of the shipment's last revision, None where there is nothing."""
    found = {
        int(number): entry.key
        for entry in exchange.entries(f"outbox/{broker}/{truth.reference}/")
        for number, name in [entry.key.split("/")[-2:]]
        if name == "findings.json"
    }
    return Answer.model_validate_json(exchange.get(found[max(found)])) if found else None


def _answered(meant: Iterable[Truth], exchange: Exchange, broker: str) -> int:
    """How many shipments of an inbox that was filled at once are no longer in it."""
    with suppress(StoreUnavailable):
        left = {entry.key.split("/")[2] for entry in exchange.entries(f"inbox/{broker}/")}
        return sum(truth.reference not in left for truth in meant)
    return 0


def _copy_outbox(exchange: Exchange, out: Path) -> None:
    """Into a folder that can be looked at when the stack has ended."""
    for entry in exchange.entries("outbox/"):
        target = out / entry.key
        target.parent.mkdir(parents=True, exist_ok=True)
        exchange.fetch(entry, target)


def _print(comparisons: list[Comparison], out: Path) -> None:
    table = Table("sample", "status", "findings that hold", "compared with its truth", box=None, pad_edge=False)
    for one in comparisons:
        table.add_row(plain_text(one.truth.reference), one.status, ", ".join(sorted(one.found)), one.verdict)
    console = Console(highlight=False) if Console().is_terminal else Console(highlight=False, width=140)
    console.print(table)
    agreeing = sum(one.agrees for one in comparisons)
    console.print(f"\n{agreeing} of {len(comparisons)} samples ended as their truth says.")
    for line in (
        f"What a broker gets back, declarations and findings in plain words: {out}/outbox",
        f"The archive and every run: .venv/bin/tidewaiter up --out {out}   and while it runs, in another terminal,",
        f"    set -a; . {out}/up/environment; set +a; .venv/bin/tidewaiter show REFERENCE",
    ):
        console.print(plain_text(line), soft_wrap=True)


if __name__ == "__main__":
    typer.run(main)
