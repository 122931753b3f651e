"""The buckets that the settings name: how to reach them, what `tidewaiter init` makes, what a start asks of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from archive.keys import part
from archive.policies import BucketNames, policies
from archive.stores import buckets
from archive.stores.s3_client import S3Settings, client_for
from flows.endpoints import protected
from flows.errors import WrongSettingsError
from flows.settings import Settings

OUTBOX_DAYS: Final = 365
_ANY_BROKER: Final = "BROKER"
_WILD: Final = frozenset("*?$/")


def s3_settings(settings: Settings) -> S3Settings:
    """How to reach the archive's bucket, and what its store asks of it; raises as `protected` for its endpoint."""
    endpoint = settings.s3_endpoint
    if endpoint is not None:
        endpoint = protected(endpoint, settings, name="TIDEWAITER_S3_ENDPOINT")
    where = S3Settings(
        bucket=settings.s3_bucket,
        endpoint=endpoint,
        encryption=settings.s3_sse,
        encryption_key=settings.s3_sse_key,
        lockable=not settings.allow_unlocked,
    )
    return where if settings.s3_region is None else replace(where, region=settings.s3_region)


def refuse_unlocked(settings: Settings) -> None:
    """Nothing, where the archive's bucket keeps versions and knows locks, or the settings do without.

    Raises `NotLockable`, and `NotAnArchive` where there is no such bucket.
    """
    if not settings.allow_unlocked:
        buckets.refuse_unlocked(client_for(s3_settings(settings)), settings.s3_bucket)


def init_buckets(settings: Settings, *, outbox_days: int | None = OUTBOX_DAYS) -> Iterator[str]:
    """Make the buckets of archive and exchange, step by step; a second time changes nothing. Tells what was done.

    Raises `WrongSettingsError` where the archive is kept in a folder, and `NotLockable`.
    """
    if settings.store != "s3":
        raise WrongSettingsError("TIDEWAITER_STORE is `local`: a folder needs no buckets. Set it to `s3`")
    where = s3_settings(settings)
    client, exchange = client_for(where), exchange_of(settings)
    yield from buckets.make_archive(client, settings.s3_bucket, region=where.region)
    if exchange == settings.s3_bucket:
        yield f"{exchange}: inbox and outbox lie in the archive's bucket; one of their own is better"
        return
    yield from buckets.make_exchange(client, exchange, region=where.region, outbox_days=outbox_days)
    if settings.exchange_bucket is None:
        yield f"set TIDEWAITER_EXCHANGE_BUCKET={exchange}, or inbox and outbox stay in {settings.s3_bucket}"


def exchange_of(settings: Settings) -> str:
    """The bucket that is made for inbox and outbox."""
    return settings.exchange_bucket or f"{settings.s3_bucket}-exchange"


def role_policies(settings: Settings, *, broker: str | None = None) -> Mapping[str, str]:
    """What each role may do in the buckets that the settings name, as JSON by role.

    Raises:
        KeyInvalid: the broker's name can be no folder.
        WrongSettingsError: it would open the folders of others.
    """
    if broker is not None:
        part(broker)
        if _WILD & set(broker):
            raise WrongSettingsError(f"--broker: {broker!r} stands for several names in a policy. Write it by hand")
    witness = settings.witness_bucket or f"{settings.s3_bucket}-witness"
    names = BucketNames(settings.s3_bucket, exchange_of(settings), witness)
    return policies(names, broker=broker or _ANY_BROKER)
