"""The store a question is about."""

from dataclasses import dataclass
from typing import Any

from ._desk import Document, document


@dataclass(frozen=True, slots=True)
class Store:
    """The store a question is about; what is left out is that of a freshly installed one."""

    release: str | None = None
    """As in ``2.4.7-p3``, the default."""
    profile: Document | None = None
    """What the store says of itself."""
    accounts: Document | None = None
    """The customers known to exist, as GET returns them."""
    scope: str | None = None
    """The store code in the path."""
    now: int | None = None
    """The time of the request, in seconds since 1970."""

    def request(self) -> dict[str, Any]:
        """What a request says of the store."""
        members: dict[str, Any] = {"release": self.release, "scope": self.scope, "now": self.now}
        if self.profile is not None:
            members |= document("profile", self.profile)
        if self.accounts is not None:
            members |= document("accounts", self.accounts)
        return members


STOCK = Store()
