"""The cells of a form: what printed rules enclose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from schemas.geometry import Box
from schemas.pages import Page

SLACK = 3.0
"""Points by which a scanned rule may end before the corner it belongs to."""


@dataclass(frozen=True)
class Cells:
    """Finds the cell round a place by looking for the nearest rule in each of the four directions."""

    page: Page

    @cached_property
    def _across(self) -> list[Box]:
        return [r.box for r in self.page.rules if r.horizontal]

    @cached_property
    def _down(self) -> list[Box]:
        return [r.box for r in self.page.rules if not r.horizontal]

    def around(self, box: Box) -> Box:
        """The cell that holds the middle of `box`; the page's edges stand in where there is no rule."""
        x, y = box.middle_x, box.middle_y
        above = [r.middle_y for r in self._across if r.x0 - SLACK <= x <= r.x1 + SLACK and r.middle_y <= y]
        below = [r.middle_y for r in self._across if r.x0 - SLACK <= x <= r.x1 + SLACK and r.middle_y > y]
        left = [r.middle_x for r in self._down if r.top - SLACK <= y <= r.bottom + SLACK and r.middle_x <= x]
        right = [r.middle_x for r in self._down if r.top - SLACK <= y <= r.bottom + SLACK and r.middle_x > x]
        return Box(
            max(left, default=0.0),
            max(above, default=0.0),
            min(right, default=self.page.width),
            min(below, default=self.page.height),
        )

    def closed(self, box: Box) -> bool:
        """True where rules stand on at least three sides of the cell round `box`."""
        cell = self.around(box)
        edges = (cell.x0 > 0, cell.top > 0, cell.x1 < self.page.width, cell.bottom < self.page.height)
        return sum(edges) >= 3  # noqa: PLR2004  three of four sides, as said
