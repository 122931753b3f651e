"""A trained model as shipped: weights as data, checked before use, and what it was measured to do."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from extractors.learned.errors import ModelAlteredError, ModelFormError, ModelMissingError
from extractors.learned.hashing import Features

FORM = 1
"""The form of the file, raised whenever it changes."""
DIGESTS = "digests.json"
"""Names the SHA-256 digest of every model's file."""
_ROOM = "extractors.learned.models"
_REMEDY = "install the package again, or train it anew with `make train`"


@dataclass(frozen=True, slots=True)
class Model:
    """A linear classifier: one row of weights for each class."""

    name: str
    version: str
    classes: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    @property
    def dimension(self) -> int:
        return int(self.weights.shape[1])

    def probabilities(self, features: Features) -> dict[str, float]:
        """The share of belief in each class; they sum to one."""
        places = np.fromiter(features.keys(), dtype=np.intp, count=len(features))
        values = np.fromiter(features.values(), dtype=np.float32, count=len(features))
        points = self.weights[:, places] @ values + self.bias
        shares = np.exp(points - points.max())
        return dict(zip(self.classes, (shares / shares.sum()).tolist(), strict=True))


@cache
def packaged(name: str) -> Model:
    """The model that ships under that name.

    Raises:
        ModelMissingError: it is not there.
        ModelAlteredError: its digest is not the noted one.
        ModelFormError: this version does not read its form.
    """
    room = files(_ROOM)
    file = f"{name}.json"
    try:
        noted = json.loads(room.joinpath(DIGESTS).read_bytes())
        content = room.joinpath(file).read_bytes()
    except FileNotFoundError as error:
        raise ModelMissingError(f"the trained model {file} is not installed: {_REMEDY}") from error
    return checked(content, noted.get(file, ""), name=name)


def checked(content: bytes, digest: str, *, name: str) -> Model:
    """The model in these bytes, if they have that digest; raises as `packaged` does."""
    found = hashlib.sha256(content).hexdigest()
    if found != digest:
        message = f"the trained model {name} has the digest {found[:12]}…, not {digest[:12]}… as noted: {_REMEDY}"
        raise ModelAlteredError(message)
    try:
        return _model(json.loads(content))
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise ModelFormError(f"the trained model {name} is not of form {FORM}: {_REMEDY}") from error


def _model(content: Mapping[str, object]) -> Model:
    if content["form"] != FORM:
        raise ValueError(content["form"])
    classes = content["classes"]
    dimension, scale, weights = content["dimension"], content["scale"], content["weights"]
    if not isinstance(classes, list) or not isinstance(weights, str) or not isinstance(dimension, int):
        raise TypeError(classes)
    steps = np.frombuffer(base64.b64decode(weights, validate=True), dtype=np.int8).reshape(len(classes), dimension)
    sizes = np.asarray(scale, dtype=np.float32).reshape(-1, 1)
    bias = np.asarray(content["bias"], dtype=np.float32)
    names = tuple(str(c) for c in classes)
    return Model(str(content["name"]), str(content["version"]), names, steps.astype(np.float32) * sizes, bias)
