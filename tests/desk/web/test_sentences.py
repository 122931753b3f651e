"""Sentences of checks and flows in German: every form of them, what stands in their gaps, and what no form fits."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.web.messages import LANGUAGES, texts
from desk.web.sentences import LONGEST, Language, Sentences, gaps_of, sentences
from schemas.findings import Evidence, Finding, FindingCode
from validators import CATALOGUE

SAMPLES = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))
PURE = Path(str(files("validators")))
SPEAKING = (
    *sorted((PURE / "checks").glob("*.py")), PURE / "differences.py", PURE / "wholes.py", PURE / "listed.py",
    PURE / "figures.py", PURE / "deciding.py", PURE / "solving" / "judging.py", PURE / "hinting.py",
    *(Path(str(files("flows"))) / name for name in ("wishes.py", "assigned_pages.py")),
    *(Path(str(files("flows"))) / "casework" / f"{name}.py" for name in ("rechecking", "drafting", "arranging")),
)  # fmt: skip
"""The modules whose sentences a clerk reads."""


def _sentences(language: Language) -> Sentences:
    return sentences(language, texts(language).by_key)


def _tables(name: str) -> tuple[str, ...]:
    return (name, "illegible", "notice") if name in CATALOGUE else (name, "since")


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_code_that_a_check_can_yield_has_german_sentences_and_a_sample_of_them(code: FindingCode) -> None:
    assert code in set(_sentences("de").written), f"no table [{code}] in desk/web/messages/sentences.de.toml"
    assert SAMPLES.get(code), f"no table [{code}] in tests/desk/web/sentences.toml"


@pytest.mark.parametrize(
    ("table", "english", "german"), [(t, e, g) for t, of in SAMPLES.items() for e, g in of.items()]
)
def test_a_sentence_of_a_check_is_told_in_german(table: str, english: str, german: str) -> None:
    assert _sentences("de").told(_tables(table), english) == german


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_loses_what_a_paper_says_and_each_gap_is_known(language: Language) -> None:
    known = _sentences(language)
    for table, of in known.written.items():
        for english, told in of.items():
            given_up = set(gaps_of(english)) - set(gaps_of(told)) if table == "refusal" else set[str]()
            assert set(gaps_of(english)) - given_up == set(gaps_of(told)), (table, english)
        if of:
            assert known.told((table,), "nothing of the kind") is not None


def _literals(path: Path) -> Iterator[str]:
    """What stands between the gaps of the sentences of a module: two words or more."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            for piece in node.values:
                if isinstance(piece, ast.Constant) and len(re.findall(r"[a-z]{2,}", str(piece.value))) > 1:
                    yield str(piece.value)


def test_no_check_says_what_has_no_german_form() -> None:
    """The words of a sentence that somebody changes or adds in a check have to be added to the forms too."""
    forms = [_words(form) for of in _sentences("de").written.values() for form in of]
    said = [(path.name, one) for path in SPEAKING for one in _literals(path) if "/" not in one]
    unsaid = [(name, one) for name, one in said if not any(_has(form, _words(one)) for form in forms)]
    assert len(said) > 100
    assert not unsaid, "these words stand in no form of desk/web/messages/sentences.de.toml"


def _words(text: str) -> list[str]:
    """Words in small letters, a gap as *."""
    return re.findall(r"[a-z]{2,}|\*", re.sub(r"\{\w+\}", " * ", text).casefold())


def _has(form: list[str], said: list[str]) -> bool:
    """Whether the words stand in the form, one behind the other; a gap takes as many as it has to."""
    return any(_begins(form[at:], said) for at in range(len(form)))


def _begins(form: list[str], said: list[str]) -> bool:
    if not said or not form:
        return not said
    if form[0] == "*":
        return _begins(form[1:], said) or (len(said) > 1 and _begins(form, said[1:]))
    return form[0] == said[0] and _begins(form[1:], said[1:])


def test_a_sentence_that_no_form_fits_is_shown_as_it_stands() -> None:
    message = "the paper smells of fish"
    finding = Finding(code="illegible", severity="warning", message=message)
    assert texts("de").finding(finding) == message
    assert texts("de").finding(finding.model_copy(update={"message": "x" * LONGEST + message})).endswith(message)


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_a_paper_says_is_taken_over_as_it_is(left: str, right: str) -> None:
    message = f"Exporters differ: invoice, page 1 says {left}, packing list, page 2 says {right}"
    told = texts("de").finding(Finding(code="exporter_mismatch", severity="warning", message=message))
    assert told.startswith("Ausführer weichen ab. Rechnung, Seite 1: ")
    assert all(told.count(text) >= message.count(text) for text in (left, right) if text.isdigit() or "{" in text)
    assert told.endswith(right)


@pytest.mark.parametrize(
    ("language", "named"), [("en", "goods line 1: gross mass (kg)"), ("de", "Warenzeile 1: Rohmasse (kg)")]
)
def test_a_refusal_names_goods_lines_and_no_pointers(language: Language, named: str) -> None:
    told = texts(language).refusal(next(one for one in SAMPLES["refusal"] if "/items/0/" in one))
    assert named in told
    assert "/items" not in told
    assert "--" not in told


def test_a_value_of_the_draft_says_where_it_stands_and_one_of_a_paper_is_left_alone() -> None:
    place = Evidence(document="draft_declaration", value="480 (/items/2/quantity)")
    assert texts("en").value(place) == "480 (goods line 3: quantity)"
    assert texts("en").value(place.model_copy(update={"document": "packing_list"})) == place.value


def test_a_long_sentence_with_many_likely_ends_is_told_at_once() -> None:
    """Of all ways to cut a hostile description no form tries more than the length of a sentence allows."""
    hostile = "', packing list, page 1 says '" * 30
    message = f"The goods differ: invoice, page 1 says '{hostile}', packing list, page 1 says '{hostile}'"
    told = texts("de").finding(Finding(code="description_mismatch", severity="error", message=message))
    assert told.startswith("Die Waren weichen ab.")
    assert told.count("packing list") == message.count("packing list") - 1
