"""How many keys and seconds a case takes from opening it to its release: `python -m benchmarks.desk_cases [CASE…]`.

Five typical cases, made of the sample shipments: two totals that differ, a missing paper, a wrong tariff code, a
scan that cannot be read for sure, and a preference without its proof. A script presses the keys in Chromium as soon as
the page takes them, so that the seconds are the machine's share of the work; looking and thinking come on top. Beside
them: the first picture of a page, when nothing is kept of it and when it is, and how long a decision is judged for.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page

from archive.accounts.accounts import open_accounts
from archive.accounts.passwords import Passwords
from desk.web.app import create_app
from desk.web.hall import Hall
from desk.web.serving import now
from flows import plain, steps
from flows.casework.preparing import for_broker
from flows.settings import Settings
from flows.workshop import Workshop, open_records, open_workshop
from tests.browsers import chromium, served, signed_in
from tests.desks import LIFETIME, Clock, Desk

SAMPLES: Final = Path(__file__).parents[1] / "sample_docs"
_SLOW: Final = 120_000
_DEFAULT: Final = (
    ("suggested", "s"),
    ("take-1", "1"),
    ("accept", "a"),
    ("forgo_preference", "f"),
    ("waive", "w 5 Enter"),
)


@dataclass(frozen=True)
class Typical:
    """A case made of a sample: `draft` goes beside its papers, papers of the type `without` are left out.

    `keys` settle a finding of that code; the others are settled by the first thing that the page offers.
    """

    name: str
    sample: str
    keys: Mapping[str, str] = field(default_factory=dict)
    draft: Mapping[str, object] | None = None
    without: str | None = None
    broker: str = "local"

    @property
    def address(self) -> str:
        return f"/shipments/{self.broker}/{self.reference}"

    @property
    def reference(self) -> str:
        return self.name.replace(" ", "-")


CASES: Final = (
    Typical("totals differ", "S10"),
    Typical("paper missing", "S07", {"document_missing": "r Enter"}, without="transport_document"),
    Typical(
        "wrong tariff code", "S01", {"hs_mismatch": "c 848420 Enter"}, {"items": [{}, {}, {"hs_code": "99999999"}]}
    ),
    Typical("scan hard to read", "S03"),
    Typical(
        "preference unproven", "S01", {"certificate_missing": "f"}, {"items": [{"preference": {"form": "eur1"}}]},
        broker="quay",
    ),
)  # fmt: skip


@dataclass
class Timed:
    """Seconds from opening the case; `checks` are those of each decision's answer, in milliseconds."""

    findings: int = 0
    keys: int = 0
    painted: float = 0.0
    settled: float = 0.0
    released: float = 0.0
    checks: list[float] = field(default_factory=list)
    left: str = ""


def papers_of(case: Typical, place: Path) -> tuple[Path, str]:
    """The folder of the case's papers, and the day they are judged at."""
    truth = json.loads((SAMPLES / "truth" / f"{case.sample}.json").read_text("utf-8"))
    papers = shutil.copytree(SAMPLES / "shipments" / case.sample, place / case.reference)
    for document in truth["documents"]:
        if document["type"] == case.without:
            for part in document["parts"]:
                (papers / part["file"]).unlink()
    if case.draft is not None:
        prices = [line["amount"] for line in truth["documents"][0]["lines"]]
        items = [dict(one) for one in case.draft["items"]] if isinstance(case.draft["items"], list) else []
        rest: list[dict[str, object]] = [{} for _ in prices[len(items) :]]
        told = {"items": [{"item_price": price, **one} for price, one in zip(prices, [*items, *rest], strict=True)]}
        (papers / "draft_declaration.json").write_text(json.dumps(told))
    return papers, truth["attributes"]["as_of"]


@contextmanager
def desk_on(workshop: Workshop, settings: Settings) -> Iterator[Desk]:
    passwords = Passwords(PasswordHasher(1, 8, 1))
    with (
        open_records(settings) as records,
        open_accounts(settings.data_dir / "accounts.sqlite", LIFETIME, passwords=passwords) as accounts,
    ):
        hall = Hall(settings, records, workshop, accounts, now)
        yield Desk(create_app(hall), hall, Clock(now()))


