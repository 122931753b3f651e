"""What an operator may set about signing in at the desk through an identity provider (OpenID Connect)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field as Limit
from pydantic import SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

GroupRole = Literal["clerk", "supervisor", "auditor", "admin"]
"""What a group at the provider may stand for; a broker needs the slug whose shipments are his, which no group tells."""


class OidcSettings(BaseSettings):
    """The provider, and what of it counts here. Without `oidc_issuer` everybody signs in with a password."""

    model_config = SettingsConfigDict(env_prefix="TIDEWAITER_", frozen=True, extra="ignore")

    oidc_issuer: str | None = Limit(
        default=None,
        description="Address of the identity provider, as its tokens name it; "
        "`/.well-known/openid-configuration` behind it tells the rest.",
    )
    oidc_client_id: str | None = Limit(
        default=None,
        description="What the provider calls the desk. There the address to return to is "
        "`<desk_url>/login/provider/back`.",
    )
    oidc_client_secret: SecretStr | None = Limit(
        default=None,
        description="The secret that the provider gave the desk, where it gave one.",
    )
    oidc_client_secret_file: Path | None = Limit(
        default=None,
        description="A file with that secret.",
    )
    oidc_label: str | None = Limit(
        default=None,
        max_length=60,
        description="What the page to sign in calls the provider; its host where nothing is said.",
    )
    oidc_scopes: str = Limit(
        default="openid profile email",
        description="Scopes that are asked for, with blanks between.",
    )
    oidc_user_claim: str = Limit(
        default="preferred_username",
        min_length=1,
        description="The claim of the ID token that has the user's name here. It must be one that users cannot choose "
        "for themselves.",
    )
    oidc_groups_claim: str = Limit(
        default="groups",
        min_length=1,
        description="The claim of the ID token that has the user's groups.",
    )
    oidc_roles: Annotated[tuple[tuple[str, GroupRole], ...], NoDecode] = Limit(
        default=(),
        description="Which group has which role, as `group=role` with commas between; the first that fits counts. "
        "Users are then made when they first come, and lose what their groups no longer give when they next do; "
        "without it only users come in who were added here.",
    )
    oidc_second_factor: Literal["told", "always"] = Limit(
        default="told",
        description="Whether the provider's sign-in counts as a second factor: where its token says so (`told`: `mfa` "
        "among `amr`, or an `acr` of `oidc_acr_values`), or `always`.",
    )
    oidc_acr_values: Annotated[tuple[str, ...], NoDecode] = Limit(
        default=(),
        description="Values of the claim `acr` that say that a second factor was asked for; with commas between.",
    )

    @field_validator("oidc_acr_values", mode="before")
    @classmethod
    def _values_with_commas(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("oidc_roles", mode="before")
    @classmethod
    def _roles_with_commas(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = [part.rpartition("=") for part in value.split(",") if part.strip()]
        return tuple((group.strip(), role.strip()) for group, _, role in pairs)

    @field_validator("oidc_scopes")
    @classmethod
    def _with_openid(cls, value: str) -> str:
        """Without `openid` a provider gives no ID token (OpenID Connect Core 1.0, 3.1.2.1)."""
        return value if "openid" in value.split() else f"openid {value}".strip()

    @model_validator(mode="after")
    def _has_a_client(self) -> Self:
        if self.oidc_issuer is not None and not self.oidc_client_id:
            raise ValueError("TIDEWAITER_OIDC_ISSUER needs TIDEWAITER_OIDC_CLIENT_ID")
        if self.oidc_client_secret is not None and self.oidc_client_secret_file is not None:
            raise ValueError("TIDEWAITER_OIDC_CLIENT_SECRET and TIDEWAITER_OIDC_CLIENT_SECRET_FILE: set one of them")
        return self
