from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.layout import rows_of
from extractors.learned.fields import NONE
from extractors.learned.model import DIGESTS, checked
from extractors.learned.training.pages import Sample, samples_of
from extractors.learned.training.prose import other_title, prose
from extractors.learned.training.varying import Variation, chance_variation, retitled, varied, without
from extractors.lexicon import lexicon
from sample_docs.generator.chance import Chance
from sample_docs.generator.looks import Wish
from sample_docs.generator.series import series

pytest.importorskip("sklearn", reason="scikit-learn comes with the development dependencies")

from extractors.learned.training import header_fields, page_types
from extractors.learned.training.fitting import Example, Recipe, fitted, folds, save


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    wish = Wish(language="en", pool="training", lines=2)
    return [sample for truth in series(wish, count=2, seed=4) for sample in samples_of(truth)]


def invoice(samples: list[Sample]) -> Sample:
    return next(s for s in samples if s.type == "commercial_invoice" and s.page.number == 1)


def texts(sample: Sample) -> list[str]:
    return [w.text for w in sample.page.words]


def test_drawn_pages_know_what_their_words_print(samples: list[Sample]) -> None:
    one = invoice(samples)
    total = [one.page.words[at].text for at, name in one.names.items() if name == "total_amount"]
    assert total
    assert all(any(c.isdigit() for c in text) for text in total)
    assert {s.type for s in samples} >= {"commercial_invoice", "packing_list", "transport_document"}


def test_each_composition_of_the_training_pool_is_a_layout_of_its_own(samples: list[Sample]) -> None:
    invoices = {s.layout for s in samples if s.type == "commercial_invoice"}
    assert len(invoices) == 2


def test_rewording_leaves_values_and_their_names_alone(samples: list[Sample]) -> None:
    one = invoice(samples)
    said = varied(one, Variation(reworded=1.0, language="fr"), Chance("test"))
    before = sorted((name, one.page.words[at].text) for at, name in one.names.items())
    after = sorted((name, said.page.words[at].text) for at, name in said.names.items())
    assert after == before
    assert texts(said) != texts(one)


def test_held_out_wordings_are_never_said(samples: list[Sample]) -> None:
    every = [p for c in lexicon().entries.values() for some in c.values() for p in some]
    how = Variation(reworded=1.0, language="fr", wordings=without(every))
    said = varied(invoice(samples), how, Chance("test"))
    assert "date de facture" not in " ".join(texts(said)).casefold()


def test_faults_of_reading_change_words_but_not_what_they_print(samples: list[Sample]) -> None:
    one = invoice(samples)
    rough = varied(one, Variation(lost=0.2, misread=0.3, glued=0.2, faxed=True), Chance("test"))
    assert rough.page.text_source == "ocr"
    assert set(rough.names.values()) <= set(one.names.values())
    assert len(rough.page.words) < len(one.page.words)


def test_the_same_chance_varies_alike(samples: list[Sample]) -> None:
    one = invoice(samples)
    again = [varied(one, chance_variation(Chance("same")), Chance("same")) for _ in range(2)]
    assert again[0] == again[1]


def test_a_page_without_head_keeps_its_foot(samples: list[Sample]) -> None:
    one = invoice(samples)
    rest = varied(one, Variation(headless=0.4), Chance("test"))
    assert 0 < len(rest.page.words) < len(one.page.words)
    assert min(w.box.top for w in rest.page.words) > 0.4 * one.page.height


def test_another_title_makes_another_paper(samples: list[Sample]) -> None:
    chance = Chance("test")
    other = retitled(invoice(samples), other_title("en", chance))
    assert other.type in {"other", "commercial_invoice"}
    untitled = varied(invoice(samples), Variation(untitled=True, headless=0.3), chance)
    assert retitled(untitled, "Quotation") == untitled


def test_prose_is_no_paper_of_the_shipment() -> None:
    for seed in range(5):
        sample = prose(Chance(seed))
        assert sample.type == "other"
        assert rows_of(sample.page)


def test_every_spot_of_a_value_is_an_example_of_its_field(samples: list[Sample]) -> None:
    plain = replace(invoice(samples))
    found = list(header_fields.examples([plain] * 8, Chance("test")))
    kinds = {e.kind for e in found}
    assert NONE in kinds
    assert {"total_amount", "invoice_number", "date"} & kinds


def test_a_layout_is_held_out_as_a_whole() -> None:
    layouts = ["a", "a", "b", "c", "d", "d", "e"]
    dealt = folds(layouts, 3)
    assert sorted(layout for held in dealt for layout in held) == ["a", "b", "c", "d", "e"]


def test_a_fitted_model_is_read_back_as_it_was(tmp_path: Path) -> None:
    recipe = Recipe(name="trial", version="1", dimension=16, strength=10.0, seed=1)
    found = [Example({n % 3: 1.0}, "abc"[n % 3], f"layout {n}") for n in range(30)]
    model = fitted(found, recipe)
    size = save(model, recipe, {"layouts held out": {}}, room=tmp_path)
    content = (tmp_path / "trial.json").read_bytes()
    assert len(content) == size
    noted = json.loads((tmp_path / DIGESTS).read_text())
    again = checked(content, noted["trial.json"], name="trial")
    for place, kind in enumerate("abc"):
        shares = again.probabilities({place: 1.0})
        assert max(shares, key=lambda name: shares[name]) == kind
        assert shares == pytest.approx(model.probabilities({place: 1.0}), abs=1e-3)


def test_figures_count_only_what_the_model_is_sure_of(samples: list[Sample]) -> None:
    found = list(page_types.examples(samples, Chance("test")))
    figures = page_types.measured(fitted(found, page_types.RECIPE), found)
    assert figures["pages"] == len(found)
    right = figures["right"]
    assert isinstance(right, float)
    assert right > 0.9
