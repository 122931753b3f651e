"""Which of our users a provider means, and what its word about a second factor is worth."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from archive.accounts.accounts import Accounts
from archive.accounts.identities import Identity
from archive.accounts.people import Role, User
from archive.accounts.users import NewUser
from archive.errors import AccountRefused
from desk.web.errors import NotVouchedFor
from desk.web.oidc.tokens import Claims, text_in
from flows.settings import Settings


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Raises `NotVouchedFor` for who is nobody here, disabled, or has none of the groups that give a role."""

    accounts: Accounts
    settings: Settings
    now: dt.datetime

    def user(self, claims: Claims) -> User:
        """The user, with the role that the groups give now where groups give roles."""
        identity = Identity(text_in(claims, "iss"), text_in(claims, "sub"))
        known = self.accounts.identities.user_of(identity)
        role = self._role(claims)
        if known is None:
            known = self._bound(text_in(claims, self.settings.oidc_user_claim), role, identity)
        if known.is_disabled:
            raise NotVouchedFor("unknown", "disabled")
        return self._with_role(known, role)

    def _bound(self, name: str, role: Role | None, identity: Identity) -> User:
        """The user of that name, who signs in through the provider and has not come yet; a new one for a group's."""
        try:
            user = self._named(name) or self._made(name, role)
            self.accounts.identities.bind(user, identity)
        except AccountRefused as error:
            raise NotVouchedFor("unknown", error.what) from error
        return user

    def _named(self, name: str) -> User | None:
        return next((one for one in self.accounts.users.listed() if one.name == name.strip().casefold()), None)

    def _made(self, name: str, role: Role | None) -> User:
        if role is None:
            raise NotVouchedFor("unknown", "name")
        return self.accounts.users.add(NewUser(name, role, None, ""), self.now)

    def _role(self, claims: Claims) -> Role | None:
        told = claims.get(self.settings.oidc_groups_claim)
        groups = told if isinstance(told, list) else [told]
        return next((role for group, role in self.settings.oidc_roles if group in groups), None)

    def _with_role(self, user: User, role: Role | None) -> User:
        """A broker keeps his role: no group tells whose shipments are his."""
        if not self.settings.oidc_roles or user.role in {"broker", role}:
            return user
        if role is None:
            self.accounts.sessions.end_all(user)
            raise NotVouchedFor("unknown", "groups")
        self.accounts.users.set_role(user, role, None)
        return self.accounts.users.named(user.name)


def gave_second_factor(claims: Claims, settings: Settings) -> bool:
    """Whether the provider asked for more than a password, by its own word (RFC 8176: `mfa`) or the operator's."""
    told = claims.get("amr")
    methods = told if isinstance(told, list) else []
    return settings.oidc_second_factor == "always" or "mfa" in methods or claims.get("acr") in settings.oidc_acr_values
