"""What a layout draws on: it puts texts, values and rules on pages, and knows which value each text prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sample_docs.generator import printing
from sample_docs.generator.chance import Chance
from sample_docs.generator.drawing import A4, LETTER, Drawing, Ink, Mark, Point, Shape, rectangle
from sample_docs.generator.truth import Paper

LEADING = 1.22  # baseline to baseline, of the size


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text and the name of the value it prints, empty for words that are none.

    `also` are further values the same text states, as a heading does that gives the origin of all lines under it.
    """

    text: str
    name: str = ""
    also: tuple[str, ...] = ()


Runs = Sequence[Run]


class Sheet:
    """The growing drawing of one paper. `y` is where the next thing goes; layouts move it as they like."""

    def __init__(self, paper: Paper, *, margin: float = 48.0) -> None:
        self.paper = paper
        self.style = paper.style
        self.size = LETTER if paper.style.paper == "letter" else A4
        self.left, self.right = margin, self.size[0] - margin
        self.bottom = self.size[1] - margin
        self.page, self.y = 1, margin
        self.ink = Ink(paper.style.family)
        self._marks: list[Mark] = []
        self._shapes: list[Shape] = []

    # -- texts

    def put(self, at: Point, text: str, *, ink: Ink | None = None, name: str = "", align: str = "left") -> float:
        """One text on its baseline; the anchor is its left end, middle or right end. Gives the x where it ends."""
        return self.put_runs(at, [Run(text, name)], ink=ink, align=align)

    def put_runs(self, at: Point, runs: Runs, *, ink: Ink | None = None, align: str = "left") -> float:
        """Texts one after the other on one baseline; gives the x where they end."""
        written = ink or self.ink
        widths = [written.width(run.text) for run in runs]
        x = at[0] - sum(widths) * {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
        for run, width in zip(runs, widths, strict=True):
            if run.text.strip():
                self._marks.append(Mark(self.page, x, at[1], run.text, written, run.name, run.also))
            x += width
        return x

    def flow(self, at: Point, runs: Runs, *, width: float, ink: Ink | None = None) -> float:
        """Texts wrapped to a width, the first baseline at `at`; gives the baseline after the last line."""
        written = ink or self.ink
        y = at[1]
        for line in wrapped(runs, written, width):
            self.put_runs((at[0], y), line, ink=written)
            y += written.size * LEADING
        return y

    # -- values

    def label(self, key: str) -> str:
        return printing.label(key, self.style)

    def has(self, name: str) -> bool:
        return name in self.paper.fields

    def value(self, name: str) -> Run:
        """A field as printed, ready to be put; nothing where the paper does not have it."""
        text = self.paper.text(name)
        return Run(printing.printed(name, text, self.style), name) if text else Run("")

    def weight(self, name: str) -> Run:
        """A weight with its unit."""
        text = self.paper.text(name)
        return Run(printing.weight(text, self.style), name) if text else Run("")

    def cell(self, line: int, name: str) -> Run:
        """A cell of a 0-based line as printed."""
        text = self.paper.lines[line].get(name, "")
        return Run(printing.printed(name, text, self.style), f"lines.{line}.{name}") if text else Run("")

    def packages(self) -> list[Run]:
        """As "46 CARTONS" with both values named."""
        if not self.has("packages"):
            return []
        return [self.value("packages"), Run(" "), self.value("package_kind")]

    def terms(self) -> list[Run]:
        """As "CIF Rotterdam, Incoterms 2020"."""
        if not self.has("incoterm"):
            return []
        edition = [Run(", Incoterms "), self.value("incoterm_edition")] if self.has("incoterm_edition") else []
        return [self.value("incoterm"), Run(" "), self.value("incoterm_place"), *edition]

    def party(self, at: Point, name: str, *, ink: Ink | None = None, width: float = 220.0, tax: bool = True) -> float:
        """Name, address lines, country and tax number one under the other; gives the next baseline."""
        if not self.has(name):
            return at[1]
        company, written = self.paper.company(name), ink or self.ink
        y = self.flow(at, [Run(company.name, f"{name}.name")], width=width, ink=written.strong())
        for line in (company.street, company.town):
            y = self.flow((at[0], y), [Run(line, f"{name}.address")] if line else [], width=width, ink=written)
        place = Run(printing.country(company.country, self.style).upper(), f"{name}.country")
        y = self.flow((at[0], y), [place], width=width, ink=written)
        if tax and company.tax_id:
            number = [Run(f"{self.label('tax_id')}: "), Run(company.tax_id, f"{name}.tax_id")]
            y = self.flow((at[0], y), number, width=width, ink=written)
        return y

    def chance(self, *purpose: str | int) -> Chance:
        """This paper's own free choices."""
        return Chance(self.style.seed, self.paper.layout, *purpose)

    # -- shapes

    def rule(self, start: Point, end: Point, *, width: float = 0.6, colour: str = "#000000") -> None:
        self._shapes.append(Shape(self.page, (start, end), colour, width))

    def frame(self, start: Point, end: Point, *, width: float = 0.6, colour: str = "#000000", fill: str = "") -> None:
        """A rectangle between two corners."""
        points = rectangle(start[0], start[1], right=end[0], bottom=end[1])
        self._shapes.append(Shape(self.page, points, colour, width, fill))

    def stroke(self, points: Sequence[Point], *, width: float = 1.0, colour: str = "#000000") -> None:
        self._shapes.append(Shape(self.page, tuple(points), colour, width))

    # -- pages

    def new_page(self) -> None:
        self.page += 1

    def finished(self, footer: Callable[[Sheet, int], None] | None = None) -> Drawing:
        """The drawing; `footer(sheet, of)` is called on every page, when the number of pages is known."""
        pages = self.page
        for page in range(1, pages + 1 if footer else 1):
            self.page = page
            if footer:
                footer(self, pages)
        return Drawing(self.size, pages, tuple(self._marks), tuple(self._shapes))


def wrapped(runs: Runs, ink: Ink, width: float) -> list[list[Run]]:
    """Runs broken at spaces into lines no wider than `width`, neighbouring words of one name joined again."""
    lines: list[list[Run]] = [[]]
    used = 0.0
    for word in _words(runs):
        needed = ink.width(word.text)
        if lines[-1] and used + ink.width(word.text.rstrip()) > width:
            lines.append([])
            used = 0.0
        if lines[-1] and lines[-1][-1].name == word.name:
            lines[-1][-1] = replace(word, text=lines[-1][-1].text + word.text)
        else:
            lines[-1].append(word)
        used += needed
    return [_trimmed(line) for line in lines if line]


def _words(runs: Runs) -> list[Run]:
    """Each word with the space that follows it; Chinese breaks after any sign."""
    words: list[Run] = []
    for run in runs:
        start = 0
        for at, char in enumerate(run.text):
            if char == " " or char >= "\u2e80" or at == len(run.text) - 1:
                words.append(replace(run, text=run.text[start : at + 1]))
                start = at + 1
    return words


def _trimmed(line: list[Run]) -> list[Run]:
    return [*line[:-1], replace(line[-1], text=line[-1].text.rstrip())]
