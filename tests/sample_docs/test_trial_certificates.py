"""The words of the certificates on trial and of the blind ones. How they are drawn: `test_layouts_of_every_pool`."""

from __future__ import annotations

from pathlib import Path

import pytest

from sample_docs.layouts.blind.certificates.union_sheet import TABLE as BLIND_TABLE
from sample_docs.layouts.trial.certificates.words import TABLE, labels


@pytest.mark.parametrize("table", [TABLE, BLIND_TABLE], ids=["trial", "blind"])
def test_every_word_of_a_new_certificate_is_there_in_every_language_of_its_form(table: Path) -> None:
    spoken: dict[str, set[str]] = {}
    for (form, _), words in labels(table).items():
        spoken.setdefault(form, set()).update(words)
    assert not {place for place, words in labels(table).items() if spoken[place[0]] - set(words)}
