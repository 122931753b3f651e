"""Accounts on both databases: who there is, how tries are counted by several processes, and what is kept."""

from __future__ import annotations

import datetime as dt
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from sqlite3 import connect

import pyotp
import pytest
from argon2 import PasswordHasher

from archive.accounts.accounts import Accounts, open_accounts
from archive.accounts.identities import Identity
from archive.accounts.passwords import Passwords, acceptable, one_time
from archive.accounts.people import ROLES, Lifetime, Role, User, login_name
from archive.accounts.users import NewUser
from archive.errors import AccountRefused, AccountsUnusable
from archive.register import Register

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
LIFETIME = Lifetime(dt.timedelta(hours=12), dt.timedelta(minutes=30))
STEP = dt.timedelta(seconds=30)
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
Opener = Callable[[], Accounts]
BEA = Identity("https://id.example.com", "248289761001")


@pytest.fixture
def opened(database: Path | str) -> Iterator[Opener]:
    """Opens the accounts as one process more."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(open_accounts(database, LIFETIME, passwords=QUICK))


@pytest.fixture
def accounts(opened: Opener) -> Accounts:
    return opened()


def _added(accounts: Accounts, name: str = "ada", role: Role = "clerk", broker: str | None = None) -> User:
    return accounts.users.add(NewUser(name, role, broker, "hash"), NOON)


def test_a_user_is_found_by_the_name_in_whichever_letters(accounts: Accounts) -> None:
    added = _added(accounts, "Ada.L")
    assert accounts.users.named("ADA.l") == added == accounts.users.listed()[0]
    assert (added.name, added.role, added.must_change, added.is_disabled) == ("ada.l", "clerk", True, False)
    assert added.created_at == NOON


def test_a_name_is_given_once(accounts: Accounts) -> None:
    _added(accounts)
    with pytest.raises(AccountRefused, match="another user"):
        _added(accounts, "ADA", "auditor")
    assert accounts.users.named("ada").role == "clerk"


def test_the_name_of_somebody_who_is_gone_is_given_to_nobody(accounts: Accounts) -> None:
    accounts.users.set_disabled(_added(accounts), is_disabled=True)
    with pytest.raises(AccountRefused, match="another user"):
        _added(accounts, "ada")
    ways = {name for name in dir(accounts.users) if not name.startswith("_")}
    assert not {name for name in ways if any(word in name for word in ("remove", "delete", "rename", "name_"))}


@pytest.mark.parametrize("name", ["", " ", "a b", "-x", "x" * 65, "a\nb", "ж", "<b>", "a/b"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(AccountRefused, match="is no name"):
        login_name(name)


@pytest.mark.parametrize("role", ROLES)
def test_a_broker_has_a_slug_and_nobody_else_has(role: Role, accounts: Accounts) -> None:
    right, wrong = ("anker", None) if role == "broker" else (None, "anker")
    with pytest.raises(AccountRefused, match="broker"):
        _added(accounts, role=role, broker=wrong)
    user = _added(accounts, role=role, broker=right)
    with pytest.raises(AccountRefused, match="broker"):
        accounts.users.set_role(user, role, wrong)
    assert accounts.users.named("ada").broker == right


def test_the_first_user_is_made_once_whoever_starts_at_the_same_time(opened: Opener) -> None:
    several = [opened() for _ in range(4)]
    new = NewUser("admin", "admin", None, "hash")
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda one: one.users.add_first(new, NOON), several))
    assert sorted(made) == [False, False, False, True]
    assert len(several[0].users.listed()) == 1


def test_tries_at_the_same_moment_in_several_processes_count_together(opened: Opener) -> None:
    several = [opened() for _ in range(4)]

    def tried(number: int) -> bool:
        return several[number % 4].attempts.begin("ada", "192.0.2.7", NOON) is not None

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(tried, range(24))) <= 5


def test_tries_from_many_addresses_count_for_the_name(accounts: Accounts) -> None:
    tries = [accounts.attempts.begin("ada", f"192.0.2.{number}", NOON) for number in range(60)]
    assert [one is not None for one in tries] == [True] * 50 + [False] * 10


def test_tries_of_many_names_count_for_the_address(accounts: Accounts) -> None:
    tries = [accounts.attempts.begin(f"user{number}", "192.0.2.7", NOON) for number in range(60)]
    assert [one is not None for one in tries] == [True] * 50 + [False] * 10


def test_who_only_waits_is_let_in_after_a_quarter_of_an_hour(accounts: Accounts) -> None:
    def tried(minutes: int) -> bool:
        return accounts.attempts.begin("ada", "192.0.2.7", NOON + dt.timedelta(minutes=minutes)) is not None

    assert [tried(0) for _ in range(6)] == [True] * 5 + [False]
    assert [tried(14), tried(15)] == [False, True]


def test_a_code_of_the_neighbouring_half_minute_fits_and_an_older_one_does_not(accounts: Accounts) -> None:
    user = _added(accounts)
    codes = pyotp.TOTP(accounts.second_factors.begin(user))
    assert not accounts.second_factors.accepts(user, codes.at(NOON - 2 * STEP), NOON)
    assert accounts.second_factors.accepts(user, codes.at(NOON - STEP), NOON)
    assert accounts.second_factors.accepts(user, codes.at(NOON + STEP), NOON)
    assert not accounts.second_factors.accepts(user, codes.at(NOON), NOON), "it is older than one that was taken"


def test_one_code_opens_one_session_however_many_ask_at_once(opened: Opener) -> None:
    several = [opened() for _ in range(4)]
    user = _added(several[0])
    code = pyotp.TOTP(several[0].second_factors.begin(user)).at(NOON)
    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(lambda one: one.second_factors.accepts(user, code, NOON), several))
    assert sorted(taken) == [False, False, False, True]


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef", "é", " " * 9])
def test_without_a_secret_no_code_fits(code: str, accounts: Accounts) -> None:
    assert not accounts.second_factors.accepts(_added(accounts), code, NOON)


def test_what_the_database_holds_opens_no_session(accounts: Accounts, database: Path | str) -> None:
    user = _added(accounts)
    identity = accounts.sessions.open(user, NOON, is_second_factor_given=False, instead_of=None)
    codes = accounts.second_factors.confirm(user, pyotp.TOTP(accounts.second_factors.begin(user)).at(NOON), NOON)
    assert accounts.sessions.find(identity, NOON) is not None
    if isinstance(database, Path):
        kept = "\n".join(connect(database).iterdump())
        assert user.name in kept
        assert [secret for secret in (identity, *codes) if secret in kept] == []


def test_the_accounts_outlive_the_register(accounts: Accounts, database: Path | str) -> None:
    _added(accounts)
    register = Register(database)
    register.close()
    assert [user.name for user in accounts.users.listed()] == ["ada"]


def test_a_file_of_accounts_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "accounts.sqlite"
    with open_accounts(path, LIFETIME, passwords=QUICK) as accounts:
        _added(accounts)
        modes = {stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()}
    assert modes == {0o600}


def test_accounts_in_a_folder_that_cannot_be_made_are_refused(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    path = tmp_path / "data" / "accounts.sqlite"
    with pytest.raises(AccountsUnusable, match="right to write"), open_accounts(path, LIFETIME, passwords=QUICK):
        pass


def test_what_is_no_database_is_refused_and_nobody_is_told_to_delete_it(tmp_path: Path) -> None:
    path = tmp_path / "accounts.sqlite"
    path.write_bytes(b"something else" * 100)
    with pytest.raises(AccountsUnusable, match="backup"), open_accounts(path, LIFETIME, passwords=QUICK):
        pass


def test_accounts_of_the_first_version_are_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "accounts.sqlite"
    with open_accounts(path, LIFETIME, passwords=QUICK) as accounts:
        _added(accounts)
    with connect(path) as connection:
        connection.execute("DROP TABLE account_identities")
        connection.execute("UPDATE account_format SET version = 1")
    connection.close()
    with open_accounts(path, LIFETIME, passwords=QUICK) as accounts:
        bound = accounts.users.add(NewUser("bea", "clerk", None, ""), NOON)
        accounts.identities.bind(bound, BEA)
        assert accounts.identities.user_of(BEA) == bound
        assert [user.name for user in accounts.users.listed()] == ["ada", "bea"]


def test_somebody_at_a_provider_is_one_user_and_a_user_is_one_there(accounts: Accounts) -> None:
    bea = accounts.users.add(NewUser("bea", "clerk", None, ""), NOON)
    carl = accounts.users.add(NewUser("carl", "clerk", None, ""), NOON)
    accounts.identities.bind(bea, BEA)
    for user, identity in ((carl, BEA), (bea, Identity(BEA.issuer, "2")), (bea, Identity("https://other", "1"))):
        with pytest.raises(AccountRefused, match="another way"):
            accounts.identities.bind(user, identity)
    assert accounts.identities.user_of(BEA) == bea
    assert accounts.identities.user_of(Identity("https://other", BEA.subject)) is None


def test_who_has_a_password_is_nobodys_at_a_provider_and_the_other_way_round(accounts: Accounts) -> None:
    ada, bea = _added(accounts), accounts.users.add(NewUser("bea", "clerk", None, ""), NOON)
    with pytest.raises(AccountRefused, match="another way"):
        accounts.identities.bind(ada, BEA)
    assert not accounts.passwords.fits(accounts.users.password_of(bea), "")
    accounts.identities.bind(bea, BEA)
    session = accounts.sessions.open(bea, NOON, is_second_factor_given=False, instead_of=None)
    accounts.users.set_password(bea, "hash", must_change=True)
    assert accounts.identities.user_of(BEA) is None
    assert accounts.sessions.find(session, NOON) is None
    accounts.users.set_no_password(ada)
    assert not accounts.users.named("ada").has_password
    accounts.identities.bind(ada, BEA)


def test_accounts_of_a_later_version_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "accounts.sqlite"
    with open_accounts(path, LIFETIME, passwords=QUICK):
        pass
    with connect(path) as connection:
        connection.execute("UPDATE account_format SET version = 3")
    connection.close()
    with pytest.raises(AccountsUnusable, match="of version 3"), open_accounts(path, LIFETIME, passwords=QUICK):
        pass


@pytest.mark.parametrize("password", ["quay", "x" * 257, "aaaaaaaaaaaaaaa", "ada lovelace 1815", "ADA Lovelace 1815"])
def test_a_password_that_is_easily_guessed_is_refused_and_never_quoted(password: str) -> None:
    with pytest.raises(AccountRefused) as refused:
        acceptable(password, "ada")
    assert password not in str(refused.value)


def test_one_time_passwords_are_acceptable_and_never_the_same() -> None:
    made = {acceptable(one_time(), "ada") for _ in range(100)}
    assert len(made) == 100


def test_passwords_are_kept_as_argon2id_with_the_parameters_of_the_rfc() -> None:
    kept = Passwords().hashed("quay road at low tide")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
