"""How long `tidewaiter find` looks among many shipments: `python -m benchmarks.search [SHIPMENTS] [DATABASE]`.

DATABASE is the address of an empty PostgreSQL database, whose user may load without foreign keys being looked up;
without it, a SQLite file in a temporary folder. Each question is asked a hundred times, with other values where there
are others: a value of one shipment, of many, of nobody, and several together. Beside the time on the clock stands the
time that this process computed, which on a busy machine says more; for PostgreSQL it leaves out the server.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Final

from archive.databases import engine_for
from archive.register import Register
from archive.searching import Found, Search
from benchmarks.search_shipments import (
    APART,
    BEGIN,
    CODES,
    EXPORTERS,
    MADE,
    TOWNS,
    code,
    digest,
    exporter,
    fill,
    invoice_number,
    reference,
    share,
    total,
)

SHIPMENTS: Final = 1_000_000
ASKED: Final = 100
Question = Callable[[], Search]


@dataclass(frozen=True, slots=True)
class Values:
    """Values to ask for, among so many copies of the shipments made."""

    random: Random
    copies: int

    def number(self) -> int:
        return self.random.randrange(MADE)

    def copy(self) -> int:
        return self.random.randrange(self.copies)

    def exporter(self) -> str:
        return exporter(share(self.random, EXPORTERS))

    def small_exporter(self) -> str:
        return exporter(self.random.randrange(EXPORTERS // 2, EXPORTERS))

    def town(self) -> str:
        return self.random.choice(TOWNS)

    def code(self) -> str:
        return code(share(self.random, CODES))

    def reference(self) -> str:
        return reference(self.number(), self.copy())

    def day(self) -> dt.date:
        return (BEGIN + self.random.randrange(self.copies * MADE) * APART).date()

    def days(self, count: int) -> Search:
        day = self.day()
        return Search(since=day, until=day + dt.timedelta(days=count))

    def amounts(self, times: float) -> Search:
        low = total(self.number())
        return Search(at_least=low, at_most=low * Decimal(str(times)), currency="EUR")


def questions(some: Values) -> Iterator[tuple[str, Question]]:
    yield from _single(some)
    yield from _of_many(some)
    yield from _of_nobody(some)
    yield from _together(some)


def _single(some: Values) -> Iterator[tuple[str, Question]]:
    yield "reference", lambda: Search(reference=some.reference(), is_exact=True)
    yield "reference, beginning", lambda: Search(reference=some.reference()[:9])
    yield "number", lambda: Search(number=invoice_number(some.number(), some.copy()))
    yield "party", lambda: Search(party=some.exporter(), is_exact=True)
    yield "party of few", lambda: Search(party=some.small_exporter(), is_exact=True)
    yield "party, beginning", lambda: Search(party=some.exporter()[:14])
    yield "HS code", lambda: Search(hs_code=some.code())
    yield "HS heading", lambda: Search(hs_code=some.code()[:4])
    yield "amount", lambda: Search(amount=total(some.number()))
    yield "amounts, 1 in 1,000", lambda: some.amounts(1.001)
    yield "digest", lambda: Search(digest=digest(some.number(), 0, some.copy()))
    yield "three days", lambda: some.days(2)


def _of_many(some: Values) -> Iterator[tuple[str, Question]]:
    yield "all", Search
    yield "reference, 1 in 20", lambda: Search(reference=some.reference()[:3])
    yield "party, the largest", lambda: Search(party=exporter(0), is_exact=True)
    yield "party, 1 in 6", lambda: Search(party=some.town())
    yield "HS code, the commonest", lambda: Search(hs_code=code(0))
    yield "HS chapter", lambda: Search(hs_code=some.code()[:2])
    yield "amounts, tenfold", lambda: some.amounts(10)
    yield "file name of all", lambda: Search(file="commercial_invoice.pdf")
    yield "status clear", lambda: Search(status="clear")
    yield "status rejected", lambda: Search(status="rejected")
    yield "broker, the largest", lambda: Search(broker="local")
    yield "broker, 1 in 100", lambda: Search(broker="small")


def _of_nobody(some: Values) -> Iterator[tuple[str, Question]]:
    yield "no reference", lambda: Search(reference=f"D{some.number()}")
    yield "no number", lambda: Search(number=f"OFFER {some.number()}")
    yield "no party", lambda: Search(party=f"Shenzhen zz{some.number()}")
    yield "no HS code", lambda: Search(hs_code="99990000")
    yield "no amount", lambda: Search(amount=total(some.number()) + Decimal("0.001"))
    yield "no digest", lambda: Search(digest=f"{some.number():064}")
    yield "no day", lambda: Search(until=BEGIN.date() - dt.timedelta(days=1))


def _together(some: Values) -> Iterator[tuple[str, Question]]:
    yield "party, day", lambda: Search(party=some.exporter(), since=(day := some.day()), until=day)
    yield "code, held, broker", lambda: Search(hs_code=some.code()[:4], status="held", broker="harbour")
    yield "code, party", lambda: Search(hs_code=some.code()[:6], party=some.exporter())
    yield "code, largest party", lambda: Search(hs_code=some.code(), party=exporter(0), is_exact=True)
    yield "rejected, largest party", lambda: Search(status="rejected", party=exporter(0))
    yield "broker, no reference of it", lambda: Search(broker="small", reference=f"C{1 + some.number() % 19:02}")
    yield "commonest code, clear, until", lambda: Search(hs_code=code(0), status="clear", until=some.day())
    yield (
        "five that many meet",
        lambda: Search(hs_code="0", party=some.town(), status="clear", broker="local", currency="EUR"),
    )


def asked(register: Register, copies: int) -> Iterator[str]:
    """For each question: median and slowest twentieth, and how many shipments the page had."""
    yield f"{'milliseconds':30} {'median':>8} {'p95':>8} {'longest':>8}   computing {'median':>8} {'p95':>8}   found"
    for name, question in questions(Values(Random(1), copies)):  # noqa: S311 - for a benchmark
        taken = [_taken(partial(register.find, question(), limit=20)) for _ in range(ASKED)]
        clock, computing = (quantiles(times, n=20) for times in ([one[0] for one in taken], [one[1] for one in taken]))
        longest, found = max(one[0] for one in taken), sum(one[2] for one in taken) / ASKED
        told = f"{clock[9]:8.1f} {clock[18]:8.1f} {longest:8.1f}             {computing[9]:8.1f} {computing[18]:8.1f}"
        yield f"{name:30} {told}   {found:5.1f}"


def _taken(find: Callable[[], Found]) -> tuple[float, float, int]:
    """Milliseconds on the clock, and of this process; how many were found."""
    begun, computed = time.perf_counter(), time.process_time()
    found = find()
    taken = time.perf_counter() - begun, time.process_time() - computed
    return 1000 * taken[0], 1000 * taken[1], len(found.shipments)


def main() -> None:
    shipments, address = (*sys.argv[1:], *(str(SHIPMENTS), "")[len(sys.argv) - 1 :])
    copies = max(1, int(shipments) // MADE)
    with TemporaryDirectory() as folder:
        database = address or Path(folder) / "register.sqlite"
        register, engine = Register(database), engine_for(database)
        begun = time.perf_counter()
        fill(engine, copies)
        engine.dispose()
        print(f"{copies * MADE} shipments, filled in {time.perf_counter() - begun:.0f} s", flush=True)
        for line in asked(register, copies):
            print(line, flush=True)
        register.close()


if __name__ == "__main__":
    main()
