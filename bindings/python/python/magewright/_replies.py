"""What a store answered."""

from dataclasses import dataclass
from typing import Any, Literal

from ._desk import Document, ask, document


@dataclass(frozen=True, slots=True)
class Cause:
    """A likely cause of an error, and the way out."""

    code: str
    message: str
    pointer: str | None = None
    """The field it is about, as a JSON Pointer into the request's body."""
    resource: str | None = None
    """The ACL resource that the call needs."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a store says when it refuses."""

    status: int
    message: str
    """The message with its placeholders filled."""
    template: str
    """The message as the store sends it."""
    parameters: list[Any] | dict[str, Any] | None
    """What fills the placeholders."""
    errors: list[str]
    """The messages behind an aggregate; empty unless there are two or more."""


@dataclass(frozen=True, slots=True)
class StoreError(Refusal):
    """An error reply of a store, decoded."""

    shape: Literal["json", "fatal", "xml", "text", "html", "empty"]
    code: int | None
    """The number of the PHP exception."""
    report_id: str | None
    """The id under which the store logged an internal error."""
    causes: list[Cause]
    """The likely causes, the likeliest first; empty when the call was not given."""


def decode_error(
    status: int,
    body: Document,
    *,
    method: str | None = None,
    path: str | None = None,
    token: Literal["absent", "fresh", "old"] | None = None,
) -> StoreError:
    """What an error reply says and, when method and path are given, its likely causes."""
    call = {"status": status, "method": method, "path": path, "token": token}
    answer = ask("error.decode", document("body", body) | call)
    causes = [Cause(**cause) for cause in answer.pop("causes", [])]
    return StoreError(**answer, causes=causes)


def select_fields(reply: Document, fields: str) -> Any:
    """The reply that the store gives with ``fields=<fields>``."""
    return ask("fields.apply", document("reply", reply) | {"fields": fields})
