"""The provider as the desk meets it: found by its address, asked by the browser, and asked again by us for the token.

All that a sign-in needs to remember is one random word in a cookie of the browser: state, nonce and PKCE verifier are
computed of it, so that an answer fits that browser alone (RFC 9700, 4.7; OpenID Connect Core 1.0, 15.5.2).
"""

from __future__ import annotations

import datetime as dt
import hmac
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import urlsplit

import httpx
from authlib.oauth2.auth import ClientAuth  # type: ignore[import-untyped]  # it ships no types
from authlib.oauth2.client import OAuth2Client  # type: ignore[import-untyped]  # likewise
from authlib.oauth2.rfc6749.parameters import prepare_token_request  # type: ignore[import-untyped]  # likewise

from archive.accounts.passwords import digest
from desk.web.errors import NotVouchedFor
from desk.web.oidc.tokens import Claims, Expected, checked, object_in, text_in
from flows.endpoints import is_loopback, protected
from flows.errors import UnprotectedEndpointError, WrongSettingsError
from flows.settings import Settings

_BEHIND: Final = "/.well-known/openid-configuration"
_SECONDS: Final = 10.0
_MOST_BYTES: Final = 1024 * 1024
_SETTING: Final = "TIDEWAITER_OIDC_ISSUER"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is computed of a browser's word, each of no use for finding another."""

    word: str

    @property
    def state(self) -> str:
        return digest(f"state of {self.word}")

    @property
    def nonce(self) -> str:
        return digest(f"nonce of {self.word}")

    @property
    def verifier(self) -> str:
        return digest(f"verifier of {self.word}")


@dataclass(frozen=True, slots=True)
class Provider:
    """Every method raises `NotVouchedFor`. `back` is the address of ours to which the provider sends the browser."""

    settings: Settings

    def page(self, word: str, back: str) -> str:
        """The address of the provider's page at which the person signs in."""
        found, secrets = self._found(), Secrets(word)
        client = OAuth2Client(
            None, self.settings.oidc_client_id, scope=self.settings.oidc_scopes, code_challenge_method="S256"
        )
        address, _ = client.create_authorization_url(
            self._endpoint(found, "authorization_endpoint"),
            state=secrets.state,
            code_verifier=secrets.verifier,
            nonce=secrets.nonce,
            redirect_uri=back,
        )
        return str(address)

    def vouched(self, word: str, answer: Mapping[str, str], back: str, now: dt.datetime) -> Claims:
        """What the provider says of the person, once its answer fits the browser and its token can be believed."""
        secrets = Secrets(word)
        if not hmac.compare_digest(secrets.state.encode(), answer.get("state", "").encode()):
            raise NotVouchedFor("provider_answer", "state")
        if "error" in answer or not answer.get("code"):
            raise NotVouchedFor("provider_answer", "refused by the provider")
        found = self._found()
        if answer.get("iss", found["issuer"]) != found["issuer"]:  # RFC 9207: a mix-up of providers
            raise NotVouchedFor("provider_answer", "issuer of the answer")
        token = self._token(found, secrets, answer["code"], back)
        expected = Expected(
            issuer=text_in(found, "issuer"),
            client_id=self.settings.oidc_client_id or "",
            nonce=secrets.nonce,
            access_token=text_in(token, "access_token"),
            now=now,
        )
        keys = self._asked("GET", self._endpoint(found, "jwks_uri"))
        algorithms = found.get("id_token_signing_alg_values_supported")
        return checked(text_in(token, "id_token"), keys, algorithms, expected)

    def _token(self, found: Claims, secrets: Secrets, code: str, back: str) -> Claims:
        body = prepare_token_request("authorization_code", code=code, redirect_uri=back, code_verifier=secrets.verifier)
        auth = ClientAuth(self.settings.oidc_client_id, self._secret(), self._way(found))
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        address, headers, body = auth.prepare("POST", self._endpoint(found, "token_endpoint"), headers, body)
        return self._asked("POST", str(address), headers=headers, body=str(body))

    def _way(self, found: Claims) -> str:
        """How we say who we are; a client without a secret has its PKCE verifier alone."""
        if self._secret() is None:
            return "none"
        offered = found.get("token_endpoint_auth_methods_supported")
        only_post = isinstance(offered, list) and "client_secret_basic" not in offered
        return "client_secret_post" if only_post else "client_secret_basic"

    def _secret(self) -> str | None:
        told, file = self.settings.oidc_client_secret, self.settings.oidc_client_secret_file
        if file is None:
            return told.get_secret_value() if told is not None else None
        try:
            return file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise NotVouchedFor("provider_silent", "TIDEWAITER_OIDC_CLIENT_SECRET_FILE cannot be read") from error

    def _found(self) -> Claims:
        """The provider's own description, which must be of the issuer that was set."""
        issuer = (self.settings.oidc_issuer or "").rstrip("/")
        found = self._asked("GET", self._safe(f"{issuer}{_BEHIND}"))
        if text_in(found, "issuer").rstrip("/") != issuer:
            raise NotVouchedFor("provider_answer", "issuer of the description")
        return found

    def _endpoint(self, found: Claims, name: str) -> str:
        return self._safe(text_in(found, name))

    def _safe(self, address: str) -> str:
        try:
            return protected(address, self.settings, name=_SETTING)
        except (UnprotectedEndpointError, WrongSettingsError) as error:
            raise NotVouchedFor("provider_answer", "address without TLS") from error

    def _asked(
        self, method: str, address: str, *, headers: Mapping[str, str] | None = None, body: str | None = None
    ) -> Claims:
        """The JSON object at the address. A proxy of the environment is asked for addresses beyond this machine."""
        is_near = is_loopback(urlsplit(address).hostname or "")
        told = {"Accept": "application/json", **(headers or {})}
        try:
            with (
                httpx.Client(
                    timeout=_SECONDS, follow_redirects=False, trust_env=not is_near, verify=_authorities()
                ) as client,
                client.stream(method, address, headers=told, content=body) as answer,
            ):
                return _object(answer)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotVouchedFor("provider_silent", type(error).__name__) from error


@cache
def _authorities() -> ssl.SSLContext:
    """Those that this machine trusts, an operator's own among them; reading them takes longer than all the rest."""
    return ssl.create_default_context()


def _object(answer: httpx.Response) -> Claims:
    content = b""
    for piece in answer.iter_bytes():
        content += piece
        if len(content) > _MOST_BYTES:
            raise NotVouchedFor("provider_answer", "size")
    if answer.status_code != httpx.codes.OK:
        is_ill = answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR
        raise NotVouchedFor("provider_silent" if is_ill else "provider_answer", f"status {answer.status_code}")
    return object_in(content)
