"""`tidewaiter init`: the buckets that the settings name, made as the archive needs them, and who may do what there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from desk.running import gravest, say, told
from flows.errors import TargetTakenError
from flows.settings import load_settings

_DAYS = (1, 36_500)


def init(
    *,
    policies: Annotated[
        Path | None,
        typer.Option("--policies", metavar="DIR", help="Only write what each role may do, as IAM policies, into DIR."),
    ] = None,
    broker: Annotated[
        str | None, typer.Option("--broker", metavar="NAME", help="Whose folders the broker's policy opens. [BROKER]")
    ] = None,
    outbox_days: Annotated[
        int, typer.Option("--outbox-days", metavar="N", min=_DAYS[0], max=_DAYS[1], help="Days an answer stays. [365]")
    ] = 365,
) -> None:
    """Make the buckets of archive and exchange, or look whether they are as they should be."""
    codes: set[int] = set()
    with told(codes):
        from flows.buckets import init_buckets, role_policies  # noqa: PLC0415 - boto3 takes a second to import

        settings = load_settings()
        if policies is not None:
            _write(policies, role_policies(settings, broker=broker))
            say(f"{policies}: a policy for each role")
        else:
            for line in init_buckets(settings, outbox_days=outbox_days):
                say(line)
        codes.add(0)
    raise typer.Exit(gravest(codes))


def _write(folder: Path, documents: Mapping[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for role, document in documents.items():
            (folder / f"{role}.json").write_text(document, encoding="utf-8")
    except OSError as error:
        raise TargetTakenError(
            f"{folder}: {error.strerror}. Name a folder that this user may write, with --policies"
        ) from error
