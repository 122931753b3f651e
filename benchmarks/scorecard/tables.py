"""The report as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from benchmarks.scorecard.card import figures
from benchmarks.scorecard.mismatches import Kind
from benchmarks.scorecard.report import PLOTS, Report
from benchmarks.scorecard.rivals import Compared
from benchmarks.scorecard.values import Tally

_FINE: Final = ("Brier", "calibration")
_COUNTED: Final = ("seconds", "for each")
"""Parts of the names of figures that are no shares of a hundred."""


def markdown(report: Report) -> str:
    parts = (
        ["# Score card", "", "Written by `make scorecard`; docs/benchmark.md says what each figure means.", ""],
        _scene(report),
        ["", "## In all and by level of damage", ""],
        _figures(report),
        ["", *_bad_endings(report)],
        ["", "## Readers side by side", "", _SIDE_BY_SIDE, ""],
        _readers(report),
        ["", "## Mismatches by kind", ""],
        _kinds(report),
        ["", "## Confidence and truth", ""],
        _bins(report),
        ["", "## Fields of the header", ""],
        _fields(report.whole.fields),
        ["", "## Cells of goods lines", ""],
        _fields(report.whole.cells),
        ["", "## Plots", ""],
        (f"![{title}]({name}.svg)\n" for name, title in PLOTS.items()),
    )
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


_SIDE_BY_SIDE = (
    "Of the fields that the regular expressions look for, on the same pages. `asked` is how many of the wrong and "
    "missing ones Tidewaiter asks a person to read; the others never ask."
)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| --- |{' ---: |' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _scene(report: Report) -> Iterator[str]:
    yield from ("| | |", "| --- | --- |")
    yield from (f"| {name} | {value} |" for name, value in report.scene.items())


def _figures(report: Report) -> Iterator[str]:
    shown = {level: figures(card) for level, card in report.cards.items()}
    names = list(figures(report.whole))
    ends = {level: card.endings for level, card in report.cards.items()}
    counts = [
        ["shipments", *(str(one.shipments) for one in ends.values())],
        ["pages", *(str(card.pages) for card in report.cards.values())],
        ["cleared", *(str(one.cleared) for one in ends.values())],
        ["may pass", *(str(one.may_pass) for one in ends.values())],
        ["to hold", *(str(one.to_hold) for one in ends.values())],
    ]
    rows = [[name, *(_shown(name, shown[level][name]) for level in shown)] for name in names]
    return _table(["", *shown], [*counts, *rows])


def _shown(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    if any(part in name for part in _FINE):
        return f"{value:.4f}"
    return f"{value:.2f}" if any(part in name for part in _COUNTED) else f"{100 * value:.1f} %"


def _bad_endings(report: Report) -> Iterator[str]:
    ends = report.whole.endings
    for title, names in (
        ("Silent errors", ends.silent),
        ("Wrongly cleared", ends.wrongly_cleared),
        ("Cleared with a value left open", ends.cleared_with_gaps),
    ):
        yield f"{title}: {', '.join(names) or 'none'}."
        yield ""


def _readers(report: Report) -> Iterator[str]:
    head = (
        "level",
        "reader",
        "fields",
        "right",
        "wrong",
        "missing",
        "asked",
        "read where none is",
        "s a page",
        "CPU s",
    )
    return _table(head, (_reader(level, one) for level, rows in report.compared.items() for one in rows))


def _reader(level: str, one: Compared) -> list[str]:
    shares = [f"{100 * count / max(1, one.printed):.1f} %" for count in (one.right, one.wrong, one.missing)]
    spent = [f"{spent / max(1, one.pages):.2f}" for spent in (one.seconds, one.cpu)]
    return [level, one.reader, str(one.printed), *shares, str(one.asked), str(one.beyond), *spent]


def _kinds(report: Report) -> Iterator[str]:
    told = report.whole.mismatches
    head = ("code", "planted", "found", "recall", "findings that tell one", "false", "precision")
    return _table(head, (_kind(f"`{code}`", kind) for code, kind in [*told.kinds.items(), ("all", told.all)]))


def _kind(name: str, kind: Kind) -> list[str]:
    recall, precision = ("–" if one is None else f"{100 * one:.0f} %" for one in (kind.recall, kind.precision))
    return [name, str(kind.planted), str(kind.found), recall, str(kind.told), str(kind.false), precision]


def _bins(report: Report) -> Iterator[str]:
    head = ("confidence", "values", "mean confidence", "right", "of pictures: values", "mean confidence", "right")
    eye = {one.low: one for one in report.whole.certainty_by_eye.bins}
    rows = []
    for one in report.whole.certainty.bins:
        both = [one, eye.get(one.low)]
        cells = [[str(b.values), f"{b.confidence:.4f}", f"{b.right:.4f}"] if b else ["–"] * 3 for b in both]
        rows.append([f"{one.low} to {one.high}", *cells[0], *cells[1]])
    return _table(head, rows)


def _fields(of: Mapping[str, Tally]) -> Iterator[str]:
    head = ("field", "printed", "right", "asked about", "wrong", "missing", "read where none is")
    return _table(head, (_field(name, tally) for name, tally in of.items()))


def _field(name: str, tally: Tally) -> list[str]:
    counts = (tally.printed, tally.right, tally.asked, tally.wrong, tally.missing, tally.beyond)
    return [f"`{name}`", *(str(count) for count in counts)]
