from __future__ import annotations

import pytest

from extractors.lexicon import Lexicon, language_of, lexicon
from extractors.lexicon.labels import tokens
from tests.drawing import words_of


@pytest.mark.parametrize(
    ("printed", "concept"),
    [
        ("INVOICE NO.:", "invoice_number"),
        ("Rechnungsnummer", "invoice_number"),
        ("发票号码", "invoice_number"),
        ("Conditions de livraison", "incoterm"),
        ("Poids brut", "gross_weight_kg"),
        ("País de origen", "country_of_origin"),
        ("Bruttogewicht", "gross_weight_kg"),
    ],
)
def test_a_label_is_found_in_every_language_whatever_its_case_and_accents(printed: str, concept: str) -> None:
    assert [label.concept for label in lexicon().find(printed.split())] == [concept]


def test_the_longest_phrase_wins() -> None:
    found = lexicon().find(["TOTAL", "PACKED", "IN", "36", "CARTONS"])
    assert (found[0].concept, found[0].start, found[0].end) == ("packages", 0, 3)


def test_a_label_does_not_begin_inside_a_word() -> None:
    assert not Lexicon({"date": {"en": ["date"]}}).find(["update"])


def test_what_is_glued_to_a_label_is_its_rest() -> None:
    (label,) = lexicon().find(["Date:2025-08-27"])
    assert (label.concept, label.rest) == ("date", "2025-08-27")


def test_a_whole_text_names_its_concept() -> None:
    assert lexicon().concept_of("Invoice No.") == "invoice_number"
    assert lexicon().concept_of("Steel bolts") is None


@pytest.mark.parametrize("name", ["labels", "titles", "evidence"])
def test_every_concept_has_phrases_that_can_match(name: str) -> None:
    words = lexicon(name)
    assert words.entries
    for concept in words.entries:
        assert all(tokens(p) for p in words.phrases(concept)), concept


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        (["Rechnungsnummer", "Lieferbedingung", "Zahlungsbedingung", "Bruttogewicht", "Gesamtbetrag"], "de"),
        (["Invoice no", "Terms of payment", "Gross weight", "Port of loading", "Country of origin"], "en"),
        (["发票号 Invoice No.", "日期 Date", "成交方式 Terms", "付款方式 Payment", "毛重 G.W."], "zh"),
        (["Invoice no"], None),
    ],
)
def test_the_language_of_most_labels_is_the_papers(lines: list[str], language: str | None) -> None:
    assert language_of([tuple(words_of((0, 0, line))) for line in lines]) == language
