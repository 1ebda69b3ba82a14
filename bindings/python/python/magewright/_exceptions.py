"""What the client could not do.

::

    ClientError
    ├── RequestRefused              the store answered with an error
    │   ├── AuthenticationFailed    401
    │   ├── PermissionDenied        403, or 401 that names an ACL resource
    │   ├── NotFound                404
    │   └── LeftBehind              refused, and yet the store kept the customer
    ├── NetworkError                no reply, or half of one
    │   └── TimedOut
    ├── UnexpectedReply             a reply that is not what the call answers
    └── Unsettled                   others kept changing the customer
"""

from typing import Any

from ._errors import MagewrightError
from ._plan import Reason, Unplannable
from ._replies import Cause


class ClientError(Exception):
    """A call that did not do what it was to do. The message quotes no value of the request."""

    method: str | None
    """The method of the request, when one was made."""
    path: str | None
    """The path of the request, without values that may be personal."""
    status: int | None
    """The status of the reply, when there was one."""

    def __init__(self, message: str, **told: Any) -> None:
        super().__init__(message)
        self.method = told.get("method")
        self.path = told.get("path")
        self.status = told.get("status")
        self._told = told

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), str(self), self._told)


def _again(of: type[ClientError], message: str, told: dict[str, Any]) -> ClientError:
    """The exception that another process or a copy takes over."""
    return of(message, **told)


class RequestRefused(ClientError):
    """The store answered with an error."""

    def __init__(self, message: str, **told: Any) -> None:
        super().__init__(message, **told)
        self.said: str = told["said"]
        """The store's message with its placeholders filled."""
        self.template: str = told["template"]
        """The message as the store sends it."""
        self.parameters: list[Any] | dict[str, Any] | None = told["parameters"]
        """What fills the placeholders."""
        self.errors: list[str] = told["errors"]
        """The messages behind an aggregate."""
        self.causes: list[Cause] = [Cause(**cause) for cause in told["causes"]]
        """The likely causes, the likeliest first."""
        self.retry_after: int | None = told["retry_after"]
        """Seconds the store asks to wait."""

    @property
    def field(self) -> str | None:
        """The field it is about, as a JSON Pointer into the body, or its name as the store gives it."""
        named = self.parameters.get("fieldName") if isinstance(self.parameters, dict) else None
        return next((cause.pointer for cause in self.causes if cause.pointer), named)

    @property
    def acl(self) -> str | None:
        """The ACL resource that the call needs and the caller seems to lack."""
        return next((cause.resource for cause in self.causes if cause.resource), None)


class AuthenticationFailed(RequestRefused):
    """401: the store does not know the caller."""


class PermissionDenied(RequestRefused):
    """The caller lacks a right; ``acl`` names it."""


class NotFound(RequestRefused):
    """404: there is no such thing, or no such route."""


class LeftBehind(RequestRefused):
    """The store refused to create the customer, and kept it all the same."""

    def __init__(self, message: str, **told: Any) -> None:
        super().__init__(message, **told)
        self.customer: dict[str, Any] = told["customer"]
        """What was kept."""
        self.mend: dict[str, Any] = told["mend"]
        """The patch that makes it what was wanted."""


class NetworkError(ClientError):
    """No reply, or half of one."""

    def __init__(self, message: str, **told: Any) -> None:
        super().__init__(message, **told)
        self.sent: bool = told["sent"]
        """Whether the store may have done what was asked."""


class TimedOut(NetworkError, TimeoutError):
    """No reply in time."""


class UnexpectedReply(ClientError):
    """A reply that is not what the call answers."""


class Unsettled(ClientError):
    """Others kept changing the customer, so that it never was as wanted."""

    def __init__(self, message: str, **told: Any) -> None:
        super().__init__(message, **told)
        self.pointers: list[str] = told["pointers"]
        """What was not as wanted, as JSON Pointers."""


REFUSED: dict[int, type[RequestRefused]] = {401: AuthenticationFailed, 403: PermissionDenied, 404: NotFound}

KINDS: dict[str, type[ClientError]] = {
    "left_behind": LeftBehind,
    "network": NetworkError,
    "timeout": TimedOut,
    "unexpected_reply": UnexpectedReply,
    "unsettled": Unsettled,
}


NOT_THE_STORE = {"settings": "invalid_member", "journal": "journal"}
"""What neither store nor network did: the code of what the caller is to mend."""


def raised(told: dict[str, Any]) -> Exception:
    """The exception that an error of the client is."""
    kind, message = told.pop("kind"), told.pop("message")
    if kind == "unplannable":
        return Unplannable([Reason(**reason) for reason in told["reasons"]], None)
    if kind in NOT_THE_STORE:
        return MagewrightError(NOT_THE_STORE[kind], message)
    if kind == "no_such_customer":
        said = {"said": message, "template": message, "parameters": None, "errors": [], "causes": []}
        return NotFound(message, status=404, retry_after=None, **said)
    if kind == "refused":
        of = REFUSED.get(told["status"], RequestRefused)
        error = of(message, **told)
        return PermissionDenied(message, **told) if error.acl and told["status"] == 401 else error
    return KINDS.get(kind, ClientError)(message, **told)
