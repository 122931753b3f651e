"""Signing in through an identity provider: a real one on this machine, which also lies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import ECKey
from pydantic import SecretStr, ValidationError

from archive.accounts.people import Role, User
from archive.accounts.users import NewUser
from desk.web.access import ENROL, PROVIDER, PROVIDER_ANSWER, SIGN_IN
from flows.settings import Settings
from tests.desks import NOON, PASSWORD, Answer, Browser, Desk
from tests.providers import (
    CLIENT,
    CLIENT_SECRET,
    Claims,
    Provider,
    running_provider,
    signed,
    signed_by_secret,
    unsigned,
)

COOKIE = "tidewaiter-session"
Spoil = Callable[[Claims], Claims]


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider() as found:
        yield found


@pytest.fixture
def opened(make_desk: Callable[[Settings], Desk], settings: Settings, provider: Provider) -> Callable[..., Desk]:
    """A desk that knows the provider, with further settings."""

    def make(**changed: object) -> Desk:
        told = {
            "oidc_issuer": provider.issuer,
            "oidc_client_id": CLIENT,
            "oidc_client_secret": SecretStr(CLIENT_SECRET),
            "oidc_label": "Harbour ID",
        }
        return make_desk(settings.model_copy(update={**told, **changed}))

    return make


@pytest.fixture
def desk(opened: Callable[..., Desk]) -> Desk:
    return opened()


def _added(desk: Desk, name: str = "ada", role: Role = "clerk") -> User:
    broker = "anker" if role == "broker" else None
    return desk.accounts.users.add(NewUser(name, role, broker, ""), NOON)


def _sent(browser: Browser, after: str = "/account") -> str:
    """The provider's page, as the browser is sent there."""
    answer = browser.get(f"{PROVIDER}?next={after}")
    assert answer.status == 303
    return answer.headers["location"]


def _back(address: str) -> str:
    """What the provider has the browser ask the desk, once the person has signed in there."""
    told = urlsplit(httpx.get(address, trust_env=False).headers["location"])
    assert told.path == PROVIDER_ANSWER
    return f"{told.path}?{told.query}"


def _signed_in(browser: Browser, after: str = "/account") -> Answer:
    return browser.get(_back(_sent(browser, after)))


def _refused(answer: Answer, told: str) -> bool:
    return (answer.status, answer.headers["location"]) == (303, f"{SIGN_IN}?told={told}")


def test_who_was_added_here_comes_in_through_the_provider_and_to_the_page_asked_for(desk: Desk) -> None:
    _added(desk)
    browser = desk.browser()
    assert "Sign in with Harbour ID" in browser.get("/login?next=/queue?mine=1").text
    answer = _signed_in(browser, "/queue%3Fmine=1")
    assert (answer.status, answer.headers["location"]) == (303, "/queue?mine=1")
    page = browser.get("/account").text
    assert "ada" in page
    assert "/login/password" not in page
    assert browser.get("/login/password").headers["location"] == "/"


def test_what_the_browser_is_sent_with_is_bound_to_it_and_holds_no_secret(desk: Desk, provider: Provider) -> None:
    asked = [
        {name: values[0] for name, values in parse_qs(urlsplit(_sent(desk.browser())).query).items()} for _ in "12"
    ]
    one, other = asked
    assert (one["response_type"], one["code_challenge_method"], one["client_id"]) == ("code", "S256", CLIENT)
    assert one["redirect_uri"] == f"http://127.0.0.1:8480{PROVIDER_ANSWER}"
    assert "openid" in one["scope"].split()
    assert not {name for name in ("state", "nonce", "code_challenge") if one[name] == other[name]}
    assert CLIENT_SECRET not in str(one)
    assert provider.given == []


def test_the_word_for_the_way_back_is_the_browsers_alone_and_taken_back(desk: Desk) -> None:
    _added(desk)
    browser = desk.browser()
    told = browser.get(PROVIDER).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Max-Age=600"} <= {part.strip() for part in told.split(";")[1:]}
    _signed_in(browser)
    assert browser.cookie("tidewaiter-errand") is None


