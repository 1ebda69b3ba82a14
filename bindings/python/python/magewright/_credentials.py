"""Who asks a store. None of these shows its secrets."""

from dataclasses import dataclass, field

from ._request import Credentials


@dataclass(frozen=True, slots=True)
class Admin:
    """An administrator, who logs in for a token and again when it expires."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shopper:
    """A customer, who logs in for a token."""

    email: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Token:
    """A ready bearer token."""

    token: str = field(repr=False)


Who = Admin | Shopper | Token | Credentials | None
"""Who asks: an administrator, a customer, a token, an integration's OAuth credentials, or nobody."""


def parts(who: Who) -> list[str]:
    """The credentials as the client takes them."""
    match who:
        case None:
            return ["guest"]
        case Admin(username, password):
            return ["admin", username, password]
        case Shopper(email, password):
            return ["customer", email, password]
        case Token(token):
            return ["token", token]
        case Credentials():
            return ["integration", who.consumer_key, who.consumer_secret, who.token, who.token_secret]
