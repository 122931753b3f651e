"""The texts of the desk: all languages say the same things, and no page names one that is not there."""

from __future__ import annotations

import datetime as dt
import re
import string
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from desk.web.messages import LANGUAGES, language_of, texts
from desk.web.sentences import Language
from validators import CATALOGUE

WEB = Path(str(files("desk.web")))
_USED = re.compile(r"""\bt\(\s*(["'])([a-z_0-9.]+)\1\s*(~?)""")
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def _used() -> Iterator[tuple[str, str, bool]]:
    for path in sorted([*WEB.rglob("*.html"), *WEB.rglob("*.py")]):
        for _, key, goes_on in _USED.findall(path.read_text(encoding="utf-8")):
            yield path.name, key, bool(goes_on)


def _filled_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_texts_of_english_with_the_same_gaps(language: Language) -> None:
    english, other = ({key: _filled_in(text) for key, text in texts(one).by_key.items()} for one in ("en", language))
    assert english == other


def test_every_text_that_a_page_names_is_there() -> None:
    known = texts("en").by_key
    used = list(_used())
    assert used
    missing = [
        (file, key)
        for file, key, goes_on in used
        if not (any(one.startswith(key) for one in known) if goes_on else key in known)
    ]
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_a_check_can_yield_has_a_short_title(language: Language) -> None:
    """The queue counts findings by it, and has no page without."""
    missing = {f"finding.{code}" for code in CATALOGUE} - set(texts(language).by_key)
    assert not missing, f"desk/web/messages/{language}.toml lacks these"


def test_no_text_is_empty() -> None:
    assert not [key for language in LANGUAGES for key, text in texts(language).by_key.items() if not text.strip()]


@pytest.mark.parametrize(
    ("wish", "accepted", "language"),
    [
        (None, "", "en"),
        (None, "de-DE,de;q=0.9,en;q=0.8", "de"),
        (None, "tlh,en;q=0.3,de;q=0.7", "de"),
        (None, "tlh", "en"),
        (None, "de;q=nonsense,en", "en"),
        ("de", "en", "de"),
        ("tlh", "de", "de"),
    ],
)
def test_a_person_s_wish_goes_before_what_the_browser_accepts(wish: str | None, accepted: str, language: str) -> None:
    assert language_of(wish, accepted) == language


def test_what_is_filled_in_is_no_pattern() -> None:
    assert "{0.__class__}" in texts("en")("age.days", count="{0.__class__}")


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (dt.timedelta(seconds=59), "just now"),
        (dt.timedelta(minutes=59), "59 min"),
        (dt.timedelta(hours=47), "1 d"),
        (dt.timedelta(hours=-1), "just now"),
    ],
)
def test_an_age_is_told_in_its_largest_unit(ago: dt.timedelta, told: str) -> None:
    assert texts("en").age(NOW - ago, NOW) == told
