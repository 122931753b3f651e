"""A correction released, the next shipment of the exporter, and the hint taken away."""

from __future__ import annotations

import pytest

from flows.errors import NoSuchHintError
from flows.learning import known_hints, remove_hint
from flows.replaying import replay
from flows.steps import unseen
from schemas.hints import LabelHint
from schemas.results import Submission
from tests.flows.hints.conftest import ALONE, Series


def test_a_released_correction_reads_the_next_paper_until_the_hint_is_removed(series: Series) -> None:
    assert series.corrected(1, "KVP/EX/3001").status == "clear"
    (known,) = known_hints("local", series.workshop)
    assert isinstance(known.hint.lesson, LabelHint)
    assert (known.hint.lesson.field, known.hint.lesson.label) == ("number", "qualm dorvex")
    assert (known.hint.source.reference, known.hint.source.revision, known.hint.source.by) == ("A-1", 1, "ann")

    helped = series.cleared(2)
    assert helped.status == "clear"
    field = helped.documents[1].fields.get("number")
    assert field is not None
    assert (field.value, field.proposed) == ("KVP/EX/3002", True)
    assert "document:packing_list" in field.witnesses

    remove_hint("local", known.hint.id, "sue", series.workshop)
    assert known_hints("local", series.workshop) == ()
    assert [one.code for one in series.cleared(3).findings if one.holds] == ["field_missing"]


def test_without_a_second_paper_that_says_so_a_person_is_asked_and_told_why(series: Series) -> None:
    series.corrected(1, "KVP/EX/3001")
    asked = series.cleared(2, ALONE)
    (finding,) = [one for one in asked.findings if one.holds]
    assert (finding.code, finding.evidence[0].field) == ("illegible", "number")
    assert finding.suggestion is not None
    assert finding.suggestion.value == "KVP/EX/3002"
    assert "ann corrected it so on shipment A-1" in finding.suggestion.why


def test_the_removal_is_in_the_journal_with_who_and_told_again_once(series: Series) -> None:
    series.corrected(1, "KVP/EX/3001")
    (known,) = known_hints("local", series.workshop)
    for _ in range(2):
        remove_hint("local", known.hint.id, "sue", series.workshop)
    journal = series.workshop.journal
    journal.catch_up()
    entries = [one.entry for one in journal.entries_of("local", "") if one.entry.kind == "hint_removed"]
    assert [(one.by, one.told) for one in entries] == [("sue", {"hint": known.hint.id})]


def test_a_hint_that_was_never_learned_cannot_be_removed(series: Series) -> None:
    with pytest.raises(NoSuchHintError, match="hints list"):
        remove_hint("local", "0123456789", "sue", series.workshop)


def test_releasing_again_learns_nothing_twice_and_brings_no_removed_hint_back(series: Series) -> None:
    released = series.corrected(1, "KVP/EX/3001")
    (known,) = known_hints("local", series.workshop)
    remove_hint("local", known.hint.id, "sue", series.workshop)
    series.judge(series.workshop.archive.intake("local", "A-1", released.revision))
    assert known_hints("local", series.workshop) == ()


def test_a_shipment_is_never_hinted_by_its_own_correction(series: Series) -> None:
    released = series.corrected(1, "KVP/EX/3001")
    own = series.workshop.archive.intake("local", "A-1", released.revision)
    told = {name: getattr(own, name) for name in Submission.model_fields}
    anew = Submission(**{**told, "hints": 1, "decisions": ()})
    assert series.judge(series.workshop.archive.begin_after(anew, own.revision)).status == "held"


@pytest.mark.slow
def test_what_was_judged_with_a_hint_is_judged_so_again_after_its_removal(series: Series) -> None:
    series.corrected(1, "KVP/EX/3001")
    series.cleared(2)
    (known,) = known_hints("local", series.workshop)
    remove_hint("local", known.hint.id, "sue", series.workshop)
    assert replay("A-2", None, series.workshop, unseen).differences == ()


def test_hints_are_of_one_broker_alone(series: Series) -> None:
    series.corrected(1, "KVP/EX/3001")
    assert known_hints("another", series.workshop) == ()
