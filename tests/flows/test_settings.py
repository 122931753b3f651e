from __future__ import annotations

from pathlib import Path

import pytest

from flows.errors import WrongSettingsError
from flows.settings import Settings, load_settings


def test_a_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEWAITER_DATA_DIR", "elsewhere")
    monkeypatch.setenv("TIDEWAITER_REQUIRED_DOCUMENTS", "commercial_invoice, packing_list")
    assert load_settings().data_dir == Path("elsewhere")
    assert load_settings().required_documents == ("commercial_invoice", "packing_list")


@pytest.mark.parametrize(
    ("name", "value"),
    [("WORKERS", "0"), ("STORE", "cloud"), ("JURISDICTION", "Germany"), ("REQUIRED_DOCUMENTS", "bill")],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"TIDEWAITER_{name}", value)
    with pytest.raises(WrongSettingsError, match=f"TIDEWAITER_{name}"):
        load_settings()


def test_a_slip_in_a_name_is_told_with_the_name_that_may_be_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEWAITER_FOUR_EYE_VALUE", "1000")
    with pytest.raises(WrongSettingsError, match=r"TIDEWAITER_FOUR_EYE_VALUE: .* Perhaps TIDEWAITER_FOUR_EYES_VALUE"):
        load_settings()


def test_a_wrong_value_is_shown_with_what_it_is_for_and_a_secret_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEWAITER_LANES", "two")
    with pytest.raises(WrongSettingsError, match=r"TIDEWAITER_LANES=two: .* It is: "):
        load_settings()


def test_settings_that_decide_an_outcome_change_the_rules_and_others_do_not() -> None:
    here = Settings()
    assert here.model_copy(update={"jurisdiction": "DE"}).rules_digest != here.rules_digest
    assert here.model_copy(update={"required_documents": ()}).rules_digest != here.rules_digest
    assert here.model_copy(update={"tesseract": "library"}).rules_digest != here.rules_digest
    assert here.model_copy(update={"data_dir": Path("elsewhere"), "workers": 7}).rules_digest == here.rules_digest


def test_each_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
