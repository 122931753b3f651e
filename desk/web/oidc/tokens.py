"""ID tokens: whether one was signed by the provider, for us, for this browser, just now."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]  # it ships no types
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from desk.web.errors import NotVouchedFor

Claims = Mapping[str, object]
"""A JSON object that the provider sent."""
_SIGNED: Final = frozenset({
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519",
})  # fmt: skip
"""By a key of which we know the public half: never `none`, never with the secret that both sides know."""
_DEFAULT: Final = ("RS256",)
_KINDS: Final = frozenset({"RSA", "EC", "OKP"})
_LEEWAY_SECONDS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a token must say to be ours."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str
    now: dt.datetime


def checked(token: str, keys: Claims, algorithms: object, expected: Expected) -> Claims:
    """The token's claims. Raises `NotVouchedFor`, which says what was wrong for the log and quotes nothing.

    `algorithms` are those that the provider says it signs with.
    """
    offered = algorithms if isinstance(algorithms, list) else _DEFAULT
    allowed = sorted(_SIGNED & {one for one in offered if isinstance(one, str)})
    if not allowed:  # An empty list would mean the library's own.
        raise NotVouchedFor("provider_answer", "algorithms")
    try:
        registry = JWSRegistry(algorithms=allowed, strict_check_header=False)
        found = jwt.decode(token, _public(keys), registry=registry)
        told = CodeIDToken(found.claims, found.header, _options(expected), _params(expected))
        told.validate(now=int(expected.now.timestamp()), leeway=_LEEWAY_SECONDS)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise NotVouchedFor("provider_answer", f"token: {type(error).__name__}") from error
    return dict(found.claims)


def _public(keys: Claims) -> KeySet:
    """The keys that signatures are made with; a provider may have keys for other things beside them."""
    told = keys.get("keys")
    meant = [one for one in told if isinstance(one, dict) and _signs(one)] if isinstance(told, list) else []
    if not meant:
        raise NotVouchedFor("provider_answer", "no keys")
    return KeySet.import_key_set({"keys": meant})


def _signs(key: Mapping[str, object]) -> bool:
    return key.get("kty") in _KINDS and key.get("use", "sig") == "sig"


def _options(expected: Expected) -> dict[str, dict[str, object]]:
    return {
        "iss": {"essential": True, "value": expected.issuer},
        "aud": {"essential": True, "value": expected.client_id},
        "sub": {"essential": True},
    }


def _params(expected: Expected) -> dict[str, str]:
    return {"nonce": expected.nonce, "client_id": expected.client_id, "access_token": expected.access_token}


def object_in(content: bytes) -> Claims:
    """Raises `NotVouchedFor` for anything but a JSON object."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NotVouchedFor("provider_answer", "no JSON") from error
    if not isinstance(found, dict):
        raise NotVouchedFor("provider_answer", "no object")
    return found


def text_in(claims: Claims, name: str) -> str:
    """Raises `NotVouchedFor` where the provider does not say it."""
    told = claims.get(name)
    if not isinstance(told, str) or not told:
        raise NotVouchedFor("provider_answer", f"no {name}")
    return told
