"""What a worker needs so that others, on other machines, can work beside it: nothing that they share is kept here."""

from __future__ import annotations

from flows.errors import WrongSettingsError
from flows.prefect_endpoint import protected_server
from flows.register_endpoint import is_shared, register_address
from flows.settings import Settings


def refuse_what_stays_here(settings: Settings, *, single: bool) -> None:
    """Raises `WrongSettingsError` for what several workers cannot share; a `single` one may keep its register here."""
    if settings.store != "s3":
        raise WrongSettingsError(
            "TIDEWAITER_STORE is `local`: the archive and the inbox would be on this machine alone. Set it to `s3` and "
            "name a bucket with TIDEWAITER_S3_BUCKET, or use `tidewaiter up`, which needs one machine only"
        )
    if protected_server(settings) is None:
        raise WrongSettingsError(
            "PREFECT_API_URL is not set: there is no server that the workers have in common. Set it to the address of "
            "your Prefect server (https://HOST/api), or use `tidewaiter up`, which brings one"
        )
    register_address(settings)
    if not (single or is_shared(settings)):
        raise WrongSettingsError(
            "TIDEWAITER_REGISTER_URL names no database: each worker would have a register of its own, and would learn "
            "of the others' shipments at its next start only. Set it to a PostgreSQL database, or say with --single "
            "that no other worker uses this archive"
        )
