"""A day as it is written on the command line."""

from __future__ import annotations

import datetime as dt

import typer


def as_day(text: str) -> dt.date:
    """Raises `typer.BadParameter`, with a day to write likewise."""
    try:
        return dt.datetime.strptime(text.strip(), "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write year, month and day, such as 2026-11-22") from None
