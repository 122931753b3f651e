"""How long the desk's pages take with many shipments in the register: `python -m benchmarks.desk [SHIPMENTS]`.

Shipments are those of `benchmarks.search`; each one that is held has one to three kinds of findings and a worth. A
signed-in clerk and an auditor ask for each page a hundred times, one after another, with other values where there are
others. The time is that of the whole request in this process: session, permissions, register, template, headers.
How long a case takes by keyboard is measured by `benchmarks.desk_cases`.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Final, get_args

from argon2 import PasswordHasher
from sqlalchemy import Engine, func, insert, select

from archive.accounts.accounts import open_accounts
from archive.accounts.passwords import Passwords
from archive.databases import engine_for, writing
from archive.register import Register
from archive.stores.local import REGISTER
from archive.tables import HeldCodeRow, HeldRow, LatestRow
from benchmarks.search_shipments import MADE, fill, invoice_number
from desk.web.app import create_app
from desk.web.hall import Hall
from flows import plain, steps
from flows.settings import Settings
from flows.workshop import open_records, open_workshop
from schemas.findings import FindingCode
from tests.desks import LIFETIME, Browser, Clock, Desk

SHIPMENTS: Final = 100_000
ASKED: Final = 100
_CODES: Final = get_args(FindingCode)
_BATCH: Final = 5_000
_CASE: Final = Path(__file__).parents[1] / "sample_docs" / "shipments" / "S10"
_AS_OF: Final = dt.date(2026, 8, 3)
_NARROWED: Final = ("severity=error", "severity=warning", "days=3", "days=7", "worth=0", "worth=100000")
_ALL: Final = "severity=error&days=1&worth=0&broker=local"


def hold(engine: Engine, random: Random) -> int:
    """Enter every held shipment into the queue; how many there are."""
    with engine.connect() as connection:
        asked = select(LatestRow.broker, LatestRow.reference, LatestRow.received_at).where(LatestRow.status == "held")
        held = [(row.broker, row.reference, row.received_at) for row in connection.execute(asked)]
    for first in range(0, len(held), _BATCH):
        rows = [_held(random, *one) for one in held[first : first + _BATCH]]
        with writing(engine) as connection:
            connection.execute(insert(HeldRow), rows)
            connection.execute(insert(HeldCodeRow), [code for row in rows for code in _codes(random, row)])
    return len(held)


def _held(random: Random, broker: str, reference: str, received_at: dt.datetime) -> dict[str, object]:
    due = int(received_at.timestamp() * 1_000_000)
    severity = random.choice(("error", "warning"))
    told = {"errors": 1, "warnings": 1, "value": None, "currency": None, "severity": severity}
    return {
        "broker": broker, "reference": reference, "received_at": received_at, "revision": 1, "due": due,
        "head_start": 0, **told,
    }  # fmt: skip


def _codes(random: Random, row: dict[str, object]) -> Iterator[dict[str, object]]:
    for code in random.sample(_CODES, random.randint(1, 3)):
        yield {"broker": row["broker"], "reference": row["reference"], "due": row["due"], "code": code, "count": 1}


@contextmanager
def desk_with(folder: Path, shipments: int) -> Iterator[tuple[Desk, int]]:
    """A desk on a register with so many shipments, and how many of them are held."""
    settings = Settings(data_dir=folder / "data")
    with open_workshop(settings):
        pass
    Register(settings.data_dir / REGISTER).close()
    engine = engine_for(settings.data_dir / REGISTER)
    fill(engine, shipments // MADE)
    held = hold(engine, Random(7))  # noqa: S311 - the same shipments each time
    engine.dispose()
    with (
        open_records(settings) as records,
        open_workshop(settings) as workshop,
        open_accounts(folder / "accounts.sqlite", LIFETIME, passwords=Passwords(PasswordHasher(1, 8, 1))) as accounts,
    ):
        plain.clear(_CASE, workshop, as_of=_AS_OF, on_page=steps.unseen)
        hall = Hall(settings, records, workshop, accounts, Clock())
        yield Desk(create_app(hall), hall, Clock()), held


def pages(desk: Desk, random: Random) -> Iterator[tuple[str, Browser, Callable[[], str]]]:
    """What is asked by whom, and the address each time."""
    clerk, auditor = desk.signed_in(desk.user("clerk")), desk.signed_in(desk.user("auditor"))
    copies = desk.hall.records.register.cases.counts(now=desk.clock()).held
    yield "queue", clerk, lambda: "/queue"
    yield "queue, looked at again", clerk, lambda: "/queue/rows"
    yield "queue, one kind of finding", clerk, lambda: f"/queue?code={random.choice(_CODES)}"
    yield "queue, one broker", clerk, lambda: "/queue?broker=local"
    yield "queue, by severity, age and worth", clerk, lambda: f"/queue?{random.choice(_NARROWED)}"
    yield "queue, all filters at once", clerk, lambda: f"/queue?{_ALL}&code={random.choice(_CODES)}"
    yield "queue, by words", clerk, lambda: f"/queue?q={invoice_number(random.randrange(MADE))}"
    yield "case page, 24 lines on 5 papers", clerk, lambda: f"/shipments/local/{_CASE.name}"
    yield "a clerk's search by number", clerk, lambda: f"/queue/search?number={invoice_number(random.randrange(MADE))}"
    yield "an auditor's search by status", auditor, lambda: "/audit?status=held"
    yield "an auditor's search by party", auditor, lambda: f"/audit?party={chr(97 + random.randrange(26))}"
    if not copies:
        raise SystemExit("no shipment is held: nothing to measure")


def measured(browser: Browser, address: Callable[[], str]) -> list[float]:
    """Milliseconds of each request but the first."""
    browser.get(address())
    taken = []
    for _ in range(ASKED):
        begun = time.perf_counter()
        answer = browser.get(address())
        taken.append(1000 * (time.perf_counter() - begun))
        if answer.status != 200:  # noqa: PLR2004 - the one that counts
            raise SystemExit(f"the desk answered {answer.status}")
    return taken


def main() -> None:
    shipments = int(sys.argv[1]) if len(sys.argv) > 1 else SHIPMENTS
    with TemporaryDirectory() as folder, desk_with(Path(folder), shipments) as (desk, held):
        with engine_for(desk.hall.settings.data_dir / REGISTER).connect() as connection:
            found = connection.scalar(select(func.count()).select_from(LatestRow))
        print(f"{found} shipments, {held} of them held; load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
        for name, browser, address in pages(desk, Random(11)):  # noqa: S311
            cuts = quantiles(measured(browser, address), n=20)
            print(f"{name:32} median {cuts[9]:7.1f} ms   p95 {cuts[18]:7.1f} ms")


if __name__ == "__main__":
    main()
