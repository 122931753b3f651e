"""The score card: all counts of a set of shipments, and the shares that are read off them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.scorecard.cases import Case
from benchmarks.scorecard.certainty import Certainty, certainty
from benchmarks.scorecard.endings import Endings, endings
from benchmarks.scorecard.mismatches import Mismatches, mismatches
from benchmarks.scorecard.sorting import Sorting, sorting
from benchmarks.scorecard.values import Tally, Value, tallied, values_of


@dataclass(frozen=True, slots=True)
class Card:
    """`fields` are the header's values by paper and name, `cells` those of lines. Of all pages `seconds` and `cpu`."""

    sorting: Sorting
    header: Tally
    lines: Tally
    fields: dict[str, Tally]
    cells: dict[str, Tally]
    mismatches: Mismatches
    endings: Endings
    certainty: Certainty
    certainty_by_eye: Certainty
    pages: int
    seconds: float
    cpu: float


def card(cases: Iterable[Case]) -> Card:
    known = list(cases)
    values = [value for case in known for value in values_of(case)]
    header = [value for value in values if not value.in_line]
    cells = [value for value in values if value.in_line]
    return Card(
        sorting=sorting(known),
        header=tallied(header),
        lines=tallied(cells),
        fields=_by_name(header),
        cells=_by_name(cells),
        mismatches=mismatches(known),
        endings=endings(known),
        certainty=certainty(values),
        certainty_by_eye=certainty(value for value in values if value.by_eye),
        pages=sum(case.truth.pages for case in known),
        seconds=sum(case.seconds for case in known),
        cpu=sum(case.cpu for case in known),
    )


def _by_name(values: Sequence[Value]) -> dict[str, Tally]:
    names = sorted({(value.paper, value.name) for value in values})
    return {
        f"{paper}.{name}": tallied(value for value in values if (value.paper, value.name) == (paper, name))
        for paper, name in names
    }


def figures(of: Card) -> dict[str, float | None]:
    """The figures of the table, in its order; shares from 0 to 1. None where there is nothing to take one of."""
    ends, told = of.endings, of.mismatches
    return {
        "pages typed right": _share(of.sorting.pages_right, of.sorting.pages),
        "papers with exactly their pages": _share(of.sorting.papers_right, of.sorting.papers),
        "forms named right": _share(of.sorting.forms_right, of.sorting.forms),
        **_of_values("header fields", of.header),
        **_of_values("cells of lines", of.lines),
        "mismatches found (recall)": told.all.recall,
        "findings that tell one (precision)": told.all.precision,
        "false alarms for each sound shipment": _share(told.false_in_sound, told.sound),
        "sound shipments with a false alarm": _share(told.sound_with_false, told.sound),
        "questions to read, for each shipment": _share(told.questions, ends.shipments),
        "cleared, of those that may pass": _share(ends.passed, ends.may_pass),
        "wrongly cleared, of those to hold": _share(len(ends.wrongly_cleared), ends.to_hold),
        "silent errors, of those cleared": _share(len(ends.silent), ends.cleared),
        "declared values right": _share(ends.declared_right, ends.declared),
        "declared values wrong": _share(ends.declared_wrong, ends.declared),
        "Brier score": of.certainty.brier,
        "calibration error": of.certainty.error,
        "Brier score, read from pictures": of.certainty_by_eye.brier,
        "calibration error, read from pictures": of.certainty_by_eye.error,
        "seconds a page": _share(of.seconds, of.pages),
        "CPU seconds a page": _share(of.cpu, of.pages),
    }


def _of_values(title: str, tally: Tally) -> dict[str, float | None]:
    return {
        f"{title} right": _share(tally.right, tally.printed),
        f"{title} asked about": _share(tally.asked, tally.printed),
        f"{title} wrong": _share(tally.wrong, tally.printed),
        f"{title} missing": _share(tally.missing, tally.printed),
        f"{title} read where none is, of all printed": _share(tally.beyond, tally.printed),
    }


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
