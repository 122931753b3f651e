"""The report as plots, each as PNG and SVG. The same figures give the same files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from benchmarks.scorecard.card import Card, figures
from benchmarks.scorecard.report import ALL, PLOTS, Report
from benchmarks.scorecard.rivals import Compared
from benchmarks.scorecard.values import Tally

_COLOURS: Final = {
    "right": "#2a7f62", "asked": "#e0a526", "wrong": "#b3261e", "missing": "#b9bec4", "cleared": "#2a7f62",
    "held": "#e0a526", "silent": "#b3261e", "rejected": "#b9bec4", "seconds": "#2f5d8a", "CPU seconds": "#9fb8d1",
}  # fmt: skip
_INCH_A_ROW: Final = 0.24


def draw(report: Report, folder: Path) -> None:
    """Into the folder, under the names of `PLOTS`."""
    made: dict[str, Callable[[Figure], None]] = {
        "values": lambda figure: _values(figure, report),
        "readers": lambda figure: _readers(figure, report),
        "mismatches": lambda figure: _mismatches(figure, report.whole),
        "endings": lambda figure: _endings(figure, report),
        "confidence": lambda figure: _confidence(figure, report.whole),
        "time": lambda figure: _time(figure, report),
    }
    for name, plot in made.items():
        with _styled(), _saved(folder / name, PLOTS[name]) as figure:
            plot(figure)


def _styled() -> AbstractContextManager[None]:
    """The salt keeps the names inside an SVG from changing with every run."""
    return mpl.rc_context({
        "svg.hashsalt": "tidewaiter", "svg.fonttype": "none", "font.size": 9, "axes.axisbelow": True,
    })  # fmt: skip


@contextmanager
def _saved(path: Path, title: str) -> Iterator[Figure]:
    figure = Figure(figsize=(9, 4), layout="constrained")
    yield figure
    figure.suptitle(title)
    figure.savefig(path.with_suffix(".png"), dpi=144)
    figure.savefig(path.with_suffix(".svg"), metadata={"Date": None})


def _levels(report: Report) -> list[str]:
    return [level for level in report.cards if level != ALL]


def _values(figure: Figure, report: Report) -> None:
    axes = figure.subplots(1, 2, sharey=True)
    cards = [report.cards[level] for level in _levels(report)]
    for ax, title, tallies in (
        (axes[0], "header fields", [card.header for card in cards]),
        (axes[1], "cells of lines", [card.lines for card in cards]),
    ):
        _stacked(ax, _levels(report), _shares(tallies))
        ax.set_title(title)
    axes[0].set_ylabel("% of what is printed")
    _legend(figure, axes[0])


def _shares(tallies: Sequence[Tally]) -> dict[str, list[float]]:
    def share(count: int, tally: Tally) -> float:
        return 100 * count / max(1, tally.printed)

    return {
        "right": [share(tally.right, tally) for tally in tallies],
        "asked": [share(tally.asked, tally) for tally in tallies],
        "wrong": [share(tally.wrong, tally) for tally in tallies],
        "missing": [share(tally.missing, tally) for tally in tallies],
    }


def _stacked(ax: Axes, names: Sequence[str], parts: Mapping[str, Sequence[float]]) -> None:
    bottom = [0.0] * len(names)
    for part, heights in parts.items():
        ax.bar(names, heights, bottom=bottom, label=part, color=_COLOURS[part], width=0.7)
        bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
    ax.grid(axis="y", alpha=0.3)
    ax.tick_params(axis="x", rotation=25)


def _legend(figure: Figure, ax: Axes) -> None:
    handles, labels = ax.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), frameon=False)


def _readers(figure: Figure, report: Report) -> None:
    levels = [level for level, rows in report.compared.items() if rows]
    if not levels:
        return
    for ax, level in zip(figure.subplots(1, len(levels), sharey=True, squeeze=False)[0], levels, strict=True):
        rows = report.compared[level]
        _stacked(ax, [_short(one.reader) for one in rows], _shares_of(rows))
        ax.set_title(level)
        ax.tick_params(axis="x", rotation=60)
    figure.axes[0].set_ylabel("% of these fields")
    _legend(figure, figure.axes[0])


def _short(reader: str) -> str:
    return reader.replace(" + regular expressions", " + regex")


def _shares_of(rows: Sequence[Compared]) -> dict[str, list[float]]:
    return {
        "right": [100 * one.right / max(1, one.printed) for one in rows],
        "asked": [100 * one.asked / max(1, one.printed) for one in rows],
        "wrong": [100 * max(0, one.wrong - one.asked_wrong) / max(1, one.printed) for one in rows],
        "missing": [100 * max(0, one.missing - one.asked_missing) / max(1, one.printed) for one in rows],
    }


def _mismatches(figure: Figure, card: Card) -> None:
    kinds = {code: kind for code, kind in reversed(card.mismatches.kinds.items()) if kind.planted}
    figure.set_size_inches(9, 1.2 + _INCH_A_ROW * max(4, len(kinds)))
    ax = figure.subplots()
    names = [f"{code} ({kind.planted})" for code, kind in kinds.items()]
    ax.barh(names, [100 * (kind.recall or 0) for kind in kinds.values()], color=_COLOURS["right"], height=0.7)
    ax.set_xlim(0, 100)
    ax.set_xlabel("% found (in brackets: planted)")
    ax.grid(axis="x", alpha=0.3)


def _endings(figure: Figure, report: Report) -> None:
    axes = figure.subplots(1, 2, sharey=True)
    levels = _levels(report)
    ends = [report.cards[level].endings for level in levels]
    silent = [len({*one.silent, *one.wrongly_cleared}) for one in ends]
    _stacked(
        axes[0],
        levels,
        {
            "cleared": [one.cleared - bad for one, bad in zip(ends, silent, strict=True)],
            "silent": silent,
            "held": [one.held for one in ends],
            "rejected": [one.rejected for one in ends],
        },
    )
    axes[0].set_title("all shipments (silent: wrong, or wrongly cleared)")
    passed = {"cleared": [one.passed for one in ends], "held": [one.may_pass - one.passed for one in ends]}
    _stacked(axes[1], levels, passed)
    axes[1].set_title("those that may pass")
    axes[0].set_ylabel("shipments")
    axes[0].yaxis.set_major_locator(MaxNLocator(integer=True))
    _legend(figure, axes[0])


def _confidence(figure: Figure, card: Card) -> None:
    ax = figure.subplots()
    ax.plot([0, 1], [0, 1], color=_COLOURS["missing"], linewidth=1)
    for name, told, colour in (
        ("all values", card.certainty, _COLOURS["seconds"]),
        ("read from pictures", card.certainty_by_eye, _COLOURS["asked"]),
    ):
        means = [one.confidence for one in told.bins]
        ax.plot(means, [one.right for one in told.bins], marker="o", color=colour, label=f"{name} ({told.values})")
    ax.set_xlabel("mean confidence")
    ax.set_ylabel("share that is right")
    ax.grid(alpha=0.3)
    ax.legend(frameon=False)


def _time(figure: Figure, report: Report) -> None:
    ax = figure.subplots()
    levels = _levels(report)
    for at, (name, key) in enumerate((("seconds", "seconds a page"), ("CPU seconds", "CPU seconds a page"))):
        heights = [figures(report.cards[level])[key] or 0.0 for level in levels]
        ax.bar(
            [place + 0.4 * at for place in range(len(levels))], heights, width=0.38, label=name, color=_COLOURS[name]
        )
    ax.set_xticks([place + 0.2 for place in range(len(levels))], levels)
    ax.grid(axis="y", alpha=0.3)
    _legend(figure, ax)
