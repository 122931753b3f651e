"""What descriptions name, in six languages: the noun that says what the goods are, and where such goods stand."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.nomenclature import is_heading, is_subheading
from tests.trade_papers import WordsInCommon
from validators.classification.belonging import misplaced, name_other_goods, name_same_goods
from validators.classification.naming import HEAD, naming
from validators.classification.ranking import candidates
from validators.classification.vagueness import says_nothing


@pytest.mark.parametrize(
    ("description", "heading"),
    [
        ("Impeller for centrifugal pump, bronze", "8413"),
        ("Coffee mugs, stoneware", "6912"),
        ("Zylinderschrauben mit Innensechskant, M8 x 30", "7318"),
        ("Gummidichtung EPDM, DN 50", "4016"),
        ("Jeu de plaquettes de frein, céramique", "8708"),
        ("Tazza da caffè in gres smaltato", "6912"),
        ("Juego de llaves combinadas, 12 piezas", "8204"),
        ("不锈钢保温瓶", "9617"),
        ("陶瓷洗手盆 Wash basin, porcelain", "6910"),
    ],
)
def test_the_noun_that_says_what_the_goods_are_is_found_in_six_languages(description: str, heading: str) -> None:
    assert heading in {found for term in naming(description).certain for found in term.headings}


@pytest.mark.parametrize("description", ["Cover for centrifugal pump housing", "Laser engraving robotics", "Model 7 X"])
def test_where_the_name_ends_in_an_unknown_word_nothing_is_certain(description: str) -> None:
    assert naming(description).certain == ()


def test_what_goods_are_for_says_less_than_what_they_are() -> None:
    named = naming("Leather case for camera")
    assert named.headings.get("8525", 0.0) < HEAD


def test_the_same_spelling_is_read_in_the_language_of_the_words_around_it() -> None:
    assert "6203" in naming("Hose aus Baumwolle für Herren").headings
    assert "6203" not in naming("Rubber garden hose with brass couplings").headings


def test_a_german_compound_is_what_its_last_part_says() -> None:
    assert "8413" in naming("Ölpumpe").headings
    named = naming("Stahlkonsole")  # the last part is unknown: what it is made of is not
    assert named.headings == {}
    assert {"iron", "steel"} <= set(named.words)


@given(st.text(max_size=60))
def test_any_text_has_a_naming_with_weights_from_nought_to_one(text: str) -> None:
    named = naming(text)
    assert all(0 < term.weight <= 1 for term in named.terms)
    assert all(0 < weight <= 1 for weight in named.words.values())


def _rows(table: str) -> list[list[str]]:
    text = (files("validators.classification") / table).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]


def test_the_index_names_headings_and_subheadings_that_exist() -> None:
    assert [row for row in _rows("goods_words.csv") if not all(map(is_heading, row[0].split()))] == []
    assert [row for row in _rows("subheading_words.csv") if not is_subheading(row[0])] == []


@pytest.mark.parametrize("table", ["goods_words.csv", "subheading_words.csv", "plain_words.csv"])
def test_every_row_of_the_index_has_words_in_all_six_languages(table: str) -> None:
    assert [row for row in _rows(table) if len(row) != 7 or not all(row)] == []


def test_goods_are_ranked_by_noun_material_and_make() -> None:
    ((best, *_), (second, *_)) = candidates(
        [["Men's T-shirt, 100% cotton, single jersey"], ["Wine stopper, natural cork"]], WordsInCommon()
    )
    assert best.code == "610910"
    assert {"t shirt", "cotton"} <= set(best.words)
    assert second.code == "450310"


def test_of_words_nobody_knows_nothing_is_suggested() -> None:
    assert candidates([["Qwx zzt"], []], WordsInCommon()) == [(), ()]


def test_candidates_keep_to_the_digits_given() -> None:
    (found,) = candidates([["Women's cotton trousers"]], WordsInCommon(), within="6204")
    assert {one.code[:4] for one in found} == {"6204"}


@pytest.mark.parametrize(
    ("description", "code"),
    [
        ("Denim fabric, 98% cotton, indigo", "854999"),
        ("Drehstrommotor 4 kW", "731815"),
        ("Aceitunas verdes en salmuera", "940521"),
        ("玻璃水杯", "640411"),
    ],
)
def test_goods_of_another_chapter_than_the_code_are_told(description: str, code: str) -> None:
    found = misplaced([description], code, WordsInCommon())
    assert found is not None
    assert found.term.printed.casefold() in description.casefold()
    assert found.headings[0] in found.elsewhere


@pytest.mark.parametrize(
    ("description", "code", "why"),
    [
        ("Denim fabric, 98% cotton", "520942", "it belongs"),
        ("Lunch box, stainless steel", "732393", "the material's chapter"),
        ("Teddy bear chair", "950300", "toys are goods of any kind"),
        ("Quetzal flange thingummy", "010121", "nobody knows the goods"),
        ("Denim fabric", "859999", "the heading is not in the nomenclature"),
    ],
)
def test_what_may_belong_or_cannot_be_told_is_left_unsaid(description: str, code: str, why: str) -> None:
    assert misplaced([description], code, WordsInCommon()) is None, why


def test_one_paper_that_names_goods_of_the_chapter_is_enough() -> None:
    assert misplaced(["Ball bearings"], "640411", WordsInCommon()) is not None
    assert misplaced(["Ball bearings", "Sneakers"], "640411", WordsInCommon()) is None


def test_other_goods_are_told_between_languages_and_translations_are_the_same() -> None:
    assert name_other_goods("Rillenkugellager 6205", "Green olives")
    assert not name_other_goods("Rillenkugellager 6205", "Roulement à billes")
    assert not name_other_goods("Rillenkugellager 6205", "Household textiles")


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("LED ceiling light, 24 W", "LED-Deckenleuchte", True),
        ("Hex nut M10", "Sechskantmutter M10", True),
        ("Hex bolt M10", "Sechskantmutter M10", False),
        ("Hex nut M10", "Nuts, hexagon", False),
    ],
)
def test_one_entry_of_the_index_in_two_languages_is_the_same_goods(ours: str, theirs: str, same: bool) -> None:  # noqa: FBT001 - a column of cases
    assert name_same_goods(ours, theirs) is same


@pytest.mark.parametrize(
    "description",
    [
        "Samples", "Spare parts 4711", "Assorted garments", "Gifts, no commercial value", "PIPES", "Machine parts",
        "Warenmuster ohne Handelswert", "Ersatzteile und Zubehör", "Pièces détachées", "Échantillons gratuits",
        "Muestras sin valor comercial", "Repuestos varios", "Pezzi di ricambio", "Merci varie", "样品", "汽车配件",
        "Samples 样品", "Freight of all kinds", "Said to contain",
    ],
)  # fmt: skip
def test_words_that_could_be_said_of_any_goods_say_nothing(description: str) -> None:
    assert says_nothing(description)


@pytest.mark.parametrize(
    "description",
    [
        "Spare parts for centrifugal pumps", "Steel pipes", "Cotton fabric samples", "Ersatzteile für Pumpen", "Tea",
        "Échantillons de carrelage", "Muestras de cuero", "Campioni di vino", "咖啡样品", "Toy cars", "M8 x 30", "",
    ],
)  # fmt: skip
def test_a_word_that_says_what_is_meant_is_enough(description: str) -> None:
    assert not says_nothing(description)