def work(page: Page, address: str, case: Typical) -> Timed:
    """Everything settled and released."""
    timed, begun = Timed(), time.perf_counter()
    page.goto(f"{address}{case.address}")
    page.wait_for_selector("#stage[data-state=shown]", timeout=_SLOW)
    timed.painted = time.perf_counter() - begun
    page.wait_for_selector("#case[data-ready] .finding.selected.shown", timeout=_SLOW)
    timed.findings = _open_ones(page)
    while _undecided(page):
        _settle(page, case, timed)
    timed.settled = time.perf_counter() - begun
    timed.left = "asked" if _open_ones(page) else "clear"
    revision = page.inner_text(".work-head .quiet")
    _press(page, timed, "Enter")
    page.wait_for_selector("#confirm[open]")
    _press(page, timed, "Enter")
    page.wait_for_selector(".work-head .quiet", timeout=_SLOW)
    page.wait_for_function(
        "was => document.querySelector('.work-head .quiet')?.innerText !== was", arg=revision, timeout=_SLOW
    )
    timed.released = time.perf_counter() - begun
    return timed


def _open_ones(page: Page) -> int:
    return page.locator(".finding[data-holds='1']").count()


def _undecided(page: Page) -> int:
    return page.locator(".finding[data-holds='1']:not(:has(.tag.settled))").count()


def _settle(page: Page, case: Typical, timed: Timed) -> None:
    """The chosen finding, or the next one where that is settled or asked about already."""
    if not page.locator(".finding.selected[data-holds='1']:not(:has(.tag.settled))").count():
        _press(page, timed, "j")
        page.wait_for_selector(".finding.selected")
        return
    page.wait_for_selector(".finding.selected.shown", timeout=_SLOW)
    code = page.get_attribute(".finding.selected", "data-code") or ""
    begun = time.perf_counter()
    for key in case.keys.get(code, _offered(page)).split():
        _press(page, timed, *([key] if key in {"Enter", "Escape"} else key))
    page.wait_for_selector("#case:not(.busy)")
    page.wait_for_selector(".finding.selected")
    timed.checks.append(1000 * (time.perf_counter() - begun))


def _offered(page: Page) -> str:
    offered = page.locator(".finding.selected [data-decides]:not([data-refused])")
    does = [one.get_attribute("data-decides") for one in offered.all()]
    return next((keys for action, keys in _DEFAULT if action in does), "r Enter")


def _press(page: Page, timed: Timed, *keys: str) -> None:
    for key in keys:
        timed.keys += 1
        page.keyboard.press(key)


def again(browser: Browser, desk: Desk, address: str, case: Typical) -> float:
    """Seconds until the first picture of a page is there whose pictures the desk has kept, in a new browser."""
    with signed_in(browser, desk, address, "clerk") as page:
        begun = time.perf_counter()
        page.goto(f"{address}{case.address}")
        page.wait_for_selector("#stage[data-state=shown]", timeout=_SLOW)
        return time.perf_counter() - begun


def cleared(cases: Sequence[Typical], place: Path, workshop: Workshop) -> None:
    """Each case cleared for its broker: one sample of two cases would be an invoice that was there before."""
    for case in cases:
        papers, as_of = papers_of(case, place / "papers")
        shop = for_broker(case.broker, workshop)
        plain.clear(papers, shop, as_of=dt.date.fromisoformat(as_of), on_page=steps.unseen)


def main() -> None:
    wanted = [case for case in CASES if len(sys.argv) == 1 or case.name in sys.argv[1:]]
    with TemporaryDirectory() as folder:
        place = Path(folder)
        settings = Settings(data_dir=place / "data", exchange_dir=place / "exchange")
        with open_workshop(settings) as workshop, desk_on(workshop, settings) as desk:
            cleared(wanted, place, workshop)
            desk.user("clerk")
            with served(desk) as address, chromium() as browser:
                print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
                print(f"{'case':22} findings  keys  settled  released  first picture cold / kept  re-check  then")
                for case in wanted:
                    _tell(browser, desk, address, case)


def _tell(browser: Browser, desk: Desk, address: str, case: Typical) -> None:
    with signed_in(browser, desk, address, "clerk") as page:
        timed = work(page, address, case)
    kept = again(browser, desk, address, case)
    check = f"{median(timed.checks):5.0f} ms" if timed.checks else "-"
    print(
        f"{case.name:22} {timed.findings:8}  {timed.keys:4}  {timed.settled:5.1f} s  {timed.released:6.1f} s  "
        f"{1000 * timed.painted:9.0f} / {1000 * kept:4.0f} ms        {check}  {timed.left}"
    )


if __name__ == "__main__":
    main()
