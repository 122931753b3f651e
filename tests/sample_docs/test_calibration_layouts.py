"""The words of the layouts of calibration. How they are drawn: `test_layouts_of_every_pool`."""

from __future__ import annotations

import pytest

from sample_docs.layouts.calibration.worded import labels


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it"])
def test_every_label_is_worded_in_every_language(language: str) -> None:
    assert not [key for key, words in labels().items() if language not in words]
