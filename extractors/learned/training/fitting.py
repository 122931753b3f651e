"""Weights from examples, and the file that they ship as."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from extractors.learned.hashing import Features
from extractors.learned.model import DIGESTS, FORM, Model

_LARGEST_STEP: Final = 127
_GENERATOR_FILES: Final = frozenset({".py", ".csv"})
MODELS: Final = Path(__file__).parents[1] / "models"

Metrics = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Example:
    """What is seen, what it is, and the layout it comes from, which is held out as a whole."""

    features: Features
    kind: str
    layout: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is fitted. `strength` is the inverse of the penalty on weights."""

    name: str
    version: str
    dimension: int
    strength: float
    seed: int


def fitted(examples: Sequence[Example], recipe: Recipe) -> Model:
    """The weights that tell these examples apart, rounded to a byte each as they ship."""
    learner = LogisticRegression(C=recipe.strength, max_iter=300, tol=1e-3, solver="lbfgs")
    learner.fit(_matrix(examples, recipe.dimension), [e.kind for e in examples])
    classes = tuple(str(c) for c in learner.classes_)
    steps, scale = _rounded(np.asarray(learner.coef_, dtype=np.float32))
    weights = steps.astype(np.float32) * scale.reshape(-1, 1)
    return Model(recipe.name, recipe.version, classes, weights, np.asarray(learner.intercept_, dtype=np.float32))


def _matrix(examples: Sequence[Example], dimension: int) -> csr_matrix:
    bounds = np.cumsum([0, *(len(e.features) for e in examples)])
    places = np.fromiter((p for e in examples for p in e.features), dtype=np.int32, count=int(bounds[-1]))
    values = np.fromiter((v for e in examples for v in e.features.values()), dtype=np.float32, count=int(bounds[-1]))
    return csr_matrix((values, places, bounds), shape=(len(examples), dimension))


def _rounded(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Whole steps of -127 to 127 and the size of one step for each row."""
    scale = np.maximum(np.abs(weights).max(axis=1), 1e-6) / _LARGEST_STEP
    return np.rint(weights / scale.reshape(-1, 1)).astype(np.int8), scale.astype(np.float32)


def folds(layouts: Sequence[str], count: int) -> list[frozenset[str]]:
    """The layouts dealt out to folds, so that each is held out once as a whole."""
    listed = sorted(set(layouts))
    return [frozenset(listed[at::count]) for at in range(count)]


def save(model: Model, recipe: Recipe, metrics: Metrics, *, room: Path = MODELS) -> int:
    """Writes the model and notes its digest; gives the file's size in bytes."""
    steps, scale = _rounded(model.weights)
    content = {
        "name": model.name, "form": FORM, "version": model.version, "seed": recipe.seed, "strength": recipe.strength,
        "generator": generator_version(), "scikit-learn": version("scikit-learn"),
        "classes": list(model.classes), "dimension": model.dimension, "metrics": metrics,
        "bias": [round(float(b), 5) for b in model.bias], "scale": [float(f"{s:.6g}") for s in scale],
        "weights": base64.b64encode(steps.tobytes()).decode(),
    }  # fmt: skip
    data = (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
    (room / f"{recipe.name}.json").write_bytes(data)
    _note(room / DIGESTS, f"{recipe.name}.json", hashlib.sha256(data).hexdigest())
    return len(data)


def generator_version() -> str:
    """A digest of the code and the words that the papers are drawn from."""
    room = Path(str(files("sample_docs")))
    parts = sorted(p for p in room.rglob("*") if p.suffix in _GENERATOR_FILES and "shipments/" not in p.as_posix())
    return hashlib.sha256(b"".join(p.read_bytes() for p in parts)).hexdigest()[:16]


def _note(digests: Path, file: str, digest: str) -> None:
    noted = json.loads(digests.read_text()) if digests.exists() else {}
    digests.write_text(json.dumps({**noted, file: digest}, indent=1, sort_keys=True) + "\n")