def test_a_session_that_was_there_before_is_of_no_use_after_signing_in(desk: Desk) -> None:
    _added(desk)
    attacker, victim = desk.signed_in(desk.user("clerk", name="mallory")), desk.browser()
    placed = attacker.cookie(COOKIE) or ""
    victim.client.cookies.set(COOKIE, placed, domain="127.0.0.1", path="/")
    _signed_in(victim)
    assert victim.cookie(COOKIE) not in {None, placed}
    assert attacker.get("/account").status == 303


def test_an_answer_in_another_browser_lets_nobody_in(desk: Desk) -> None:
    _added(desk)
    answer = _back(_sent(desk.browser()))
    stranger, other = desk.browser(), desk.browser()
    assert _refused(stranger.get(answer), "provider_answer")
    _sent(other)
    assert _refused(other.get(answer), "provider_answer")
    assert other.cookie(COOKIE) is None


@pytest.mark.parametrize(
    "change", ["state=0", "state=", "error=access_denied&code=", "iss=https://other.example", "code="]
)
def test_an_answer_that_is_not_the_one_asked_for_lets_nobody_in(change: str, desk: Desk) -> None:
    _added(desk)
    browser = desk.browser()
    path, _, query = _back(_sent(browser)).partition("?")
    told = {**{name: values[0] for name, values in parse_qs(query).items()}}
    told |= {name: (values or [""])[0] for name, values in parse_qs(change, keep_blank_values=True).items()}
    assert _refused(browser.get(str(httpx.URL(path, params=told))), "provider_answer")
    assert browser.cookie(COOKIE) is None


def test_an_answer_is_taken_once(desk: Desk, provider: Provider) -> None:
    _added(desk)
    browser = desk.browser()
    answer = _back(_sent(browser))
    kept = browser.cookie("tidewaiter-errand") or ""
    assert browser.get(answer).headers["location"] == "/account"
    assert _refused(browser.get(answer), "provider_answer")
    thief = desk.browser()
    thief.client.cookies.set("tidewaiter-errand", kept, domain="127.0.0.1", path="/")
    assert _refused(thief.get(answer), "provider_answer")
    assert provider.grants == {}


def _with(**changed: object) -> Spoil:
    return lambda claims: {**claims, **changed}


def _without(name: str) -> Spoil:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


