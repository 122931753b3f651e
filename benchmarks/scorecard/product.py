"""Tidewaiter itself over a set: every shipment cleared as `tidewaiter clear` does it, in an archive of its own.

An archive for each, as one shipment's history must not help or hinder the next. The reading process is one for all and
warm, so that no figure holds what engines take to load.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image, ImageDraw

from benchmarks.scorecard.keeping import kept_or_made, spending
from benchmarks.scorecard.sets import Drawn
from flows import plain, steps
from flows.isolation import ReadingPool
from flows.rules import reading_rules, rules_under
from flows.settings import Settings
from flows.workshop import open_workshop
from schemas.pages import Original
from schemas.results import ShipmentResult
from schemas.values import Frozen

NAME: Final = "tidewaiter"


class Cleared(Frozen):
    """The result of one shipment, and what it cost."""

    seconds: float
    cpu: float
    result: ShipmentResult


@dataclass(slots=True)
class Product:
    """Clears shipments; its reading process starts when the first one is not known yet."""

    settings: Settings
    pool: ReadingPool
    warm: bool = False

    @property
    def kept_as(self) -> str:
        """Names the program, its tables, engines and settings: a result of another one is not taken for this one's."""
        rules = f"{rules_under(self.settings)} {reading_rules(self.settings)}"
        return f"{NAME}-{sha256(rules.encode()).hexdigest()[:12]}"

    def cleared(self, drawn: Drawn) -> Cleared:
        return kept_or_made(drawn.kept(self.kept_as), Cleared, lambda: self._clear(drawn))

    def _clear(self, drawn: Drawn) -> Cleared:
        if not self.warm:
            self._warm_up()
        with TemporaryDirectory(prefix="scorecard-") as folder:
            own = self.settings.model_copy(update={"data_dir": Path(folder)})
            with open_workshop(own) as opened:
                workshop = replace(opened, readers=self.pool)
                _ = workshop.similarity
                with spending() as spent:
                    day: dt.date = drawn.truth.attributes.as_of
                    result = plain.clear(drawn.papers, workshop, as_of=day, on_page=steps.unseen)
        return Cleared(seconds=spent.seconds, cpu=spent.cpu, result=result)

    def _warm_up(self) -> None:
        """Engines load while they read a page that is none of the set's."""
        with TemporaryDirectory(prefix="scorecard-") as folder:
            page = Path(folder) / "page.png"
            picture = Image.new("L", (1240, 1754), 255)
            ImageDraw.Draw(picture).text((200, 200), "Packing list 4711", fill=0, font_size=40)
            picture.save(page, dpi=(150, 150))
            content = page.read_bytes()
            self.pool.read_all(
                [(Original("page.png", sha256(content).hexdigest(), len(content), "image/png"), page)], steps.unseen
            )
        self.warm = True


@contextmanager
def product() -> Iterator[Product]:
    """One reading process, the local archive, and else what is set by default: nothing of this environment."""
    settings = Settings(_env_prefix="SCORECARD_READS_NONE_", store="local", workers=1)
    with ReadingPool(settings) as pool:
        yield Product(settings, pool)
