"""`tidewaiter desk`: the desk by itself, beside workers that run elsewhere."""

from __future__ import annotations

from typing import Annotated

import typer

from desk.first_sign_in import tell_first_sign_in
from desk.running import Out, gravest, say, settings_for, told


def desk(
    *,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="N", min=0, max=65535, help="Port to serve at; 0 takes a free one. [8480]"),
    ] = None,
    out: Out = None,
) -> None:
    """Serve the desk to browsers, until Ctrl-C."""
    codes: set[int] = set()
    with told(codes):
        from desk.web.serving import open_hall, serve  # noqa: PLC0415 - as in `up`

        settings = settings_for(out)
        chosen = settings if port is None else settings.model_copy(update={"desk_port": port})
        with open_hall(chosen) as hall:
            serve(hall, say, once_it_listens=tell_first_sign_in)
        codes.add(0)
    raise typer.Exit(gravest(codes))
