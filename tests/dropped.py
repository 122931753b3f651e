"""An inbox to drop papers into, a clock to set, and a clearing that takes no time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from archive.stores.exchange import Exchange
from archive.stores.folder_exchange import FolderExchange
from flows.inbox.reports import WatchReport
from flows.inbox.rules import Watcher
from flows.inbox.watching import watch_once
from flows.settings import Settings
from flows.workshop import Workshop, open_workshop
from schemas.results import Intake, ShipmentResult

DAY = dt.date(2026, 4, 1)
LATER = dt.timedelta(minutes=1)


def held(workshop: Workshop) -> Callable[[Intake], ShipmentResult]:
    """Clears nothing: commits a held result, as the last step of clearing does."""

    def clear(intake: Intake) -> ShipmentResult:
        result = ShipmentResult(
            broker=intake.broker,
            reference=intake.reference,
            revision=intake.revision,
            as_of=intake.as_of,
            status="held",
        )
        return workshop.archive.commit(intake, result)

    return clear


@dataclass
class Bench:
    """A workshop, its exchange in a folder, and the time that its watchers see: a minute after the real one."""

    workshop: Workshop
    root: Path
    exchange: Exchange
    ahead: dt.timedelta = LATER
    seen: list[WatchReport] = field(default_factory=list)

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + self.ahead

    def drop(self, name: str, content: bytes = b"%PDF-1.7 paper") -> Path:
        path = self.root / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def watch(
        self, clear: Callable[[Intake], ShipmentResult] | None = None, watcher: Watcher | None = None
    ) -> WatchReport:
        return watch_once(
            self.workshop, self.exchange, now=self.now, clear=clear or held(self.workshop), watcher=watcher
        )

    def inbox(self) -> list[str]:
        return [entry.key.removeprefix("inbox/") for entry in self.exchange.entries("inbox/")]

    def outbox(self) -> list[str]:
        return [entry.key.removeprefix("outbox/") for entry in self.exchange.entries("outbox/")]

    def watched(self) -> list[str]:
        return [entry.key for entry in self.exchange.entries("watch/")]

    def papers(self, broker: str, reference: str, revision: int) -> dict[str, bytes]:
        intake = self.workshop.archive.intake(broker, reference, revision)
        return {file.file: self.workshop.archive.original(file.sha256) for file in intake.files}

    def quarantined(self) -> list[str]:
        return [key for key in self.workshop.quarantine.store.list("quarantine/") if key.endswith(".json")]


@contextmanager
def bench(folder: Path, *, desk_url: str | None = None) -> Iterator[Bench]:
    settings = Settings(data_dir=folder / "data", exchange_dir=folder / "exchange", workers=1, desk_url=desk_url)
    with open_workshop(settings) as workshop:
        yield Bench(workshop, folder / "exchange", FolderExchange(folder / "exchange"))
