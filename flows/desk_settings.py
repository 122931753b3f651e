"""What an operator may set about the desk."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field as Limit
from pydantic import field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_ADDRESS = re.compile(r"[!-~]+")
"""Signs that stand in an address as they are."""


class DeskSettings(BaseSettings):
    """Where the desk is, and how long nobody needs to sign in again."""

    model_config = SettingsConfigDict(env_prefix="TIDEWAITER_", frozen=True, extra="ignore")

    desk_url: str | None = Limit(
        default=None,
        description="Address of the desk, to which answers in the outbox and runs in Prefect link each shipment: "
        "`http(s)://host[/path]`.",
    )
    desk_host: str = Limit(
        default="127.0.0.1",
        description="Address at which `tidewaiter desk` serves; one beyond this machine needs `desk_certificate`, or "
        "`trust_network`.",
    )
    desk_port: int = Limit(
        default=8480,
        ge=0,
        le=65535,
        description="Port at which it serves; 0 takes a free one.",
    )
    desk_hosts: Annotated[tuple[str, ...], NoDecode] = Limit(
        default=(),
        description="Further names by which browsers may ask for the desk, beside those of `desk_url`, `desk_host` and "
        "this machine; with commas between.",
    )
    desk_certificate: Path | None = Limit(
        default=None,
        description="File with the certificate (PEM) of the desk, which then serves under TLS by itself.",
    )
    desk_certificate_key: Path | None = Limit(
        default=None,
        description="File with its private key.",
    )
    desk_idle_minutes: int = Limit(
        default=30,
        ge=1,
        le=1440,
        description="After how many minutes without a request a session at the desk ends.",
    )
    desk_session_hours: int = Limit(
        default=12,
        ge=1,
        le=168,
        description="After how many hours it ends in any case.",
    )

    @field_validator("desk_hosts", mode="before")
    @classmethod
    def _hosts_with_commas(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part.strip().casefold() for part in value.split(",") if part.strip())

    @field_validator("desk_url")
    @classmethod
    def _plain_address(cls, value: str | None) -> str | None:
        """It goes out to brokers: no name and password, and nothing behind which a shipment's path would be lost."""
        if value is None:
            return None
        told = urlsplit(value)
        has_more = "@" in told.netloc or told.query or told.fragment
        if told.scheme not in {"http", "https"} or not told.hostname or has_more or not _ADDRESS.fullmatch(value):
            raise ValueError("is no address such as https://desk.example.com")
        return value.rstrip("/")