@pytest.mark.parametrize(
    "spoil",
    [
        _with(nonce="another"),
        _without("nonce"),
        _with(exp=int(NOON.timestamp()) - 61),
        _without("exp"),
        _with(aud="another client"),
        _with(aud=[CLIENT, "another client"]),
        _with(aud=[CLIENT], azp="another client"),
        _without("aud"),
        _with(iss="https://other.example"),
        _without("iss"),
        _without("sub"),
        _with(sub=""),
        _with(sub=7),
        _with(iat=int(NOON.timestamp()) + 3600),
        _with(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
        _with(amr="mfa"),
        _with(preferred_username=["ada"]),
        _without("preferred_username"),
    ],
)
def test_a_token_that_says_another_thing_lets_nobody_in(spoil: Spoil, desk: Desk, provider: Provider) -> None:
    _added(desk)
    provider.spoil = spoil
    browser = desk.browser()
    assert _refused(_signed_in(browser), "provider_answer")
    assert browser.cookie(COOKIE) is None


def _by_another_key(_provider: Provider, claims: Claims) -> str:
    return signed(ECKey.generate_key("P-256", {"kid": "1"}), claims)


def _by_the_shared_secret(_provider: Provider, claims: Claims) -> str:
    return signed_by_secret(CLIENT_SECRET.encode(), claims)


def _by_the_public_key(provider: Provider, claims: Claims) -> str:
    return signed_by_secret(provider.key.as_pem(private=False), claims)


def _broken(_provider: Provider, _claims: Claims) -> str:
    return "not.a.token"


@pytest.mark.parametrize("sign", [_by_another_key, unsigned, _by_the_shared_secret, _by_the_public_key, _broken])
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(
    sign: Callable[[Provider, Claims], str], desk: Desk, provider: Provider
) -> None:
    _added(desk)
    provider.sign = sign
    assert _refused(_signed_in(desk.browser()), "provider_answer")


def test_a_provider_that_changed_its_key_is_believed(desk: Desk, provider: Provider) -> None:
    _added(desk)
    assert _signed_in(desk.browser()).headers["location"] == "/account"
    provider.key = ECKey.generate_key("P-256", {"kid": "1", "use": "sig"})
    assert _signed_in(desk.browser()).headers["location"] == "/account"


def test_who_is_not_known_here_or_disabled_is_told_so(desk: Desk) -> None:
    browser = desk.browser()
    answer = _signed_in(browser)
    assert _refused(answer, "unknown")
    assert "may not work here" in browser.get(answer.headers["location"]).text
    user = _added(desk)
    desk.accounts.users.set_disabled(user, is_disabled=True)
    assert _refused(_signed_in(browser), "unknown")
    desk.accounts.users.set_disabled(user, is_disabled=False)
    assert _signed_in(browser).headers["location"] == "/account"
    desk.accounts.users.set_disabled(user, is_disabled=True)
    assert browser.get("/account").status == 303
    assert _refused(_signed_in(browser), "unknown")


def test_nobody_takes_over_who_signs_in_with_a_password(desk: Desk, provider: Provider) -> None:
    admin = desk.user("admin")
    provider.claims = {"sub": "9", "preferred_username": "admin"}
    assert _refused(_signed_in(desk.browser()), "unknown")
    assert desk.signed_in(admin).get("/users").status == 200


def test_a_name_that_the_provider_gives_to_somebody_else_is_refused_and_a_new_name_of_the_same_is_known(
    desk: Desk, provider: Provider
) -> None:
    _added(desk)
    assert _signed_in(desk.browser()).headers["location"] == "/account"
    provider.claims = {"sub": "2", "preferred_username": "ada"}
    assert _refused(_signed_in(desk.browser()), "unknown")
    provider.claims = {"sub": "1", "preferred_username": "ada.married"}
    browser = desk.browser()
    assert _signed_in(browser).headers["location"] == "/account"
    assert "<dd>ada</dd>" in browser.get("/account").text


def test_who_was_given_a_password_instead_comes_in_by_that_alone(desk: Desk) -> None:
    user, browser = _added(desk), desk.browser()
    _signed_in(browser)
    desk.accounts.users.set_password(user, desk.accounts.passwords.hashed(PASSWORD), must_change=False)
    assert browser.get("/account").status == 303
    assert _refused(_signed_in(browser), "unknown")
    assert desk.signed_in(user).get("/account").status == 200


@pytest.mark.parametrize("password", ["", PASSWORD])
def test_who_signs_in_through_the_provider_has_no_password_to_be_guessed(password: str, desk: Desk) -> None:
    user, browser = _added(desk), desk.browser()
    browser.get(SIGN_IN)
    assert browser.post(SIGN_IN, {"name": user.name, "password": password}).status == 401


@pytest.mark.parametrize(
    ("claims", "changed", "counts"),
    [
        ({}, {}, False),
        ({"amr": ["pwd"]}, {}, False),
        ({"amr": ["pwd", "mfa"]}, {}, True),
        ({"acr": "high"}, {}, False),
        ({"acr": "high"}, {"oidc_acr_values": ("high",)}, True),
        ({}, {"oidc_second_factor": "always"}, True),
    ],
)
def test_a_supervisor_needs_a_second_factor_of_ours_unless_the_provider_asked_for_one(
    claims: Claims,
    changed: dict[str, object],
    *,
    counts: bool,
    opened: Callable[..., Desk],
    provider: Provider,
) -> None:
    desk = opened(**changed)
    _added(desk, role="supervisor")
    provider.spoil = _with(**claims)
    browser = desk.browser()
    _signed_in(browser)
    answer = browser.get("/queue")
    assert answer.status == (200 if counts else 303)
    assert counts or answer.headers["location"] == ENROL


ROLES = (("harbour-leads", "supervisor"), ("harbour", "clerk"))


def test_groups_make_users_and_give_and_take_roles(opened: Callable[..., Desk], provider: Provider) -> None:
    desk = opened(oidc_roles=ROLES, oidc_second_factor="always")
    browser = desk.browser()
    assert _refused(_signed_in(browser), "unknown")
    for groups, role in ((["harbour"], "clerk"), (["harbour", "harbour-leads"], "supervisor"), (["harbour"], "clerk")):
        provider.claims["groups"] = groups
        assert _signed_in(browser).headers["location"] == "/account"
        assert desk.accounts.users.named("ada").role == role
    elsewhere = desk.browser()
    provider.claims["groups"] = ["canteen"]
    assert _refused(_signed_in(elsewhere), "unknown")
    assert browser.get("/account").status == 303, "the session of who lost every group is over"


def test_a_broker_keeps_the_role_that_no_group_can_give(opened: Callable[..., Desk]) -> None:
    desk = opened(oidc_roles=ROLES)
    _added(desk, role="broker")
    browser = desk.browser()
    assert _signed_in(browser).headers["location"] == "/account"
    assert browser.get("/mine").status == 200


def test_a_provider_that_does_not_answer_is_said_so_and_passwords_still_open(desk: Desk, provider: Provider) -> None:
    clerk = desk.user("clerk")
    provider.is_ill = True
    browser = desk.browser()
    answer = browser.get(PROVIDER)
    assert _refused(answer, "provider_silent")
    assert "does not answer" in browser.get(answer.headers["location"]).text
    assert desk.signed_in(clerk).get("/account").status == 200


@pytest.mark.parametrize(
    "description",
    [
        {"issuer": "https://other.example"},
        {"token_endpoint": "http://192.0.2.9/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"token_endpoint": None},
        {"id_token_signing_alg_values_supported": ["none", "HS256"]},
        {"jwks_uri": "http://127.0.0.1:9/jwks"},
    ],
)
def test_a_description_that_leads_elsewhere_is_not_followed(
    description: Claims, desk: Desk, provider: Provider
) -> None:
    _added(desk)
    browser = desk.browser()
    answer = _back(_sent(browser))
    provider.description = description
    assert browser.get(answer).headers["location"].startswith(f"{SIGN_IN}?told=provider_")
    assert browser.cookie(COOKIE) is None


@pytest.mark.parametrize("trap", ["//evil.example", "https://evil.example", "/%5Cevil.example"])
def test_nobody_is_led_to_another_site(trap: str, desk: Desk) -> None:
    _added(desk)
    assert _signed_in(desk.browser(), trap).headers["location"] == "/"


def test_answers_are_not_to_be_guessed(desk: Desk) -> None:
    browser, answers = desk.browser(), []
    for _ in range(51):
        browser.client.cookies.set("tidewaiter-errand", "word.%2F", domain="127.0.0.1", path="/")
        answers.append(browser.get(f"{PROVIDER_ANSWER}?code=1&state=1").headers["location"])
    assert answers[0] == f"{SIGN_IN}?told=provider_answer"
    assert answers[-1] == f"{SIGN_IN}?told=too_many"


def test_without_a_provider_there_is_no_such_way(make_desk: Callable[[Settings], Desk], settings: Settings) -> None:
    desk = make_desk(settings)
    browser = desk.browser()
    assert (browser.get(PROVIDER).status, browser.get(PROVIDER_ANSWER).status) == (404, 404)
    assert PROVIDER not in browser.get(SIGN_IN).text


def test_nothing_that_is_no_text_of_ours_is_told_at_the_page_to_sign_in(desk: Desk) -> None:
    answer = desk.browser().get(f"{SIGN_IN}?told=call+0900+now")
    assert answer.status == 422
    assert "0900" not in answer.text


def test_half_a_provider_is_refused_when_the_desk_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError, match="OIDC_CLIENT_ID"):
        Settings(oidc_issuer="https://id.example.com")
    with pytest.raises(ValidationError, match="set one of them"):
        Settings(oidc_client_secret=SecretStr("x"), oidc_client_secret_file=tmp_path)
    monkeypatch.setenv("TIDEWAITER_OIDC_ROLES", "crew=broker")
    with pytest.raises(ValidationError, match="oidc_roles"):
        Settings()
    monkeypatch.setenv("TIDEWAITER_OIDC_ROLES", "a=b=clerk, leads=supervisor")
    monkeypatch.setenv("TIDEWAITER_OIDC_ACR_VALUES", "a, b")
    told = Settings(oidc_scopes="profile")
    assert told.oidc_roles == (("a=b", "clerk"), ("leads", "supervisor"))
    assert (told.oidc_scopes, told.oidc_acr_values) == ("openid profile", ("a", "b"))


def test_a_session_lasts_as_long_as_any_other(desk: Desk) -> None:
    _added(desk)
    browser = desk.browser()
    _signed_in(browser)
    desk.clock.pass_by(dt.timedelta(minutes=31))
    assert browser.get("/account").status == 303
