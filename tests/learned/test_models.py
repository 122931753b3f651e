from __future__ import annotations

import hashlib
import json
from importlib.resources import files

import pytest

from extractors.learned.errors import ModelAlteredError, ModelFormError, ModelMissingError
from extractors.learned.hashing import hashed, ngrams
from extractors.learned.model import checked, packaged

ROOM = files("extractors.learned.models")
NAMES = [entry.name.removesuffix(".json") for entry in ROOM.iterdir() if entry.name.endswith(".json")]
MODELS = sorted(set(NAMES) - {"digests"})


@pytest.mark.parametrize("name", MODELS)
def test_a_packaged_model_is_the_one_that_was_measured(name: str) -> None:
    content = json.loads(ROOM.joinpath(f"{name}.json").read_bytes())
    assert packaged(name).name == name
    assert content["metrics"]["layouts held out"]
    assert {"version", "seed", "generator", "scikit-learn"} <= set(content)


@pytest.mark.parametrize("name", MODELS)
def test_the_beliefs_of_a_model_sum_to_one(name: str) -> None:
    model = packaged(name)
    shares = model.probabilities(hashed({"word": ["invoice", "total"]}, model.dimension))
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-5)
    assert set(shares) == set(model.classes)


def test_a_model_with_one_byte_changed_is_refused_and_says_what_to_do() -> None:
    content = ROOM.joinpath("page_types.json").read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    assert checked(content, digest, name="page_types").name == "page_types"
    with pytest.raises(ModelAlteredError, match="make train"):
        checked(content.replace(b"1", b"2", 1), digest, name="page_types")


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelMissingError, match="stamp_colours"):
        packaged("stamp_colours")


@pytest.mark.parametrize("content", [b"{}", b"no json", b'{"form": 99}', b"[]"])
def test_a_model_of_another_form_is_refused(content: bytes) -> None:
    with pytest.raises(ModelFormError, match="form"):
        checked(content, hashlib.sha256(content).hexdigest(), name="page_types")


def test_a_model_whose_weights_are_cut_short_is_refused() -> None:
    content = json.loads(ROOM.joinpath("page_types.json").read_bytes())
    cut = json.dumps({**content, "weights": content["weights"][:40]}).encode()
    with pytest.raises(ModelFormError):
        checked(cut, hashlib.sha256(cut).hexdigest(), name="page_types")


def test_a_block_of_many_words_weighs_no_more_than_one_of_few() -> None:
    few, many = hashed({"a": ["x"]}, 1 << 20), hashed({"a": [f"w{n}" for n in range(100)]}, 1 << 20)
    assert sum(w * w for w in many.values()) == pytest.approx(sum(w * w for w in few.values()))


def test_words_of_one_stem_share_runs_of_letters() -> None:
    one, other = set(ngrams("rechnungsnr", 3, 5)), set(ngrams("rechnungsnummer", 3, 5))
    assert len(one & other) > len(one) / 2
    assert set(ngrams("a", 3, 4)) == {"<a>"}
