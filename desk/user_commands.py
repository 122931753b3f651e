"""`tidewaiter user …`: who may sign in at the desk, and as what.

No password is ever given on a command line, where others could read it: each command makes a one-time one, prints it
once, and whoever uses it must choose another one.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from desk.printing import plain_table, plain_text
from desk.running import AsJson, Out, accounts_in, gravest, now, told
from flows.intake import readable

if TYPE_CHECKING:
    from archive.accounts.accounts import Accounts
    from archive.accounts.people import Role, User

app = typer.Typer(no_args_is_help=True, help="Who may sign in at the desk.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name to sign in with.")]
Broker = Annotated[
    str | None, typer.Option("--broker", metavar="ID", help="With the role broker: whose shipments are seen.")
]


def _role(text: str) -> str:
    from archive.accounts.people import ROLES  # noqa: PLC0415 - SQLAlchemy takes a moment to import

    if text not in ROLES:
        raise typer.BadParameter(f"is none of {', '.join(ROLES)}")
    return text


RoleOption = Annotated[str, typer.Option("--role", metavar="ROLE", parser=_role, help="What the user may do.")]


ByProvider = Annotated[
    bool, typer.Option("--by-provider", help="The user signs in through the identity provider, and has no password.")
]


@app.command()
def add(
    name: Name, *, role: RoleOption, broker: Broker = None, by_provider: ByProvider = False, out: Out = None
) -> None:
    """Add a user, and print a one-time password."""
    codes: set[int] = set()
    with told(codes), accounts_in(out) as accounts:
        from archive.accounts.passwords import one_time  # noqa: PLC0415 - see `_role`
        from archive.accounts.users import NewUser  # noqa: PLC0415 - likewise

        password = None if by_provider else one_time()
        hashed = "" if password is None else accounts.passwords.hashed(password)
        user = accounts.users.add(NewUser(name, _checked(role), broker, hashed), now())
        _print_way_in(user, password)
        codes.add(0)
    raise typer.Exit(gravest(codes))


@app.command("list")
def listed(*, out: Out = None, as_json: AsJson = False) -> None:
    """List who there is."""
    codes: set[int] = set()
    with told(codes), accounts_in(out) as accounts:
        users = accounts.users.listed()
        if as_json:
            _write_json([_told_of(user) for user in users])
        else:
            _print_users(users)
        codes.add(0)
    raise typer.Exit(gravest(codes))


@app.command()
def disable(
    name: Name,
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Let the user sign in again.")] = False,
    out: Out = None,
) -> None:
    """Let a user sign in no more; every session ends. What the user decided stays."""
    codes: set[int] = set()
    with told(codes), accounts_in(out) as accounts:
        user = accounts.users.named(name)
        accounts.users.set_disabled(user, is_disabled=not undo)
        typer.echo(readable(f"{user.name}: {'may sign in again' if undo else 'may not sign in'}"))
        codes.add(0)
    raise typer.Exit(gravest(codes))


@app.command()
def role(
    name: Name,
    role: Annotated[str, typer.Argument(metavar="ROLE", parser=_role, help="What the user may do from now on.")],
    *,
    broker: Broker = None,
    out: Out = None,
) -> None:
    """Give a user another role; every session ends."""
    codes: set[int] = set()
    with told(codes), accounts_in(out) as accounts:
        accounts.users.set_role(accounts.users.named(name), _checked(role), broker)
        typer.echo(readable(f"{name}: {role}"))
        codes.add(0)
    raise typer.Exit(gravest(codes))


@app.command()
def provider(name: Name, *, out: Out = None) -> None:
    """Let a user sign in through the identity provider, and with no password any more; every session ends."""
    codes: set[int] = set()
    with told(codes), accounts_in(out) as accounts:
        user = accounts.users.named(name)
        accounts.users.set_no_password(user)
        _print_way_in(user, None)
        codes.add(0)
    raise typer.Exit(gravest(codes))


@app.command()
def password(
    name: Name,
    *,
    forget_authenticator: Annotated[
        bool, typer.Option("--forget-authenticator", help="For who has lost it and every recovery code.")
    ] = False,
    out: Out = None,
) -> None:
    """Print a new one-time password of a user, who has no other way in from then on; every session ends."""
    codes: set[int] = set()
    with told(codes), accounts_in(out) as accounts:
        _reset(accounts, accounts.users.named(name), forget_authenticator=forget_authenticator)
        codes.add(0)
    raise typer.Exit(gravest(codes))


def _reset(accounts: Accounts, user: User, *, forget_authenticator: bool) -> None:
    from archive.accounts.passwords import one_time  # noqa: PLC0415 - see `_role`

    fresh = one_time()
    accounts.users.set_password(user, accounts.passwords.hashed(fresh), must_change=True)
    if forget_authenticator:
        accounts.second_factors.forget(user)
    _print_way_in(user, fresh)


def _checked(text: str) -> Role:
    from archive.accounts.people import ROLES  # noqa: PLC0415 - see `_role`

    return next(one for one in ROLES if one == text)


def _print_way_in(user: User, password: str | None) -> None:
    if password is None:
        typer.echo(f"{readable(user.name)}: {user.role}, signs in through the identity provider")
        return
    typer.echo(f"{readable(user.name)}: {user.role}, one-time password {password}")
    typer.echo("It is not shown again, and must be changed when it is first used.")


def _print_users(users: tuple[User, ...]) -> None:
    table = plain_table("name", "role", "broker", "second factor", "")
    for user in users:
        state = "disabled" if user.is_disabled else _way_in(user)
        second = "yes" if user.has_second_factor else "no"
        table.add_row(plain_text(user.name), user.role, plain_text(user.broker or ""), second, state)
    Console(highlight=False).print(table if users else "Nobody yet: `tidewaiter desk` makes the first administrator.")


def _way_in(user: User) -> str:
    if not user.has_password:
        return "through the identity provider"
    return "must change the password" if user.must_change else ""


def _told_of(user: User) -> dict[str, object]:
    return {
        "name": user.name,
        "role": user.role,
        "broker": user.broker,
        "second_factor": user.has_second_factor,
        "has_password": user.has_password,
        "must_change_password": user.must_change,
        "disabled": user.is_disabled,
        "created_at": user.created_at.isoformat(),
    }


def _write_json(told: object) -> None:
    sys.stdout.buffer.write(f"{json.dumps(told, ensure_ascii=False)}\n".encode())
    sys.stdout.flush()
