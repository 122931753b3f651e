from __future__ import annotations

import pytest

from extractors.values.legal_forms import mended


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Bertani Meccanica S.r.I.", "Bertani Meccanica S.r.l."),
        ("Bertani Meccanica S.r.1.", "Bertani Meccanica S.r.l."),
        ("OLIVARES S.1.", "OLIVARES S.L."),
        ("Cascade Goods lnc.", "Cascade Goods Inc."),
    ],
)
def test_a_misread_stroke_in_a_legal_form_is_mended(read: str, printed: str) -> None:
    assert mended(read) == printed


@pytest.mark.parametrize("name", ["Alpha Trading AG", "Unit 1", "Model I", "Plant 10", "Ltd", "Mills & Co. Ltd."])
def test_a_name_is_left_as_it_is_where_nothing_shows_a_misreading(name: str) -> None:
    assert mended(name) == name
