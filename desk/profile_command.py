"""`tidewaiter profile …`: what no paper can say, one dated file for each importer and jurisdiction."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from desk.days import as_day
from desk.printing import plain_table, plain_text
from desk.running import Out, gravest, say, today, told, workshop_in
from flows.errors import NoSuchListError, WrongListError
from flows.intake import readable
from schemas.list_tables import ListError
from schemas.profiles import Profile
from schemas.reference import ListVersion, ReferenceKind

if TYPE_CHECKING:
    from flows.workshop import Workshop

app = typer.Typer(no_args_is_help=True, help="Profiles: what no paper says of an importer, and a declaration needs.")

AsOf = Annotated[dt.date | None, typer.Option("--as-of", metavar="DATE", parser=as_day, help="The day. [today]")]
_KIND: ReferenceKind = "profiles"


@app.command("set")
def set_profile(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="TOML or JSON; docs/profiles.md says what it may hold.")],
    *,
    out: Out = None,
) -> None:
    """Check a profile and store it. It replaces the importer's earlier one from its first day on."""
    codes: set[int] = set()
    with told(codes), workshop_in(out) as workshop:
        from flows import steps  # noqa: PLC0415 - see `workshop_in`

        version = version_of(file)
        loaded, created = workshop.lists.load(file, version, loaded_by=steps.user_here())
        when = f"holds from {loaded.version.valid_from} on" if created else "was set before; nothing changed"
        say(f"the profile {loaded.version.scope} of {loaded.version.name} {when}")
        codes.add(0)
    raise typer.Exit(gravest(codes))


def version_of(file: Path) -> ListVersion:
    """The file says itself for whom it is and from when; a file that cannot be read is told by who loads it."""
    from flows.profiles import profile_of, scope_of  # noqa: PLC0415 - see `workshop_in`
    from flows.references import content_of, text_of  # noqa: PLC0415

    try:
        profile = profile_of(text_of(content_of(file)))
    except ListError as error:
        raise WrongListError(f"{readable(file.name)}: {readable(str(error))}") from error
    return ListVersion(
        kind=_KIND,
        scope=scope_of(profile),
        name=file.name,
        source="set by the user",
        valid_from=profile.valid_from,
        sha256="0" * 64,
    )


@app.command()
def show(
    importer: Annotated[str, typer.Argument(metavar="IMPORTER", help="Name or EORI of the importer.")],
    *,
    as_of: AsOf = None,
    out: Out = None,
) -> None:
    """Print the profiles of an importer that are in force on a day, as they were received."""
    codes: set[int] = set()
    day = as_of or today()
    with told(codes), workshop_in(out) as workshop:
        found = [(version, profile) for version, profile in _in_force(workshop, day) if _is_named(profile, importer)]
        if not found:
            raise NoSuchListError(f"no profile of {readable(importer)} is in force on {day}. See `profile list`")
        for version, _ in found:
            say(f"{version.scope} ({version.name}), from {version.valid_from}, SHA-256 {version.sha256}")
            sys.stdout.buffer.write(workshop.lists.content(version))
        sys.stdout.flush()
        codes.add(0)
    raise typer.Exit(gravest(codes))


def _is_named(profile: Profile, importer: str) -> bool:
    wanted = importer.casefold()
    return wanted in {(profile.importer.eori or "").casefold(), *(name.casefold() for name in profile.importer.names)}


def _in_force(workshop: Workshop, day: dt.date) -> list[tuple[ListVersion, Profile]]:
    versions = [version for version in workshop.lists.in_force(day) if version.kind == _KIND]
    both = [(version, workshop.lists.parsed(Profile, version)) for version in versions]
    return [(version, profile) for version, profile in both if profile.counts_on(day)]


@app.command("list")
def list_profiles(*, as_of: AsOf = None, out: Out = None) -> None:
    """List the profiles that are in force on a day."""
    codes: set[int] = set()
    day = as_of or today()
    with told(codes), workshop_in(out) as workshop:
        table = plain_table("jurisdiction", "importer", "EORI", "from", "until", "file")
        rows = _in_force(workshop, day)
        for version, profile in rows:
            table.add_row(
                profile.jurisdiction,
                plain_text(next(iter(profile.importer.names), "")),
                profile.importer.eori or "",
                profile.valid_from.isoformat(),
                profile.valid_until.isoformat() if profile.valid_until else "",
                plain_text(version.name),
            )
        console = Console(highlight=False) if Console().is_terminal else Console(highlight=False, width=140)
        console.print(table if rows else f"No profile is in force on {day}.")
        codes.add(0)
    raise typer.Exit(gravest(codes))
