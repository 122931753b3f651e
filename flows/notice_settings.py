"""What an operator may set about notices: who is told when a shipment is held, released or rejected."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field as Limit
from pydantic import SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class NoticeSettings(BaseSettings):
    """Where notices go. Without `notice_url` and `notice_mail_to` nobody is told anything."""

    model_config = SettingsConfigDict(env_prefix="TIDEWAITER_", frozen=True, extra="ignore")

    notice_url: str | None = Limit(
        default=None,
        description="Address to which a notice is posted when a shipment is held, released or rejected; its host must "
        "be one of `notice_hosts`.",
    )
    notice_hosts: Annotated[tuple[str, ...], NoDecode] = Limit(
        default=(),
        description="Hosts to which notices may be posted; with commas between.",
    )
    notice_secret: SecretStr | None = Limit(
        default=None,
        min_length=16,
        description="The secret with which each posted notice is signed (HMAC-SHA256).",
    )
    notice_private: bool = Limit(
        default=False,
        description="Let notices be posted to private and loopback addresses.",
    )
    notice_mail_to: Annotated[tuple[str, ...], NoDecode] = Limit(
        default=(),
        description="Mail addresses that get each notice; with commas between.",
    )
    notice_mail_from: str | None = Limit(
        default=None,
        description="Address from which they come.",
    )
    notice_mail_host: str | None = Limit(
        default=None,
        description="The SMTP server that takes them.",
    )
    notice_mail_port: int = Limit(
        default=587,
        ge=1,
        le=65535,
        description="Its port.",
    )
    notice_mail_tls: Literal["starttls", "tls", "none"] = Limit(
        default="starttls",
        description="TLS after the greeting (`starttls`), from the first byte (`tls`), or `none`, to this machine "
        "alone.",
    )
    notice_mail_user: str | None = Limit(
        default=None,
        description="The name under which to sign in there.",
    )
    notice_mail_password: SecretStr | None = Limit(
        default=None,
        description="Its password.",
    )

    @field_validator("notice_hosts", "notice_mail_to", mode="before")
    @classmethod
    def _told_with_commas(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        """What is half told would be found out at the first notice, when nobody looks."""
        if self.notice_url is not None and self.notice_secret is None:
            raise ValueError("TIDEWAITER_NOTICE_URL needs TIDEWAITER_NOTICE_SECRET")
        if self.notice_mail_to and not (self.notice_mail_from and self.notice_mail_host):
            raise ValueError("TIDEWAITER_NOTICE_MAIL_TO needs TIDEWAITER_NOTICE_MAIL_FROM and _MAIL_HOST")
        return self

    @property
    def tells_anybody(self) -> bool:
        return self.notice_url is not None or bool(self.notice_mail_to)
