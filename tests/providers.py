"""An OpenID provider on this machine, which gives tokens to whoever asks, and wrong ones where a test says so."""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import json
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]  # it ships no types
from joserfc import jwt
from joserfc.jwk import ECKey
from typing_extensions import override

from tests.desks import NOON

CLIENT = "tidewaiter-desk"
CLIENT_SECRET = "a secret of the desk & its provider"  # noqa: S105 - of the tests' own provider
Claims = dict[str, object]


@dataclass
class Provider:
    """`claims` are those of whoever asks next; `spoil` changes a whole token's claims, `sign` how it is signed."""

    issuer: str = ""
    now: dt.datetime = NOON
    claims: Claims = field(default_factory=lambda: {"sub": "1", "preferred_username": "ada"})
    spoil: Callable[[Claims], Claims] = lambda claims: claims
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "1", "use": "sig"}))
    sign: Callable[[Provider, Claims], str] | None = None
    description: Claims = field(default_factory=dict)
    grants: dict[str, Mapping[str, str]] = field(default_factory=dict)
    given: list[str] = field(default_factory=list)
    is_ill: bool = False

    def described(self) -> Claims:
        found = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
        }
        return {**found, **self.description}

    def grant(self, asked: Mapping[str, str]) -> str:
        """Where the browser is sent once the person has signed in."""
        code = secrets.token_urlsafe(16)
        self.grants[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.issuer})}"

    def redeem(self, form: Mapping[str, str], authorization: str) -> tuple[int, Claims]:
        """Once for each code, for the client that it was given to, with the verifier of who asked (RFC 7636)."""
        asked = self.grants.pop(form.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
        if asked is None or form.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if not hmac.compare_digest(authorization, f"Basic {basic}"):
            return 401, {"error": "invalid_client"}
        if create_s256_code_challenge(form.get("code_verifier", "")) != asked.get("code_challenge"):
            return 400, {"error": "invalid_grant"}
        token, access = self.token(asked["nonce"]), secrets.token_urlsafe(16)
        self.given += [token, access]
        return 200, {"token_type": "Bearer", "access_token": access, "id_token": token}

    def token(self, nonce: str) -> str:
        at = int(self.now.timestamp())
        base = {"iss": self.issuer, "aud": CLIENT, "iat": at, "exp": at + 300, "nonce": nonce}
        claims = self.spoil({**base, **self.claims})
        return self.sign(self, claims) if self.sign else signed(self.key, claims)


def signed(key: ECKey, claims: Claims) -> str:
    return jwt.encode({"alg": "ES256", "kid": "1"}, claims, key)


def unsigned(_provider: Provider, claims: Claims) -> str:
    return f"{_part({'alg': 'none', 'kid': '1'})}.{_part(claims)}."


def signed_by_secret(secret: bytes, claims: Claims) -> str:
    """By HMAC, which no library makes with a public key."""
    content = f"{_part({'alg': 'HS256', 'kid': '1'})}.{_part(claims)}"
    return f"{content}.{_written(hmac.digest(secret, content.encode(), 'sha256'))}"


def _part(told: Claims) -> str:
    return _written(json.dumps(told).encode())


def _written(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if self.provider.is_ill:
            self._answer(503, {})
        elif parts.path == "/.well-known/openid-configuration":
            self._answer(200, self.provider.described())
        elif parts.path == "/jwks":
            self._answer(200, {"keys": [self.provider.key.as_dict(private=False)]})
        else:
            self.send_response(302)
            self.send_header("Location", self.provider.grant(_single(parts.query)))
            self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(*self.provider.redeem(_single(body), self.headers.get("Authorization", "")))

    def _answer(self, status: int, told: Claims) -> None:
        content = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def _single(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


@contextmanager
def running_provider() -> Iterator[Provider]:
    provider = Provider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
