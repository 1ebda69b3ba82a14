"""The desk: one question in JSON text, one answer in JSON text."""

import json
from collections.abc import Mapping
from typing import Any

from ._native import call

Document = Mapping[str, Any] | list[Any] | str | bytes | bytearray | memoryview
"""A JSON document: ``str`` and ``bytes`` are JSON text as it would be sent."""


class MagewrightError(ValueError):
    """A question the core has no answer to.

    ``code`` is the kind of failure and stable across versions; ``pointer`` is the
    member of the request at fault as a JSON Pointer, or ``None``.
    """

    def __init__(self, code: str, message: str, pointer: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.pointer = pointer


def ask(operation: str, request: Mapping[str, Any]) -> Any:
    """Ask the core by the name of an operation.

    The functions of this package are the typed way to ask.

    Raises:
        MagewrightError: the core has no answer.
    """
    text = json.dumps(dict(request), allow_nan=False, separators=(",", ":"))
    answer = json.loads(call(operation, text))
    if "error" in answer:
        raise MagewrightError(**answer["error"])
    return answer["ok"]


def operations() -> list[str]:
    """The names of everything the core can be asked."""
    return ask("operations", {})


def document(name: str, value: Document) -> dict[str, Any]:
    """A document as a member of a request.

    Text goes over as it is; anything else costs a ``json.dumps`` and has lost what
    a parser loses, such as keys written twice.
    """
    match value:
        case str():
            return {f"{name}_text": value}
        case bytes() | bytearray() | memoryview():
            return {f"{name}_text": bytes(value).decode()}
        case _:
            return {name: value}
