"""All that an operator may set, from the environment: each name with the prefix `TIDEWAITER_` (`TIDEWAITER_WORKERS`).

Access keys for S3 are not here: they come from where S3 clients look for them (`AWS_ACCESS_KEY_ID`, profile, role).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import Field as Limit
from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from flows.desk_settings import DeskSettings
from flows.errors import WrongSettingsError
from flows.notice_settings import NoticeSettings
from flows.oidc_settings import OidcSettings
from schemas.documents import DocumentType

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MEBIBYTE = 1024 * 1024
LogLevel = Literal["debug", "info", "warning", "error", "off"]
_PREFIX: Final = "TIDEWAITER_"
_OTHERS: Final = frozenset({"TIDEWAITER_CDS_SCHEMAS", "TIDEWAITER_IMAGE", "TIDEWAITER_SCREENSHOTS"})
"""What is read by tests and by the container's files alone."""
REQUIRED: tuple[DocumentType, ...] = ("commercial_invoice", "packing_list", "transport_document")


def _usable_cores() -> int:
    """Cores this process may use, which in a container are fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Settings(DeskSettings, OidcSettings, NoticeSettings):
    """Where things are kept, how much one paper may cost, and what is asked of a shipment."""

    model_config = SettingsConfigDict(env_prefix="TIDEWAITER_", frozen=True, extra="ignore")

    data_dir: Path = Limit(
        default=Path("tidewaiter-data"),
        description="Folder of the local archive and of the register; relative to where the command is started.",
    )
    broker: str = Limit(
        default="local",
        min_length=1,
        max_length=100,
        description="The owner's slug under which shipments are filed.",
    )
    store: Literal["local", "s3"] = Limit(
        default="local",
        description="Where the archive is kept: `local` in `data_dir`, or `s3`.",
    )
    s3_bucket: str = Limit(
        default="tidewaiter",
        description="The bucket, with `store=s3`. `tidewaiter init` makes it, with versions and Object Lock.",
    )
    s3_endpoint: str | None = Limit(
        default=None,
        description="Address of an S3 server that is not AWS, with scheme and port.",
    )
    s3_region: str | None = Limit(
        default=None,
        description="Region of the bucket, where the S3 client does not know it already.",
    )
    s3_sse: Literal["AES256", "aws:kms"] | None = Limit(
        default=None,
        description="Encryption that the S3 server is asked for with each write (`AES256`, `aws:kms`); default is its "
        "own.",
    )
    s3_sse_key: str | None = Limit(
        default=None,
        description="Id of the key for `aws:kms`; default is the account's own.",
    )
    allow_unlocked: bool = Limit(
        default=False,
        description="Work with a bucket without versions or Object Lock, where archived papers can be altered and "
        "removed by whoever may write there.",
    )
    register_url: SecretStr | None = Limit(
        default=None,
        description="The register in PostgreSQL (`postgresql://user:password@host/name?sslmode=verify-full`), which "
        "several machines share; default is a SQLite file in `data_dir`.",
    )
    retention_open_days: int = Limit(
        default=365,
        ge=1,
        le=3650,
        description="For how many days at a time a shipment is locked of which nobody knows yet where it is declared.",
    )
    retention_also: Annotated[tuple[str, ...], NoDecode] = Limit(
        default=(),
        description="Countries whose law on keeping papers holds for every shipment beside that of its declaration, "
        "such as the owner's own; with commas between (`DE,US`).",
    )
    retention_proposal_days: int = Limit(
        default=30,
        ge=1,
        le=365,
        description="For how many days a proposed disposal can be confirmed by a second person.",
    )
    journal_key_file: Path | None = Limit(
        default=None,
        description="File with the private key that signs the journal, which its owner alone may read.",
    )
    journal_key: SecretStr | None = Limit(
        default=None,
        description="The private key itself, in place of the file.",
    )
    witness_dir: Path | None = Limit(
        default=None,
        description="Folder, best on another machine's disk, in which checkpoints of the journal are kept too.",
    )
    witness_bucket: str | None = Limit(
        default=None,
        description="Bucket in which they are kept, under credentials that cannot write the archive.",
    )
    witness_endpoint: str | None = Limit(
        default=None,
        description="Address of its S3 server, where that is not AWS.",
    )
    witness_region: str | None = Limit(
        default=None,
        description="Region of that bucket.",
    )
    witness_access_key: SecretStr | None = Limit(
        default=None,
        description="Access key for that bucket alone.",
    )
    witness_secret_key: SecretStr | None = Limit(
        default=None,
        description="Its secret key.",
    )
    exchange_dir: Path = Limit(
        default=Path("tidewaiter-exchange"),
        description="Folder with `inbox` and `outbox`, with `store=local`; where it is set, with `store=s3` too.",
    )
    exchange_bucket: str | None = Limit(
        default=None,
        description="The bucket with `inbox/` and `outbox/`, with `store=s3`; default is that of the archive. One of "
        "its own, without versions, is better: `tidewaiter init` makes it.",
    )
    inbox_quiet_seconds: float = Limit(
        default=20.0,
        ge=0,
        description="How long nothing may have changed before a dropped shipment without `_READY` counts as complete.",
    )
    inbox_lease_seconds: float = Limit(
        default=180.0,
        ge=5,
        description="How long a worker may not be heard of before another one takes up the shipment that it had.",
    )
    inbox_look_seconds: float | None = Limit(
        default=None,
        ge=0.5,
        description="Longest time between two looks at the whole inbox; default: 2 where nothing tells of changes, 30 "
        "in a folder of this machine, 300 with a queue.",
    )
    inbox_queue_url: str | None = Limit(
        default=None,
        description="Address of an Amazon SQS queue to which the bucket tells of new objects; the watcher looks at "
        "these at once.",
    )
    inbox_files: int = Limit(
        default=500,
        ge=1,
        description="Files of one dropped shipment that are taken; one with more is quarantined.",
    )
    inbox_file_bytes: int = Limit(
        default=256 * MEBIBYTE,
        ge=1,
        description="Size of one dropped file that is taken; a larger one is quarantined.",
    )
    inbox_dated: bool = Limit(
        default=False,
        description='Let a `_READY` say at which day the papers are judged: it holds `{"as_of": "2026-03-01"}`.',
    )
    workers: int = Limit(
        default_factory=_usable_cores,
        ge=1,
        description="Processes that read pages at once; default is one for each usable core.",
    )
    lanes: int = Limit(
        default_factory=_usable_cores,
        ge=1,
        le=64,
        description="Shipments that `tidewaiter up` clears at once, each in a process of its own, which share the "
        "reading processes; default is one for each usable core.",
    )
    file_seconds: float = Limit(
        default=60.0,
        gt=0,
        description="Time one file may take, beside `file_seconds_per_page` for each of its pages.",
    )
    file_seconds_per_page: float = Limit(
        default=10.0,
        ge=0,
        description="Time added to `file_seconds` for each page of the file.",
    )
    page_seconds: float = Limit(
        default=30.0,
        gt=0,
        description="Time one page may take; a page over it becomes an `illegible` finding, the others go on.",
    )
    memory_bytes: int = Limit(
        default=1536 * MEBIBYTE,
        ge=128 * MEBIBYTE,
        description="Memory one reading process may take.",
    )
    file_pages: int = Limit(
        default=500,
        ge=1,
        description="Pages of one file that are read; a longer file is held with a message.",
    )
    page_megapixels: int = Limit(
        default=100,
        ge=1,
        description="Megapixels of one page; a larger picture is read smaller, and the result says so.",
    )
    tesseract: Literal["program", "library"] = Limit(
        default="program",
        description="Tesseract as a `program` started for each pass, or as a `library` (tesserocr), which saves a "
        "quarter of its time and reads a few words differently.",
    )
    jurisdiction: str | None = Limit(
        default=None,
        pattern=r"^[A-Z]{2}$",
        description="Where the goods are declared (ISO 3166-1 alpha-2, or `EU`); default: where the goods go.",
    )
    required_documents: Annotated[tuple[DocumentType, ...], NoDecode] = Limit(
        default=REQUIRED,
        description="Document types without which a shipment is held, with commas between.",
    )
    risk: float = Limit(
        default=0.001,
        gt=0,
        lt=1,
        description="Share of the values taken without a person that may be wrong; it decides which are asked for.",
    )
    weight_share: float = Limit(
        default=0.005,
        ge=0,
        le=0.1,
        description="Share by which weights on two papers may differ, beside the rounding of the printed figures.",
    )
    sum_share: float = Limit(
        default=0.0005,
        ge=0,
        le=0.1,
        description="Share by which the weights of a packing list's lines may miss its own total, beside rounding.",
    )
    same_name: float = Limit(
        default=0.84,
        gt=0.5,
        le=1,
        description="Share of letters at which two words of a company's name are spellings of one word.",
    )
    freight_share: float = Limit(
        default=1.0,
        gt=0,
        description="Share of the goods' price above which the freight charged on an invoice is questioned.",
    )
    low_price_share: float = Limit(
        default=0.5,
        ge=0,
        le=1,
        description="Share of what the same goods usually cost in earlier shipments below which a price is questioned.",
    )
    four_eyes_value: Decimal | None = Limit(
        default=None,
        ge=0,
        description="Value in the customs currency above which a second person confirms what one decided at the desk; "
        "default is that one person decides.",
    )
    enough_history: int = Limit(
        default=3,
        ge=1,
        description="Earlier shipments of the same goods that are enough to say what is usual.",
    )
    random_share: float = Limit(
        default=0.01,
        ge=0,
        le=1,
        description="Share of the shipments nothing speaks against that are drawn for the yellow channel all the same.",
    )
    freight_by: Literal["value", "weight"] = Limit(
        default="value",
        description="What spreads freight over the items of a shipment: their `value`, or their `weight`.",
    )
    log_level: LogLevel | None = Limit(
        default=None,
        description="Lines of the log from this level on (`debug`, `info`, `warning`, `error`, `off`); default: `off` "
        "for single commands, `info` for `tidewaiter up`.",
    )
    log_format: Literal["json", "text"] = Limit(
        default="json",
        description="The log as one JSON object a line (`json`), or as `text` for a person.",
    )
    figures_port: int | None = Limit(
        default=None,
        ge=0,
        le=65535,
        description="Port at which `tidewaiter up` serves figures for Prometheus, and whether it is ready; 0 takes a "
        "free one, default is none.",
    )
    figures_host: str = Limit(
        default="127.0.0.1",
        description="Address at which they are served; one beyond this machine needs `trust_network`.",
    )
    trust_network: bool = Limit(
        default=False,
        description="Let addresses beyond this machine be used without TLS (S3, Prefect), and the figures be served on "
        "one: only where the network itself is protected.",
    )
    debug: bool = Limit(
        default=False,
        description="Show the full trace of an error instead of one line.",
    )

    @field_validator("data_dir", "journal_key_file", "witness_dir", "exchange_dir", mode="before")
    @classmethod
    def _named(cls, value: object) -> object:
        if value == "":  # A path of no name would be the working folder.
            raise ValueError("is empty; name a path, or leave the setting out")
        return value

    @field_validator("required_documents", "retention_also", mode="before")
    @classmethod
    def _with_commas(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @property
    def rules_digest(self) -> str:
        """A digest of the settings that decide an outcome, for the rules under which a shipment was judged."""
        deciding = {
            "file_seconds", "file_seconds_per_page", "page_seconds", "memory_bytes", "file_pages", "page_megapixels",
            "tesseract", "jurisdiction", "required_documents", "risk", "low_price_share", "enough_history",
            "random_share", "weight_share", "sum_share", "same_name", "freight_share", "freight_by",
        }  # fmt: skip
        return self._digest_of(deciding)

    @property
    def reading_digest(self) -> str:
        """A digest of the settings that decide what is read of a page."""
        return self._digest_of({
            "file_seconds", "file_seconds_per_page", "page_seconds", "memory_bytes", "file_pages", "page_megapixels",
            "tesseract",
        })  # fmt: skip

    def _digest_of(self, names: set[str]) -> str:
        return hashlib.sha256(self.model_dump_json(include=names).encode()).hexdigest()[:12]


def load_settings() -> Settings:
    """The settings of this process's environment; raises `WrongSettingsError` that names the first wrong one."""
    _refuse_unknown(os.environ)
    try:
        return Settings()
    except ValidationError as error:
        raise WrongSettingsError(_told(error.errors()[0])) from error


def _told(wrong: ErrorDetails) -> str:
    """What is wrong with a setting, with the value that it has unless that is a secret, and what it is for."""
    reason = wrong["msg"].removeprefix("Value error, ")
    if not wrong["loc"]:
        return f"the settings contradict each other: {reason}"
    field = Settings.model_fields.get(str(wrong["loc"][0]))
    name = f"{_PREFIX}{str(wrong['loc'][0]).upper()}"
    if field is None or "Secret" in str(field.annotation):
        return f"{name}: {reason}"
    return f"{name}={wrong['input']}: {reason}. It is: {field.description}"


def _refuse_unknown(names: Iterable[str]) -> None:
    """A slip in a name would otherwise leave the default in force without a word."""
    known = {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields} | _OTHERS
    for name in names:
        if name.upper().startswith(_PREFIX) and name.upper() not in known:
            ends = [one.removeprefix(_PREFIX) for one in known]
            near = get_close_matches(name.upper().removeprefix(_PREFIX), ends, n=1, cutoff=0.7)
            hint = (
                f"Perhaps {_PREFIX}{near[0]} is meant" if near else "Remove it; all settings are in the documentation"
            )
            raise WrongSettingsError(f"{name}: there is no such setting. {hint}")
