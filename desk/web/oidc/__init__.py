"""Signing in through an identity provider: OpenID Connect, authorization code flow with PKCE (Authlib).

`provider` sends the browser there and fetches what the provider says of it, `tokens` looks at whether that can be
believed, `knowing` tells which of our users it is. Nothing is asked of the provider but when somebody signs in.
"""
