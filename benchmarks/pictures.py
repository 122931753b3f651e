"""The pictures of the desk in the documentation, taken anew: `python -m benchmarks.pictures [FOLDER]`.

The queue, a case and the auditor's page, of four of the cases that `benchmarks.desk_cases` times, in light and dark.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page

from archive.journal.keyring import make_key
from benchmarks.desk_cases import CASES, cleared, desk_on
from flows.settings import Settings
from flows.workshop import open_workshop
from tests.browsers import chromium, served, signed_in
from tests.desks import Desk

PICTURES: Final = Path(__file__).parents[1] / "docs" / "pictures"
_SCHEMES: Final = ("light", "dark")
_COLOURS: Final = 96
_WITHOUT_SCANS: Final = tuple(case for case in CASES if case.name != "scan hard to read")
_SHOWN: Final = "totals-differ"


def take(folder: Path) -> None:
    with TemporaryDirectory() as scratch:
        place = Path(scratch)
        key = place / "journal.key"
        make_key(key, "example.com/journal")
        settings = Settings(data_dir=place / "data", exchange_dir=place / "exchange", journal_key_file=key)
        with open_workshop(settings) as workshop, desk_on(workshop, settings) as desk:
            cleared(_WITHOUT_SCANS, place, workshop)
            for role in ("clerk", "auditor"):
                desk.user("clerk" if role == "clerk" else "auditor")
            with served(desk) as address, chromium() as browser:
                for scheme in _SCHEMES:
                    _taken(browser, desk, address, scheme=scheme, folder=folder)


def _taken(browser: Browser, desk: Desk, address: str, *, scheme: str, folder: Path) -> None:
    with signed_in(browser, desk, address, "clerk", scheme=scheme) as page:
        page.goto(f"{address}/queue")
        page.keyboard.press("j")
        _keep(page, folder / f"queue-{scheme}.png")
        page.goto(f"{address}/shipments/local/{_SHOWN}")
        page.wait_for_selector("#case[data-ready] .finding.selected.shown")
        page.wait_for_selector("#stage[data-state=shown]")
        _keep(page, folder / f"case-{scheme}.png")
    with signed_in(browser, desk, address, "auditor", scheme=scheme) as page:
        page.goto(f"{address}/audit/shipments/local/{_SHOWN}")
        _keep(page, folder / f"audit-{scheme}.png")


def _keep(page: Page, path: Path) -> None:
    """The picture in few colours: a third of the size, and nothing of it harder to read."""
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path}: {path.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES)
